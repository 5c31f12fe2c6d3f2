from django.db import models
from django.db.models import Exists, F, Q

from accounts.choices import Role
from accounts.models import AuthoritySettings, User
from accounts.permissions import grants_read_once, is_guest, reach
from audits.choices import Grade
from audits.models import Audit, AuditReturn
from cases.choices import AccessCapacity
from cases.models import CaseAccess
from cases.models.case import unbarred
from kit.records import PublicRecord, both_or_neither
from moderation.choices import ChosenBecause, Settlement

SEES_ALL = (Role.QA_OFFICER, Role.QA_MANAGER, Role.DIRECTOR)
SEES_UNIT_SETTLED = (Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE)


class ModerationQuerySet(models.QuerySet["Moderation"]):
    def visible_to(self, user: User) -> "ModerationQuerySet":
        """My own; all for QA; settled ones for the auditor, the case's worker and the unit's line;
        those of a restricted case by whom its restriction lets in.

        Somebody from outside sees their own of the rounds they review and, in an authority that
        names a partner, those that wait for a second person there and those that they settled
        as that person (domain rule 22).
        """
        settled = Q(settled_at__isnull=False)
        team, case = "audit_return__audit__team", "audit_return__audit__case"
        moderates = Q(moderator=user, withdrawn_at__isnull=True)
        audited = settled & Q(audit_return__audit__auditor=user)
        with grants_read_once():
            units = reach(user, *SEES_ALL, field=team)
            units |= settled & reach(user, *SEES_UNIT_SETTLED, field=team)
            if is_guest(user):
                reviewed = Audit.objects.visible_to(user).values("pk")
                theirs = moderates | audited | self._for_partner() | Q(settled_by=user)
                return self.filter(theirs, audit_return__audit__in=reviewed)
            works = CaseAccess.objects.filter(
                user=user, capacity=AccessCapacity.WORKER, until_at__isnull=True
            )
            worked_on = settled & Q(**{f"{case}__in": works.values("case")})
            return self.filter(
                (moderates | units | worked_on) & unbarred(user, field=case) | audited
            )

    def _for_partner(self) -> Q:
        """What waits for a second person, where the authority names a partner."""
        partner = AuthoritySettings.objects.exclude(partner_authority="")
        return Q(proposed_at__isnull=False, settled_at__isnull=True) & Q(Exists(partner))

    def committed_at_moment(self, moment) -> "ModerationQuerySet":
        """Committed before the moment and not withdrawn before it."""
        return self.filter(committed_at__lt=moment).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=moment)
        )


class Moderation(PublicRecord):
    """A QA officer's re-audit of one returned version, blind or sighted, and how it was settled.

    The moderator's grades are fixed when it is committed. `settled_grade` is the overall grade
    on the headline axis that came out of it: the same where both agree, the moderator's where
    rule 13 lets it stand, otherwise what one person proposed (`proposed_by`) and another settled.
    Settlement, grade and reason are written when proposed and count once `settled_at` is set.
    """

    audit_return = models.ForeignKey(AuditReturn, models.PROTECT, related_name="+")
    moderator = models.ForeignKey(User, models.PROTECT, related_name="+")
    chosen_because = models.CharField(max_length=12, choices=ChosenBecause.choices)
    chosen_reason = models.TextField(blank=True)
    position = models.PositiveIntegerField(
        default=0, help_text="Place in the moderator's list, from the draw's seed."
    )
    is_blind = models.BooleanField(default=True)
    sighted_reason = models.TextField(blank=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    record_gave_grade_away = models.BooleanField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_for = models.CharField(
        max_length=120, blank=True, help_text="The partner authority whose reviewer settled it."
    )
    settlement = models.CharField(max_length=9, choices=Settlement.choices, blank=True)
    settled_grade = models.PositiveSmallIntegerField(choices=Grade.choices, null=True, blank=True)
    settled_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ModerationQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit_return"],
                condition=Q(withdrawn_at__isnull=True),
                name="moderation_once_a_return",
            ),
            both_or_neither("committed_at", "committed_by", "moderation_committed"),
            both_or_neither("proposed_at", "proposed_by", "moderation_proposed"),
            both_or_neither("settled_at", "settled_by", "moderation_settled"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(settled_grade__isnull=False),
                name="moderation_settled_grade",
            ),
            both_or_neither("withdrawn_at", "withdrawn_by", "moderation_withdrawn"),
            models.CheckConstraint(
                condition=Q(committed_by__isnull=True) | Q(committed_by=F("moderator")),
                name="moderation_committed_by_moderator",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True)
                | Q(committed_at__isnull=False, settled_at__gte=F("committed_at"))
                & ~Q(settlement=""),
                name="moderation_settled_after_commit",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=True)
                | Q(settled_by__isnull=True)
                | ~Q(settled_by=F("proposed_by")),
                name="moderation_settled_by_two",
            ),
            models.CheckConstraint(
                condition=Q(proposed_at__isnull=True)
                | Q(committed_at__isnull=False, settled_grade__isnull=False) & ~Q(settlement=""),
                name="moderation_proposed_after_commit",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True)
                | Q(settlement__in=[Settlement.SAME, Settlement.MODERATOR])
                | Q(proposed_at__isnull=False),
                name="moderation_settled_from_a_proposal",
            ),
            models.CheckConstraint(
                condition=Q(is_blind=True) | ~Q(sighted_reason=""),
                name="moderation_sighted_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(chosen_because=ChosenBecause.BY_HAND) | ~Q(chosen_reason=""),
                name="moderation_by_hand_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Moderation of {self.audit_return}"
