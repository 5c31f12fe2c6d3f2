from django.db import models

from accounts.models import Unit
from cases.models.case import Case
from cases.models.worker import Worker
from kit.records import PublicRecord, ordered


class WorkerAllocation(PublicRecord):
    """A worker responsible for a case, in a team, from a date to a date (both included)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="allocations")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="allocations")
    team = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            ordered("from_on", "until_on", "worker_allocation_dates"),
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(until_on__isnull=True),
                name="worker_allocation_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} from {self.from_on}"
