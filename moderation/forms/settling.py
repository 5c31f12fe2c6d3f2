"""What is filled in once grades are committed: why, what follows, what the auditor reads."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms

from audits.choices import Grade
from kit.fields import Lines
from kit.widgets import GradeRadios, Radios
from moderation.choices import Settlement, WhyWeDiffer
from moderation.domain.comparison import DomainLine
from moderation.domain.regrading import Why


class ReasonForm(forms.Form):
    """Why the moderator's grade stands."""

    reason = Lines(
        label="Why does your grade stand?",
        help_text="The auditor reads this. Say what in the record decides it.",
        missing="Say why your grade stands.",
        rows=4,
    )


class WhyForm(forms.Form):
    """Why the two differ in a section."""

    main_reason = forms.ChoiceField(
        label="The main reason",
        choices=WhyWeDiffer.choices,
        widget=Radios,
        error_messages={"required": "Choose the main reason."},
    )
    why_we_differ = Lines(
        label="Why we differ",
        help_text="A sentence or two: what one of you saw, or read differently.",
        missing="Say why you differ.",
    )


class EveryWhyForm(forms.Form):
    """Why the two differ, for each section in which they do. What is left empty can wait."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, lines: Sequence[DomainLine]
    ) -> None:
        super().__init__(data, label_suffix="")
        self.lines = lines
        for line in lines:
            self.fields[_main(line)] = forms.ChoiceField(
                label=f"The main reason: {line.name}",
                choices=WhyWeDiffer.choices,
                widget=Radios,
                required=False,
                initial=line.main_reason_code,
            )
            self.fields[_text(line)] = Lines(
                label=f"Why we differ: {line.name}", required=False, initial=line.why_we_differ
            )

    @property
    def sections(self) -> list[tuple[DomainLine, list[forms.BoundField]]]:
        """Each section with what is filled in about it."""
        return [(line, [self[_main(line)], self[_text(line)]]) for line in self.lines]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for line in self.lines:
            main, text = cleaned.get(_main(line)), cleaned.get(_text(line))
            if not (main or text or line.why_we_differ):
                continue
            if not main and _main(line) not in self.errors:
                self.add_error(_main(line), f"Choose the main reason in “{line.name}”.")
            if not text and _text(line) not in self.errors:
                self.add_error(_text(line), f"Say why you differ in “{line.name}”.")
        if not self.errors and not any(cleaned.values()):
            self.add_error(_text(self.lines[0]), "Say why you differ in at least one section.")
        return cleaned

    @property
    def said(self) -> dict[str, Why]:
        """What is new or changed, by the section's code."""
        return {
            line.code: Why(
                WhyWeDiffer(self.cleaned_data[_main(line)]), self.cleaned_data[_text(line)]
            )
            for line in self.lines
            if {_main(line), _text(line)} & set(self.changed_data)
        }


class FeedbackForm(forms.Form):
    """What the auditor is told about the audit itself."""

    strength = Lines(
        label="One strength of the audit",
        help_text="Written to the auditor: “Your dates and places let me find everything.”",
        missing="Say one strength of the audit.",
    )
    to_try = Lines(
        label="One thing to try next time",
        help_text="Written to the auditor: “Say where in the file you saw it.”",
        missing="Say one thing to try next time.",
    )


class ProposalForm(forms.Form):
    """Which overall grade should stand, and why."""

    settlement = forms.ChoiceField(
        label="Which grade should stand?",
        widget=Radios,
        error_messages={"required": "Choose which grade should stand."},
    )
    grade = forms.ChoiceField(
        label="If another grade: which?",
        help_text="Leave this empty unless you chose another grade.",
        required=False,
        widget=GradeRadios,
    )
    reason = Lines(
        label="Why?",
        help_text="In two sentences. The auditor reads them once it is settled.",
        missing="Say why, in two sentences.",
        rows=4,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, own: Grade, moderated: Grade
    ) -> None:
        super().__init__(data, label_suffix="")
        _offer(
            self.fields["settlement"],
            [
                (Settlement.MODERATOR.value, f"The moderator's: {moderated.label}"),
                (Settlement.AUDITOR.value, f"The auditor's: {own.label}"),
                (Settlement.OTHER.value, "Another grade"),
            ],
        )
        third = [grade for grade in Grade if grade not in (own, moderated)]
        _offer(self.fields["grade"], [(str(grade.value), grade.label) for grade in third])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        is_other = cleaned.get("settlement") == Settlement.OTHER
        if is_other and not cleaned.get("grade"):
            self.add_error("grade", "Choose the other grade that should stand.")
        if cleaned.get("settlement") and not is_other and cleaned.get("grade"):
            self.add_error("grade", "Choose “Another grade” above, or leave this empty.")
        return cleaned

    @property
    def other_grade(self) -> Grade | None:
        chosen = self.cleaned_data["grade"]
        return Grade(int(chosen)) if chosen else None


def _main(line: DomainLine) -> str:
    return f"{line.code}_main_reason"


def _text(line: DomainLine) -> str:
    return f"{line.code}_why_we_differ"


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, field).choices = choices
