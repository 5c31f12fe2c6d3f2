import datetime

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.permissions import reach
from cases.models.case import OVERSEES_GLASS, Case
from kit.records import PublicRecord, both_or_neither


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    def open_at(self, moment: datetime.datetime) -> "BreakGlassQuerySet":
        """Opened and neither ended nor run out at the moment."""
        return self.filter(opened_at__lte=moment, ended_at__isnull=True, until_at__gt=moment)

    def overseen_by(self, user: User) -> "BreakGlassQuerySet":
        """Those of other people, for whoever watches over them (domain: nobody their own)."""
        return self.filter(reach(user, *OVERSEES_GLASS, field="case__team")).exclude(user=user)


class BreakGlass(PublicRecord):
    """A case opened out of turn: by whom, for which typed reason, from when until when.

    It ends by itself at `until_at`, or before by a button (`ended_at`). Somebody else looks at
    every use (`seen_at`). While it is open, the case and its returned audits can be read.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="glasses")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("seen_at", "seen_by", "break_glass_seen"),
            models.CheckConstraint(
                condition=Q(until_at__gt=F("opened_at")), name="break_glass_for_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True)
                | Q(ended_at__gte=F("opened_at"), ended_at__lte=F("until_at")),
                name="break_glass_ends_in_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_has_reason"),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True) | ~Q(seen_by=F("user")),
                name="break_glass_seen_by_another",
            ),
            models.UniqueConstraint(
                fields=["user", "case"],
                condition=Q(ended_at__isnull=True),
                name="break_glass_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Opened from {self.opened_at} until {self.until_at}"
