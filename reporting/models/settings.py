from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from accounts.models import User


class ReportSettings(models.Model):
    """When the schedule issues the monthly report; one row.

    The report of a month is issued on `issue_day` of the next month at `issue_hour`, London
    time. `reports_from` is the first month the schedule answers for, set when it is switched
    on; without it the schedule is off.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    reports_from = models.DateField(null=True, blank=True)
    issue_day = models.PositiveSmallIntegerField(
        default=8, validators=[MinValueValidator(1), MaxValueValidator(28)]
    )
    issue_hour = models.PositiveSmallIntegerField(default=6, validators=[MaxValueValidator(23)])
    switched_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="reporting_one_row"),
            models.CheckConstraint(
                condition=models.Q(issue_day__range=(1, 28)), name="reporting_issue_day"
            ),
            models.CheckConstraint(
                condition=models.Q(issue_hour__range=(0, 23)), name="reporting_issue_hour"
            ),
        ]

    def __str__(self) -> str:
        return f"day {self.issue_day} at {self.issue_hour}:00"
