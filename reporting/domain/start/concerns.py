"""Children who may be unsafe: before everything else, and said when there are none (rule 7)."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import holds
from audits.models import Audit, SafetyConcern
from audits.models.safety_concern import ANSWERS_CONCERNS
from cases.domain.strip import CaseStrip, strips_of
from kit.months import london_day, month_name
from moderation.domain.queries import still_blind
from reporting.domain.start.months import home_units, month_ledger, newest_round
from reporting.domain.start.wording import minutes_since, waited

COUNTS_CONCERNS = (Role.QA_OFFICER, Role.QA_MANAGER)


@dataclass(frozen=True)
class OpenConcern:
    """A concern that is not settled, for someone who may answer it."""

    public_id: UUID
    strip: CaseStrip
    judgement: str
    raised: str
    taken_on_by: str


@dataclass(frozen=True)
class Concerns:
    """Open concerns: `rows` are those the person may answer, the oldest first.

    `open` counts all they may know of, `waiting` those nobody has taken on; QA officers know the
    numbers alone. `hidden` audits are not counted, because the person moderates them blind.
    """

    rows: tuple[OpenConcern, ...]
    open: int
    waiting: int
    oldest: str
    answered: str
    hidden: int

    @property
    def sentence(self) -> str:
        """ "no open concerns." or "2 open concerns, 1 not taken on yet"."""
        if not self.open:
            return f"no open concerns. {self.answered}".strip()
        concerns = "1 open concern" if self.open == 1 else f"{self.open} open concerns"
        taken = f"{self.waiting} not taken on yet" if self.waiting else "all taken on"
        return f"{concerns}, {taken}. The oldest was raised {self.oldest} ago."


def open_concerns(user: User, *, now: datetime.datetime) -> Concerns | None:
    """What this person may know of; None for someone who neither answers nor counts concerns."""
    if not holds(user, *ANSWERS_CONCERNS, *COUNTS_CONCERNS):
        return None
    unsettled = SafetyConcern.objects.filter(settled_at__isnull=True)
    answers = unsettled.filter(pk__in=SafetyConcern.objects.answerable_by(user).values("pk"))
    blind = list(still_blind(user))
    counted = Q(audit__in=Audit.objects.visible_to(user)) & ~Q(audit__in=blind)
    known = unsettled.filter(counted | Q(pk__in=answers.values("pk")))
    found = known.aggregate(
        open=Count("pk"),
        waiting=Count("pk", filter=Q(acknowledged_at__isnull=True)),
        oldest=Min("raised_at"),
    )
    return Concerns(
        rows=_rows(answers, now),
        open=found["open"],
        waiting=found["waiting"],
        oldest=waited(minutes_since(found["oldest"], now=now)) if found["oldest"] else "",
        answered=_answered(user, now),
        hidden=len(blind),
    )


def _answered(user: User, now: datetime.datetime) -> str:
    """ "23 of 23 audits returned for November 2023 answered the question."."""
    held = newest_round(now=now)
    units = home_units(user, *ANSWERS_CONCERNS, *COUNTS_CONCERNS)
    if held is None or not units:
        return ""
    returns = month_ledger(units[0], held.month, user=user, now=now).returns()
    found = returns.order_by().aggregate(n=Count("safety_answer"), of=Count("pk"))
    month = month_name(held.month)
    if not found["of"]:
        return f"No audit has come back for {month} yet."
    audits = "audit" if found["of"] == 1 else "audits"
    return f"{found['n']} of {found['of']} {audits} returned for {month} answered the question."


def _rows(concerns: QuerySet[SafetyConcern], now: datetime.datetime) -> tuple[OpenConcern, ...]:
    found = list(
        concerns.select_related("audit__case__team", "acknowledged_by").order_by("raised_at", "pk")
    )
    strips = strips_of([row.audit.case for row in found], on=london_day(now))
    return tuple(
        OpenConcern(
            public_id=row.public_id,
            strip=strips[row.audit.case.pk],
            judgement=row.get_judgement_display(),
            raised=f"raised {waited(minutes_since(row.raised_at, now=now))} ago",
            taken_on_by=str(row.acknowledged_by or ""),
        )
        for row in found
    )
