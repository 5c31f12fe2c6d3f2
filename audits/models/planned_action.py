from django.db import models

from accounts.models import User
from audits.models.audit_return import AuditReturn
from kit.records import PublicRecord


class PlannedAction(PublicRecord):
    """An action written in a draft, which nobody but its auditor sees.

    Returning the audit raises it (domain rule 15); from then on the responses that name it name
    the action too. Several sections may be answered by one.
    """

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="planned_actions")
    what = models.TextField()
    expected_impact = models.TextField(blank=True)
    due_on = models.DateField()
    owner = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Planned action due {self.due_on}"
