"""Who may be asked to do an action for the child of an audit."""

import datetime

from django.db.models import Q

from accounts.choices import MembershipKind, UnitKind
from accounts.models import Membership, Unit, User
from audits.models import Audit
from audits.permissions import reads_from_return


def owners_for(audit: Audit, *, on: datetime.date) -> list[User]:
    """The child's worker, the team, and its managers up to the head of service, in that order."""
    people = [*_workers(audit), *(row.user for row in _held(audit, on))]
    return list({person.pk: person for person in people if person.is_active}.values())


def readers_of(audit: Audit, *, on: datetime.date) -> list[User]:
    """Who reads the findings from the return on: the child's worker and the managers above the
    team, as far as each may (domain rule 15). Colleagues who may own an action do not."""
    people = {person.pk: person for person in (*_workers(audit), *managers_of(audit, on=on))}
    return [each for each in people.values() if each.is_active and reads_from_return(each, audit)]


def _workers(audit: Audit) -> list[User]:
    allocated = audit.case.allocations.filter(until_on__isnull=True, worker__user__isnull=False)
    people = [row.worker.user for row in allocated.select_related("worker__user")]
    return [person for person in people if person]


def managers_of(audit: Audit, *, on: datetime.date) -> list[User]:
    """Who may answer for the child now: leads of the team and of the units above it."""
    return [row.user for row in _held(audit, on) if row.kind == MembershipKind.LEAD]


def _held(audit: Audit, on: datetime.date) -> list[Membership]:
    """Members of the team and leads above it, the nearest first."""
    above = audit.case.team.path.strip("/").split("/")
    managed = Unit.objects.filter(pk__in=above).exclude(kind=UnitKind.DIRECTORATE)
    leads = Q(kind=MembershipKind.LEAD, unit__in=managed)
    held = Membership.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on),
        leads | Q(unit=audit.case.team),
        from_on__lte=on,
        user__is_active=True,
    )
    rows = held.select_related("user", "unit")
    return list(rows.order_by("-unit__path", "kind", "user__name"))
