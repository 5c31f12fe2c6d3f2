from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import grants_read_once, is_guest, reach
from cases.choices import AccessCapacity, Gender, LegalStatus, PlanKind
from cases.models.siblings import SiblingGroup
from kit.records import PublicRecord, both_or_neither, ordered

SEES_UNIT = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)
SEES_ALL = (Role.QA_MANAGER, Role.DIRECTOR)
LISTS_ALL = (Role.QA_OFFICER,)
"""They plan from the list; opening a case takes business with it (case.list, case.view)."""

RESTRICTS = (Role.QA_MANAGER, Role.INFORMATION_GOVERNANCE)
OVERSEES_GLASS = (Role.INFORMATION_GOVERNANCE,)
LETS_IN = (AccessCapacity.AUDITOR, AccessCapacity.NAMED)
"""In which capacity a restricted case is seen (permissions.md rule 11)."""


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """Cases the user has business with, those of the units they answer for, and opened ones.

        A restricted case is seen by those whom its restriction lets in, whatever else they hold.
        External reviewers have no cases of their own: they see audits, under study numbers.
        """
        with grants_read_once():
            units = reach(user, *SEES_UNIT, *SEES_ALL, field="team")
            if is_guest(user):
                return self.none()
            return self._of(user, units)

    def listed_to(self, user: User) -> "CaseQuerySet":
        """Cases the user may see in a list: the visible, and those a QA officer plans for."""
        with grants_read_once():
            units = reach(user, *SEES_UNIT, *SEES_ALL, *LISTS_ALL, field="team")
            if is_guest(user):
                return self.none()
            return self._of(user, units)

    def let_in(self, user: User) -> "CaseQuerySet":
        """Restricted cases whose restriction lets the user in: its auditor, the QA manager, those
        named on it, and whoever has opened it out of turn (permissions.md rule 11)."""
        business = self.model.objects.filter(
            accesses__user=user,
            accesses__until_at__isnull=True,
            accesses__capacity__in=LETS_IN,
        )
        manages = reach(user, Role.QA_MANAGER, field="team")
        allowed = manages | Q(pk__in=business.values("pk")) | self._opened_by(user)
        return self.filter(allowed, restricted_at__isnull=False)

    def opened_by(self, user: User) -> "CaseQuerySet":
        """Cases that the user has opened out of turn, now."""
        return self.filter(self._opened_by(user))

    def restrictable_by(self, user: User) -> "CaseQuerySet":
        """Cases that the user may restrict and whose restrictions they may lift."""
        return self.filter(reach(user, *RESTRICTS, field="team"))

    def _of(self, user: User, units: Q) -> "CaseQuerySet":
        business = self.model.objects.filter(accesses__user=user, accesses__until_at__isnull=True)
        known = (units | Q(pk__in=business.values("pk"))) & (
            Q(restricted_at__isnull=True) | Q(pk__in=self.model.objects.let_in(user).values("pk"))
        )
        return self.filter(known | self._opened_by(user))

    def _opened_by(self, user: User) -> Q:
        opened = self.model.objects.filter(
            glasses__user=user,
            glasses__ended_at__isnull=True,
            glasses__until_at__gt=timezone.now(),
        )
        return Q(pk__in=opened.values("pk"))


def unbarred(user: User, *, field: str) -> Q:
    """The condition that the case at a lookup path is not restricted, or lets the user in."""
    return Q(**{f"{field}__restricted_at__isnull": True}) | Q(
        **{f"{field}__in": Case.objects.let_in(user).values("pk")}
    )


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
