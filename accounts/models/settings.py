from django.db import models


class AuthoritySettings(models.Model):
    """What the authority calls itself; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120, default="Children's Services")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="authority_one_row"),
        ]

    def __str__(self) -> str:
        return self.name
