"""The auditor's grades beside the moderator's, in words (pages: comparison after the commit).

Frozen dataclasses without the database; `side_by_side` fills them from a committed moderation.
"Not applicable" on either side is no grade and stands outside every count.
"""

from dataclasses import dataclass

from audits.choices import Axis, Grade
from audits.models import Domain
from moderation.choices import Comparison
from moderation.domain import agreement
from moderation.models import Moderation

NUMBERS = {1: "One step", 2: "Two steps", 3: "Three steps"}
MARKS = {Comparison.DOWNGRADED: "▼", Comparison.UPGRADED: "▲", Comparison.SUPPORTED: ""}


@dataclass(frozen=True)
class GradePair:
    """One domain on one axis; None is not applicable. `standing` is the grade reports count."""

    axis: Axis
    own: int | None
    moderated: int | None
    standing: int | None

    @property
    def both(self) -> tuple[int, int] | None:
        """Both grades, where there are two."""
        if self.own is None or self.moderated is None:
            return None
        return self.own, self.moderated

    @property
    def differs(self) -> bool:
        return self.own != self.moderated

    @property
    def difference(self) -> str:
        """The moderator's grade seen from the auditor's: "1 lower", "2 higher", "Same"."""
        if not self.differs:
            return "Same" if self.own else "Not applicable to both"
        if self.both is None:
            return "Applies to one only"
        steps = abs(self.both[1] - self.both[0])
        return f"{steps} {'lower' if self.both[1] < self.both[0] else 'higher'}"

    @property
    def mark(self) -> str:
        """The same as a sign, which never stands without the words."""
        return MARKS[agreement.compare(*self.both)] if self.both else ""


@dataclass(frozen=True)
class DomainLine:
    """One graded section: its grades on each axis, and what both wrote about it.

    `saw`, `difference_made` and `reasons` are the auditor's; `moderator_saw`, `main_reason` and
    `why_we_differ` the moderator's. `not_applicable_because` is the auditor's too.
    """

    code: str
    name: str
    is_overall: bool
    pairs: tuple[GradePair, ...]
    saw: str = ""
    difference_made: str = ""
    reasons: tuple[str, ...] = ()
    not_applicable_because: str = ""
    moderator_saw: str = ""
    main_reason: str = ""
    main_reason_code: str = ""
    why_we_differ: str = ""

    @property
    def differs(self) -> bool:
        return any(pair.differs for pair in self.pairs)

    def on(self, axis: str) -> GradePair:
        """The grades on one axis. Raises StopIteration for an axis the tool does not grade."""
        return next(pair for pair in self.pairs if pair.axis == axis)


@dataclass(frozen=True)
class SideBySide:
    """A whole comparison: the overall judgement, and the other sections in the tool's order."""

    headline: Axis
    overall: DomainLine
    domains: tuple[DomainLine, ...]

    @property
    def lines(self) -> tuple[DomainLine, ...]:
        return (*self.domains, self.overall)

    @property
    def differing(self) -> tuple[DomainLine, ...]:
        """The sections in which a grade differs, the overall judgement last."""
        return tuple(line for line in self.lines if line.differs)

    def to_explain(self, *, is_settled: bool) -> tuple[DomainLine, ...]:
        """Those in which the moderator may still say why: once settled, what was said stays."""
        return tuple(line for line in self.differing if not (is_settled and line.why_we_differ))

    def differing_first(self, axis: str) -> tuple[DomainLine, ...]:
        """The sections without the overall, those first whose grades differ on this axis."""
        return tuple(sorted(self.domains, key=lambda line: not line.on(axis).differs))

    @property
    def grades(self) -> tuple[int, int]:
        """The two overall grades on the headline axis, which decide what follows (rule 13)."""
        own, moderated = self.overall.on(self.headline).both or (0, 0)
        return own, moderated

    @property
    def needs_two_people(self) -> bool:
        return agreement.needs_two_people(*self.grades)

    @property
    def governing(self) -> Grade:
        return agreement.governing(*self.grades)

    @property
    def result(self) -> str:
        """ "Requires improvement (auditor: Good). One step lower, across the Good line: ..." """
        own, moderated = (Grade(grade) for grade in self.grades)
        if own == moderated:
            return f"Supported. Both gave {own.label}."
        steps = f"{NUMBERS[abs(own - moderated)]} {'lower' if moderated < own else 'higher'}"
        follows = (
            "two people settle it"
            if self.needs_two_people
            else "the moderator's grade stands, with a reason"
        )
        return (
            f"{moderated.label} (auditor: {own.label}). {steps}{_where(own, moderated)}: {follows}."
        )

    @property
    def counts(self) -> str:
        """ "Same in 11 of 16 grades, within one in 16 of 16." Sections without the overall."""
        both = [pair.both for line in self.domains for pair in line.pairs if pair.both]
        same = sum(own == moderated for own, moderated in both)
        near = sum(abs(own - moderated) <= 1 for own, moderated in both)
        of = len(both)
        grades = "grade" if of == 1 else "grades"
        return f"Same in {same} of {of} {grades}, within one in {near} of {of}."

    def differ_on(self, axis: str) -> str:
        """ "3 of 8 domains differ" on an axis; where neither applies, none can differ."""
        pairs = [line.on(axis) for line in self.domains]
        of = [pair for pair in pairs if pair.own or pair.moderated]
        count = sum(pair.differs for pair in of)
        return f"{count or 'none'} of {len(of)} domains {'differs' if count == 1 else 'differ'}"


def side_by_side(moderation: Moderation) -> SideBySide:
    """Everything both wrote and graded in a committed moderation; seven statements.

    Who may see it is decided by `moderation.permissions.check_moderation_view_outcome`.
    """
    version = moderation.audit_return.audit.round.tool_version
    written = _Written(moderation)
    lines = [
        written.line(domain, version.axes)
        for domain in version.domains.filter(is_graded=True).order_by("position")
    ]
    overall = next(line for line in lines if line.is_overall)
    domains = tuple(line for line in lines if not line.is_overall)
    return SideBySide(Axis(version.headline_axis), overall, domains)


class _Written:
    """The rows of both sides, by domain."""

    def __init__(self, moderation: Moderation) -> None:
        audit_return = moderation.audit_return
        self.own = {(row.domain_id, row.axis): row for row in audit_return.grades.all()}
        self.moderated = {(row.domain_id, row.axis): row for row in moderation.regrades.all()}
        self.own_texts = {row.domain_id: row for row in audit_return.evidence.all()}
        self.moderator_texts = {row.domain_id: row for row in moderation.evidence.all()}

    def line(self, domain: Domain, axes: list[Axis]) -> DomainLine:
        rows = [row for axis in axes if (row := self.own.get((domain.pk, axis)))]
        auditor = self.own_texts.get(domain.pk)
        moderator = self.moderator_texts.get(domain.pk)
        reasons = dict.fromkeys(row.rationale for row in rows if row.rationale)
        return DomainLine(
            code=domain.code,
            name=domain.name,
            is_overall=domain.is_overall,
            pairs=tuple(self._pair(domain, axis) for axis in axes),
            saw=auditor.what_i_saw if auditor else "",
            difference_made=auditor.difference_made if auditor else "",
            reasons=tuple(reasons),
            not_applicable_because=next(
                (row.not_applicable_reason for row in rows if row.not_applicable_reason), ""
            ),
            moderator_saw=moderator.what_i_saw if moderator else "",
            main_reason=moderator.get_main_reason_display() if moderator else "",
            main_reason_code=moderator.main_reason if moderator else "",
            why_we_differ=moderator.why_we_differ if moderator else "",
        )

    def _pair(self, domain: Domain, axis: Axis) -> GradePair:
        own = self.own.get((domain.pk, axis))
        moderated = self.moderated.get((domain.pk, axis))
        return GradePair(
            axis=axis,
            own=own.grade if own else None,
            moderated=moderated.grade if moderated else None,
            standing=own.standing if own else None,
        )


def _where(own: Grade, moderated: Grade) -> str:
    """What the steps mean beside Good|Requires improvement and Inadequate (domain rule 13)."""
    if (own >= Grade.GOOD) != (moderated >= Grade.GOOD):
        return ", across the Good line"
    if moderated == Grade.INADEQUATE:
        return ", to Inadequate"
    if own == Grade.INADEQUATE:
        return ", from Inadequate"
    return ", on the same side of the Good line"
