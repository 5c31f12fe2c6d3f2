"""Leave for someone not independent to audit a case in a round: a reason and two people (rule 3).

Reports count overrides. Leave is for one round, one case, one auditor and one kind of breach.
"""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.domain.standing_in import stands_for
from accounts.models import User
from accounts.permissions import check_two_people, require
from audits.models import IndependenceOverride, Round
from audits.permissions import (
    check_independence_override,
    check_override_confirm,
    is_partners_second,
)
from cases.choices import IndependenceBreach
from cases.models import Case
from kit.exceptions import NotPossible


@transaction.atomic
def ask_override(
    audit_round: Round,
    *,
    case: Case,
    auditor: User,
    breach: IndependenceBreach,
    reason: str,
    by: User,
    now: datetime.datetime | None = None,
) -> IndependenceOverride:
    """Ask for leave; it counts once a second person has confirmed it.

    Raises Refused ("independence_override_not_yours") and NotPossible ("reason_missing",
    "override_exists").
    """
    moment = now or timezone.now()
    check_independence_override(by, case)
    _check_not_for_oneself(by, auditor)
    if not reason.strip():
        raise NotPossible("reason_missing", "Say why nobody independent can do this audit.")
    override = _write(
        IndependenceOverride(
            round=audit_round,
            case=case,
            auditor=auditor,
            breach=breach,
            reason=reason,
            asked_at=moment,
            asked_by=by,
        )
    )
    history.record("override_asked", subject=override, by=by, at=moment, breach=breach)
    return override


@transaction.atomic
def confirm_override(
    override: IndependenceOverride, *, by: User, now: datetime.datetime | None = None
) -> IndependenceOverride:
    """Confirm what a colleague asked, as somebody with the same right or for a partner (rule 22).

    Raises Refused ("independence_override_not_yours", "needs_two_people", "own_audit") and
    NotPossible ("confirm_not_possible").
    """
    moment = now or timezone.now()
    held = _locked(override)
    check_override_confirm(by, held)
    _check_not_for_oneself(by, held.auditor)
    check_two_people(held.asked_by, by)
    if held.confirmed_at:
        raise NotPossible("confirm_not_possible", "This leave was confirmed already.")
    held.confirmed_at, held.confirmed_by = moment, by
    held.confirmed_for = stands_for(by) if is_partners_second(by, held) else ""
    held.save(update_fields=["confirmed_at", "confirmed_by", "confirmed_for"])
    history.record(
        "override_confirmed",
        subject=held,
        by=by,
        at=moment,
        breach=held.breach,
        for_partner=bool(held.confirmed_for),
    )
    return held


def _check_not_for_oneself(by: User, auditor: User) -> None:
    require(
        by.pk != auditor.pk,
        "own_audit",
        "You can't give yourself leave. Ask a colleague who holds the same right.",
    )


def _write(override: IndependenceOverride) -> IndependenceOverride:
    try:
        with transaction.atomic():
            override.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "override_exists", "Leave for this auditor and case was asked for already."
        ) from clash
    return override


def _locked(override: IndependenceOverride) -> IndependenceOverride:
    rows = IndependenceOverride.objects.select_for_update(of=("self",))
    return rows.select_related("case__team", "asked_by").get(pk=override.pk)
