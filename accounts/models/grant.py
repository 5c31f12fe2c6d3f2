import datetime

from django.db import models
from django.db.models import F, Q

from accounts.choices import SENSITIVE, Role
from accounts.models.unit import Unit
from accounts.models.user import User
from kit.records import PublicRecord, both_or_neither, ordered


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, day: datetime.date) -> "RoleGrantQuerySet":
        """Held on a day: confirmed where it is sensitive, begun, and not ended.

        A grant ended on a day no longer counts on that day; one that runs out counts on its last.
        """
        running = Q(until_on__isnull=True) | Q(until_on__gt=day)
        last_day = Q(until_on=day, ended_at__isnull=True)
        confirmed = ~Q(role__in=SENSITIVE) | Q(confirmed_at__isnull=False)
        return self.filter(running | last_day, confirmed, from_on__lte=day)

    def pending(self) -> "RoleGrantQuerySet":
        """Asked for, and waiting for a second person."""
        return self.filter(
            role__in=SENSITIVE,
            confirmed_at__isnull=True,
            refused_at__isnull=True,
            ended_at__isnull=True,
        )

    def standing(self, day: datetime.date) -> "RoleGrantQuerySet":
        """In force on a day, to come, or waiting for a second person: what can be ended."""
        return self.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=day),
            ended_at__isnull=True,
            refused_at__isnull=True,
        )


class RoleGrant(PublicRecord):
    """A role held at a unit, and so at everything below it, from a date to a date.

    A sensitive role is asked for by one person (`granted_*`) and confirmed or refused by another.
    `granted_session` and `confirmed_session` tell the two sessions apart, without their keys.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_session = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_session = models.CharField(max_length=64, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            ordered("from_on", "until_on", "grant_dates"),
            both_or_neither("confirmed_at", "confirmed_by", "grant_confirmed"),
            both_or_neither("refused_at", "refused_by", "grant_refused"),
            both_or_neither("ended_at", "ended_by", "grant_ended"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("granted_by")),
                name="grant_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_session="") | ~Q(confirmed_session=F("granted_session")),
                name="grant_two_sessions",
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("user"))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("user"))),
                name="grant_not_own",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
                name="grant_confirmed_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(until_on__isnull=False),
                name="grant_ended_has_last_day",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(until_on__isnull=True, refused_at__isnull=True),
                name="grant_open_once",
            ),
        ]

    @property
    def is_pending(self) -> bool:
        """Asked for, and waiting for a second person."""
        decided = self.confirmed_at or self.refused_at or self.ended_at
        return self.role in SENSITIVE and not decided

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.unit} for {self.user}"
