"""What a person fills in about reports. Forms validate; verbs write."""

import datetime
from typing import Any, cast

from django import forms

from accounts.domain.directory import people_at_work
from accounts.models import User
from kit.months import month_name
from kit.widgets import Checkboxes
from reporting.domain.periods import ledger_months

MONTH = "%Y-%m"


class BuildForm(forms.Form):
    """The months of a report to be made; only months that have a round are offered."""

    last_month = forms.ChoiceField(
        label="Report for",
        help_text="The month the report is about. Its round must be in the monthly figures.",
    )
    first_month = forms.ChoiceField(
        label="With the months from",
        help_text="The first row of each table by month.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(f"{month:{MONTH}}", month_name(month)) for month in ledger_months()]
        for field in self.fields.values():
            cast(forms.ChoiceField, field).choices = months

    def clean_last_month(self) -> datetime.date:
        return _first_day(self.cleaned_data["last_month"])

    def clean_first_month(self) -> datetime.date:
        return _first_day(self.cleaned_data["first_month"])


class HandOnForm(forms.Form):
    """What of somebody's open work goes to whom."""

    chosen = forms.MultipleChoiceField(
        label="Which?",
        widget=Checkboxes,
        error_messages={"required": "Choose at least one."},
    )
    to = forms.ChoiceField(label="To whom?", error_messages={"required": "Choose a person."})

    def __init__(
        self,
        data: Any = None,
        *,
        lines: list[tuple[str, str]],
        needs_person: bool,
        leaver: User,
        prefix: str,
    ) -> None:
        super().__init__(data, prefix=prefix, label_suffix="")
        chosen = cast(forms.ChoiceField, self.fields["chosen"])
        chosen.choices, chosen.initial = lines, [code for code, _ in lines]
        self._people: dict[str, User] = {}
        if not needs_person:
            del self.fields["to"]
            return
        self._people = {str(user.public_id): user for user in people_at_work(besides=leaver)}
        options = [(code, _named(user)) for code, user in self._people.items()]
        cast(forms.ChoiceField, self.fields["to"]).choices = [("", "Choose a person"), *options]

    @property
    def person(self) -> User | None:
        """Whom it goes to; None where nobody is to be named."""
        return self._people.get(self.cleaned_data.get("to", ""))


def _named(user: User) -> str:
    return f"{user}, {user.post}" if user.post else str(user)


def _first_day(code: str) -> datetime.date:
    return datetime.datetime.strptime(code, MONTH).date()
