"""What a dashboard is filtered by. Addresses carry codes and ids, never a person's data."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from accounts.models import Unit
from audits.choices import Axis
from audits.filters import named_units
from kit.months import month_name
from reporting.domain.figures import Period
from reporting.domain.periods import MOST_MONTHS

MONTH = "%Y-%m"


class DashboardForm(forms.Form):
    """Months that have a round, the units in reach, and an axis; nothing else is offered.

    Without a choice: the last 12 months that have a round, the first unit, practice. Someone who
    sees their own audits alone has no units to choose from.
    """

    first = forms.ChoiceField(label="First month")
    last = forms.ChoiceField(label="Last month")
    unit = forms.ChoiceField(label="Service or team")
    axis = forms.ChoiceField(label="Grades for", choices=Axis.choices)

    def __init__(
        self, data: Mapping[str, Any], *, months: Sequence[datetime.date], units: Sequence[Unit]
    ) -> None:
        self.months = {f"{month:{MONTH}}": month for month in months}
        defaults = _defaults(list(self.months), units)
        given = {name: data[name] for name in defaults if data.get(name)}
        super().__init__(defaults | given, label_suffix="")
        choices = [(code, month_name(month)) for code, month in self.months.items()]
        for name in ("first", "last"):
            self._offer(name, choices)
        self._offer("unit", [(str(unit.public_id), name) for unit, name in named_units(units)])
        if not units:
            del self.fields["unit"]
        for name, field in self.fields.items():
            wrong = f"Choose from the list: {self.fields[name].label}."
            field.error_messages["invalid_choice"] = wrong

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("first", "The first month is after the last: choose them in order.")
        return cleaned


@dataclass(frozen=True)
class Chosen:
    """What a dashboard shows; `codes` are as an address carries them."""

    period: Period
    axis: Axis
    codes: dict[str, str]


def chosen(form: DashboardForm) -> Chosen:
    """What a valid form asks for."""
    codes: dict[str, str] = form.cleaned_data
    period = Period(form.months[codes["first"]], form.months[codes["last"]])
    return Chosen(period, Axis(codes["axis"]), codes)


def unit_in(units: Sequence[Unit], asked: str) -> Unit | None:
    """The unit of that public id, the first where none is asked for; None for one out of reach."""
    if not asked:
        return units[0] if units else None
    try:
        wanted = UUID(asked)
    except ValueError:
        return None
    return next((unit for unit in units if unit.public_id == wanted), None)


def _defaults(months: Sequence[str], units: Sequence[Unit]) -> dict[str, str]:
    """`months` are the newest first."""
    window = months[:MOST_MONTHS]
    return {
        "first": window[-1] if window else "",
        "last": window[0] if window else "",
        "unit": str(units[0].public_id) if units else "",
        "axis": Axis.PRACTICE.value,
    }
