from django.db import models

from accounts.choices import UnitKind
from kit.records import PublicRecord


class UnitQuerySet(models.QuerySet["Unit"]):
    def within(self, unit: "Unit") -> "UnitQuerySet":
        """The unit itself and everything below it."""
        return self.filter(path__startswith=unit.path)

    def open(self) -> "UnitQuerySet":
        """Not closed."""
        return self.filter(closed_on__isnull=True)

    def services(self) -> "UnitQuerySet":
        return self.filter(kind=UnitKind.SERVICE)


class Unit(PublicRecord):
    """A node of the organisation: directorate > service > area > team, to any depth.

    `path` is the materialised path of ids from the root ("/1/4/9/"), so that a scope is one
    prefix condition. Only `accounts.domain.units` writes it. The root unit is the authority.
    """

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=255, unique=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="unit_name_once_in_parent"),
        ]

    def __str__(self) -> str:
        return self.name
