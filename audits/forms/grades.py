"""The two grades of a section side by side, each with its descriptors (domain rule 6)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from audits.choices import Axis, Grade
from audits.domain.sections import NOT_APPLICABLE, OwnGrade
from audits.forms.content import ContentForm
from audits.models import DomainGrade
from audits.tools import read_tool
from kit.fields import Lines
from kit.widgets import GradeRadios

LABELS = {Axis.PRACTICE: "Quality of practice", Axis.OUTCOME: "Outcome for the child"}
NO_REASON = "Say why this section does not apply to this child."


@cache
def descriptors(axis: Axis) -> Mapping[str, str]:
    """What each grade means on an axis, by its number; the same in every graded tool."""
    return {str(grade.value): getattr(grade, axis.value) for grade in read_tool("MCF").grades}


class GradesForm(ContentForm):
    """A grade an axis, the reason why they differ, and why the section does not apply."""

    why = "Why is the outcome so different from the practice?"
    why_hint = "Asked because your two grades are two steps apart."

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = self.content.grades
        for axis in self.content.axes:
            self.fields[grade_name(axis)] = self._grade_field(axis, rows.get(axis))
        self.fields["rationale"] = Lines(
            label=self.why,
            help_text=self.why_hint,
            required=False,
            initial=next((row.rationale for row in rows.values() if row.rationale), ""),
        )
        if self.content.domain.may_be_not_applicable:
            self.fields["left_out"] = Lines(
                label="Why does this section not apply?",
                required=False,
                rows=2,
                initial=next((row.not_applicable_reason for row in rows.values()), ""),
            )

    @property
    def grade_fields(self) -> list[BoundField]:
        return [self[grade_name(axis)] for axis in self.content.axes]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        left_out = [name for name in self._grade_names() if cleaned.get(name) == NOT_APPLICABLE]
        if left_out and not cleaned.get("left_out"):
            self.add_error("left_out", NO_REASON)
        return cleaned

    def grades(self) -> dict[Axis, OwnGrade]:
        """The grades chosen so far; the reason stands with each of them."""
        return {axis: self._own_grade(axis) for axis in self.content.axes}

    def _own_grade(self, axis: Axis) -> OwnGrade:
        chosen = self.cleaned_data[grade_name(axis)]
        if chosen == NOT_APPLICABLE:
            return OwnGrade(not_applicable_because=self.cleaned_data["left_out"])
        grade = Grade(int(chosen)) if chosen else None
        return OwnGrade(grade, self.cleaned_data["rationale"])

    def _grade_names(self) -> list[str]:
        return [grade_name(axis) for axis in self.content.axes]

    def _grade_field(self, axis: Axis, row: DomainGrade | None) -> forms.Field:
        choices = [(str(grade.value), grade.label) for grade in Grade]
        if self.content.domain.may_be_not_applicable:
            choices.append((NOT_APPLICABLE, "Not applicable"))
        return forms.ChoiceField(
            label=LABELS[axis],
            choices=choices,
            widget=GradeRadios(hints=descriptors(axis)),
            required=False,
            initial=_initial(row),
        )


def grade_name(axis: str) -> str:
    """The name of an axis's field."""
    return f"grade-{axis}"


def _initial(row: DomainGrade | None) -> str:
    if row is None:
        return ""
    return NOT_APPLICABLE if row.is_not_applicable else str(row.grade or "")
