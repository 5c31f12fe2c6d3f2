import datetime

from django.db import models
from django.db.models import F, Q

from accounts.models.user import User
from kit.records import PublicRecord, both_or_neither


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, moment: datetime.datetime) -> "InvitationQuerySet":
        """Can still be accepted."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=moment
        )

    def to_send(self, moment: datetime.datetime) -> "InvitationQuerySet":
        """Open, and not handed to the mail server."""
        return self.open(moment).filter(sent_at__isnull=True)


class Invitation(PublicRecord):
    """A mail with a link by which one person chooses a password, once, until it expires.

    The row is the queue of record: `sent_at` is claimed by a conditional update before the mail
    is handed over, and given back when the mail server did not take it (`failed_at`, the last
    time). At most one invitation a person is open; a later one withdraws it.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            both_or_neither("withdrawn_at", "withdrawn_by", "invitation_withdrawn"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")), name="invitation_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.user}"
