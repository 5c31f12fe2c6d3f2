"""Tags for the components that need more than an include: see templates/_components/."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kit.grades import GRADES, NOT_APPLICABLE, look_of
from kit.tables import INDENT, Cell, PlacedCell

register = template.Library()

_ROW_HEADER = ' role="rowheader"'
# "September 2023" stands on one line; the names of services and domains may take two.
_SHORT = 16


@register.inclusion_tag("_components/grade.html")
def grade(value: int | None, large: bool = False) -> dict[str, Any]:
    """A grade by its number: swatch and word. None is "Not applicable", without a swatch."""
    look = look_of(value)
    return {"look": look, "word": look.word if look else NOT_APPLICABLE, "large": large}


@register.inclusion_tag("_components/grade_key.html")
def grade_key() -> dict[str, Any]:
    """The key of the four grades, best first: above every chart of grades."""
    return {"looks": GRADES}


@register.inclusion_tag("_components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: "Page[Any]") -> dict[str, Any]:
    """The pages of a list; the request's filters stay in each address."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "links": [(n, address(n) if isinstance(n, int) else None) for n in numbers],
        "previous": address(page.previous_page_number()) if page.has_previous() else None,
        "next": address(page.next_page_number()) if page.has_next() else None,
    }


@register.simple_tag
def row_cells(cells: Iterable[PlacedCell], stacks: bool = False) -> SafeString:
    """The cells of one row of a table, the first its head.

    Written here, because a list of fifty rows has four hundred cells and a template takes twice as
    long over them.
    """
    drawn = []
    for place, placed in enumerate(cells):
        inner = _inner(placed.cell)
        if place == 0:
            short = "" if len(str(placed.cell.text)) > _SHORT else ' class="app-table__short"'
            drawn.append(f'<th scope="row"{short}{_ROW_HEADER if stacks else ""}>{inner}</th>')
            continue
        classes = f' class="{placed.classes}"' if placed.classes else ""
        if stacks:
            label = escape(placed.column.row_label)
            value = f'<span class="app-table__value">{inner}</span>'
            drawn.append(f'<td{classes} role="cell" data-l="{label}">{value}</td>')
        else:
            drawn.append(f"<td{classes}>{inner}</td>")
    return mark_safe("".join(drawn))


def _inner(cell: Cell) -> str:
    parts = [f'<span class="app-swatch app-swatch--{escape(cell.grade)}"></span>'] * bool(
        cell.grade
    )
    text: str = escape(cell.text)
    if cell.hidden:
        text += f'<span class="govuk-visually-hidden"> {escape(cell.hidden)}</span>'
    if cell.href:
        text = f'<a class="govuk-link" href="{escape(cell.href)}">{text}</a>'
    parts.append(INDENT * cell.depth + text)
    if cell.mark:
        parts.append(f'<sup class="app-table__mark">{escape(cell.mark)}</sup>')
    if cell.aside:
        parts.append(f' <span class="app-table__aside">{escape(cell.aside)}</span>')
    return "".join(parts)


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute that a script reads: no script stands within a page."""
    return json.dumps(value, cls=DjangoJSONEncoder)
