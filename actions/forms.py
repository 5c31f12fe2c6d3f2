"""What owners and those who verify fill in. Forms validate; verbs write."""

from django import forms

from kit.fields import Lines
from kit.widgets import Radios


class NoteForm(forms.Form):
    """One line on how it goes."""

    text = Lines(
        label="How does it go?",
        help_text="One line, with the date of what you did.",
        missing="Say in one line how it goes.",
    )


class DoneForm(forms.Form):
    """Where it can be seen that the action is done."""

    evidence = Lines(
        label="Where in the record can it be seen?",
        help_text="For example: “Case note 14 November: plan agreed with mother and grandmother”.",
        missing="Say where in the record it can be seen that this is done.",
    )


class VerifyForm(forms.Form):
    """Whether the record shows what the owner says."""

    is_done = forms.ChoiceField(
        label="Is it done?",
        choices=[("yes", "Yes, I have seen it"), ("no", "No, back to its owner")],
        widget=Radios,
        error_messages={"required": "Say whether it is done."},
    )
    text = Lines(
        label="What did you see, or what is missing?",
        help_text="The owner reads this.",
        missing="Say what you saw, or what is missing.",
    )


class ImpactForm(forms.Form):
    """Whether the action made the difference that was expected."""

    shown = forms.ChoiceField(
        label="Did it make the difference that was expected?",
        choices=[("yes", "Yes"), ("no", "No, or it can't be seen")],
        widget=Radios,
        error_messages={"required": "Say whether it made a difference."},
    )
    text = Lines(
        label="How do you know?",
        help_text="What is different for the child, the team or the service, and where it shows.",
        missing="Say how you know.",
    )
