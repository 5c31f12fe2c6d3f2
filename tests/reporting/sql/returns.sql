-- Planned, exempted and returned audits by month, as at a moment. Written from domain rule 1.
SELECT
    round.month,
    COUNT(*) AS planned,
    SUM(
        CASE WHEN EXISTS (
            SELECT 1
            FROM audits_exemption AS exemption
            WHERE exemption.audit_id = audit.id
                AND exemption.approved_at < %(as_at)s
                AND COALESCE(exemption.withdrawn_at, %(as_at)s) >= %(as_at)s
        ) THEN 1 ELSE 0 END
    ) AS exempted,
    SUM(
        CASE WHEN EXISTS (
            SELECT 1
            FROM audits_auditreturn AS version
            WHERE version.audit_id = audit.id
                AND version.returned_at < %(as_at)s
                AND COALESCE(version.sent_back_at, %(as_at)s) >= %(as_at)s
        ) THEN 1 ELSE 0 END
    ) AS returned
FROM audits_round AS round
INNER JOIN audits_audit AS audit ON audit.round_id = round.id
INNER JOIN accounts_unit AS team ON team.id = audit.team_id
WHERE round.in_ledger
    AND round.month BETWEEN %(first)s AND %(last)s
    AND team.path LIKE %(path)s || '%%'
    AND audit.allocated_at < %(as_at)s
    AND COALESCE(audit.voided_at, %(as_at)s) >= %(as_at)s
GROUP BY round.month
ORDER BY round.month
