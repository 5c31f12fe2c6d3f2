import datetime

from django.db import models
from django.db.models import F, Q

from accounts.choices import NoticeKind, NoticeState
from accounts.models.user import User

HAND_OVER = datetime.timedelta(minutes=5)
"""A hand-over to the mail server that takes longer was broken off."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> "NoticeQuerySet":
        return self.filter(claimed_at__isnull=True)


class Notice(models.Model):
    """One message due to one person about one step of one thing.

    `subject` is the thing's public id. It is claimed before it is handed to the mail server, and
    never claimed again, so that nobody is told twice; whether one whose hand-over broke arrived
    is not known, and pages say so.
    """

    kind = models.CharField(max_length=16, choices=NoticeKind.choices)
    subject = models.UUIDField()
    step = models.CharField(max_length=16)
    sent_to = models.EmailField(
        blank=True, help_text="Where it goes, if not to the recipient's present address."
    )
    recipient = models.ForeignKey(User, models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(
                fields=["recipient"], condition=Q(claimed_at__isnull=True), name="notice_waiting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "step", "recipient"], name="notice_once"
            ),
            models.CheckConstraint(
                condition=Q(handed_over_at__isnull=True)
                | Q(claimed_at__isnull=False, handed_over_at__gte=F("claimed_at")),
                name="notice_claimed_before_hand_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.step}"

    def state_at(self, moment: datetime.datetime) -> NoticeState:
        """Waiting, being handed over, sent, or not known."""
        if self.handed_over_at:
            return NoticeState.SENT
        if self.claimed_at is None:
            return NoticeState.WAITING
        lasts = moment - self.claimed_at < HAND_OVER
        return NoticeState.IN_HAND if lasts else NoticeState.NOT_KNOWN
