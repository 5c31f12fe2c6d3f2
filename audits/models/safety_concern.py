from django.db import models
from django.db.models import F, Q

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import grants_read_once, is_guest, reach
from audits.choices import SafetyJudgement
from audits.models.audit import Audit
from cases.models.case import unbarred
from kit.records import PublicRecord, both_or_neither

ANSWERS_CONCERNS = (
    Role.TEAM_MANAGER,
    Role.SERVICE_MANAGER,
    Role.HEAD_OF_SERVICE,
    Role.QA_MANAGER,
    Role.DIRECTOR,
)


class SafetyConcernQuerySet(models.QuerySet["SafetyConcern"]):
    def visible_to(self, user: User) -> "SafetyConcernQuerySet":
        """Concerns the user raised, and those they may answer for.

        QA officers see none: what worries an auditor would tell a blind moderator the grade.
        """
        with grants_read_once():
            if is_guest(user):
                return self.filter(raised_by=user, audit__in=Audit.objects.visible_to(user))
            let_in = Q(audit__auditor=user) | unbarred(user, field="audit__case")
            return self.filter((Q(raised_by=user) & let_in) | _may_answer(user))

    def answerable_by(self, user: User) -> "SafetyConcernQuerySet":
        """Concerns of audits the user knows of, in a unit where they answer for the children."""
        return self.filter(_may_answer(user))


def _may_answer(user: User) -> Q:
    with grants_read_once():
        known = Q(audit__in=Audit.objects.visible_to(user))
        return known & reach(user, *ANSWERS_CONCERNS, field="audit__team")


class SafetyConcern(PublicRecord):
    """A child may be unsafe now: raised at any time, acknowledged by a manager, then settled.

    The clock runs from `raised_at` until someone acknowledges; `what_was_done` settles it.
    """

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="concerns")
    judgement = models.CharField(max_length=11, choices=SafetyJudgement.choices)
    worry = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    what_was_done = models.TextField(blank=True)

    objects = SafetyConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            both_or_neither("acknowledged_at", "acknowledged_by", "concern_acknowledged"),
            both_or_neither("settled_at", "settled_by", "concern_settled"),
            models.CheckConstraint(
                condition=~Q(judgement=SafetyJudgement.SAFE), name="concern_is_a_worry"
            ),
            models.CheckConstraint(condition=~Q(worry=""), name="concern_says_what_worries"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True)
                | Q(acknowledged_at__isnull=False, settled_at__gte=F("acknowledged_at"))
                & ~Q(what_was_done=""),
                name="concern_settled_after_acknowledged",
            ),
        ]

    def __str__(self) -> str:
        return f"Concern raised at {self.raised_at}"
