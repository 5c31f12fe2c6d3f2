"""What is filled in to open a case out of turn and to restrict one. Forms validate; verbs write."""

from typing import Any, cast

from django import forms

from accounts.models import User
from cases.domain.glass import SHORTEST_REASON
from kit.fields import Lines

LONGEST_REFERENCE = 40


def _reference(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Reference of the case",
        help_text=help_text,
        max_length=LONGEST_REFERENCE,
        error_messages={
            "required": "Type the case's reference as the case system has it.",
            "max_length": f"A reference has at most {LONGEST_REFERENCE} characters.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class OpenGlassForm(forms.Form):
    """Which case, and why."""

    reference = _reference("As the case system has it, whole.")
    reason = Lines(
        label="Why do you need to see this case now?",
        help_text=f"At least {SHORTEST_REASON} characters. Information governance reads this. "
        "Don't name the child.",
        missing="Say why you need to see this case now.",
    )


class FindForm(forms.Form):
    """Which case is to be restricted, or its restriction looked at."""

    reference = _reference("As the case system has it, whole.")


class ReasonForm(forms.Form):
    """Why a case is restricted, or no longer."""

    reason = Lines(
        label="Why?",
        help_text="For whoever looks at this later. Don't name the child.",
        missing="Say why, so that others can judge it later.",
    )


class NameForm(forms.Form):
    """Who is to be named on a restricted case."""

    person = forms.ModelChoiceField(
        label="Who else should see it?",
        queryset=User.objects.none(),
        to_field_name="public_id",
        empty_label="Choose a person",
        error_messages={
            "required": "Choose whom to name.",
            "invalid_choice": "Choose somebody who works here.",
        },
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data, label_suffix="")
        people = User.objects.people().filter(is_active=True).exclude(pk=by.pk)
        person = cast(forms.ModelChoiceField, self.fields["person"])
        person.queryset = people.order_by("name", "pk")
