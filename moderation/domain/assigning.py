"""Giving a returned audit to a moderator, blind or sighted (domain rules 11 and 12)."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from accounts.permissions import require
from audits.models import AuditReturn
from cases.choices import AccessCapacity
from cases.domain import access
from kit.exceptions import NotPossible
from kit.months import london_day
from moderation.choices import ChosenBecause
from moderation.domain.locking import locked_moderation, locked_return
from moderation.domain.states import MODERATION, state_of
from moderation.models import Moderation
from moderation.permissions import (
    can_moderation_assign,
    check_may_moderate,
    check_moderates_blind,
    check_moderation_assign,
    check_moderation_claim,
    check_moderation_regrade,
)


@transaction.atomic
def assign(
    audit_return: AuditReturn,
    *,
    moderator: User,
    because: ChosenBecause,
    by: User,
    reason: str = "",
    is_blind: bool = True,
    sighted_reason: str = "",
    position: int = 0,
    now: datetime.datetime | None = None,
) -> Moderation:
    """Give the version in force to a moderator; taking it oneself is a claim.

    `reason` says why it was chosen by hand, `sighted_reason` why it is not blind, `position` its
    place in the moderator's list. Raises Refused ("moderation_assign_not_yours",
    "moderation_claim_not_yours", "not_blind" and those of `check_may_moderate`) and NotPossible
    ("not_returned", "reason_missing", "sighted_or_blind", "moderated_already").
    """
    moment = now or timezone.now()
    held = locked_return(audit_return)
    _check_people(held, moderator, by, is_blind=is_blind, on=london_day(moment))
    _check_reasons(because, reason, is_blind, sighted_reason)
    moderation = _write(
        Moderation(
            audit_return=held,
            moderator=moderator,
            chosen_because=because,
            chosen_reason=reason.strip(),
            position=position,
            is_blind=is_blind,
            sighted_reason=sighted_reason.strip(),
            assigned_at=moment,
            assigned_by=by,
        )
    )
    _let_in(moderation, by=by, moment=moment)
    return moderation


@transaction.atomic
def record_as_sighted(
    moderation: Moderation, *, reason: str, by: User, now: datetime.datetime | None = None
) -> Moderation:
    """The moderator turns out to know the audit or the child: it is counted as sighted.

    Raises Refused and NotPossible ("sighted_or_blind", "record_as_sighted_not_possible").
    """
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    check_moderation_regrade(by, held, on=london_day(moment))
    MODERATION.check(state_of(held), "record_as_sighted")
    _check_reasons(ChosenBecause.RANDOM, "", False, reason)
    held.is_blind, held.sighted_reason = False, reason.strip()
    held.save(update_fields=["is_blind", "sighted_reason"])
    access.end_blindness(held.public_id)
    history.record("moderation_recorded_as_sighted", subject=held, by=by, at=moment)
    return held


@transaction.atomic
def withdraw(
    moderation: Moderation, *, by: User, now: datetime.datetime | None = None
) -> Moderation:
    """Take it back before it is committed, so that someone else can moderate.

    By its moderator or the QA manager. Raises Refused ("moderation_assign_not_yours") and
    NotPossible ("withdraw_not_possible").
    """
    moment = now or timezone.now()
    held = locked_moderation(moderation)
    require(
        by.pk == held.moderator_id or can_moderation_assign(by, held.audit_return),
        "moderation_assign_not_yours",
        "A moderation is taken back by its moderator or the QA manager. Ask one of them.",
    )
    return take_back(held, by=by, moment=moment)


def take_back(moderation: Moderation, *, by: User, moment: datetime.datetime) -> Moderation:
    """Withdraw a locked moderation and the moderator's business with the case."""
    MODERATION.check(state_of(moderation), "withdraw")
    moderation.withdrawn_at, moderation.withdrawn_by = moment, by
    moderation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    access.withdraw(moderation.public_id, now=moment)
    history.record("moderation_withdrawn", subject=moderation, by=by, at=moment)
    return moderation


def _check_people(
    audit_return: AuditReturn, moderator: User, by: User, *, is_blind: bool, on: datetime.date
) -> None:
    check = check_moderation_claim if moderator.pk == by.pk else check_moderation_assign
    check(by, audit_return)
    check_may_moderate(moderator, audit_return, on=on)
    if is_blind:
        check_moderates_blind(moderator, audit_return)


def _check_reasons(
    because: ChosenBecause, reason: str, is_blind: bool, sighted_reason: str
) -> None:
    if because == ChosenBecause.BY_HAND and not reason.strip():
        raise NotPossible("reason_missing", "Say why this audit was chosen by hand.")
    if is_blind == bool(sighted_reason.strip()):
        raise NotPossible(
            "sighted_or_blind",
            "Say why this moderation is sighted, or leave that out and moderate it blind.",
        )


def _let_in(moderation: Moderation, *, by: User, moment: datetime.datetime) -> None:
    """Business with the case for the moderator, and the history of how it came about."""
    audit = moderation.audit_return.audit
    access.grant(
        moderation.moderator,
        case=audit.case,
        capacity=AccessCapacity.MODERATOR,
        because_of=moderation.public_id,
        is_blind=moderation.is_blind,
        now=moment,
    )
    history.record(
        "moderation_assigned",
        subject=moderation,
        by=by,
        at=moment,
        audit=audit.public_id,
        moderator=moderation.moderator.public_id,
        because=moderation.chosen_because,
        is_blind=moderation.is_blind,
    )


def _write(moderation: Moderation) -> Moderation:
    try:
        with transaction.atomic():
            moderation.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "moderated_already", "This audit has a moderator already. Choose another audit."
        ) from clash
    return moderation
