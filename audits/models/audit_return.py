from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audits.models.audit import Audit
from kit.records import PublicRecord, both_or_neither


class AuditReturnQuerySet(models.QuerySet["AuditReturn"]):
    def standing_at(self, moment) -> "AuditReturnQuerySet":
        """The returns in force at the moment: returned before it, not sent back before it.

        At most one an audit (domain rule 1: between send-back and the next return an audit is
        not returned).
        """
        return self.filter(returned_at__lt=moment).filter(
            Q(sent_back_at__isnull=True) | Q(sent_back_at__gte=moment)
        )

    def in_force(self) -> "AuditReturnQuerySet":
        return self.filter(returned_at__isnull=False, sent_back_at__isnull=True)

    def drafts(self) -> "AuditReturnQuerySet":
        return self.filter(returned_at__isnull=True)


class AuditReturn(PublicRecord):
    """One version of an audit with its own grades; a draft until it is returned.

    Returning fixes its grades. Sending it back keeps it as it was and opens the next version
    (domain rule 10).
    """

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="returns")
    version = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_reason = models.TextField(blank=True)
    child_now = models.TextField(
        blank=True, help_text="What it is like to be this child now, and what our work changed."
    )
    first_step = models.TextField(blank=True, help_text="What must happen first.")
    to_celebrate = models.TextField(blank=True)

    objects = AuditReturnQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["returned_at"], name="return_returned_at")]
        constraints = [
            models.UniqueConstraint(fields=["audit", "version"], name="return_version_once"),
            models.UniqueConstraint(
                fields=["audit"],
                condition=Q(returned_at__isnull=True),
                name="return_one_draft",
            ),
            models.UniqueConstraint(
                fields=["audit"],
                condition=Q(returned_at__isnull=False, sent_back_at__isnull=True),
                name="return_one_in_force",
            ),
            both_or_neither("returned_at", "returned_by", "return_returned"),
            both_or_neither("sent_back_at", "sent_back_by", "return_sent_back"),
            models.CheckConstraint(
                condition=Q(sent_back_at__isnull=True)
                | Q(returned_at__isnull=False, sent_back_at__gt=F("returned_at")),
                name="return_sent_back_after_return",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_at__isnull=True) | ~Q(sent_back_reason=""),
                name="return_sent_back_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"
