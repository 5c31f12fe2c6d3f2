"""Letting an external reviewer look at a round."""

from typing import Any, cast

from django import forms

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import holders
from audits.models import Round
from kit.fields import DayField
from kit.months import month_name


class _Rounds(forms.ModelChoiceField):
    def label_from_instance(self, row: Any) -> str:
        return f"{row.name}, {month_name(row.month)}"


class ReviewerForm(forms.Form):
    """Who, which round, and the last day."""

    reviewer = forms.ModelChoiceField(
        label="Who reviews?",
        help_text="People who hold the external reviewer's role, which two people grant.",
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a person",
        error_messages={"required": "Choose who reviews the round."},
    )
    held_round = _Rounds(
        label="Which round?",
        queryset=Round.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a round",
        error_messages={"required": "Choose the round."},
    )
    until_on = DayField(
        label="Until which day?", help_text="They see nothing of it from the day after."
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        reviewer = cast(forms.ModelChoiceField, self.fields["reviewer"])
        reviewer.queryset = holders(Role.EXTERNAL_REVIEWER)
        held_round = cast(forms.ModelChoiceField, self.fields["held_round"])
        held_round.queryset = Round.objects.order_by("-month", "pk")
