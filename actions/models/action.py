from django.db import models
from django.db.models import F, Q

from accounts.choices import Role
from accounts.models import Unit, User
from accounts.permissions import grants_read_once, is_guest, reach
from actions.choices import ActionScope
from cases.models import Case, CaseAccess
from cases.models.case import unbarred
from kit.records import PublicRecord, both_or_neither

SEES_ALL = (Role.QA_OFFICER, Role.QA_MANAGER, Role.DIRECTOR)
SEES_UNIT = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, user: User) -> "ActionQuerySet":
        """Actions I own or raised, those of cases I am assigned, and those in my units.

        Those for the child of a restricted case are seen by whom its restriction lets in. Whoever
        moderates an audit of a case blind sees none of the actions for that child, which would
        tell what the auditor thought (domain rule 12). Somebody from outside sees none.
        """
        own = Q(owners__user=user) | Q(raised_by=user)
        assigned = Q(
            case__accesses__user=user,
            case__accesses__until_at__isnull=True,
        )
        with grants_read_once():
            scope = reach(user, *SEES_UNIT, *SEES_ALL, field="unit")
            if is_guest(user):
                return self.none()
            let_in = unbarred(user, field="case")
        blind = CaseAccess.objects.filter(user=user, until_at__isnull=True, is_blind=True)
        others = (assigned | scope) & ~Q(case__in=blind.values("case"))
        known = self.model.objects.filter(own | others).filter(let_in)
        return self.filter(pk__in=known.values("pk"))

    def as_at(self, moment) -> "ActionQuerySet":
        """Raised before the moment and not withdrawn before it."""
        return self.filter(raised_at__lt=moment).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=moment)
        )


def _by_another(judge: str, name: str) -> models.CheckConstraint:
    """Whoever says that it is done neither verifies it nor judges what it did (rule 17)."""
    nobody_yet = Q(**{f"{judge}__isnull": True})
    return models.CheckConstraint(condition=nobody_yet | ~Q(**{judge: F("done_by")}), name=name)


class Action(PublicRecord):
    """Something to do because of a finding: for a child, a team or the service.

    open > in progress > done > verified > impact shown or not shown, each a moment and a person.
    `unit` is the team or service it belongs to and scopes who sees it. `needs_verification` is
    decided when it is raised (domain rule 17): all from Inadequate audits and all service
    actions, a sample of the rest.
    """

    scope = models.CharField(max_length=7, choices=ActionScope.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    what = models.TextField()
    expected_impact = models.TextField(blank=True)
    due_on = models.DateField()
    needs_verification = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    impact_judged_at = models.DateTimeField(null=True, blank=True)
    impact_judged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    impact_shown = models.BooleanField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ActionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["unit", "due_on"], name="action_unit_due"),
            models.Index(fields=["scope", "raised_at"], name="action_scope_raised"),
        ]
        constraints = [
            both_or_neither("started_at", "started_by", "action_started"),
            both_or_neither("done_at", "done_by", "action_done"),
            both_or_neither("verified_at", "verified_by", "action_verified"),
            both_or_neither("impact_judged_at", "impact_judged_by", "action_impact_judged"),
            both_or_neither("impact_judged_at", "impact_shown", "action_impact_answered"),
            both_or_neither("withdrawn_at", "withdrawn_by", "action_withdrawn"),
            models.CheckConstraint(
                condition=Q(scope=ActionScope.CHILD, case__isnull=False)
                | (~Q(scope=ActionScope.CHILD) & Q(case__isnull=True)),
                name="action_child_has_case",
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True)
                | Q(done_at__isnull=False, verified_at__gte=F("done_at")),
                name="action_verified_after_done",
            ),
            models.CheckConstraint(
                condition=Q(impact_judged_at__isnull=True) | Q(done_at__isnull=False),
                name="action_impact_after_done",
            ),
            models.CheckConstraint(
                condition=Q(impact_judged_at__isnull=True)
                | Q(needs_verification=False)
                | Q(verified_at__isnull=False),
                name="action_impact_after_verified",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(done_at__isnull=True),
                name="action_withdrawn_is_not_done",
            ),
            _by_another("verified_by", "action_verified_by_another"),
            _by_another("impact_judged_by", "action_impact_judged_by_another"),
        ]

    def __str__(self) -> str:
        return f"Action due {self.due_on}"
