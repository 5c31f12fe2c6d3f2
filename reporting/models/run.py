import datetime

from django.db import models
from django.db.models import F, Q

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import reach
from audits.models import ReviewerAssignment
from kit.records import PublicRecord, first_of_month
from reporting.choices import ReportKind, RequestSource, RunStage

SEES = (Role.HEAD_OF_SERVICE, Role.QA_OFFICER, Role.QA_MANAGER, Role.DIRECTOR)


def drafts_of(user: User, *, field: str = "") -> Q:
    """The condition that the run at a lookup path is one whose draft the user may see."""
    path = f"{field}__" if field else ""
    seen = reach(user, *SEES, field=f"{path}scope")
    reviewed = ReviewerAssignment.objects.in_force().filter(reviewer=user, round__in_ledger=True)
    counts_it = Q(pk__in=[])
    for month in reviewed.values_list("round__month", flat=True):
        counts_it |= Q(**{f"{path}first_month__lte": month, f"{path}last_month__gte": month})
    return seen | (counts_it & reach(user, Role.EXTERNAL_REVIEWER, field=f"{path}scope"))


class ReportRunQuerySet(models.QuerySet["ReportRun"]):
    def visible_to(self, user: User) -> "ReportRunQuerySet":
        """Runs of a scope in which the user may see drafts, and those that count a round which
        they review."""
        return self.filter(drafts_of(user))

    def unfinished(self) -> "ReportRunQuerySet":
        return self.filter(published_at__isnull=True, failed_at__isnull=True)

    def claimable(self, moment: datetime.datetime) -> "ReportRunQuerySet":
        """Unfinished and held by nobody, or by a worker whose lease has run out."""
        return self.unfinished().filter(Q(lease_until__isnull=True) | Q(lease_until__lt=moment))


class ReportRun(PublicRecord):
    """One job that issues one edition of a report: the row is the queue of record.

    A worker claims it by raising `claim` in a conditional update and holds it until
    `lease_until`, which its heartbeat moves on; publishing is fenced by the claim's number, so
    a worker that lost its lease publishes nothing. `edition` counts from 1 within a kind,
    period and scope; one that failed keeps its number. `as_at` is the moment the figures are
    true for ("before" is strict). The schedule asks for a month once.
    """

    kind = models.CharField(max_length=8, choices=ReportKind.choices)
    first_month = models.DateField()
    last_month = models.DateField()
    scope = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    as_at = models.DateTimeField()
    source = models.CharField(max_length=8, choices=RequestSource.choices)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=9, choices=RunStage.choices, default=RunStage.WAITING)
    claim = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        constraints = [
            first_of_month("first_month", "run_first_month_first_day"),
            first_of_month("last_month", "run_last_month_first_day"),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="run_months_in_order"
            ),
            models.UniqueConstraint(
                fields=["kind", "last_month", "scope", "edition"],
                name="run_edition_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "first_month", "last_month", "scope"],
                condition=Q(published_at__isnull=True, failed_at__isnull=True),
                name="run_one_unfinished",
            ),
            models.UniqueConstraint(
                fields=["kind", "last_month", "scope"],
                condition=Q(source=RequestSource.SCHEDULE),
                name="run_scheduled_once",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(failed_at__isnull=True),
                name="run_published_or_failed",
            ),
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True) | ~Q(failure=""),
                name="run_failed_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.last_month:%Y-%m}, edition {self.edition}"
