"""Restricted cases: seen by their auditor, the QA manager, those named, and by break-glass.

permissions.md rule 11. Figures still count a restricted case: a count names nobody, and a figure
that left it out would be wrong.
"""

import datetime
import uuid

from django.db import transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.domain import history
from accounts.models import User
from accounts.permissions import holds, require
from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import Case, CaseAccess, Restriction
from cases.permissions import check_case_restrict
from kit.exceptions import NotPossible


@transaction.atomic
def restrict(
    case: Case, *, reason: str, by: User, now: datetime.datetime | None = None
) -> Restriction:
    """Let only those whom rule 11 names see the case from now on.

    Raises Refused ("case_restrict_not_yours") and NotPossible ("restricted_already",
    "reason_missing").
    """
    moment = now or timezone.now()
    held = _locked(case)
    check_case_restrict(by, held)
    if held.restricted_at:
        raise NotPossible("restricted_already", "This case is restricted already.")
    _check_reason(reason)
    restriction = Restriction.objects.create(
        case=held, reason=reason.strip(), restricted_at=moment, restricted_by=by
    )
    Case.objects.filter(pk=held.pk).update(restricted_at=moment, restricted_by=by)
    history.record("case_restricted", subject=held, by=by, at=moment)
    return restriction


@transaction.atomic
def lift(case: Case, *, reason: str, by: User, now: datetime.datetime | None = None) -> Restriction:
    """End the restriction, and with it what it named people for.

    Raises Refused ("case_restrict_not_yours") and NotPossible ("not_restricted",
    "reason_missing").
    """
    moment = now or timezone.now()
    held = _locked(case)
    check_case_restrict(by, held)
    restriction = _open_restriction(held)
    _check_reason(reason)
    restriction.lifted_at, restriction.lifted_by = moment, by
    restriction.lifted_reason = reason.strip()
    restriction.save(update_fields=["lifted_at", "lifted_by", "lifted_reason"])
    access.withdraw(restriction.public_id, now=moment)
    Case.objects.filter(pk=held.pk).update(restricted_at=None, restricted_by=None)
    history.record("case_restriction_lifted", subject=held, by=by, at=moment)
    return restriction


@transaction.atomic
def name_person(
    case: Case, *, person: User, by: User, now: datetime.datetime | None = None
) -> CaseAccess:
    """Name somebody on the restricted case: they see it as they did before.

    Nobody names themselves: whoever needs to look opens the case with a reason. Raises Refused
    ("case_restrict_not_yours", "own_name", "no_case_content") and NotPossible
    ("not_restricted", "named_already").
    """
    moment = now or timezone.now()
    held = _locked(case)
    check_case_restrict(by, held)
    restriction = _open_restriction(held)
    _check_nameable(person, by)
    if any(row.user_id == person.pk for row in named_on(held)):
        raise NotPossible("named_already", f"{person} is named on this case already.")
    named = access.grant(
        person,
        case=held,
        capacity=AccessCapacity.NAMED,
        because_of=restriction.public_id,
        now=moment,
    )
    history.record("person_named_on_case", subject=held, by=by, at=moment, person=person.public_id)
    return named


@transaction.atomic
def strike_person(
    case: Case, *, person: uuid.UUID, by: User, now: datetime.datetime | None = None
) -> None:
    """Take somebody's name, by public id, off the restricted case.

    Raises Refused ("case_restrict_not_yours") and NotPossible ("not_restricted", "not_named").
    """
    moment = now or timezone.now()
    held = _locked(case)
    check_case_restrict(by, held)
    _open_restriction(held)
    struck = [row for row in named_on(held) if row.user.public_id == person]
    if not struck:
        raise NotPossible("not_named", "This person is not named on the case.")
    CaseAccess.objects.filter(pk__in=[row.pk for row in struck]).update(until_at=moment)
    history.record("person_struck_from_case", subject=held, by=by, at=moment, person=person)


def named_on(case: Case) -> list[CaseAccess]:
    """Who is named on the case now, by name."""
    return list(_business(case, AccessCapacity.NAMED))


def shut_out(case: Case) -> list[CaseAccess]:
    """Who has business with the restricted case and does not see it, being neither its auditor
    nor named: whoever restricts it decides whether to name them."""
    let_in = {row.user_id for row in _business(case, AccessCapacity.NAMED, AccessCapacity.AUDITOR)}
    others = (AccessCapacity.WORKER, AccessCapacity.OWNER, AccessCapacity.MODERATOR)
    found = {row.user_id: row for row in _business(case, *others) if row.user_id not in let_in}
    return [row for row in found.values() if not holds(row.user, Role.QA_MANAGER, at=case.team)]


def _business(case: Case, *capacities: AccessCapacity) -> list[CaseAccess]:
    rows = case.accesses.filter(capacity__in=capacities, until_at__isnull=True)
    return list(rows.select_related("user").order_by("user__name", "pk"))


def _check_nameable(person: User, by: User) -> None:
    require(
        person.pk != by.pk,
        "own_name",
        "You can't name yourself. Ask a colleague who restricts cases, or open the case with a "
        "reason.",
    )
    require(
        person.is_active and not person.is_system and not holds(person, Role.ADMINISTRATOR),
        "no_case_content",
        "This person can't be named: they left, or they look after users and see no cases.",
    )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise NotPossible("reason_missing", "Say why, so that others can judge it later.")


def _open_restriction(case: Case) -> Restriction:
    restriction = case.restrictions.filter(lifted_at__isnull=True).first()
    if restriction is None:
        raise NotPossible("not_restricted", "This case is not restricted now.")
    return restriction


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
