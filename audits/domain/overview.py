"""How far an audit has come, section by section, in the words of its pages.

`overviews` serves lists: as many statements for many drafts as for one.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from audits.domain.completion import lacks_of, with_content
from audits.domain.writing import PEOPLE, SAFETY, as_seen
from audits.exceptions import Missing
from audits.models import AuditReturn, Domain
from audits.models.audit_return import AuditReturnQuerySet


class SectionKind(StrEnum):
    DOMAIN = "domain"
    PEOPLE = "people"
    SAFETY = "safety"
    OVERALL = "overall"


class SectionState(StrEnum):
    NOT_STARTED = "Not started"
    STARTED = "Started"
    DONE = "Done"


@dataclass(frozen=True)
class AxisGrade:
    """The auditor's own grade of a section on one axis; None while there is none."""

    axis: str
    grade: int | None
    is_not_applicable: bool


@dataclass(frozen=True)
class SectionLine:
    """One section of a draft: where it stands and what it still lacks."""

    code: str
    name: str
    short_name: str
    kind: SectionKind
    state: SectionState
    grades: tuple[AxisGrade, ...]
    missing: tuple[str, ...]
    saved_at: datetime.datetime | None

    @property
    def seen(self) -> str:
        """The last save as a page keeps it (`audits.domain.writing`)."""
        return as_seen(self.saved_at)

    @property
    def is_done(self) -> bool:
        return self.state == SectionState.DONE

    @property
    def given(self) -> tuple[AxisGrade, ...]:
        """The grades that are given, or said not to apply."""
        return tuple(row for row in self.grades if row.grade or row.is_not_applicable)


@dataclass(frozen=True)
class Overview:
    """A draft as its overview page tells it; sections in the order in which they are worked."""

    draft: AuditReturn
    sections: tuple[SectionLine, ...]
    missing: tuple[Missing, ...]

    @property
    def done(self) -> int:
        return sum(section.is_done for section in self.sections)

    @property
    def sentence(self) -> str:
        """ "6 of 9 sections done"."""
        return f"{self.done} of {len(self.sections)} sections done"

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def last_saved_at(self) -> datetime.datetime | None:
        return max((line.saved_at for line in self.sections if line.saved_at), default=None)

    def line(self, code: str) -> SectionLine:
        """The section of that code. Raises KeyError for a code that the tool has not."""
        for section in self.sections:
            if section.code == code:
                return section
        raise KeyError(code)

    def place(self, code: str) -> str:
        """ "Section 3 of 11", counted as the list beside the page and `sentence` count."""
        number = self.sections.index(self.line(code)) + 1
        return f"Section {number} of {len(self.sections)}"

    def after(self, code: str) -> SectionLine | None:
        """The next section that is not done; None when none follows."""
        codes = [section.code for section in self.sections]
        following = self.sections[codes.index(code) + 1 :]
        return next((line for line in following if not line.is_done), None)

    def to_carry_on(self) -> SectionLine:
        """The first section that is not done, or the last one when all are."""
        return next((line for line in self.sections if not line.is_done), self.sections[-1])


def overview_of(draft: AuditReturn, *, on: datetime.date | None = None) -> Overview:
    """The overview of one draft as it is stored now."""
    return overviews(AuditReturn.objects.filter(pk=draft.pk), on=on)[draft.pk]


def overviews(
    drafts: AuditReturnQuerySet, *, on: datetime.date | None = None
) -> dict[int, Overview]:
    """The overviews of many drafts by their keys."""
    day = on or timezone.localdate()
    return {draft.pk: _overview(draft, day) for draft in with_content(drafts)}


def _overview(draft: AuditReturn, day: datetime.date) -> Overview:
    missing = tuple(lacks_of(draft, on=day))
    domains = [domain for domain in _domains(draft) if domain.is_graded]
    lines = [_graded_line(draft, domain, missing) for domain in domains if not domain.is_overall]
    lines += [_people_line(draft, missing), _safety_line(draft, missing)]
    lines += [_graded_line(draft, domain, missing) for domain in domains if domain.is_overall]
    return Overview(draft, tuple(lines), missing)


def _domains(draft: AuditReturn) -> Iterable[Domain]:
    return draft.audit.round.tool_version.domains.all()


def _graded_line(draft: AuditReturn, domain: Domain, missing: tuple[Missing, ...]) -> SectionLine:
    rows = {row.axis: row for row in draft.grades.all() if row.domain_id == domain.pk}
    grades = tuple(
        AxisGrade(
            str(axis.label),
            rows[axis].grade if axis in rows else None,
            axis in rows and rows[axis].is_not_applicable,
        )
        for axis in draft.audit.round.tool_version.axes
    )
    begun = bool(rows) or any(text.domain_id == domain.pk for text in draft.evidence.all())
    kind = SectionKind.OVERALL if domain.is_overall else SectionKind.DOMAIN
    names = ("Overall judgement",) * 2 if domain.is_overall else (domain.name, domain.short_name)
    return _line(draft, domain.code, names, kind, missing, begun=begun, grades=grades)


def _people_line(draft: AuditReturn, missing: tuple[Missing, ...]) -> SectionLine:
    begun = bool(draft.contributions.all())
    names = ("People spoken to",) * 2
    return _line(draft, PEOPLE, names, SectionKind.PEOPLE, missing, begun=begun)


def _safety_line(draft: AuditReturn, missing: tuple[Missing, ...]) -> SectionLine:
    begun = getattr(draft, "safety_answer", None) is not None
    names = ("Is the child safe now?",) * 2
    return _line(draft, SAFETY, names, SectionKind.SAFETY, missing, begun=begun)


def _line(
    draft: AuditReturn,
    code: str,
    names: tuple[str, str],
    kind: SectionKind,
    missing: tuple[Missing, ...],
    *,
    begun: bool,
    grades: tuple[AxisGrade, ...] = (),
) -> SectionLine:
    lacking = tuple(lack.sentence for lack in missing if lack.section_code == code)
    saved_at = next((save.saved_at for save in draft.saves.all() if save.section == code), None)
    state = SectionState.STARTED if begun or saved_at else SectionState.NOT_STARTED
    return SectionLine(
        code=code,
        name=names[0],
        short_name=names[1],
        kind=kind,
        state=state if lacking else SectionState.DONE,
        grades=grades,
        missing=lacking,
        saved_at=saved_at,
    )
