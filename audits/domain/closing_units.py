"""Closing a unit: nothing that it answers for may be left without somebody who does.

Whoever keeps units sees no case, so what is open is counted and nothing of it is named.
"""

import datetime
from dataclasses import dataclass

from django.db import transaction

from accounts.domain import tree
from accounts.domain.locking import locked_tree
from accounts.models import Unit, User
from accounts.permissions import check_unit_manage
from actions.models import Action
from audits.domain.handing_on import not_returned_among
from audits.models import Audit
from cases.models import Case, Worker
from kit.exceptions import NotPossible

WORDS = (
    ("cases", "open case", "open cases"),
    ("workers", "worker", "workers"),
    ("audits", "audit to be returned", "audits to be returned"),
    ("actions", "action not done", "actions not done"),
)


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What a unit answers for by itself, in counts; units below answer for their own."""

    cases: int
    workers: int
    audits: int
    actions: int

    @property
    def in_words(self) -> str:
        """ "2 open cases and 1 worker"; empty when nothing is open."""
        told = [(getattr(self, name), one, many) for name, one, many in WORDS]
        words = [f"{count} {one if count == 1 else many}" for count, one, many in told if count]
        return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def still_open(unit: Unit) -> StillOpen:
    """Cases and workers of the unit, its audits still to be returned, its actions not done."""
    actions = Action.objects.filter(unit=unit, done_at__isnull=True, withdrawn_at__isnull=True)
    return StillOpen(
        cases=Case.objects.filter(team=unit, closed_on__isnull=True).count(),
        workers=Worker.objects.filter(unit=unit, left_on__isnull=True).count(),
        audits=len(not_returned_among(Audit.objects.filter(team=unit))),
        actions=actions.count(),
    )


@transaction.atomic
def close_unit(unit: Unit, *, by: User, now: datetime.datetime | None = None) -> Unit:
    """Close a unit that answers for nothing any more.

    Raises Refused ("unit_manage_not_yours", "own_unit") and NotPossible ("work_open" and those of
    `tree.close`).
    """
    locked_tree()
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    check_unit_manage(by, held)
    if left := what_is_left(held):
        raise NotPossible("work_open", left)
    return tree.close(held, by=by, now=now)


def what_is_left(unit: Unit) -> str:
    """Why the unit can't be closed yet and who mends it, in a sentence; "" when nothing is open."""
    left = still_open(unit).in_words
    if not left:
        return ""
    return (
        f"{unit} still has {left}: ask the QA manager to have them moved to another team or "
        "finished, and close it then."
    )
