"""Finding whose looks to read, and setting what counts as odd."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from cases.models import ViewingSettings

NARROW = {"class": "govuk-input--width-5", "inputmode": "numeric"}
NUMBER = {"required": "Enter a number.", "invalid": "Enter a whole number, like 40."}
NUMBER["min_value"] = "Enter 1 or more."


class ReferenceForm(forms.Form):
    """A case's reference. Sent by POST, so that it stands in no address, log or history."""

    reference = forms.CharField(
        label="Case reference",
        help_text="The whole reference, as the case system has it.",
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter the case's whole reference."},
    )


class PersonForm(forms.Form):
    """A person, by public id."""

    person = forms.ChoiceField(
        label="Person",
        error_messages={
            "required": "Choose a person from the list.",
            "invalid_choice": "This person is not in the list. Choose another.",
        },
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User]) -> None:
        super().__init__(data, label_suffix="")
        field: Any = self.fields["person"]
        names = people.values_list("public_id", "name", "post")
        field.choices = [("", "Choose a person"), *((key, _named(*who)) for key, *who in names)]


def _named(name: str, post: str) -> str:
    return f"{name}, {post}" if post else name


class ThresholdsForm(forms.Form):
    """From how many looks on a day is shown as odd."""

    days = forms.IntegerField(
        label="Days to look back",
        min_value=1,
        max_value=366,
        error_messages=NUMBER | {"max_value": "Enter 366 or less."},
        widget=forms.TextInput(attrs=NARROW),
    )
    opened_a_day = forms.IntegerField(
        label="Children opened one by one on a day",
        help_text="More than this counts as odd.",
        min_value=1,
        max_value=100_000,
        error_messages=NUMBER | {"max_value": "Enter 100000 or less."},
        widget=forms.TextInput(attrs=NARROW),
    )
    listed_a_day = forms.IntegerField(
        label="Children in all on a day, lists and files included",
        help_text="More than this counts as odd.",
        min_value=1,
        max_value=100_000,
        error_messages=NUMBER | {"max_value": "Enter 100000 or less."},
        widget=forms.TextInput(attrs=NARROW),
    )

    def __init__(self, data: Any = None, *, settings: ViewingSettings) -> None:
        initial = {name: getattr(settings, name) for name in self.base_fields}
        super().__init__(data, initial=initial, label_suffix="")
