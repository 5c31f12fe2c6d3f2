"""The register of cases: opened and closed. History names a case by its public id."""

import datetime

from django.db import IntegrityError, transaction

from accounts.domain import history
from accounts.domain.locking import locked_open_unit
from accounts.models import Unit, User
from cases.choices import Gender, LegalStatus, PlanKind
from cases.models import Case, SiblingGroup
from cases.permissions import check_case_edit, check_case_import
from kit.exceptions import NotPossible


@transaction.atomic
def open_case(
    *,
    reference: str,
    initials: str,
    team: Unit,
    plan_kind: PlanKind,
    opened_on: datetime.date,
    by: User,
    born_on: datetime.date | None = None,
    expected_on: datetime.date | None = None,
    gender: Gender = Gender.UNKNOWN,
    is_disabled: bool = False,
    legal_status: LegalStatus = LegalStatus.NONE,
    sibling_group: SiblingGroup | None = None,
    now: datetime.datetime | None = None,
) -> Case:
    """Add a child's case. A child not yet born has `expected_on` in place of `born_on`.

    Raises Refused ("case_import_not_yours") and NotPossible ("no_birth_date",
    "reference_taken", "unit_closed").
    """
    check_case_import(by)
    _check_birth(born_on, expected_on)
    case = _write(
        Case(
            reference=reference,
            initials=initials,
            born_on=born_on,
            expected_on=expected_on,
            gender=gender,
            is_disabled=is_disabled,
            plan_kind=plan_kind,
            legal_status=legal_status,
            team=team,
            sibling_group=sibling_group,
            opened_on=opened_on,
        )
    )
    history.record("case_opened", subject=case, by=by, at=now, team=team.public_id)
    return case


@transaction.atomic
def know_siblings(*, by: User, now: datetime.datetime | None = None) -> SiblingGroup:
    """A new group of brothers and sisters, to which cases are then opened.

    Raises Refused ("case_import_not_yours").
    """
    check_case_import(by)
    group = SiblingGroup.objects.create()
    history.record("siblings_known", subject=group, by=by, at=now)
    return group


@transaction.atomic
def close_case(
    case: Case, *, closed_on: datetime.date, by: User, now: datetime.datetime | None = None
) -> Case:
    """Close a case from a day on.

    Raises Refused ("case_edit_not_yours") and NotPossible ("closed_already",
    "closed_before_opened").
    """
    held = _locked(case)
    check_case_edit(by, held)
    if held.closed_on:
        raise NotPossible("closed_already", "This case is closed already.")
    if closed_on < held.opened_on:
        raise NotPossible("closed_before_opened", "The day is before the case was opened.")
    held.closed_on = closed_on
    held.save(update_fields=["closed_on"])
    history.record("case_closed", subject=held, by=by, at=now, closed_on=closed_on)
    return held


def _check_birth(born_on: datetime.date | None, expected_on: datetime.date | None) -> None:
    if born_on is None and expected_on is None:
        raise NotPossible("no_birth_date", "Give the day of birth, or when the child is expected.")


def _write(case: Case) -> Case:
    locked_open_unit(case.team)
    try:
        with transaction.atomic():
            case.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible("reference_taken", "A case with that reference exists.") from clash
    return case


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
