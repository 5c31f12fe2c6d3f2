from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audits.choices import ExemptionReason
from audits.models.audit import Audit
from kit.records import PublicRecord, both_or_neither


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def visible_to(self, user: User) -> "ExemptionQuerySet":
        """Of the audits whose existence the user may know of."""
        return self.filter(audit__in=Audit.objects.visible_to(user))


class Exemption(PublicRecord):
    """An audit excused from the month's scheduled, with reason, approver and date."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="exemptions")
    reason = models.CharField(max_length=16, choices=ExemptionReason.choices)
    note = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_because = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("approved_at", "approved_by", "exemption_approved"),
            both_or_neither("refused_at", "refused_by", "exemption_refused"),
            both_or_neither("withdrawn_at", "withdrawn_by", "exemption_withdrawn"),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | ~Q(refused_because=""),
                name="exemption_refused_with_words",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(refused_at__isnull=True),
                name="exemption_approved_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(refused_at__isnull=True),
                name="exemption_withdrawn_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="exemption_two_people",
            ),
            models.UniqueConstraint(
                fields=["audit"],
                condition=Q(refused_at__isnull=True, withdrawn_at__isnull=True),
                name="exemption_one_live",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())
