"""Opening a round of the programme."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import User
from audits.choices import RoundKind, Standing
from audits.models import Round, ToolVersion
from audits.permissions import check_round_create
from kit.exceptions import NotPossible
from kit.months import first_of


@transaction.atomic
def open_round(
    *,
    name: str,
    kind: RoundKind,
    standing: Standing,
    month: datetime.date,
    tool_version: ToolVersion,
    opens_on: datetime.date,
    due_on: datetime.date,
    by: User,
    in_ledger: bool | None = None,
    now: datetime.datetime | None = None,
) -> Round:
    """Open a round in the month of `month`. Monthly rounds count in the ledger, others when told.

    Raises Refused ("round_create_not_yours") and NotPossible ("tool_not_published",
    "round_dates", "ledger", "round_exists").
    """
    moment = now or timezone.now()
    check_round_create(by)
    counts = kind == RoundKind.MONTHLY if in_ledger is None else in_ledger
    _check_possible(kind, tool_version, opens_on, due_on, counts)
    opened = _write(
        Round(
            name=name,
            kind=kind,
            standing=standing,
            in_ledger=counts,
            tool_version=tool_version,
            month=first_of(month),
            opens_on=opens_on,
            due_on=due_on,
            created_at=moment,
            created_by=by,
        )
    )
    history.record("round_opened", subject=opened, by=by, at=moment, kind=kind, month=opened.month)
    return opened


def _check_possible(
    kind: RoundKind,
    tool_version: ToolVersion,
    opens_on: datetime.date,
    due_on: datetime.date,
    in_ledger: bool,
) -> None:
    if tool_version.published_at is None:
        raise NotPossible("tool_not_published", "Publish this version of the tool first.")
    if due_on < opens_on:
        raise NotPossible("round_dates", "The due date is before the day the round opens.")
    if kind == RoundKind.MONTHLY and not in_ledger:
        raise NotPossible("ledger", "Monthly rounds always count in the monthly tables.")
    if kind in (RoundKind.RE_AUDIT, RoundKind.BENCHMARKING) and in_ledger:
        raise NotPossible("ledger", "Re-audits and benchmarking never count in monthly tables.")


def _write(opened: Round) -> Round:
    try:
        with transaction.atomic():
            opened.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "round_exists", "That month has its monthly round already. Use that one."
        ) from clash
    return opened
