"""Returns by month, service and level; exemption reasons (domain rules 1 and 3)."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from accounts.choices import ManagerLevel
from audits.choices import ExemptionReason, Standing
from audits.domain.as_at import (
    EXEMPTED,
    EXTENDED,
    LATE,
    RETURNED,
    overdue,
    with_due_dates,
    with_exemption,
)
from audits.models import IndependenceOverride
from audits.models.audit import AuditQuerySet
from reporting.domain.counting.rows import Row, grouped
from reporting.domain.figures import (
    ExemptionCount,
    LevelReturns,
    MonthReturns,
    ReturnCounts,
    ReturnTable,
    ServiceReturns,
    StandingCount,
)
from reporting.domain.ledger import Ledger

COUNTED = ("planned", "exempted", "returned", "late", "overdue", "extended")


def count_returns(ledger: Ledger) -> ReturnTable:
    """The return tables: two queries, one for the reasons and one for all the rest."""
    rows = list(_cube(ledger))
    months = grouped(rows, lambda row: row["month"])
    return ReturnTable(
        months=tuple(MonthReturns(month, return_counts(months[month])) for month in ledger.months),
        services=_services(rows, ledger.months),
        levels=_levels(rows),
        exemptions=_exemptions(ledger),
        standings=_standings(rows),
        independence_overrides=sum(row["overridden"] for row in rows),
    )


def count_by(ledger: Ledger, *by: str) -> Iterable[Row]:
    """Planned to extended, as `return_counts` adds them up, by these fields: one query.

    "reason" is why an audit is exempted, None where it is not.
    """
    audits = _dated(ledger).annotate(reason=F("exemption__reason"))
    rows: Iterable[Row] = audits.order_by().values(*by).annotate(**_tally(ledger.as_at))
    return rows


def return_counts(rows: Iterable[Row]) -> ReturnCounts:
    """The sum of such rows."""
    held = list(rows)
    return ReturnCounts(**{name: sum(row[name] for row in held) for name in COUNTED})


def _cube(ledger: Ledger) -> Iterable[Row]:
    return (
        _dated(ledger)
        .alias(has_override=Exists(_overrides(ledger)))
        .values("month", "service", "service__name", "auditor_level", "standing")
        .annotate(
            overridden=Count("pk", filter=RETURNED & Q(has_override=True)), **_tally(ledger.as_at)
        )
        .order_by("service__name", "service")
    )


def _dated(ledger: Ledger) -> AuditQuerySet:
    return with_due_dates(_with_exemptions(ledger), ledger.as_at)


def _tally(moment: datetime.datetime) -> dict[str, Count]:
    return {
        "planned": Count("pk"),
        "exempted": Count("pk", filter=EXEMPTED),
        "returned": Count("pk", filter=RETURNED),
        "late": Count("pk", filter=LATE),
        "overdue": Count("pk", filter=overdue(moment)),
        "extended": Count("pk", filter=EXTENDED),
    }


def _with_exemptions(ledger: Ledger) -> AuditQuerySet:
    return with_exemption(ledger.audits(), ledger.as_at)


def _overrides(ledger: Ledger) -> Any:
    return IndependenceOverride.objects.filter(
        round=OuterRef("round"),
        case=OuterRef("case"),
        auditor=OuterRef("auditor"),
        confirmed_at__lt=ledger.as_at,
    )


def _services(rows: Sequence[Row], months: Sequence[datetime.date]) -> tuple[ServiceReturns, ...]:
    """By name, each with a count for every month of the ledger."""
    names = {row["service"]: row["service__name"] for row in rows}
    found = grouped(rows, lambda row: (row["service"], row["month"]))
    return tuple(
        ServiceReturns(name, tuple(return_counts(found[key, month]) for month in months))
        for key, name in names.items()
    )


def _levels(rows: Sequence[Row]) -> tuple[LevelReturns, ...]:
    found = grouped(rows, lambda row: row["auditor_level"])
    return tuple(
        LevelReturns(level.value, level.label, return_counts(found[level.value]))
        for level in ManagerLevel
        if level.value in found
    )


def _standings(rows: Sequence[Row]) -> tuple[StandingCount, ...]:
    found = grouped(rows, lambda row: row["standing"])
    counts = {kind: return_counts(found[kind.value]).returned for kind in Standing}
    return tuple(
        StandingCount(kind.value, kind.label, count) for kind, count in counts.items() if count
    )


def _exemptions(ledger: Ledger) -> tuple[ExemptionCount, ...]:
    """Reasons that occurred, most frequent first."""
    reasons = _with_exemptions(ledger).filter(EXEMPTED).values(reason=F("exemption__reason"))
    rows = reasons.annotate(count=Count("pk")).order_by("-count", "reason")
    return tuple(
        ExemptionCount(row["reason"], ExemptionReason(row["reason"]).label, row["count"])
        for row in rows
    )
