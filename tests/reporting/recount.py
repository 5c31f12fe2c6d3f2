"""The statements of tests/reporting/sql, run: a recount apart from the product's code."""

import datetime
from pathlib import Path
from typing import Any

from django.db import connection

from accounts.models import Unit
from reporting.domain.figures import MonthlyFigures, Period

FOLDER = Path(__file__).parent / "sql"


def recount(
    name: str, period: Period, *, scope: Unit, as_at: datetime.datetime
) -> list[dict[str, Any]]:
    """The rows of sql/<name>.sql by column."""
    chosen = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "path": scope.path,
        "as_at": connection.ops.adapt_datetimefield_value(as_at),
    }
    with connection.cursor() as cursor:
        cursor.execute((FOLDER / f"{name}.sql").read_text(encoding="utf-8"), chosen)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def recount_by_month(
    name: str, period: Period, *, scope: Unit, as_at: datetime.datetime
) -> dict[str, dict[str, Any]]:
    """The rows of a statement by month ("2023-11")."""
    found = recount(name, period, scope=scope, as_at=as_at)
    return {str(row.pop("month"))[:7]: row for row in found}


def returns_of(figures: MonthlyFigures) -> dict[str, dict[str, int]]:
    """The product's return table in the statement's shape; months without an audit left out."""
    return {
        f"{row.month:%Y-%m}": {
            name: getattr(row.counts, name) for name in ("planned", "exempted", "returned")
        }
        for row in figures.returns.months
        if row.counts.planned
    }


def grades_of(figures: MonthlyFigures) -> dict[str, dict[str, int]]:
    """The product's standing grades in the statement's shape; months without any left out."""
    return {
        f"{row.month:%Y-%m}": vars(row.standing) | {"total": row.standing.total}
        for row in figures.grades.months
        if row.standing.total
    }


def moderation_of(figures: MonthlyFigures) -> dict[str, int]:
    """The product's moderation in the statement's shape."""
    found = figures.moderation
    return {
        "moderated": found.counts.total,
        "final_grade_good": found.settled_grades.good,
        "final_grade_requires_improvement": found.settled_grades.requires_improvement,
        "final_grade_inadequate": found.settled_grades.inadequate,
        "grade_supported": found.counts.supported,
        "grade_downgraded": found.counts.downgraded,
    }


def check_recount(figures: MonthlyFigures, *, scope: Unit) -> None:
    """The statements give what the product counted."""
    chosen = {"period": figures.period, "scope": scope, "as_at": figures.as_at}
    assert recount_by_month("returns", **chosen) == returns_of(figures)
    assert recount_by_month("grades", **chosen) == grades_of(figures)
    moderation = recount("moderation", **chosen)[0]
    assert {name: count or 0 for name, count in moderation.items()} == moderation_of(figures)
