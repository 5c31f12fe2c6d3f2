from django.db import models


class AuthoritySettingsQuerySet(models.QuerySet["AuthoritySettings"]):
    def in_use(self) -> "AuthoritySettings":
        """The one row, or the defaults as long as nobody has changed anything."""
        return self.first() or AuthoritySettings()


class AuthoritySettings(models.Model):
    """What the authority calls itself, and what a small authority does otherwise; one row.

    `partner_authority` names another authority whose reviewers may be the second person here
    (domain rule 22); empty where there is none.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120, default="Children's Services")
    partner_authority = models.CharField(max_length=120, blank=True)
    invitation_days = models.PositiveSmallIntegerField(
        default=7, help_text="For how many days an invitation can be accepted. Our default."
    )

    objects = AuthoritySettingsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="authority_one_row"),
            models.CheckConstraint(
                condition=models.Q(invitation_days__gte=1, invitation_days__lte=60),
                name="authority_invitation_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name
