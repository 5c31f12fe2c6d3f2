"""The floor of a dashboard: its figures in SQL written by hand, for the same objects.

Everything that is no figure (who asks, which units, the children's rows, the templates) is the
product's own on both sides of the comparison.
"""

import datetime
import uuid
from typing import Any

from django.db import connection

from actions.domain.queries import BANDS
from kit.months import london_day
from reporting.domain.counting.domains import InDomain
from reporting.domain.counting.overall import Overall
from reporting.domain.ledger import Ledger

DAYS = {
    "sqlite": "date(f.returned_at)",
    "postgresql": "(f.returned_at AT TIME ZONE 'Europe/London')::date",
}

PLANNED = """
    a.round_id IN ({rounds}) AND u.path LIKE %(path)s AND a.allocated_at < %(at)s
    AND (a.voided_at IS NULL OR a.voided_at >= %(at)s)
"""

IN_FORCE = "r.returned_at < %(at)s AND (r.sent_back_at IS NULL OR r.sent_back_at >= %(at)s)"

RETURNS = """
WITH audit AS (
    SELECT a.month, a.team_id, u.name, u.public_id, a.auditor_level, e.reason,
        r.id AS returned, e.id AS exempted, {day} AS first_on,
        COALESCE((SELECT x.old_due_on FROM audits_extension x WHERE x.audit_id = a.id
            AND x.approved_at >= f.returned_at ORDER BY x.old_due_on LIMIT 1), a.due_on)
            AS first_due,
        COALESCE((SELECT x.old_due_on FROM audits_extension x WHERE x.audit_id = a.id
            AND x.approved_at >= %(at)s ORDER BY x.old_due_on LIMIT 1), a.due_on) AS due,
        EXISTS(SELECT 1 FROM audits_extension x WHERE x.audit_id = a.id
            AND x.approved_at < %(at)s AND x.old_due_on < %(today)s
            AND x.new_due_on >= %(today)s) AS extended
    FROM audits_audit a
    JOIN accounts_unit u ON u.id = a.team_id
    LEFT JOIN audits_auditreturn r ON r.audit_id = a.id AND {in_force}
    LEFT JOIN audits_exemption e ON e.audit_id = a.id AND e.approved_at < %(at)s
        AND (e.withdrawn_at IS NULL OR e.withdrawn_at >= %(at)s)
    LEFT JOIN audits_auditreturn f ON f.audit_id = a.id AND f.version = 1
        AND f.returned_at < %(at)s
    WHERE {planned}
)
SELECT month, team_id, name, public_id, auditor_level, reason, COUNT(*), COUNT(exempted),
    COUNT(returned),
    COUNT(CASE WHEN returned IS NOT NULL AND first_on > first_due THEN 1 END),
    COUNT(CASE WHEN returned IS NULL AND exempted IS NULL AND due < %(today)s THEN 1 END),
    COUNT(CASE WHEN returned IS NULL AND exempted IS NULL AND extended THEN 1 END)
FROM audit GROUP BY month, team_id, name, public_id, auditor_level, reason
"""

OVERALL = """
SELECT a.month, a.team_id, s.judgement, p.grade, COALESCE(pc.new, p.grade) AS practice,
    o.grade, COALESCE(oc.new, o.grade) AS outcome, m.id IS NOT NULL AS moderated, COUNT(*)
FROM audits_auditreturn r
JOIN audits_audit a ON a.id = r.audit_id
JOIN accounts_unit u ON u.id = a.team_id
LEFT JOIN audits_safetyanswer s ON s.audit_return_id = r.id
LEFT JOIN audits_domaingrade p ON p.audit_return_id = r.id AND p.axis = 'practice'
    AND p.domain_id IN ({overall})
LEFT JOIN audits_standinggradechange pc ON pc.domain_grade_id = p.id AND pc.at < %(at)s
    AND (pc.superseded_at IS NULL OR pc.superseded_at >= %(at)s)
LEFT JOIN audits_domaingrade o ON o.audit_return_id = r.id AND o.axis = 'outcome'
    AND o.domain_id IN ({overall})
LEFT JOIN audits_standinggradechange oc ON oc.domain_grade_id = o.id AND oc.at < %(at)s
    AND (oc.superseded_at IS NULL OR oc.superseded_at >= %(at)s)
LEFT JOIN moderation_moderation m ON m.audit_return_id = r.id AND m.committed_at < %(at)s
    AND m.settled_at < %(at)s AND (m.withdrawn_at IS NULL OR m.withdrawn_at >= %(at)s)
WHERE {in_force} AND {planned}
GROUP BY a.month, a.team_id, s.judgement, p.grade, practice, o.grade, outcome, moderated
"""

DOMAINS = """
SELECT d.code, g.axis, u.path LIKE %(unit)s AS inside,
    COALESCE((SELECT c.new FROM audits_standinggradechange c WHERE c.domain_grade_id = g.id
        AND c.at < %(at)s AND (c.superseded_at IS NULL OR c.superseded_at >= %(at)s) LIMIT 1),
        g.grade) AS stands,
    COUNT(*), COUNT(CASE WHEN g.is_not_applicable THEN 1 END)
FROM audits_auditreturn r
JOIN audits_audit a ON a.id = r.audit_id
JOIN accounts_unit u ON u.id = a.team_id
JOIN audits_domaingrade g ON g.audit_return_id = r.id
JOIN audits_domain d ON d.id = g.domain_id
WHERE {in_force} AND {planned}
GROUP BY d.code, g.axis, inside, stands
"""

ACTIONS = """
SELECT state, CASE WHEN due_on >= %(today)s THEN 0 WHEN due_on >= %(ten)s THEN 1
    WHEN due_on >= %(thirty)s THEN 2 ELSE 3 END AS band, COUNT(*)
FROM (
    SELECT x.due_on, CASE
        WHEN x.impact_judged_at < %(at)s AND x.impact_shown THEN 'impact_shown'
        WHEN x.impact_judged_at < %(at)s THEN 'impact_not_shown'
        WHEN x.verified_at < %(at)s THEN 'verified'
        WHEN x.done_at < %(at)s THEN 'done'
        WHEN x.started_at < %(at)s THEN 'in_progress' ELSE 'open' END AS state
    FROM actions_action x
    WHERE x.raised_at < %(at)s AND (x.withdrawn_at IS NULL OR x.withdrawn_at >= %(at)s)
    AND x.id IN (
        SELECT n.action_id FROM audits_findingresponse n
        JOIN audits_auditreturn r ON r.id = n.audit_return_id
        JOIN audits_audit a ON a.id = r.audit_id
        JOIN accounts_unit u ON u.id = a.team_id
        WHERE {in_force} AND {planned} AND n.action_id IS NOT NULL
    )
) AS counted GROUP BY state, band
"""

RETURN_NAMES = (
    *("month", "team", "team__name", "team__public_id", "auditor_level", "reason"),
    *("planned", "exempted", "returned", "late", "overdue", "extended"),
)


def count_by(ledger: Ledger, *by: str) -> list[dict[str, Any]]:
    """In place of `reporting.domain.counting.returns.count_by`."""
    day = DAYS[connection.vendor]
    rows = [dict(zip(RETURN_NAMES, row, strict=True)) for row in _rows(RETURNS, ledger, day=day)]
    for row in rows:
        row["month"] = _month(row["month"])
        row["team__public_id"] = uuid.UUID(str(row["team__public_id"]))
    return rows


def count_overall(ledger: Ledger) -> list[Overall]:
    """In place of `reporting.domain.counting.overall.count_overall`."""
    overall = ",".join(map(str, ledger.overall_domains))
    rows = _rows(OVERALL, ledger, overall=overall)
    return [Overall(_month(month), *rest[:-2], bool(rest[-2]), rest[-1]) for month, *rest in rows]


def domain_cube(whole: Ledger, unit: Any) -> list[InDomain]:
    """In place of the query of `reporting.domain.counting.domains`."""
    rows = _rows(DOMAINS, whole, unit=f"{unit.path}%")
    return [InDomain(*row) for row in rows]


def action_counts(ledger: Ledger) -> dict[tuple[str, int], int]:
    """By state and band of days overdue, as `reporting.domain.counting.actions` has them."""
    return {(state, band): count for state, band, count in _rows(ACTIONS, ledger)}


def _rows(statement: str, ledger: Ledger, *, unit: str = "", **parts: str) -> list[tuple[Any, ...]]:
    ten, thirty = (ledger.today - datetime.timedelta(days=days) for days in BANDS)
    values = {
        "path": f"{ledger.scope.path}%",
        "at": connection.ops.adapt_datetimefield_value(ledger.as_at),
        "today": london_day(ledger.as_at).isoformat(),
        "ten": ten.isoformat(),
        "thirty": thirty.isoformat(),
        "unit": unit,
    }
    planned = PLANNED.format(rounds=",".join(map(str, ledger.rounds)))
    sql = statement.format(planned=planned, in_force=IN_FORCE, **parts)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _month(value: Any) -> datetime.date:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value
