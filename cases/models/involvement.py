from django.db import models

from accounts.models import User
from cases.choices import InvolvementKind
from cases.models.case import Case


class CaseInvolvement(models.Model):
    """A decision taken or a meeting chaired in a case, by someone who may be asked to audit it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="involvements")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=InvolvementKind.choices)
    happened_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "kind", "happened_on"], name="case_involvement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.happened_on}"
