-- Moderations settled before a moment: their final grades, and how these compare with the
-- auditors' own overall grades on the headline axis. Written from domain rules 1 and 13.
SELECT
    COUNT(*) AS moderated,
    SUM(CASE moderation.settled_grade WHEN 3 THEN 1 ELSE 0 END) AS final_grade_good,
    SUM(
        CASE moderation.settled_grade WHEN 2 THEN 1 ELSE 0 END
    ) AS final_grade_requires_improvement,
    SUM(CASE moderation.settled_grade WHEN 1 THEN 1 ELSE 0 END) AS final_grade_inadequate,
    SUM(CASE WHEN moderation.settled_grade = grade.grade THEN 1 ELSE 0 END) AS grade_supported,
    SUM(CASE WHEN moderation.settled_grade < grade.grade THEN 1 ELSE 0 END) AS grade_downgraded
FROM moderation_moderation AS moderation
INNER JOIN audits_auditreturn AS version ON version.id = moderation.audit_return_id
INNER JOIN audits_audit AS audit ON audit.id = version.audit_id
INNER JOIN audits_round AS round ON round.id = audit.round_id
INNER JOIN audits_toolversion AS tool ON tool.id = round.tool_version_id
INNER JOIN accounts_unit AS team ON team.id = audit.team_id
INNER JOIN audits_domaingrade AS grade
    ON grade.audit_return_id = version.id AND grade.axis = tool.headline_axis
INNER JOIN audits_domain AS domain ON domain.id = grade.domain_id AND domain.is_overall
WHERE round.in_ledger
    AND round.month BETWEEN %(first)s AND %(last)s
    AND team.path LIKE %(path)s || '%%'
    AND audit.allocated_at < %(as_at)s
    AND COALESCE(audit.voided_at, %(as_at)s) >= %(as_at)s
    AND version.returned_at < %(as_at)s
    AND COALESCE(version.sent_back_at, %(as_at)s) >= %(as_at)s
    AND moderation.settled_at < %(as_at)s
    AND COALESCE(moderation.withdrawn_at, %(as_at)s) >= %(as_at)s
