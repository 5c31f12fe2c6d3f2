"""The pages on which an audit is written: one a section."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from audits.domain import drafting, safety
from audits.domain.overview import AxisGrade, Overview, SectionKind, SectionLine
from audits.domain.owning import owners_for
from audits.domain.reading import section_content
from audits.domain.responding import open_actions_of
from audits.domain.writing import PEOPLE, SAFETY
from audits.forms import OverallForm, PeopleForm, SafetyForm, SectionForm
from audits.forms.follow_up import FollowUpChoices
from audits.forms.people import REASONS
from audits.models import Domain, SafetyAnswer
from audits.views.concerns import RAISED
from audits.views.pages import DraftPage
from kit.tables import Cell, Column, Row, Table, grade_cell


class GradedPage(DraftPage):
    """A section with grades, and what should follow from them."""

    domain: Domain

    def code(self) -> str:
        return self.domain.code

    def follow_up_choices(self) -> FollowUpChoices:
        planned = self.version.planned_actions.order_by("pk")
        return FollowUpChoices(
            owners=owners_for(self.audit, on=timezone.localdate()),
            open_actions=open_actions_of(self.audit, user=self.request.user),
            planned=list(planned),
        )


class SectionPage(GradedPage):
    """One graded section."""

    template_name = "audits/section.html"

    def prepare(self, **kwargs: Any) -> None:
        domains = self.audit.round.tool_version.domains.filter(is_graded=True, is_overall=False)
        self.domain = get_object_or_404(domains, code=kwargs["code"])

    def make_form(self, data: Any = None) -> SectionForm:
        content = section_content(self.version, self.domain)
        return SectionForm(data, content=content, choices=self.follow_up_choices())

    def save_form(self, form: SectionForm, seen: str) -> Any:
        return drafting.save_section_page(
            self.version,
            domain=self.domain,
            own=form.own_section(),
            findings=form.findings(),
            response=form.response(),
            seen=seen,
            by=self.request.user,
        )

    def extra_context(self, form: Any, overview: Overview) -> dict[str, Any]:
        return {"domain": self.domain}


class OverallPage(GradedPage):
    """The overall judgement, with the sections' grades above the choice."""

    template_name = "audits/overall.html"

    def prepare(self, **kwargs: Any) -> None:
        self.domain = self.audit.round.tool_version.domains.get(is_overall=True)

    def make_form(self, data: Any = None) -> OverallForm:
        return OverallForm(
            data,
            content=section_content(self.version, self.domain),
            choices=self.follow_up_choices(),
            version=self.version,
        )

    def save_form(self, form: OverallForm, seen: str) -> Any:
        return drafting.save_overall(
            self.version,
            by=self.request.user,
            grades=form.grades(),
            answers=form.answers(),
            response=form.response(),
            child_now=form.cleaned_data["child_now"],
            first_step=form.cleaned_data["first_step"],
            to_celebrate=form.cleaned_data["to_celebrate"],
            seen=seen,
        )

    def extra_context(self, form: Any, overview: Overview) -> dict[str, Any]:
        graded = [line for line in overview.sections if line.kind == SectionKind.DOMAIN]
        return {"domain": self.domain, "table": _table(graded), "above": _above(graded)}


class PeoplePage(DraftPage):
    """Who was asked, and what they said."""

    template_name = "audits/people.html"
    domain: Domain | None

    def prepare(self, **kwargs: Any) -> None:
        self.domain = self.audit.round.tool_version.domains.filter(code=PEOPLE).first()

    def code(self) -> str:
        return PEOPLE

    def make_form(self, data: Any = None) -> PeopleForm:
        # A tool without such questions still asks who was spoken to.
        content = section_content(self.version, self.domain)
        return PeopleForm(
            data, content=content, contributions=list(self.version.contributions.all())
        )

    def save_form(self, form: PeopleForm, seen: str) -> Any:
        return drafting.save_people(
            self.version,
            by=self.request.user,
            contributions=form.contributions(),
            domain=self.domain,
            answers=form.answers(),
            seen=seen,
        )

    def extra_context(self, form: Any, overview: Overview) -> dict[str, Any]:
        return {"reasons": REASONS}


class SafetyPage(DraftPage):
    """Is the child safe now?"""

    template_name = "audits/safety.html"

    def code(self) -> str:
        return SAFETY

    def make_form(self, data: Any = None) -> SafetyForm:
        stored = SafetyAnswer.objects.filter(audit_return=self.version).first()
        return SafetyForm(data, stored=stored)

    def save_form(self, form: SafetyForm, seen: str) -> Any:
        self.raised = safety.answer(self.version, by=self.request.user, seen=seen, **form.answer())

    def next_address(self, then: str) -> str:
        if self.raised:
            messages.success(self.request, RAISED)
            return reverse("safety_concern_raise", args=[self.audit.public_id])
        return super().next_address(then)

    def extra_context(self, form: Any, overview: Overview) -> dict[str, Any]:
        waiting = self.audit.concerns.filter(settled_at__isnull=True)
        return {"open_concern": waiting.order_by("-raised_at").first()}


def _table(graded: list[SectionLine]) -> Table:
    """The grades given so far, one row a section."""
    axes = [row.axis for row in graded[0].grades] if graded else []
    columns = [Column("Section"), *(Column(axis) for axis in axes)]
    rows = [Row([line.name, *(_cell(row) for row in line.grades)]) for line in graded]
    return Table("The grades you gave", columns, rows, stacks=True)


def _cell(given: AxisGrade) -> Cell:
    is_given = given.grade or given.is_not_applicable
    return grade_cell(given.grade) if is_given else Cell("Not yet")


def _above(graded: list[SectionLine]) -> str:
    """The sections' grades by field, for the script that asks why the overall is higher."""
    by_axis: dict[str, list[str]] = {}
    for line in graded:
        for row in line.grades:
            if row.grade:
                by_axis.setdefault(f"grade-{row.axis.lower()}", []).append(str(row.grade))
    return " ".join(f"{name}:{','.join(values)}" for name, values in by_axis.items())
