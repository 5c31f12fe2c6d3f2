from django.db import models
from django.db.models import Q

from accounts.models import User
from kit.records import PublicRecord
from moderation.models.moderation import Moderation


class AuditFeedback(PublicRecord):
    """What the moderator tells the auditor about the audit itself, apart from the grade.

    The quality of an audit is judged apart from the grade of the practice (domain.md section 1):
    one strength and one thing to try next time. Given once; the auditor reads it once settled.
    """

    moderation = models.OneToOneField(Moderation, models.PROTECT, related_name="feedback")
    strength = models.TextField()
    to_try = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(strength="") & ~Q(to_try=""), name="feedback_says_both"
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback given at {self.given_at}"
