"""What an external reviewer may look at: the rounds that are open to them, and until when."""

import datetime
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from audits.models import Audit, ReviewerAssignment
from kit.months import london_day, long_date


@dataclass(frozen=True)
class ReviewedRound:
    """A round that the reviewer reads; `audits` are those they see of it now."""

    public_id: UUID
    name: str
    until: str
    audits: int


@dataclass(frozen=True)
class ReviewerWork:
    """The rounds in force today, the one that ends first before the others."""

    kind: ClassVar[str] = "reviewer"
    heading: ClassVar[str] = "Rounds that you review"

    rounds: tuple[ReviewedRound, ...]

    @property
    def urgency(self) -> int:
        return 2


def reviewer_work(user: User, *, now: datetime.datetime | None = None) -> ReviewerWork:
    """One row a round, with a count that is the count of the register it opens."""
    today = london_day(now or timezone.now())
    seen = dict(
        Audit.objects.visible_to(user).order_by().values_list("round").annotate(Count("pk"))
    )
    assignments = ReviewerAssignment.objects.in_force(today).filter(reviewer=user)
    return ReviewerWork(
        tuple(
            ReviewedRound(
                public_id=row.round.public_id,
                name=row.round.name,
                until=long_date(row.until_on),
                audits=seen.get(row.round.pk, 0),
            )
            for row in assignments.select_related("round").order_by("until_on", "pk")
        )
    )
