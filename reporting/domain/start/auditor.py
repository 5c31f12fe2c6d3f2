"""What an auditor has before them: the audit to carry on, the month's, what came back, actions."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import holds
from actions.domain import worklist
from actions.domain.worklist import ActionLine
from audits.choices import Grade
from audits.domain import states
from audits.domain.overview import Overview, overviews
from audits.domain.writing import PEOPLE
from audits.models import Audit, AuditReturn
from audits.models.audit import AuditQuerySet
from cases.domain.strip import NO_WORKER, CaseStrip, strips_of
from kit.months import first_of, london_day, long_date
from kit.shares import Share
from kit.working_days import due_when
from moderation.choices import Comparison
from moderation.domain.agreement import compare
from moderation.domain.queries import with_grades
from moderation.models import ImportedAudit, Moderation
from moderation.models.moderation import ModerationQuerySet
from reporting.domain.start.requests import Told, told
from reporting.domain.start.wording import when

LAST = 4
"""Moderated audits of mine that the page still tells about."""

GIVEN_AUDITS = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE, Role.DIRECTOR)

TO_DO = ("allocated", "started", "sent_back")


@dataclass(frozen=True)
class MyAudit:
    """An audit given to me; `question` is why it was sent back.

    `is_earlier` is one of a month that is over. `talk_to` is the child's worker while the draft
    says nothing of the conversation with them (domain rule 8).
    """

    public_id: UUID
    round_name: str
    strip: CaseStrip
    state: str
    due: str
    is_late: bool
    is_earlier: bool
    progress: str
    saved: str
    question: str
    talk_to: str

    @property
    def is_to_do(self) -> bool:
        return self.state in TO_DO

    @property
    def state_text(self) -> str:
        """ "Not started", "In progress, 6 of 9 sections done", "Sent back with a question"."""
        words = states.AUDIT.words[self.state]
        if self.state == "allocated":
            words = "not started"
        if self.state == "started":
            words = "in progress"
        text = words[:1].upper() + words[1:]
        return f"{text}, {self.progress}" if self.progress else text


@dataclass(frozen=True)
class CameBack:
    """A moderation of an audit of mine, settled: what became of the grade, and the feedback."""

    public_id: UUID
    strip: CaseStrip
    settled_on: str
    result: str
    strength: str
    to_try: str


@dataclass(frozen=True)
class AuditorWork:
    """Everything on an auditor's start page, each list in the order in which it is shown.

    `agreement` is how many of my settled moderations supported my grade. `audits_here`: I have
    audits or a role to which they are given; who has neither is shown their actions alone.
    """

    kind: ClassVar[str] = "auditor"

    audits_here: bool
    carry_on: MyAudit | None
    audits: tuple[MyAudit, ...]
    told: tuple[Told, ...]
    came_back: tuple[CameBack, ...]
    agreement: Share
    actions: tuple[ActionLine, ...]
    overdue_actions: int

    @property
    def heading(self) -> str:
        return "My audits" if self.audits_here else "My actions"

    @property
    def urgency(self) -> int:
        """1 when something is late or sent back, 2 when something waits, 3 when nothing does."""
        late = any(row.is_late or row.state == "sent_back" for row in self.audits)
        if late or self.overdue_actions:
            return 1
        return 2 if self.to_do or self.actions else 3

    @property
    def to_do(self) -> tuple[MyAudit, ...]:
        return tuple(row for row in self.audits if row.is_to_do)

    @property
    def sent_back(self) -> tuple[MyAudit, ...]:
        return tuple(row for row in self.audits if row.state == "sent_back")

    @property
    def to_talk(self) -> tuple[MyAudit, ...]:
        """This month's drafts that say nothing of the conversation with the worker."""
        return tuple(row for row in self.of_month if row.talk_to)

    @property
    def of_month(self) -> tuple[MyAudit, ...]:
        return tuple(row for row in self.audits if not row.is_earlier)

    @property
    def earlier(self) -> tuple[MyAudit, ...]:
        """Outstanding from months that are over."""
        return tuple(row for row in self.audits if row.is_earlier)

    @property
    def returned(self) -> int:
        return sum(row.state == "returned" for row in self.of_month)

    @property
    def waiting(self) -> int:
        return len(self.of_month) - self.returned


def auditor_work(user: User, *, now: datetime.datetime | None = None) -> AuditorWork:
    """The audits given to this person, and the actions they own: constant statements."""
    moment = now or timezone.now()
    today = london_day(moment)
    found = list(_audits(user, today))
    drafts = AuditReturn.objects.filter(audit__in=found).drafts()
    seen = {row.draft.audit.pk: row for row in overviews(drafts, on=today).values()}
    strips = strips_of([audit.case for audit in found], on=today)
    rows = [_my_audit(audit, seen.get(audit.pk), strips, moment) for audit in found]
    settled = _settled(user)
    actions = worklist.lines(worklist.mine(user), on=today)
    return AuditorWork(
        audits_here=bool(found or settled) or holds(user, *GIVEN_AUDITS),
        carry_on=_carry_on(found, rows, seen),
        audits=tuple(rows),
        told=told(user, now=moment),
        came_back=_came_back(settled, today),
        agreement=_agreement(settled),
        actions=tuple(actions),
        overdue_actions=sum(line.action.due_on < today for line in actions),
    )


def _audits(user: User, today: datetime.date) -> AuditQuerySet:
    """Mine that are not excused: those outstanding, and this month's that came back."""
    returned = AuditReturn.objects.in_force().filter(audit=OuterRef("pk"))
    excused = Q(exemptions__approved_at__isnull=False, exemptions__withdrawn_at__isnull=True)
    mine = Audit.objects.visible_to(user).filter(auditor=user, voided_at__isnull=True)
    return (
        mine.exclude(pk__in=Audit.objects.filter(excused, auditor=user).values("pk"))
        .annotate(is_returned=Exists(returned))
        .filter(Q(is_returned=False) | Q(month=first_of(today)))
        .select_related("round", "case__team")
        .prefetch_related("returns", "exemptions")
        .order_by("is_returned", "due_on", "pk")
    )


def _my_audit(
    audit: Audit,
    overview: Overview | None,
    strips: dict[int, CaseStrip],
    moment: datetime.datetime,
) -> MyAudit:
    today = london_day(moment)
    state = states.state_of(audit)
    saved = overview.last_saved_at if overview else None
    sent_back = [row for row in audit.returns.all() if row.sent_back_at]
    return MyAudit(
        public_id=audit.public_id,
        round_name=audit.round.name,
        strip=strips[audit.case.pk],
        state=state,
        due=due_when(audit.due_on, today),
        is_late=state in TO_DO and audit.due_on < today,
        is_earlier=audit.month < first_of(today),
        progress=overview.sentence if overview else "",
        saved=f"last saved {when(saved, now=moment)}" if saved else "",
        question=sent_back[-1].sent_back_reason if sent_back and state == "sent_back" else "",
        talk_to=_talk_to(audit, overview, strips),
    )


def _talk_to(audit: Audit, overview: Overview | None, strips: dict[int, CaseStrip]) -> str:
    worker = strips[audit.case.pk].worker
    if overview is None or overview.line(PEOPLE).is_done or worker == NO_WORKER:
        return ""
    return worker


def _carry_on(
    audits: Sequence[Audit], rows: Sequence[MyAudit], seen: dict[int, Overview]
) -> MyAudit | None:
    """The draft last touched; when none is started, the audit due first."""
    touched = {key: row.last_saved_at or row.draft.started_at for key, row in seen.items()}
    by_key = {audit.pk: row for audit, row in zip(audits, rows, strict=True)}
    if touched:
        return by_key[max(touched, key=lambda key: touched[key])]
    return next((row for row in rows if row.is_to_do), None)


def _settled(user: User) -> ModerationQuerySet:
    """Settled moderations of my audits, but those that came with a file."""
    from_a_file = ImportedAudit.objects.filter(moderation=OuterRef("pk"))
    mine = Moderation.objects.visible_to(user).filter(
        ~Exists(from_a_file),
        audit_return__audit__auditor=user,
        settled_at__isnull=False,
        withdrawn_at__isnull=True,
    )
    return with_grades(mine)


def _came_back(settled: ModerationQuerySet, today: datetime.date) -> tuple[CameBack, ...]:
    found = settled.select_related("audit_return__audit__case__team", "feedback")
    rows: list[Any] = list(found.order_by("-settled_at", "-pk")[:LAST])
    strips = strips_of([row.audit_return.audit.case for row in rows], on=today)
    return tuple(_back(row, strips) for row in rows)


def _back(row: Any, strips: dict[int, CaseStrip]) -> CameBack:
    feedback = getattr(row, "feedback", None)
    audit = row.audit_return.audit
    return CameBack(
        public_id=row.public_id,
        strip=strips[audit.case.pk],
        settled_on=long_date(row.settled_at),
        result=result_text(Grade(row.own_grade), Grade(row.settled_grade)),
        strength=feedback.strength if feedback else "",
        to_try=feedback.to_try if feedback else "",
    )


def result_text(own: Grade, settled: Grade) -> str:
    """ "Moderated: supported, Good." or "Moderated: downgraded, from Good to Inadequate."."""
    compared = compare(own, settled)
    if compared == Comparison.SUPPORTED:
        return f"Moderated: supported, {settled.label}."
    return f"Moderated: {compared.label.lower()}, from {own.label} to {settled.label}."


def _agreement(settled: ModerationQuerySet) -> Share:
    found = settled.order_by().aggregate(
        of=Count("pk"), n=Count("pk", filter=Q(settled_grade=F("own_grade")))
    )
    return Share(found["n"], found["of"])
