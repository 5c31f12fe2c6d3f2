from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audits.choices import ExtensionReason
from audits.models.audit import Audit
from kit.records import PublicRecord, both_or_neither


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, user: User) -> "ExtensionQuerySet":
        """Of the audits whose existence the user may know of."""
        return self.filter(audit__in=Audit.objects.visible_to(user))


class Extension(PublicRecord):
    """A later due date for an audit; the only thing that changes `Audit.due_on`."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="extensions")
    reason = models.CharField(max_length=20, choices=ExtensionReason.choices)
    note = models.TextField(blank=True)
    old_due_on = models.DateField()
    new_due_on = models.DateField()
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    refused_because = models.TextField(blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("approved_at", "approved_by", "extension_approved"),
            both_or_neither("refused_at", "refused_by", "extension_refused"),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | ~Q(refused_because=""),
                name="extension_refused_with_words",
            ),
            models.CheckConstraint(
                condition=Q(new_due_on__gt=F("old_due_on")), name="extension_is_later"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("requested_by")),
                name="extension_two_people",
            ),
            models.UniqueConstraint(
                fields=["audit"],
                condition=Q(approved_at__isnull=True, refused_at__isnull=True),
                name="extension_one_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"Due {self.new_due_on} instead of {self.old_due_on}"
