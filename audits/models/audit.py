from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from accounts.choices import ManagerLevel, Role
from accounts.models import Unit, User
from accounts.permissions import grants_read_once, holds, is_guest, reach
from audits.choices import Standing
from audits.models.reviewer import ReviewerAssignment
from audits.models.round import Round
from cases.choices import AccessCapacity
from cases.models import Case
from cases.models.case import unbarred
from kit.records import PublicRecord, both_or_neither, first_of_month

SEES_UNIT_RETURNED = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)
PLANS_ALL = (Role.QA_OFFICER, Role.QA_MANAGER, Role.DIRECTOR)


_CAME_BACK = Q(returns__returned_at__isnull=False, returns__sent_back_at__isnull=True)


class AuditQuerySet(models.QuerySet["Audit"]):
    def visible_to(self, user: User) -> "AuditQuerySet":
        """Audits whose existence the user may know of: their own, those of their units, and
        from the return on those of cases they work on or have opened out of turn.

        What of an audit they may read is decided by the checks in `audits.permissions`.
        A restricted case is known only to those whom its restriction lets in.
        """
        with grants_read_once():
            units = reach(user, *SEES_UNIT_RETURNED, *PLANS_ALL, field="team")
            if is_guest(user):
                return self._of_rounds_of(user)
            worked_on = self._of_cases_of(user, AccessCapacity.WORKER).filter(_CAME_BACK)
            named = self._of_cases_of(user, AccessCapacity.NAMED)
            opened = self.model.objects.filter(_CAME_BACK, case__in=Case.objects.opened_by(user))
            by_case = (Q(pk__in=found.values("pk")) for found in (worked_on, named, opened))
            known = reduce(or_, by_case, units)
            return self.filter(Q(auditor=user) | (known & unbarred(user, field="case")))

    def _of_rounds_of(self, user: User) -> "AuditQuerySet":
        """For someone from outside: of the rounds they review, their own and those returned."""
        rounds = ReviewerAssignment.objects.in_force().filter(reviewer=user).values("round")
        returned = self.model.objects.filter(_CAME_BACK, round__in=rounds)
        seen = Q(auditor=user) | Q(pk__in=returned.values("pk"))
        if not holds(user, Role.EXTERNAL_REVIEWER):
            return self.none()
        return self.filter(seen & unbarred(user, field="case"), round__in=rounds)

    def _of_cases_of(self, user: User, capacity: AccessCapacity) -> "AuditQuerySet":
        return self.model.objects.filter(
            case__accesses__user=user,
            case__accesses__capacity=capacity,
            case__accesses__until_at__isnull=True,
        )

    def in_ledger(self) -> "AuditQuerySet":
        """Audits that count in the monthly tables (domain rule 1)."""
        return self.filter(round__in_ledger=True)

    def planned_at(self, moment) -> "AuditQuerySet":
        """Allocated before the moment and not voided before it."""
        return self.filter(allocated_at__lt=moment).filter(
            Q(voided_at__isnull=True) | Q(voided_at__gte=moment)
        )


class Audit(PublicRecord):
    """One case given to one auditor in a round.

    Team, service, month, standing and the auditor's level are stamped when it is allocated and
    stay, so that a closed month cannot change because people or units moved (domain rule 1).
    `due_on` is the round's until an Extension row changes it. The audit's content lives in its
    returns; the version not yet returned is the draft.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="audits")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    auditor = models.ForeignKey(User, models.PROTECT, related_name="+")
    team = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    service = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    month = models.DateField()
    standing = models.CharField(max_length=12, choices=Standing.choices)
    auditor_level = models.CharField(max_length=8, choices=ManagerLevel.choices)
    due_on = models.DateField()
    allocated_at = models.DateTimeField()
    allocated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["round", "service", "team"], name="audit_round_service"),
            models.Index(fields=["month", "service", "team"], name="audit_month_service"),
        ]
        constraints = [
            first_of_month("month", "audit_month_first_day"),
            both_or_neither("voided_at", "voided_by", "audit_voided"),
            models.UniqueConstraint(
                fields=["round", "case"],
                condition=Q(voided_at__isnull=True),
                name="audit_case_once_in_round",
            ),
        ]

    def __str__(self) -> str:
        return f"Audit in {self.round}"
