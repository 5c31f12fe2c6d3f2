"""Draws the plain inputs of forms in Python: the same HTML as Django's templates, much sooner.

A section of an audit has some sixty fields, and its themes alone are a hundred options; through
one template an option they cost more than the rest of the page. Other widgets keep their
templates. Set as FORM_RENDERER.
"""

import html
from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

Widget = Mapping[str, Any]


class QuickRenderer(DjangoTemplates):
    """Django's own renderer but for inputs, text areas and selects."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = DRAW.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def escaped(value: Any) -> str:
    """Text for HTML; what is marked safe stays. Django's own escape takes three times as long."""
    text: str = value.__html__() if hasattr(value, "__html__") else html.escape(str(value))
    return text


def attributes_in(attrs: Mapping[str, Any]) -> str:
    """Attributes as they stand in a tag; those that are None or False are left out."""
    return "".join(_attribute(name, value) for name, value in attrs.items())


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escaped(value)}"'


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    given = "" if value is None else f' value="{escaped(value)}"'
    name, attrs = escaped(widget["name"]), attributes_in(widget["attrs"])
    return SafeString(f'<input type="{widget["type"]}" name="{name}"{given}{attrs}>')


def _text_area(widget: Widget) -> SafeString:
    # Browsers drop one line break after the tag: without it they would drop the text's own.
    name, attrs = escaped(widget["name"]), attributes_in(widget["attrs"])
    return SafeString(
        f'<textarea name="{name}"{attrs}>\n{escaped(widget["value"] or "")}</textarea>'
    )


def _select(widget: Widget) -> SafeString:
    name, attrs = escaped(widget["name"]), attributes_in(widget["attrs"])
    groups = "".join(_group(group, options) for group, options, _ in widget["optgroups"])
    return SafeString(f'<select name="{name}"{attrs}>{groups}</select>')


def _group(name: str | None, options: list[Widget]) -> str:
    drawn = "".join(
        f'<option value="{escaped(one["value"])}"{attributes_in(one["attrs"])}>'
        f"{escaped(one['label'])}</option>"
        for one in options
    )
    return f'<optgroup label="{escaped(name)}">{drawn}</optgroup>' if name else drawn


_PLACE = "django/forms/widgets/"
DRAW: dict[str, Callable[[Widget], SafeString]] = {
    **{f"{_PLACE}{kind}.html": _input for kind in ("text", "hidden", "number", "email", "input")},
    f"{_PLACE}textarea.html": _text_area,
    f"{_PLACE}select.html": _select,
}
