from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import reach
from kit.records import PublicRecord
from reporting.choices import ReportStatus
from reporting.models.run import SEES, ReportRun

RECEIVES = (
    Role.SERVICE_MANAGER,
    *SEES,
    Role.REPORT_RECIPIENT,
    Role.INFORMATION_GOVERNANCE,
)
"""Who may download what is published (docs/permissions.csv, report.download_published)."""


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """Issued editions of a scope in which the user may see drafts."""
        return self.filter(reach(user, *SEES, field="run__scope"), run__published_at__isnull=False)

    def published_for(self, user: User) -> "ReportQuerySet":
        """Current editions of published reports, for those who receive them."""
        received = reach(user, *RECEIVES, field="run__scope")
        return self.filter(received, status=ReportStatus.PUBLISHED, is_current=True)


class Report(PublicRecord):
    """An edition: everything that is printed, frozen before it is rendered.

    `figures` is the frozen document of counts (reporting.domain.figures), `narrative` the
    sentences made from it; nothing printed comes from anywhere else, so the same row renders to
    the same bytes. `chain_head` is the history's head when the figures were counted. One
    edition of a period is the current one.
    """

    run = models.OneToOneField(ReportRun, models.PROTECT, related_name="report")
    number = models.CharField(max_length=40, help_text="As printed: MR-2023-11/1.")
    authority_name = models.CharField(max_length=120)
    status = models.CharField(
        max_length=9, choices=ReportStatus.choices, default=ReportStatus.DRAFT
    )
    figures = models.JSONField()
    narrative = models.JSONField()
    chain_position = models.PositiveBigIntegerField()
    chain_head = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    is_current = models.BooleanField(default=False)
    period_key = models.CharField(
        max_length=80, help_text="Kind, first month, last month and scope in one word."
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period_key"],
                condition=Q(is_current=True),
                name="report_one_current_edition",
            ),
            models.UniqueConstraint(fields=["period_key", "number"], name="report_number_once"),
        ]

    def __str__(self) -> str:
        return self.number
