"""Fills a dashboard's figures: six queries, whatever the unit, the period and the history."""

import datetime
from collections.abc import Iterable, Sequence

from accounts.choices import ManagerLevel
from accounts.models import Unit
from audits.choices import Axis, ExemptionReason, SafetyJudgement
from audits.models import SafetyConcern
from reporting.domain.counting.actions import count_actions
from reporting.domain.counting.domains import count_domains
from reporting.domain.counting.overall import (
    Overall,
    count_overall,
    own_counts,
    practice_by_outcome,
    standing_counts,
)
from reporting.domain.counting.returns import count_by, return_counts
from reporting.domain.counting.rows import Row, grouped
from reporting.domain.counting.safety import raised_in
from reporting.domain.dashboard.figures import DashboardFigures, TeamRow
from reporting.domain.figures import (
    ExemptionCount,
    GradeMonth,
    LevelReturns,
    MonthReturns,
    SafetyFigures,
    SafetyMonth,
)
from reporting.domain.ledger import Ledger

RETURNS_BY = ("month", "team", "team__name", "team__public_id", "auditor_level", "reason")
CONCERN = ("audit__month", "raised_at", "acknowledged_at", "settled_at")
MINUTE = datetime.timedelta(minutes=1)


def count_dashboard(ledger: Ledger, *, axis: Axis, authority: Unit) -> DashboardFigures:
    """The ledger's figures; domains stand beside those of the whole authority.

    Call it in one transaction, so that all tables see the same records.
    """
    returns: Sequence[Row] = list(count_by(ledger, *RETURNS_BY))
    overall = count_overall(ledger)
    months = grouped(returns, lambda row: row["month"])
    graded = grouped(overall, lambda row: row.month)
    return DashboardFigures(
        period=ledger.period,
        as_at=ledger.as_at,
        scope=ledger.scope.name,
        axis=axis,
        months=tuple(
            MonthReturns(month, return_counts(months.get(month, ()))) for month in ledger.months
        ),
        teams=_teams(returns, overall, axis),
        levels=_levels(returns),
        exemptions=_exemptions(returns),
        grades=tuple(_month(month, graded.get(month, []), axis) for month in ledger.months),
        practice_by_outcome=practice_by_outcome(overall),
        domains=count_domains(ledger, authority=authority),
        actions=count_actions(ledger),
        safety=_safety(ledger, overall),
        hidden=len(ledger.left_out),
        ungraded=return_counts(returns).returned - _audits(overall),
    )


def _teams(returns: Iterable[Row], overall: Iterable[Overall], axis: Axis) -> tuple[TeamRow, ...]:
    """By name: a table of teams is a list, not a ranking."""
    graded = grouped(overall, lambda row: row.team)
    teams = grouped(returns, lambda row: (row["team__name"], row["team"], row["team__public_id"]))
    return tuple(
        TeamRow(unit, name, return_counts(rows), standing_counts(graded.get(key, ()), axis))
        for (name, key, unit), rows in sorted(teams.items())
    )


def _levels(returns: Iterable[Row]) -> tuple[LevelReturns, ...]:
    levels = grouped(returns, lambda row: row["auditor_level"])
    return tuple(
        LevelReturns(level.value, str(level.label), return_counts(levels[level.value]))
        for level in ManagerLevel
        if level.value in levels
    )


def _exemptions(returns: Iterable[Row]) -> tuple[ExemptionCount, ...]:
    """Reasons that occurred, most frequent first."""
    reasons = grouped((row for row in returns if row["reason"]), lambda row: row["reason"])
    found = [
        ExemptionCount(code, str(ExemptionReason(code).label), return_counts(rows).exempted)
        for code, rows in reasons.items()
    ]
    return tuple(sorted(found, key=lambda row: (-row.count, row.code)))


def _month(month: datetime.date, rows: Sequence[Overall], axis: Axis) -> GradeMonth:
    graded = [row for row in rows if row.standing(axis)]
    return GradeMonth(
        month=month,
        own=own_counts(graded, axis),
        standing=standing_counts(graded, axis),
        moderated=sum(row.audits for row in graded if row.is_moderated),
        lowered=sum(row.audits for row in graded if row.is_lowered(axis)),
    )


def _safety(ledger: Ledger, overall: Sequence[Overall]) -> SafetyFigures:
    """Answers from the returned audits, concerns from those raised in any planned one."""
    concerns = list(raised_in(ledger).select_related("audit").only(*CONCERN))
    returned = grouped(overall, lambda row: row.month)
    raised = grouped(concerns, lambda row: row.audit.month)
    told = grouped(overall, lambda row: row.judgement)
    waits = _waits(concerns, ledger.as_at)
    return SafetyFigures(
        months=tuple(
            SafetyMonth(
                month,
                _audits(returned.get(month, ())),
                _audits(row for row in returned.get(month, ()) if row.judgement),
                len(raised.get(month, ())),
            )
            for month in ledger.months
        ),
        safe=_audits(told.get(SafetyJudgement.SAFE.value, ())),
        check_today=_audits(told.get(SafetyJudgement.CHECK_TODAY.value, ())),
        unsafe=_audits(told.get(SafetyJudgement.NOT_SAFE.value, ())),
        acknowledged=len(waits),
        settled=sum(bool(row.settled_at and row.settled_at < ledger.as_at) for row in concerns),
        median_minutes=_median_minutes(waits),
    )


def _waits(
    concerns: Iterable[SafetyConcern], moment: datetime.datetime
) -> list[datetime.timedelta]:
    """From raising to acknowledging, where it was acknowledged before the moment."""
    return [
        row.acknowledged_at - row.raised_at
        for row in concerns
        if row.acknowledged_at and row.acknowledged_at < moment
    ]


def _median_minutes(waits: Sequence[datetime.timedelta]) -> int | None:
    """Whole minutes, of an even number between the middle two; None of none."""
    count = len(waits)
    if not count:
        return None
    middle = sorted(waits)[(count - 1) // 2 : count // 2 + 1]
    return sum(middle, datetime.timedelta()) // len(middle) // MINUTE


def _audits(rows: Iterable[Overall]) -> int:
    return sum(row.audits for row in rows)
