"""Asking for more time, or to be excused from an audit, a minute's work each; and deciding."""

import datetime
from typing import Any, cast

from django import forms

from audits.choices import ExemptionReason, ExtensionReason
from kit.fields import DayField, Lines
from kit.months import long_date
from kit.widgets import Radios
from kit.working_days import add_working_days

OTHER_DAY = "other"


class ExtensionForm(forms.Form):
    """A later day, and why."""

    when = forms.ChoiceField(
        label="Until when?",
        widget=Radios,
        error_messages={"required": "Choose the day until which you need more time."},
    )
    day = DayField(label="Which day?", required=False)
    reason = forms.ChoiceField(
        label="Why do you need more time?",
        choices=ExtensionReason.choices,
        widget=Radios,
        error_messages={"required": "Choose why you need more time."},
    )
    note = Lines(
        label="Anything whoever decides should know (optional)",
        required=False,
        rows=2,
    )

    def __init__(self, data: Any = None, *, due_on: datetime.date, today: datetime.date) -> None:
        super().__init__(data, label_suffix="")
        first = max(due_on, today)
        days = [(add_working_days(first, count), count) for count in (2, 5)]
        choices = [
            (day.isoformat(), f"{count} working days more: {long_date(day)}") for day, count in days
        ]
        when = cast(forms.ChoiceField, self.fields["when"])
        when.choices = [*choices, (OTHER_DAY, "Another day")]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        is_other = cleaned.get("when") == OTHER_DAY
        if is_other and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Enter the day, for example 3 3 2026.")
        return cleaned

    def new_due_on(self) -> datetime.date:
        """The day asked for."""
        when = self.cleaned_data["when"]
        if when == OTHER_DAY:
            day: datetime.date = self.cleaned_data["day"]
            return day
        return datetime.date.fromisoformat(when)


class ExemptionForm(forms.Form):
    """Why this audit can't be done."""

    reason = forms.ChoiceField(
        label="Why can't you do it?",
        choices=[
            ("", "Choose a reason"),
            ("About the auditor", ExemptionReason.choices[:6]),
            ("About the case", ExemptionReason.choices[6:]),
        ],
        error_messages={"required": "Choose why you can't do this audit."},
    )
    note = Lines(
        label="Anything whoever decides should know (optional)",
        required=False,
        rows=2,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class DecisionForm(forms.Form):
    """Granted, or refused and why."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("grant", "Yes, grant it"), ("refuse", "No, refuse it")],
        widget=Radios,
        error_messages={"required": "Choose whether you grant it or refuse it."},
    )
    because = Lines(
        label="Why do you refuse it?",
        help_text="Whoever asked reads this. Say what they can do instead.",
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")

    @property
    def is_granted(self) -> bool:
        return bool(self.cleaned_data["decision"] == "grant")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "refuse" and not cleaned.get("because"):
            self.add_error("because", "Say why you refuse it, so that whoever asked knows.")
        return cleaned
