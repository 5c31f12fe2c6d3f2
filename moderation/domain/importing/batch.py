"""The audits of a plan as records, written a kind at a time, whatever their number.

New audits are created and corrected ones brought into line with their row in the same way. What
a correction replaced is kept as an ImportCorrection.
"""

from collections.abc import Sequence

from accounts.models import User
from audits.choices import Axis
from audits.models import Audit, AuditReturn, Exemption
from moderation.choices import ChosenBecause, Settlement
from moderation.domain.importing import people
from moderation.domain.importing.accesses import write_accesses
from moderation.domain.importing.marks import write_grades
from moderation.domain.importing.needs import Needs, noon, team_of
from moderation.domain.importing.plan import Entry, Plan
from moderation.domain.importing.written import Written, save_all
from moderation.models import AuditImport, ImportCorrection, ImportedAudit, Moderation

CHOSEN_REASON = "Moderated before the audits were imported."
SIGHTED_REASON = "Imported: whether it was blind is not known."
SETTLED_REASON = "Settled before the audits were imported."


def write_batch(plan: Plan, needs: Needs, batch: AuditImport) -> None:
    """Write every entry of the plan; `batch` is saved, stamped with who imports and when."""
    by = batch.imported_by
    assert by is not None
    written = [_begun(entry, needs, batch, by) for entry in plan.entries]
    save_all(Audit, [one.audit for one in written], _AUDIT)
    _write_returns(written)
    _write_exemptions(written, needs, by)
    _write_moderations(written, needs, by)
    _write_links(written, batch)
    write_grades(written, needs, plan.file.columns, batch)
    write_accesses(written, batch)


_AUDIT = ("auditor", "team", "service", "auditor_level", "allocated_at")
_RETURN = ("started_at", "returned_at", "returned_by")
_EXEMPTION = ("reason", "requested_at", "approved_at")
_MODERATION = (
    "moderator",
    "assigned_at",
    "committed_at",
    "committed_by",
    "settled_at",
    "settlement",
    "settled_grade",
)
_LINK = ("audit_return", "exemption", "moderation")


def _begun(entry: Entry, needs: Needs, batch: AuditImport, by: User) -> Written:
    """The audit as the row tells it: team, service and level stamped as at its planning."""
    row, known = entry.row, entry.known
    in_round = needs.rounds[row.month]
    audit = (
        known.audit
        if known
        else Audit(
            round=in_round,
            case=needs.cases[row.case_reference],
            month=row.month,
            standing=in_round.standing,
            due_on=in_round.due_on,
            allocated_by=by,
        )
    )
    audit.auditor = needs.people[row.auditor_email or people.AUDITOR.email]
    audit.team = team_of(entry)
    audit.service = needs.service_of(audit.team)
    audit.auditor_level = needs.level_of(audit.auditor, row.month)
    audit.allocated_at = noon(row.planned_on)
    link = known.imported if known and known.imported else ImportedAudit(brought_by=batch)
    return Written(entry, audit, link, link.audit_return, link.exemption, link.moderation)


def _write_returns(written: Sequence[Written]) -> None:
    for one in written:
        if one.row.returned_on is None:
            continue
        held = one.audit_return = one.audit_return or AuditReturn(audit=one.audit)
        held.started_at = held.returned_at = noon(one.row.returned_on)
        held.returned_by = one.audit.auditor
    returns = [one.audit_return for one in written if one.audit_return]
    save_all(AuditReturn, returns, _RETURN)


def _write_exemptions(written: Sequence[Written], needs: Needs, by: User) -> None:
    """The importer recorded them; who agreed to them the file does not say."""
    for one in written:
        if one.row.exempted_on is None or one.row.exemption_reason is None:
            continue
        held = one.exemption = one.exemption or Exemption(
            audit=one.audit, requested_by=by, approved_by=needs.people[people.APPROVER.email]
        )
        held.reason = one.row.exemption_reason
        held.requested_at = held.approved_at = noon(one.row.exempted_on)
    exemptions = [one.exemption for one in written if one.exemption]
    save_all(Exemption, exemptions, _EXEMPTION)


def _write_moderations(written: Sequence[Written], needs: Needs, by: User) -> None:
    """Settled on the day they were made; the importer is the recording person.

    By hand and sighted, because a file says neither how they were drawn nor whether they were
    blind: the shares that reports print of random and of blind moderations stay true.
    """
    for one in written:
        if one.row.moderated_on is None or one.audit_return is None:
            continue
        held = one.moderation = one.moderation or Moderation(
            audit_return=one.audit_return,
            chosen_because=ChosenBecause.BY_HAND,
            chosen_reason=CHOSEN_REASON,
            is_blind=False,
            sighted_reason=SIGHTED_REASON,
            assigned_by=by,
            settled_by=by,
            settled_reason=SETTLED_REASON,
        )
        _settle(held, one, needs)
    moderations = [one.moderation for one in written if one.moderation]
    save_all(Moderation, moderations, _MODERATION)


def _settle(held: Moderation, one: Written, needs: Needs) -> None:
    row = one.row
    assert row.moderated_on is not None
    held.moderator = needs.people[row.moderator_email or people.MODERATOR.email]
    held.committed_by = held.moderator
    held.assigned_at = held.committed_at = held.settled_at = noon(row.moderated_on)
    headline = Axis(needs.rounds[row.month].tool_version.headline_axis)
    held.settled_grade = row.moderated[headline]
    same = row.moderated[headline] == row.overall[headline]
    held.settlement = Settlement.SAME if same else Settlement.MODERATOR


def _write_links(written: Sequence[Written], batch: AuditImport) -> None:
    for one in written:
        one.link.audit = one.audit
        one.link.audit_return = one.audit_return
        one.link.exemption = one.exemption
        one.link.moderation = one.moderation
    save_all(ImportedAudit, [one.link for one in written], _LINK)
    ImportCorrection.objects.bulk_create(
        [
            ImportCorrection(
                imported_audit=one.link,
                audit_import=batch,
                column=correction.column,
                old=correction.old,
                new=correction.new,
            )
            for one in written
            for correction in one.entry.corrections
        ],
        batch_size=1_000,
    )
