from django.db import models

from accounts.models.user import User
from kit.records import AppendOnly


class HistoryEntry(AppendOnly):
    """What was done by whom when: one row a verb, chained by hash to the row before.

    `position` counts from 1 without gaps. `subject_kind` and `subject_id` name the record by
    model label and public id, without a foreign key, so that history outlives any record.
    `facts` holds ids, codes, numbers and dates only, never a case's text.
    """

    position = models.PositiveBigIntegerField(unique=True)
    verb = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=64)
    subject_id = models.UUIDField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="history_subject")]

    def __str__(self) -> str:
        return f"{self.position} {self.verb}"


class HistoryHead(models.Model):
    """The last position and hash of the chain: the one row that every writer locks."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    position = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="history_one_head"),
        ]

    def __str__(self) -> str:
        return f"head at {self.position}"
