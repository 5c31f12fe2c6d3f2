"""The register of audits: which rows a person is shown, and whose grades among them.

Every condition on an audit is that of the figures (`audits.domain.as_at`), so that a list has as
many rows as the figure that leads to it. A grade that its reader may not know yet is neither shown
nor sorted nor filtered by (domain rule 12).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import holds, is_guest, reach
from audits.choices import Axis
from audits.domain.as_at import (
    EXEMPTED,
    EXTENDED,
    GRADES,
    LATE,
    OUTSTANDING,
    RETURNED,
    headline,
    overdue,
    with_due_dates,
    with_exemption,
    with_return,
)
from audits.domain.moments import change_in_force, standing_grade
from audits.models import Audit, Domain, Round
from audits.models.audit import PLANS_ALL, SEES_UNIT_RETURNED, AuditQuerySet
from audits.permissions import LINE, QA
from cases.choices import AccessCapacity
from cases.models import Case as ChildCase
from cases.models import CaseAccess

NOTHING = Q(pk__in=[])
NOT_APPLICABLE = "na"

RELATED = ("case", "round", "team", "service", "auditor")
FIELDS = (
    "public_id",
    "month",
    "due_on",
    "auditor_level",
    "round__name",
    "round__sample_closed_at",
    "team__name",
    "service__name",
    "auditor__name",
    *(f"case__{name}" for name in ("public_id", "reference", "initials", "plan_kind")),
    *(f"case__{name}" for name in ("born_on", "expected_on")),
)
"""What the columns of a register read."""


@dataclass(frozen=True)
class Reading:
    """What moderation knows of audits, for one person at one moment; here it knows of none.

    `settled`: its moderation is settled. `waiting`: a moderation of it is not settled. `opened`:
    this person reads it as its moderator. `blind`: the audits, by key, that they still have to
    moderate blind: no list shows them these, because it would say when they came back. A question
    that the list's own statement asks, never an answer from an earlier moment.
    """

    settled: Q = NOTHING
    waiting: Q = NOTHING
    opened: Q = NOTHING
    blind: QuerySet[Any, int] = field(default_factory=Audit.objects.none().values_list)


class AuditRegister:
    """The audits one person may know of, planned at a moment."""

    def __init__(self, user: User, *, reading: Reading, at: datetime.datetime) -> None:
        self.user, self.reading, self.at = user, reading, at

    @cached_property
    def domains(self) -> tuple[Domain, ...]:
        """Graded domains of every published tool in the order of the form, newest words last.

        Asked for where an address names a section.
        """
        found = Domain.objects.filter(is_graded=True, version__published_at__isnull=False)
        return tuple(found.select_related("version").order_by("position", "version"))

    @cached_property
    def rounds(self) -> tuple[Any, ...]:
        """Every round, the newest first. `overall` is the key of its tool's overall section and
        `headline` the axis that counts: an audit's tool is its round's, so that the list needs no
        other statement to know which grade is the overall one.
        """
        overall = Domain.objects.filter(version=OuterRef("tool_version"), is_overall=True)
        found = Round.objects.annotate(
            overall=Subquery(overall.values("pk")[:1]), headline=F("tool_version__headline_axis")
        )
        return tuple(found.order_by("-month", "pk"))

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units the person may choose from: those they answer for, or plan for."""
        mine = reach(self.user, *SEES_UNIT_RETURNED, *PLANS_ALL, field="")
        return tuple(Unit.objects.filter(mine).order_by("path"))

    @cached_property
    def readable(self) -> Q:
        """That the person may know the grades, as `check_returned_audit_read` decides for one."""
        restricted = Q(case__restricted_at__isnull=False)
        line = self._business(AccessCapacity.WORKER) | reach(
            self.user, *LINE, Role.DIRECTOR, field="team"
        )
        opened = Q(case__in=ChildCase.objects.opened_by(self.user).values("pk"))
        qa = ~restricted & reach(self.user, *QA, field="team")
        qa |= reach(self.user, Role.QA_MANAGER, field="team")
        closed = Q(round__sample_closed_at__isnull=False) | self.reading.settled
        allowed = (
            Q(auditor=self.user)
            | opened
            | (restricted & self._business(AccessCapacity.NAMED))
            | (~restricted & line)
            | (qa & closed)
        )
        if is_guest(self.user):
            # What they may know of at all is of the rounds they review (`Audit.visible_to`).
            allowed = Q(pk__isnull=False)
        return RETURNED & (self.reading.opened | allowed)

    @cached_property
    def hidden(self) -> Q:
        """Returned, and its grades not to be known yet: none outside the QA team."""
        return RETURNED & ~self.readable if holds(self.user, *QA) else Q()

    def rows(self) -> AuditQuerySet:
        """Every audit; the return and the exemption in force are joined where they are used."""
        audits = Audit.objects.visible_to(self.user).exclude(pk__in=self.reading.blind)
        return with_exemption(with_return(audits, self.at), self.at)

    def where(self, audits: AuditQuerySet, condition: Q) -> AuditQuerySet:
        """Those for which the condition holds.

        As an annotation first, because `filter` would join the return in force once more each time.
        """
        name = f"kept_{len(audits.query.annotations)}"
        holds = ExpressionWrapper(condition, BooleanField())
        return audits.alias(**{name: holds}).filter(**{name: True})

    def in_state(self, audits: AuditQuerySet, code: str) -> AuditQuerySet:
        """Those in a state; the figures of the same name count by the same condition."""
        conditions = {
            "planned": Q(),
            "exempted": EXEMPTED,
            "scheduled": ~EXEMPTED,
            "returned": RETURNED,
            "late": LATE,
            "outstanding": OUTSTANDING,
            "overdue": overdue(self.at),
            "extended": EXTENDED,
            "moderated": self.reading.settled,
            "lowered": self.reading.settled & self.readable & Q(stands__lt=F("own")),
        }
        if code in ("late", "overdue", "extended"):
            audits = self._due(audits)
        if code == "lowered":
            audits = self._overall(audits)
        return self.where(audits, conditions[code]) if conditions[code] else audits

    def graded(self, audits: AuditQuerySet, grade: str, *, by: str) -> AuditQuerySet:
        """Those whose overall grade on the headline axis is this: `by` is "stands" or "own"."""
        return self.where(self._overall(audits), self.readable & Q(**{by: grade}))

    def standing_at(
        self, audits: AuditQuerySet, grade: str, *, axis: Axis, domain: str = ""
    ) -> AuditQuerySet:
        """Those whose standing grade is this (or "na") in a domain, else overall, on an axis."""
        wanted = {row.overall for row in self.rounds}
        if domain:
            wanted = {row.pk for row in self.domains if row.code == domain}
        condition = Q(**{f"{GRADES}__domain__in": wanted, f"{GRADES}__axis": axis.value})
        audits = self._with_grade(audits, axis.value, condition)
        field = axis.value
        if grade == NOT_APPLICABLE:
            return self.where(
                audits, self.readable & Q(**{f"{field}_row__is_not_applicable": True})
            )
        return self.where(audits, self.readable & Q(**{field: grade}))

    def judged(self, audits: AuditQuerySet, judgement: str = "") -> AuditQuerySet:
        """Those whose safety question was answered, or answered so."""
        answer = "in_force__safety_answer"
        if not judgement:
            return self.where(audits, Q(**{f"{answer}__isnull": False}))
        return self.where(audits, self.readable & Q(**{f"{answer}__judgement": judgement}))

    def with_grade(self, audits: AuditQuerySet) -> AuditQuerySet:
        """With `shown_grade`, the standing grade where the person may know it."""
        grade = Case(When(self.readable, then=F("stands")))
        return self._overall(audits).annotate(shown_grade=grade)

    def shown(self, audits: AuditQuerySet) -> AuditQuerySet:
        """What a row shows beside its fields: moments, states, and grades that may be known."""
        audits = self.with_grade(self._due(audits))
        return (
            audits.select_related(*RELATED)
            .only(*FIELDS)
            .annotate(
                returned_at=F("in_force__returned_at"),
                exempted_because=F("exemption__reason"),
                is_late=_whether(LATE),
                is_overdue=_whether(overdue(self.at)),
                is_readable=_whether(self.readable),
                is_moderated=_whether(self.reading.settled),
                is_waiting=_whether(self.reading.waiting),
            )
        )

    def _due(self, audits: AuditQuerySet) -> AuditQuerySet:
        return audits if "due" in audits.query.annotations else with_due_dates(audits, self.at)

    def _overall(self, audits: AuditQuerySet) -> AuditQuerySet:
        """`own` and `stands`: the auditor's and the standing overall grade, headline axis."""
        if "stands" in audits.query.annotations:
            return audits
        graded = sorted({(row.overall, row.headline) for row in self.rounds if row.overall})
        audits = self._with_grade(audits, "stands", headline(GRADES, graded))
        return audits.alias(own=F("stands_row__grade"))

    def _with_grade(self, audits: AuditQuerySet, name: str, condition: Q) -> AuditQuerySet:
        """`<name>_row` joins one grade of the return in force; `<name>` is what stands of it."""
        return (
            audits.alias(**{f"{name}_row": FilteredRelation(GRADES, condition=condition)})
            .alias(**{f"{name}_change": change_in_force(f"{name}_row", self.at)})
            .alias(**{name: standing_grade(f"{name}_row", change=f"{name}_change")})
        )

    def _business(self, capacity: AccessCapacity) -> Q:
        open_now = CaseAccess.objects.filter(
            user=self.user, capacity=capacity, until_at__isnull=True
        )
        return Q(case__in=open_now.values("case"))


def named_domains(domains: Iterable[Domain]) -> dict[str, str]:
    """The domains but the overall by code, under their newest names."""
    return {row.code: row.name for row in domains if not row.is_overall}


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))
