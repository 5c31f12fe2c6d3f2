"""Children whose standing grade is Inadequate, one row each, with what follows (domain rule 16).

Only children whose case the reader may see. The QA team sees those whose moderation is settled
or whose round's sample is closed (domain rule 12), so that whoever moderates stays blind.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import holds
from actions.domain.queries import NOT_DONE, state_case
from actions.models import Action
from audits.choices import WEAK, Grade, SafetyJudgement
from audits.domain.as_at import with_return
from audits.models import Audit, DomainGrade, FindingResponse
from audits.models.audit import AuditQuerySet
from audits.permissions import LINE
from cases.domain.strip import CaseStrip, strips_of
from cases.models import Case
from kit.months import first_of, london_day, long_date, month_name
from kit.working_days import due_when
from moderation.models import Moderation, ReAuditSchedule

MOST = 20
"""Children that a page shows, the late ones first; the others are counted."""

SAFETY_WORDS = {
    SafetyJudgement.SAFE: "Safe at the audit",
    SafetyJudgement.CHECK_TODAY: "Something had to be checked that day",
    SafetyJudgement.NOT_SAFE: "Not safe at the audit",
}

Found = dict[int, list[Any]]


@dataclass(frozen=True)
class ChildRow:
    """The newest audit of a child at Inadequate, its actions, and the re-audit that follows.

    `re_audit` is when the next is due in words, or why there is none; `last_result` the grade of
    the last one held. `since` is the month of the first audit at Inadequate.
    """

    audit_id: UUID
    strip: CaseStrip
    audited: str
    weak_domains: tuple[str, ...]
    safety: str
    open_actions: int
    overdue_actions: int
    re_audit: str
    is_late: bool
    last_result: str
    since: str


@dataclass(frozen=True)
class Children:
    """How many children stand at Inadequate, the first of them, and when re-audits fall due.

    `late` are past the date of their re-audit. `ahead` has the months of those to come.
    """

    total: int
    late: int
    rows: tuple[ChildRow, ...]
    ahead: tuple[tuple[datetime.date, int], ...]


class _Schedule(NamedTuple):
    """The newest re-audit of a child: when it is due, and whether it was held or ended."""

    case: int
    key: int
    due_on: datetime.date
    held: int | None
    ended_at: datetime.datetime | None


@dataclass(frozen=True)
class _Child:
    """The keys of one case's audits at Inadequate, the oldest first, and its newest re-audit."""

    audits: Sequence[int]
    since: datetime.date
    schedule: _Schedule | None

    @property
    def due_on(self) -> datetime.date | None:
        """When the re-audit is due that is still to be held."""
        if self.schedule is None or self.schedule.held or self.schedule.ended_at:
            return None
        return self.schedule.due_on

    def is_late(self, today: datetime.date) -> bool:
        return self.due_on is not None and self.due_on < today

    @property
    def order(self) -> tuple[datetime.date, int]:
        return (self.due_on or datetime.date.max, self.audits[-1])


def children_at_inadequate(
    unit: Unit,
    *,
    rounds: Iterable[int],
    user: User,
    now: datetime.datetime,
    left_out: Iterable[int] = (),
) -> Children:
    """Of audits in these rounds, and of any whose re-audit is still due; as they stand now.

    Children whose re-audits have ended are left out. Ten statements, whatever their number.
    """
    today = london_day(now)
    audits = _audits(unit, rounds, user, now, left_out)
    children = sorted(_children(audits), key=lambda child: child.order)
    return Children(
        total=len(children),
        late=sum(child.is_late(today) for child in children),
        rows=tuple(_rows(children[:MOST], now)),
        ahead=_ahead(children, today),
    )


def _audits(
    unit: Unit,
    rounds: Iterable[int],
    user: User,
    now: datetime.datetime,
    left_out: Iterable[int],
) -> AuditQuerySet:
    within = {"audit_return__audit__team__path__startswith": unit.path}
    inadequate = _headline(DomainGrade.objects.filter(standing=Grade.INADEQUATE)).filter(
        audit_return__audit__round__in=list(rounds),
        audit_return__returned_at__lt=now,
        audit_return__sent_back_at__isnull=True,
        **within,
    )
    due = ReAuditSchedule.objects.filter(
        held__isnull=True, ended_at__isnull=True, origin__team__path__startswith=unit.path
    ).order_by()
    keys = inadequate.order_by().values_list("audit_return__audit", flat=True)
    audits = Audit.objects.filter(pk__in=keys.union(due.values_list("origin", flat=True)))
    cases = Case.objects.visible_to(user)
    seen = audits.planned_at(now).filter(case__in=cases).exclude(pk__in=list(left_out))
    if holds(user, *LINE, Role.DIRECTOR, at=unit):
        return seen
    settled = Moderation.objects.filter(settled_at__lt=now, withdrawn_at__isnull=True)
    return seen.filter(
        Q(round__sample_closed_at__isnull=False)
        | Q(pk__in=settled.order_by().values("audit_return__audit"))
    )


def _headline(grades: QuerySet[DomainGrade]) -> QuerySet[DomainGrade]:
    return grades.filter(domain__is_overall=True, axis=F("domain__version__headline_axis"))


def _children(audits: QuerySet[Audit]) -> list[_Child]:
    """By case, without those whose re-audits have ended: keys and days only, as many as there are.

    Rows are read for those that the page shows.
    """
    by_case: Found = defaultdict(list)
    for row in audits.order_by("month", "pk").values_list("case", "pk", "month"):
        by_case[row[0]].append(row)
    schedules = ReAuditSchedule.objects.filter(origin__in=audits.order_by().values("pk"))
    rows = schedules.order_by("number", "due_on", "pk").values_list(
        "case", "pk", "due_on", "held", "ended_at"
    )
    newest = {row[0]: _Schedule(*row) for row in rows}
    children = [
        _Child([row[1] for row in found], found[0][2], newest.get(case))
        for case, found in by_case.items()
    ]
    return [child for child in children if not (child.schedule and child.schedule.ended_at)]


def _shown(children: Sequence[_Child], now: datetime.datetime) -> dict[int, Any]:
    """The newest audit of each child with its return in force, by key."""
    audits = Audit.objects.filter(pk__in=[child.audits[-1] for child in children])
    rows = with_return(audits, now).annotate(
        return_id=F("in_force__pk"),
        returned_at=F("in_force__returned_at"),
        judgement=F("in_force__safety_answer__judgement"),
    )
    return {row.pk: row for row in rows.select_related("case__team")}


def _results(children: Sequence[_Child]) -> dict[int, int]:
    """The standing overall grade of the re-audits held, by the schedule's key."""
    keys = [child.schedule.key for child in children if child.schedule]
    held = DomainGrade.objects.filter(
        audit_return__audit=OuterRef("held"),
        audit_return__returned_at__isnull=False,
        audit_return__sent_back_at__isnull=True,
    )
    rows = ReAuditSchedule.objects.filter(pk__in=keys, held__isnull=False).annotate(
        result=Subquery(_headline(held).values("standing")[:1])
    )
    return dict(rows.order_by().values_list("pk", "result"))


def _rows(children: Sequence[_Child], now: datetime.datetime) -> Iterator[ChildRow]:
    today, shown, results = london_day(now), _shown(children, now), _results(children)
    audits = list(shown.values())
    strips = strips_of([audit.case for audit in audits], on=today)
    weak, actions = _weak_domains(audits), _actions(audits, now)
    for child in children:
        audit = shown[child.audits[-1]]
        due_days = actions[audit.return_id]
        yield ChildRow(
            audit_id=audit.public_id,
            strip=strips[audit.case_id],
            audited=long_date(audit.returned_at) if audit.returned_at else "",
            weak_domains=tuple(weak[audit.return_id]),
            safety=SAFETY_WORDS.get(audit.judgement, "The safety question was not answered"),
            open_actions=len(due_days),
            overdue_actions=sum(day < today for day in due_days),
            re_audit=_re_audit(child, today),
            is_late=child.is_late(today),
            last_result=_last_result(child, results),
            since=month_name(child.since),
        )


def _re_audit(child: _Child, today: datetime.date) -> str:
    if child.schedule is None:
        return "not scheduled yet"
    if child.due_on:
        return f"due {due_when(child.due_on, today)}"
    return "held; the next one is not scheduled yet"


def _last_result(child: _Child, results: dict[int, int]) -> str:
    result = results.get(child.schedule.key) if child.schedule else None
    return str(Grade(result).label) if result else ""


def _weak_domains(audits: Sequence[Any]) -> Found:
    """The short names of the domains weak in practice, by return, in the order of the form."""
    grades = DomainGrade.objects.filter(
        audit_return__in=[audit.return_id for audit in audits],
        standing__in=WEAK,
        axis=F("domain__version__headline_axis"),
        domain__is_overall=False,
    )
    weak: Found = defaultdict(list)
    rows = grades.order_by("domain__position").values_list("audit_return", "domain__short_name")
    for key, name in rows:
        weak[key].append(name)
    return weak


def _actions(audits: Sequence[Any], now: datetime.datetime) -> Found:
    """The due days of the actions not done, by return."""
    responses = FindingResponse.objects.filter(
        audit_return__in=[audit.return_id for audit in audits], action__isnull=False
    )
    tied = set(responses.values_list("audit_return", "action"))
    standing = Action.objects.as_at(now).filter(pk__in=[action for _, action in tied])
    open_now = standing.annotate(state=state_case(now)).filter(state__in=NOT_DONE)
    due = dict(open_now.values_list("pk", "due_on"))
    found: Found = defaultdict(list)
    for key, action in tied:
        if action in due:
            found[key].append(due[action])
    return found


def _ahead(
    children: Iterable[_Child], today: datetime.date
) -> tuple[tuple[datetime.date, int], ...]:
    """Re-audits due from today on, by month."""
    counts: dict[datetime.date, int] = defaultdict(int)
    for child in children:
        if child.due_on and not child.is_late(today):
            counts[first_of(child.due_on)] += 1
    return tuple(sorted(counts.items()))
