"""Whose figures a person may see: the units they answer for, or their own audits alone."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.domain.units import authority
from accounts.models import Unit, User
from accounts.permissions import reach
from moderation.domain.queries import still_blind
from moderation.domain.reading import readable_returns
from reporting.domain.figures import Period
from reporting.domain.ledger import Ledger, open_ledger
from reporting.permissions import SEES_FIGURES


@dataclass(frozen=True)
class Scope:
    """One unit with all below it; `auditor` where it is the person's own audits alone."""

    unit: Unit
    auditor: int | None = None

    @property
    def name(self) -> str:
        return "My own audits" if self.auditor else self.unit.name


def units_in_reach(user: User) -> list[Unit]:
    """From the top of the tree downwards."""
    units = Unit.objects.filter(reach(user, *SEES_FIGURES, field="")).order_by("path")
    return sorted(units, key=lambda unit: (unit.path.count("/"), unit.name))


def scope_of(user: User, unit: Unit | None, units: Sequence[Unit]) -> Scope | None:
    """The chosen unit; a person without units sees their own audits. None where nothing fits."""
    if unit is not None:
        return Scope(unit)
    return None if units else Scope(authority(), auditor=user.pk)


def open_scope(scope: Scope, period: Period, *, user: User, as_at: datetime.datetime) -> Ledger:
    """The scope's ledger without the audits the person still has to moderate blind, and with the
    grades they may know."""
    ledger = open_ledger(period, scope=scope.unit, as_at=as_at)
    readable = readable_returns(user, unit=scope.unit, at=as_at)
    narrowed = replace(ledger, auditor=scope.auditor, readable=readable)
    return narrowed.leaving_out(still_blind(user))
