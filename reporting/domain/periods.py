"""The months a report covers, and the moment it is true for."""

import datetime

from django.db.models import Min

from accounts.models import Unit
from audits.models import Audit, Round
from kit.exceptions import NotPossible
from kit.months import moment_text, month_name, period_text
from reporting.domain.figures import Period

MOST_MONTHS = 12


def ledger_months(*, until: datetime.date | None = None) -> list[datetime.date]:
    """The months that have a round in the ledger, newest first, none after `until`."""
    rounds = Round.objects.filter(in_ledger=True)
    if until:
        rounds = rounds.filter(month__lte=until)
    return list(rounds.order_by("-month").values_list("month", flat=True).distinct())


def chosen_period(first: datetime.date | None, last: datetime.date) -> Period:
    """From `first`, or from the first of the last 12 months that have a round, to `last`.

    Raises NotPossible ("no_round", "months_not_in_order").
    """
    months = ledger_months()
    for month in (last, first or last):
        if month not in months:
            raise NotPossible("no_round", _no_round(month, months))
    if first and first > last:
        raise NotPossible(
            "months_not_in_order",
            f"The first month, {month_name(first)}, is after the last, {month_name(last)}: "
            "give them the other way round.",
        )
    window = [month for month in months if month <= last][:MOST_MONTHS]
    return Period(first or window[-1], last)


def check_as_at(
    as_at: datetime.datetime, *, period: Period, scope: Unit, now: datetime.datetime
) -> None:
    """The moment has passed, and something had been allocated before it.

    Raises NotPossible ("as_at_in_future", "as_at_too_early", "no_audits").
    """
    if as_at > now:
        raise NotPossible(
            "as_at_in_future",
            f"{moment_text(as_at)} is still to come: give a moment that has passed.",
        )
    months = period_text(period.first, period.last)
    earliest = _first_allocation(period, scope)
    if earliest is None:
        raise NotPossible(
            "no_audits", f"No audit has been allocated for {months}: allocate the round first."
        )
    if as_at <= earliest:
        raise NotPossible(
            "as_at_too_early",
            f"The first audit of {months} was allocated on {moment_text(earliest)}: "
            "give a moment after it.",
        )


def _first_allocation(period: Period, scope: Unit) -> datetime.datetime | None:
    audits = Audit.objects.in_ledger().filter(
        month__range=(period.first, period.last), team__path__startswith=scope.path
    )
    found: datetime.datetime | None = audits.aggregate(first=Min("allocated_at"))["first"]
    return found


def _no_round(month: datetime.date, months: list[datetime.date]) -> str:
    said = f"No round in the monthly figures is for {month_name(month)}"
    if not months:
        return f"{said}: there is no round yet, open one first."
    return f"{said}: choose a month from {month_name(months[-1])} to {month_name(months[0])}."
