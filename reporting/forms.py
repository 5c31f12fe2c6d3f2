"""What a person fills in about reports. Forms validate; verbs write."""

import datetime
from typing import Any, cast

from django import forms

from kit.months import month_name
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


def _first_day(code: str) -> datetime.date:
    return datetime.datetime.strptime(code, MONTH).date()
