from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audits.models import Audit
from cases.models import Case
from kit.records import PublicRecord, both_or_neither
from moderation.choices import ReAuditEnd


class ReAuditSchedule(PublicRecord):
    """One re-audit due because a case stands at Inadequate (domain rule 16).

    `origin` is the audit that stands at Inadequate, `held` the re-audit made for this date.
    Each one held that is still Inadequate is followed by the next; the last one is ended with a
    reason. Ending for another reason than better takes a second person.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    origin = models.ForeignKey(Audit, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    scheduled_at = models.DateTimeField()
    scheduled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    held = models.OneToOneField(Audit, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=11, choices=ReAuditEnd.choices, blank=True)
    second_ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "number"], name="re_audit_number_once"),
            models.UniqueConstraint(
                fields=["origin"],
                condition=Q(held__isnull=True, ended_at__isnull=True),
                name="re_audit_one_due",
            ),
            models.CheckConstraint(
                condition=Q(held__isnull=True) | ~Q(held=F("origin")),
                name="re_audit_is_another_audit",
            ),
            both_or_neither("ended_at", "ended_by", "re_audit_ended"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""),
                name="re_audit_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_because__in=["", ReAuditEnd.BETTER])
                | Q(second_ended_by__isnull=False) & ~Q(second_ended_by=F("ended_by")),
                name="re_audit_ended_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"Re-audit {self.number} due {self.due_on}"
