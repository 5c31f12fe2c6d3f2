"""What a list of actions is filtered by. Addresses carry codes and ids, never a person's data."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django_filters import ChoiceFilter, FilterSet

from accounts.models import Unit
from actions.choices import ActionState
from actions.domain.queries import LONGEST, NOT_DONE, NOT_OVERDUE
from actions.models import ActionOwner
from actions.models.action import ActionQuerySet

NOT_DONE_CODE, ANY = "not_done", "any"
STATES = [
    (NOT_DONE_CODE, "Not done"),
    *((value, label) for value, label in ActionState.choices if value != ActionState.WITHDRAWN),
]
OVERDUE = [
    (ANY, "Past its date"),
    ("1", "1 to 10 days"),
    ("2", "11 to 30 days"),
    (str(LONGEST), "More than 30 days"),
]


def _choice(label: str, any_text: str, method: str, choices: Iterable[Any] = ()) -> ChoiceFilter:
    wrong = {"invalid_choice": f"Choose from the list: {label}."}
    return ChoiceFilter(
        label=label, empty_label=any_text, method=method, choices=choices, error_messages=wrong
    )


class ActionFilters(FilterSet):
    """Which of some actions; each has its `state` and its `band` (actions.domain.queries).

    `units` are those one may choose from; without any the filter is not offered.
    """

    state = _choice("State", "Any state", "by_state", STATES)
    overdue = _choice("Overdue by", "Any, or not", "by_overdue", OVERDUE)
    owner = _choice("Owner's post", "Any post", "by_owner")
    unit = _choice("Service or team", "All that I may see", "by_unit")

    def __init__(self, data: Any, *, queryset: ActionQuerySet, units: Iterable[Unit] = ()) -> None:
        super().__init__(data, queryset=queryset)
        owners = ActionOwner.objects.filter(action__in=queryset.values("pk")).exclude(user__post="")
        posts = owners.order_by("user__post").values_list("user__post", flat=True).distinct()
        self.posts = {slugify(post): post for post in posts}
        self.filters["owner"].extra["choices"] = list(self.posts.items())
        self.paths = {str(unit.public_id): unit.path for unit in units}
        offered = [(str(unit.public_id), unit.name) for unit in units]
        self.filters["unit"].extra["choices"] = offered
        if not offered:
            del self.filters["unit"]

    @property
    def codes(self) -> dict[str, str]:
        """What is chosen, by name, as an address carries it."""
        if not self.form.is_valid():
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def rows(self) -> ActionQuerySet:
        """What is left, the longest overdue first; nothing where the address makes no sense."""
        found: ActionQuerySet = self.qs if self.form.is_valid() else self.queryset.none()
        return found.order_by("due_on", "pk")

    def by_state(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(state__in=NOT_DONE if value == NOT_DONE_CODE else [value])

    def by_overdue(self, rows: Any, name: str, value: str) -> Any:
        late = rows.filter(state__in=NOT_DONE, band__gt=NOT_OVERDUE)
        return late if value == ANY else late.filter(band=int(value))

    def by_owner(self, rows: Any, name: str, value: str) -> Any:
        owned = ActionOwner.objects.filter(user__post=self.posts[value])
        return rows.filter(pk__in=owned.values("action"))

    def by_unit(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(unit__path__startswith=self.paths[value])

    class Meta:
        form = forms.Form


def asks_for_something(data: Mapping[str, Any]) -> bool:
    """Whether an address narrows the list at all."""
    return any(data.get(name) for name in ActionFilters.base_filters)
