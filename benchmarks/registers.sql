SELECT c.reference, c.initials, c.born_on, a.month, t.name, a.auditor_level, a.due_on,
       r.returned_at, e.reason, COALESCE(s.new, g.grade), m.id IS NOT NULL,
       o.sample_closed_at IS NOT NULL, a.public_id
FROM audits_audit a
JOIN cases_case c ON c.id = a.case_id
JOIN accounts_unit t ON t.id = a.team_id
JOIN audits_round o ON o.id = a.round_id
LEFT JOIN audits_auditreturn r
    ON r.audit_id = a.id AND r.returned_at IS NOT NULL AND r.sent_back_at IS NULL
LEFT JOIN audits_exemption e
    ON e.audit_id = a.id AND e.approved_at IS NOT NULL AND e.withdrawn_at IS NULL
LEFT JOIN audits_domaingrade g
    ON g.audit_return_id = r.id AND g.axis = 'practice' AND g.domain_id = %(overall)s
LEFT JOIN audits_standinggradechange s
    ON s.domain_grade_id = g.id AND s.superseded_at IS NULL
LEFT JOIN moderation_moderation m
    ON m.audit_return_id = r.id AND m.withdrawn_at IS NULL AND m.settled_at IS NOT NULL
WHERE t.path LIKE %(path)s AND c.restricted_at IS NULL AND a.voided_at IS NULL AND o.in_ledger
ORDER BY a.month DESC, a.id DESC
LIMIT 50
