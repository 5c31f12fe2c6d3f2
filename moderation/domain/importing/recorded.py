"""What is recorded of the months a file is about, in the same shape as the file's rows."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import DateTimeField, QuerySet, Value

from audits.choices import Axis, ExemptionReason, Grade, RoundKind
from audits.models import (
    Audit,
    AuditReturn,
    Domain,
    DomainGrade,
    Exemption,
    Round,
    StandingGradeChange,
    ToolVersion,
)
from kit.months import london_day
from moderation.domain.importing.columns import Columns, DomainColumn
from moderation.domain.importing.grades import NOT_APPLICABLE, Mark
from moderation.domain.importing.people import named_email
from moderation.domain.importing.places import Places
from moderation.domain.importing.row import AuditRow, Key
from moderation.domain.importing.tool import domains_of, overall_of
from moderation.models import ImportedAudit, Moderation, Regrade

Grades = Mapping[tuple[int | None, int, str], DomainGrade | Regrade]
"""Grades by the key of their return or moderation, by domain and axis."""

_CHANGED = "domain_grade__audit_return__audit"
_NEVER = Value(None, output_field=DateTimeField())


@dataclass(frozen=True)
class Known:
    """An audit that exists; without `imported` and `row` it was made here.

    `worked_on`: someone has returned, excused, sent back or moderated it here since.
    """

    audit: Audit
    imported: ImportedAudit | None = None
    row: AuditRow | None = None
    worked_on: bool = False


@dataclass(frozen=True)
class _Tool:
    """What a round's tool calls the file's domains, and where the audits' grades stand."""

    overall: Domain
    domains: Mapping[DomainColumn, Domain]
    own: Grades
    moderated: Grades

    def own_overall(self, link: ImportedAudit, axis: Axis) -> Grade | None:
        return _grade(self.own.get((link.audit_return_id, self.overall.pk, axis)))

    def moderated_overall(self, link: ImportedAudit, axis: Axis) -> Grade | None:
        return _grade(self.moderated.get((link.moderation_id, self.overall.pk, axis)))

    def marks(self, link: ImportedAudit) -> dict[DomainColumn, Mark]:
        found: dict[DomainColumn, Mark] = {}
        for column, domain in self.domains.items():
            held = self.own.get((link.audit_return_id, domain.pk, column.axis))
            if held:
                found[column] = _grade(held) or NOT_APPLICABLE
        return found


def _grade(held: DomainGrade | Regrade | None) -> Grade | None:
    return Grade(held.grade) if held and held.grade is not None else None


def rounds_of(months: Collection[datetime.date]) -> dict[datetime.date, Round]:
    """The monthly rounds there are, with their tools."""
    found = Round.objects.filter(kind=RoundKind.MONTHLY, month__in=months)
    with_tools = found.select_related("tool_version").prefetch_related("tool_version__domains")
    return {held.month: held for held in with_tools}


def columns_in(version: ToolVersion, columns: Columns) -> dict[DomainColumn, Domain]:
    """The version's domain of each column that it knows."""
    known = domains_of(version)
    return {column: known[column.key] for column in columns.domains if column.key in known}


def recorded(
    rounds: Mapping[datetime.date, Round], columns: Columns, places: Places
) -> dict[Key, Known]:
    """Every audit of the rounds, by case and month; the imported ones as rows.

    The number of queries does not depend on how many audits there are.
    """
    audits = Audit.objects.filter(round__in=rounds.values(), voided_at__isnull=True)
    links = _links(audits)
    worked_on = _worked_on(audits, links)
    own, moderated = _own_grades(audits), _regrades(audits)
    tools = {
        month: _Tool(
            overall_of(held.tool_version), columns_in(held.tool_version, columns), own, moderated
        )
        for month, held in rounds.items()
    }
    found: dict[Key, Known] = {}
    for audit in audits.select_related("case", "auditor"):
        known, link = Known(audit), links.get(audit.pk)
        if link:
            row = _row(audit, link, tools[audit.month], places)
            known = Known(audit, link, row, audit.pk in worked_on)
        found[audit.case.reference, audit.month] = known
    return found


def _links(audits: QuerySet[Audit]) -> dict[int, ImportedAudit]:
    links = ImportedAudit.objects.filter(audit__in=audits).select_related(
        "audit_return", "exemption", "moderation__moderator"
    )
    return {link.audit_id: link for link in links}


def _worked_on(audits: QuerySet[Audit], links: Mapping[int, ImportedAudit]) -> set[int]:
    """The audits that hold anything no file brought, or of which something was taken back."""
    returns = AuditReturn.objects.filter(audit__in=audits)
    exemptions = Exemption.objects.filter(audit__in=audits)
    moderations = Moderation.objects.filter(audit_return__audit__in=audits)
    changes = StandingGradeChange.objects.filter(**{f"{_CHANGED}__in": audits})
    brought = {
        (name, getattr(link, f"{name}_id"))
        for link in links.values()
        for name in ("audit_return", "exemption", "moderation")
    } | {("change", link.moderation.public_id) for link in links.values() if link.moderation}
    held = (
        ("audit_return", returns.values_list("audit", "pk", "sent_back_at")),
        ("exemption", exemptions.values_list("audit", "pk", "withdrawn_at")),
        ("moderation", moderations.values_list("audit_return__audit", "pk", "withdrawn_at")),
        ("change", changes.annotate(never=_NEVER).values_list(_CHANGED, "source_id", "never")),
    )
    return {
        audit
        for name, rows in held
        for audit, key, ended_at in rows
        if ended_at or (name, key) not in brought
    }


def _own_grades(audits: QuerySet[Audit]) -> Grades:
    rows = DomainGrade.objects.filter(audit_return__audit__in=audits)
    return {(row.audit_return_id, row.domain_id, row.axis): row for row in rows}


def _regrades(audits: QuerySet[Audit]) -> Grades:
    rows = Regrade.objects.filter(moderation__audit_return__audit__in=audits)
    return {(row.moderation_id, row.domain_id, row.axis): row for row in rows}


def _row(audit: Audit, link: ImportedAudit, tool: "_Tool", places: Places) -> AuditRow:
    moderation, exemption = link.moderation, link.exemption
    return AuditRow(
        line=0,
        case_reference=audit.case.reference,
        month=audit.month,
        team=places.by_unit[audit.team_id].parts,
        planned_on=london_day(audit.allocated_at),
        auditor_email=named_email(audit.auditor),
        exempted_on=_day(exemption.approved_at if exemption else None),
        exemption_reason=ExemptionReason(exemption.reason) if exemption else None,
        returned_on=_day(link.audit_return.returned_at if link.audit_return else None),
        overall_practice_grade=tool.own_overall(link, Axis.PRACTICE),
        overall_outcome_grade=tool.own_overall(link, Axis.OUTCOME),
        moderated_on=_day(moderation.committed_at if moderation else None),
        moderator_email=named_email(moderation.moderator) if moderation else "",
        moderated_practice_grade=tool.moderated_overall(link, Axis.PRACTICE),
        moderated_outcome_grade=tool.moderated_overall(link, Axis.OUTCOME),
        domain_grades=MappingProxyType(tool.marks(link)),
    )


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return london_day(moment) if moment else None
