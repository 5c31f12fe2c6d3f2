from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audits.models.round import Round
from cases.choices import IndependenceBreach
from cases.models import Case
from kit.records import PublicRecord, both_or_neither


class IndependenceOverride(PublicRecord):
    """Leave for someone not independent to audit a case in a round: reason and two people."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="independence_overrides")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    auditor = models.ForeignKey(User, models.PROTECT, related_name="+")
    breach = models.CharField(max_length=8, choices=IndependenceBreach.choices)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_for = models.CharField(
        max_length=120, blank=True, help_text="The partner authority whose reviewer confirmed it."
    )

    class Meta:
        constraints = [
            both_or_neither("confirmed_at", "confirmed_by", "override_confirmed"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="override_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("auditor"))
                & (Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("auditor"))),
                name="override_not_for_oneself",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_for="") | Q(confirmed_at__isnull=False),
                name="override_confirmed_for",
            ),
            models.UniqueConstraint(
                fields=["round", "case", "auditor", "breach"], name="override_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Override: {self.get_breach_display()}"
