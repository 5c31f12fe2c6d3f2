"""What a moderator fills in until the grades are committed. Forms validate; verbs write."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from audits.choices import Axis, Grade
from audits.domain.sections import NOT_APPLICABLE
from audits.forms.grades import LABELS, descriptors, grade_name
from audits.models import Domain
from kit.fields import Lines
from kit.widgets import GradeRadios, Radios
from moderation.models import Regrade

YES_NO = [("yes", "Yes"), ("no", "No")]


class RegradeForm(forms.Form):
    """One section: what the moderator saw, and a grade an axis. All of it may wait."""

    what_i_saw = Lines(
        label="What you saw",
        help_text="Say what, when and where in the record: “Case note 3 September; "
        "supervision 12 August”.",
        required=False,
        rows=6,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        domain: Domain,
        axes: Sequence[Axis],
        what_i_saw: str,
        stored: Mapping[str, Regrade],
    ) -> None:
        super().__init__(data, initial={"what_i_saw": what_i_saw}, label_suffix="")
        self.axes = axes
        for axis in axes:
            self.fields[grade_name(axis)] = _grade_field(domain, axis, stored.get(axis))

    @property
    def grade_fields(self) -> list[BoundField]:
        return [self[grade_name(axis)] for axis in self.axes]

    def grades(self) -> dict[Axis, Grade | None]:
        """The grades that are given; None is not applicable."""
        chosen = {axis: self.cleaned_data[grade_name(axis)] for axis in self.axes}
        return {
            axis: None if value == NOT_APPLICABLE else Grade(int(value))
            for axis, value in chosen.items()
            if value
        }


class CommitForm(forms.Form):
    """Whether the record told the auditor's grade; a sighted moderator knows it anyway."""

    gave_grade_away = forms.ChoiceField(
        label="Did you see anything in the record that told you the auditor's grade?",
        choices=YES_NO,
        widget=Radios(inline=True),
        error_messages={"required": "Say whether the record told you the auditor's grade."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, is_blind: bool) -> None:
        super().__init__(data, label_suffix="")
        if not is_blind:
            del self.fields["gave_grade_away"]

    @property
    def gave_it_away(self) -> bool:
        return bool(self.cleaned_data.get("gave_grade_away") == "yes")


class SightedForm(forms.Form):
    """Why a moderation is not blind."""

    reason = Lines(
        label="Why is it not blind?",
        help_text="What you know of the audit or the child, and from when.",
        missing="Say why it is not blind.",
    )


class TakeForm(forms.Form):
    """Why this audit is taken out of turn; where it cannot be blind, why it is taken still."""

    reason = Lines(
        label="Why do you choose this audit?",
        help_text="It is counted apart from those that were drawn.",
        missing="Say why you choose this audit.",
    )
    sighted_reason = Lines(
        label="Why moderate it sighted?",
        help_text="You know this audit or child already. Sighted moderations are counted apart.",
        missing="Say why you moderate it sighted.",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, is_blind: bool) -> None:
        super().__init__(data, label_suffix="")
        if is_blind:
            del self.fields["sighted_reason"]


def _grade_field(domain: Domain, axis: Axis, row: Regrade | None) -> forms.Field:
    choices = [(str(grade.value), grade.label) for grade in Grade]
    if domain.may_be_not_applicable:
        choices.append((NOT_APPLICABLE, "Not applicable"))
    initial = ""
    if row:
        initial = NOT_APPLICABLE if row.is_not_applicable else str(row.grade)
    return forms.ChoiceField(
        label=LABELS[axis],
        choices=choices,
        widget=GradeRadios(hints=descriptors(axis)),
        required=False,
        initial=initial,
    )
