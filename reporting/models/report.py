from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import holds
from kit.records import PublicRecord, both_or_neither
from reporting.choices import ReportStatus
from reporting.models.run import SEES, ReportRun, drafts_of

RECEIVES = (
    Role.SERVICE_MANAGER,
    *SEES,
    Role.REPORT_RECIPIENT,
    Role.INFORMATION_GOVERNANCE,
)
"""Who may download what is published (docs/permissions.csv, report.download_published)."""


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, user: User) -> "ReportQuerySet":
        """Issued editions whose drafts the user may see."""
        return self.filter(drafts_of(user, field="run"), run__published_at__isnull=False)

    def published_for(self, user: User) -> "ReportQuerySet":
        """Published editions, for those who receive them; a later draft hides none of them."""
        published = self.filter(status=ReportStatus.PUBLISHED)
        return published if holds(user, *RECEIVES) else published.none()


class Report(PublicRecord):
    """An edition: everything that is printed, frozen before it is rendered.

    `figures` is the frozen document of counts (reporting.domain.figures), `narrative` the
    sentences made from it; nothing printed comes from anywhere else, so the same row renders to
    the same bytes. `chain_head` is the history's head when the figures were counted. One
    edition of a period is the current one.

    `approved_as` is the post of whoever approved its release, as it is printed; the worker then
    prints it once more with that, and `released_at` is when recipients could have it.
    """

    run = models.OneToOneField(ReportRun, models.PROTECT, related_name="report")
    number = models.CharField(max_length=40, help_text="As printed: MR-2023-11/1.")
    authority_name = models.CharField(max_length=120)
    status = models.CharField(
        max_length=9, choices=ReportStatus.choices, default=ReportStatus.DRAFT
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_as = models.CharField(max_length=200, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
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
            both_or_neither("approved_at", "approved_by", "report_approved"),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.DRAFT, approved_at=None, released_at=None)
                | Q(status=ReportStatus.APPROVED, approved_at__isnull=False, released_at=None)
                | Q(
                    status=ReportStatus.PUBLISHED,
                    approved_at__isnull=False,
                    released_at__isnull=False,
                ),
                name="report_status_is_its_moments",
            ),
        ]

    def __str__(self) -> str:
        return self.number
