"""What is filled in about units and the authority. Forms validate; verbs write."""

from typing import Any

from django import forms

from accounts.choices import UnitKind
from accounts.forms.choosing import UnitField


class NameForm(forms.Form):
    """A unit's name."""

    name = forms.CharField(
        label="Name", max_length=120, error_messages={"required": "Enter the unit's name."}
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)


class UnitForm(NameForm):
    """A new unit."""

    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("", "Choose what it is"), *UnitKind.choices],
        error_messages={"required": "Choose what it is."},
    )
    parent = UnitField(
        label="Below which unit?", error_messages={"required": "Choose the unit above it."}
    )

    def clean_kind(self) -> UnitKind:
        return UnitKind(self.cleaned_data["kind"])


class BelowForm(forms.Form):
    """Where a unit is moved to."""

    below = UnitField(
        label="Below which unit?", error_messages={"required": "Choose the unit above it."}
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")


class AuthorityForm(forms.Form):
    """What the authority calls itself, and what a small one does otherwise."""

    name = forms.CharField(
        label="Name of the authority",
        help_text="As pages and reports print it.",
        max_length=120,
        error_messages={"required": "Enter the authority's name."},
    )
    invitation_days = forms.IntegerField(
        label="Days for which an invitation can be accepted",
        help_text="From 1 to 60. It is 7 unless you change it.",
        min_value=1,
        max_value=60,
        error_messages={
            "required": "Enter a number of days, from 1 to 60.",
            "invalid": "Enter a number of days, from 1 to 60.",
            "min_value": "Enter a number of days, from 1 to 60.",
            "max_value": "Enter a number of days, from 1 to 60.",
        },
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    partner_authority = forms.CharField(
        label="Partner authority (optional)",
        help_text="For an authority too small to have two people of its own: another authority "
        "whose reviewers may be the second person here. Pages and reports say so.",
        max_length=120,
        required=False,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)
