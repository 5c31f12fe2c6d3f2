from django.db import models
from django.db.models import Q

from accounts.models import User
from audits.choices import RoundKind, Standing
from audits.models.tool import ToolVersion
from kit.records import PublicRecord, both_or_neither, first_of_month, ordered


class Round(PublicRecord):
    """One run of the programme in a month, on one version of a tool.

    Only rounds `in_ledger` count in the monthly tables (domain rule 1): monthly ones always,
    others only when marked. Returns and grades are closed by acts, not by a month's end
    (domain rule 2), and so is the moderation sample (rule 15).
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=RoundKind.choices)
    standing = models.CharField(max_length=12, choices=Standing.choices)
    in_ledger = models.BooleanField(default=False)
    tool_version = models.ForeignKey(ToolVersion, models.PROTECT, related_name="rounds")
    month = models.DateField(help_text="The first day of the month it counts in.")
    opens_on = models.DateField()
    due_on = models.DateField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returns_closed_at = models.DateTimeField(null=True, blank=True)
    returns_closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sample_closed_at = models.DateTimeField(null=True, blank=True)
    sample_closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    grades_closed_at = models.DateTimeField(null=True, blank=True)
    grades_closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            first_of_month("month", "round_month_first_day"),
            ordered("opens_on", "due_on", "round_dates"),
            both_or_neither("returns_closed_at", "returns_closed_by", "round_returns_closed"),
            both_or_neither("sample_closed_at", "sample_closed_by", "round_sample_closed"),
            both_or_neither("grades_closed_at", "grades_closed_by", "round_grades_closed"),
            models.CheckConstraint(
                condition=~Q(kind=RoundKind.MONTHLY) | Q(in_ledger=True),
                name="round_monthly_in_ledger",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[RoundKind.RE_AUDIT, RoundKind.BENCHMARKING])
                | Q(in_ledger=False),
                name="round_re_audit_not_in_ledger",
            ),
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(kind=RoundKind.MONTHLY),
                name="round_one_monthly_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name
