"""The tree of units: parent and materialised path, written by these verbs alone."""

import datetime

from django.db import transaction

from accounts.choices import UnitKind
from accounts.domain import history
from accounts.models import Unit, User


@transaction.atomic
def add_unit(
    *,
    name: str,
    kind: UnitKind,
    parent: Unit | None,
    by: User,
    now: datetime.datetime | None = None,
) -> Unit:
    """Add a unit below `parent`; without a parent it is the root, the authority itself.

    A step of verbs that have checked the right (`tree.add`, imports, setting the program up).
    """
    unit = Unit.objects.create(name=name, kind=kind, parent=parent, path=f"new:{name[:60]}:{kind}")
    unit.path = f"{parent.path if parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    history.record("unit_added", subject=unit, by=by, at=now, kind=kind)
    return unit


def authority() -> Unit:
    """The root of the tree, the scope of a report on the whole authority.

    Raises Unit.DoesNotExist before the first unit is added.
    """
    return Unit.objects.filter(parent__isnull=True).order_by("pk").get()


def service_of(unit: Unit) -> Unit:
    """The service a team belongs to: the nearest service at or above it, else the unit itself."""
    ids = [int(part) for part in unit.path.strip("/").split("/")]
    return Unit.objects.services().filter(pk__in=ids).order_by("-path").first() or unit
