"""What is filled in about people. Forms validate; verbs write."""

from typing import Any

from django import forms

from accounts.choices import MembershipKind, Role
from accounts.domain.directory import INVITED, LEFT, WORKING
from accounts.forms.choosing import UnitField, asked_for, kind_field, role_choices
from kit.fields import DayField
from kit.widgets import Radios

FROM_TODAY = "today"


class PeopleFilter(forms.Form):
    """Whom the list shows."""

    state = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            (WORKING, "People who work here"),
            (INVITED, "Invited, not accepted yet"),
            (LEFT, "People who have left"),
        ],
    )
    unit = UnitField(label="Unit", required=False, empty="All units")
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "Any role"), *Role.choices]
    )


class FindForm(forms.Form):
    """Somebody's name or address. Sent by POST, so that it stands in no address, log or history."""

    text = forms.CharField(
        label="Name or e-mail address",
        help_text="All or part of a name, or the beginning of an address.",
        max_length=120,
        error_messages={"required": "Enter a name or an e-mail address, or part of one."},
        widget=forms.TextInput(
            attrs={
                "class": "govuk-input--width-20",
                "autocomplete": "off",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)


def address_field(help_text: str) -> forms.EmailField:
    """A work e-mail address."""
    return forms.EmailField(
        label="Work e-mail address",
        help_text=help_text,
        max_length=254,
        error_messages={
            "required": "Enter their e-mail address.",
            "invalid": "Enter an e-mail address, for example name@council.gov.uk.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


def name_field() -> forms.CharField:
    """Somebody's name."""
    return forms.CharField(
        label="Name",
        max_length=120,
        error_messages={"required": "Enter their name."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CorrectForm(forms.Form):
    """Who somebody is."""

    name = name_field()
    post = forms.CharField(
        label="Post (optional)",
        help_text="Job title as reports print it. Reports made before keep the old one.",
        max_length=120,
        required=False,
    )
    email = address_field(
        "They sign in with it. If it changes, their sessions end, both addresses get a mail, and "
        "roles that take two people wait for a second person again."
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)


class InviteForm(forms.Form):
    """A new person."""

    name = name_field()
    email = address_field("The invitation goes there, and they sign in with it.")
    post_title = forms.CharField(
        label="Post (optional)",
        help_text="Job title as reports print it.",
        max_length=120,
        required=False,
    )
    unit = UnitField(label="Unit", error_messages={"required": "Choose their unit."})
    kind = kind_field()
    from_on = DayField(
        label="First day there",
        error_messages={"required": "Enter the first day, for example 3 3 2026."},
    )
    until_on = DayField(label="Last day there, if it is known", required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)

    def clean_kind(self) -> MembershipKind:
        return MembershipKind(self.cleaned_data["kind"])


class MoveForm(forms.Form):
    """To another unit, or to one more."""

    unit = UnitField(label="To which unit?", error_messages={"required": "Choose the unit."})
    kind = kind_field()
    on = DayField(
        label="From which day on?",
        error_messages={"required": "Enter the first day, for example 3 3 2026."},
    )
    keeps = forms.ChoiceField(
        label="And the units they are in now?",
        choices=[
            ("no", "They leave them the day before"),
            ("yes", "They stay there as well"),
        ],
        initial="no",
        widget=Radios,
        error_messages={"required": "Say whether they leave the units they are in now."},
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)

    def clean_kind(self) -> MembershipKind:
        return MembershipKind(self.cleaned_data["kind"])


class RoleForm(forms.Form):
    """A role, where, from when until when."""

    role = forms.ChoiceField(
        label="Role", choices=role_choices, error_messages={"required": "Choose a role."}
    )
    unit = UnitField(
        label="At which unit?",
        help_text="It counts there and everywhere below.",
        error_messages={"required": "Choose the unit."},
    )
    from_on = DayField(
        label="First day",
        error_messages={"required": "Enter the first day, for example 3 3 2026."},
    )
    until_on = DayField(label="Last day, if it is known", required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, label_suffix="", **more)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class AskForm(RoleForm):
    """A role that takes two people, for somebody known by their e-mail address."""

    email = address_field("Of the person whom it is for, as they sign in with it.")
    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *((role.value, role.label) for role in asked_for())],
        error_messages={"required": "Choose a role."},
    )
    field_order = ("email", "role", "unit", "from_on", "until_on")


class EndForm(forms.Form):
    """When something ends."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[("now", "Now"), ("later", "After a day to come")],
        initial="now",
        widget=Radios,
        error_messages={"required": "Say when it ends."},
    )
    day = DayField(label="If later: the last day", required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("when") == "later" and not cleaned.get("day") and "day" not in self.errors:
            self.add_error("day", "Enter the last day, for example 3 3 2026.")
        if cleaned.get("when") == "now":
            cleaned["day"] = None
        return cleaned
