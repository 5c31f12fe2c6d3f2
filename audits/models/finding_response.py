from django.db import models
from django.db.models import Q

from actions.models import Action
from audits.choices import ResponseKind
from audits.models.audit_return import AuditReturn
from audits.models.finding import Finding
from audits.models.planned_action import PlannedAction
from audits.models.tool_domain import Domain


class FindingResponse(models.Model):
    """What follows from a weak grade: an action, an open one, or why none is needed (rule 9).

    A new action is only planned until the audit is returned, which raises it.
    """

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="responses")
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, blank=True, related_name="responses"
    )
    kind = models.CharField(max_length=11, choices=ResponseKind.choices)
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="+")
    planned = models.ForeignKey(
        PlannedAction, models.PROTECT, null=True, blank=True, related_name="responses"
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind=ResponseKind.NONE_NEEDED, action__isnull=True, planned__isnull=True
                )
                & ~Q(reason="")
                | ~Q(kind=ResponseKind.NONE_NEEDED)
                & (Q(action__isnull=False) | Q(planned__isnull=False)),
                name="response_action_or_reason",
            ),
            models.UniqueConstraint(
                fields=["audit_return", "domain", "action"],
                condition=Q(action__isnull=False),
                name="response_action_once",
            ),
            models.UniqueConstraint(
                fields=["audit_return", "domain", "planned"],
                condition=Q(planned__isnull=False),
                name="response_planned_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
