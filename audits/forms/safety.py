"""Is the child safe now? The first answer needs its evidence, the others tell the managers."""

from typing import Any

from django import forms

from audits.choices import SafetyJudgement
from audits.forms.content import Typed, as_text
from audits.models import SafetyAnswer
from kit.fields import Lines
from kit.widgets import Radios

WORRY_HINT = (
    "What worries you and how you know; whether the team manager knows; whom you have spoken to, "
    "and at what time."
)


class SafetyForm(forms.Form):
    """The safety question with the box that belongs to each answer."""

    judgement = forms.ChoiceField(
        label="Having read the record and talked to the worker, is the child safe now?",
        choices=SafetyJudgement.choices,
        widget=Radios,
        error_messages={"required": "Choose an answer. If you can't say, choose the second."},
    )
    evidence = Lines(
        label="How do you know?",
        help_text="One line is enough: what you saw, when and where in the record.",
        required=False,
        rows=2,
    )
    worry = Lines(
        label="What worries you?",
        help_text=WORRY_HINT,
        required=False,
        rows=5,
    )

    def __init__(self, data: Any = None, *, stored: SafetyAnswer | None) -> None:
        initial = {}
        if stored:
            box = "evidence" if stored.judgement == SafetyJudgement.SAFE else "worry"
            initial = {"judgement": stored.judgement, box: stored.evidence}
        super().__init__(data, initial=initial, label_suffix="")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        judgement = cleaned.get("judgement")
        if judgement == SafetyJudgement.SAFE and not cleaned.get("evidence"):
            self.add_error("evidence", "Say in one line how you know.")
        elif judgement and judgement != SafetyJudgement.SAFE and not cleaned.get("worry"):
            self.add_error("worry", "Say what worries you. The managers read this sentence first.")
        return cleaned

    def answer(self) -> dict[str, Any]:
        """What the verb is told."""
        judgement = SafetyJudgement(self.cleaned_data["judgement"])
        box = "evidence" if judgement == SafetyJudgement.SAFE else "worry"
        return {"judgement": judgement, "evidence": self.cleaned_data[box]}

    def typed(self) -> list[Typed]:
        """Every field with something in it, as text that can be copied."""
        return [Typed(str(field.label), text) for field in self if (text := as_text(field))]
