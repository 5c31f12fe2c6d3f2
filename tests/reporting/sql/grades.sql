-- Standing overall grades by month on each tool's headline axis, as at a moment: the new grade of
-- the last change made before it, else the auditor's own. Written from domain rules 1 and 14.
WITH stands AS (
    SELECT
        round.month,
        COALESCE(
            (
                SELECT made.new
                FROM audits_standinggradechange AS made
                WHERE made.domain_grade_id = grade.id AND made.at < %(as_at)s
                ORDER BY made.at DESC, made.id DESC
                LIMIT 1
            ),
            grade.grade
        ) AS value
    FROM audits_domaingrade AS grade
    INNER JOIN audits_domain AS domain ON domain.id = grade.domain_id
    INNER JOIN audits_auditreturn AS version ON version.id = grade.audit_return_id
    INNER JOIN audits_audit AS audit ON audit.id = version.audit_id
    INNER JOIN audits_round AS round ON round.id = audit.round_id
    INNER JOIN audits_toolversion AS tool ON tool.id = round.tool_version_id
    INNER JOIN accounts_unit AS team ON team.id = audit.team_id
    WHERE round.in_ledger
        AND domain.is_overall
        AND grade.axis = tool.headline_axis
        AND round.month BETWEEN %(first)s AND %(last)s
        AND team.path LIKE %(path)s || '%%'
        AND audit.allocated_at < %(as_at)s
        AND COALESCE(audit.voided_at, %(as_at)s) >= %(as_at)s
        AND version.returned_at < %(as_at)s
        AND COALESCE(version.sent_back_at, %(as_at)s) >= %(as_at)s
)
SELECT
    month,
    SUM(CASE value WHEN 4 THEN 1 ELSE 0 END) AS outstanding,
    SUM(CASE value WHEN 3 THEN 1 ELSE 0 END) AS good,
    SUM(CASE value WHEN 2 THEN 1 ELSE 0 END) AS requires_improvement,
    SUM(CASE value WHEN 1 THEN 1 ELSE 0 END) AS inadequate,
    COUNT(*) AS total
FROM stands
GROUP BY month
ORDER BY month
