from django.db import models
from django.db.models import Q

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import holds, reach
from cases.choices import Gender, LegalStatus, PlanKind
from cases.models.siblings import SiblingGroup
from kit.records import PublicRecord, both_or_neither, ordered

SEES_UNIT = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)
SEES_ALL = (Role.QA_MANAGER, Role.DIRECTOR)
LISTS_ALL = (Role.QA_OFFICER,)
"""They plan from the list; opening a case takes business with it (case.list, case.view)."""


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """Cases the user has business with, and those of the units they answer for.

        A restricted case is seen by those with business of their own and by the QA manager;
        a role at its unit is not enough (permissions.md rule 11).
        """
        business = Q(accesses__user=user, accesses__until_at__isnull=True)
        units = reach(user, *SEES_UNIT, *SEES_ALL, field="team")
        if not holds(user, Role.QA_MANAGER):
            units &= Q(restricted_at__isnull=True)
        allowed = self.model.objects.filter(business | units)
        return self.filter(pk__in=allowed.values("pk"))

    def listed_to(self, user: User) -> "CaseQuerySet":
        """Cases the user may see in a list: the visible, and those a QA officer plans for."""
        planned = reach(user, *LISTS_ALL, field="team") & Q(restricted_at__isnull=True)
        visible = self.model.objects.visible_to(user)
        return self.filter(Q(pk__in=visible.values("pk")) | planned)


class Case(PublicRecord):
    """The record of one child or young person that audits read.

    `reference` is the case-management system's own and never stands in a URL, title, log or
    mail. A child not yet born has `expected_on` in place of `born_on`. No sibling group means
    that brothers and sisters are not known, and pages say so. A case that came with imported
    audits (`imported_at`) is known by its reference alone until a case list names it.
    """

    reference = models.CharField(max_length=40, unique=True)
    initials = models.CharField(max_length=6)
    born_on = models.DateField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=8, choices=Gender.choices, default=Gender.UNKNOWN)
    is_disabled = models.BooleanField(default=False)
    plan_kind = models.CharField(max_length=12, choices=PlanKind.choices)
    legal_status = models.CharField(
        max_length=16, choices=LegalStatus.choices, default=LegalStatus.NONE
    )
    team = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sibling_group = models.ForeignKey(
        SiblingGroup, models.PROTECT, null=True, blank=True, related_name="cases"
    )
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    restricted_at = models.DateTimeField(null=True, blank=True)
    restricted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("restricted_at", "restricted_by", "case_restricted"),
            both_or_neither("imported_at", "imported_by", "case_imported"),
            ordered("opened_on", "closed_on", "case_dates"),
            models.CheckConstraint(
                condition=Q(born_on__isnull=False)
                | Q(expected_on__isnull=False)
                | Q(imported_at__isnull=False),
                name="case_born_or_expected",
            ),
        ]

    def __str__(self) -> str:
        # Initials are shown only where the look is noted (cases.domain.viewing).
        return str(self.public_id)
