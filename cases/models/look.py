from django.db import models

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import holds
from cases.choices import Business, Medium
from cases.models.case import Case
from kit.records import AppendOnly


class CaseViewQuerySet(models.QuerySet["CaseView"]):
    def visible_to(self, user: User) -> "CaseViewQuerySet":
        """Everyone their own looks; information governance all (history.case_views)."""
        if holds(user, Role.INFORMATION_GOVERNANCE):
            return self.all()
        return self.filter(user=user)


class CaseView(AppendOnly):
    """Who looked: one case that one response carried to one person (domain rule 21).

    `route` is the name of the address, `medium` what was sent, `together` how many cases the
    response carried. `business` is what the person had to do with the case at that moment; it is
    written down because roles and units change.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="views")
    route = models.CharField(max_length=64)
    medium = models.CharField(max_length=5, choices=Medium.choices)
    together = models.PositiveIntegerField()
    business = models.CharField(max_length=8, choices=Business.choices)
    at = models.DateTimeField()

    objects = CaseViewQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at"], name="case_view_case"),
            models.Index(fields=["user", "-at"], name="case_view_user"),
            models.Index(fields=["-at"], name="case_view_at"),
        ]

    def __str__(self) -> str:
        return f"{self.route} at {self.at}"
