"""Own grades, the moderator's grades, and what they make stand (domain rule 14)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.choices import Axis, ChangeSource, Grade
from audits.models import AuditReturn, Domain, DomainGrade, StandingGradeChange
from moderation.domain.importing.columns import Columns, DomainColumn
from moderation.domain.importing.grades import NOT_APPLICABLE, Mark
from moderation.domain.importing.needs import Needs
from moderation.domain.importing.recorded import columns_in
from moderation.domain.importing.tool import overall_of
from moderation.domain.importing.written import CREATED_AT_ONCE, Written, save_all
from moderation.models import AuditImport, Moderation, Regrade

NOT_APPLICABLE_REASON = "Imported as not applicable."
MODERATED_REASON = "The moderator's grade, settled before the audits were imported."
CORRECTED_REASON = "A corrected file gives another moderated grade."

_GRADE = ("grade", "standing", "is_not_applicable", "not_applicable_reason")


@dataclass(frozen=True)
class _Form:
    """The domains of a round's tool that the file's columns mean."""

    overall: Domain
    domains: dict[DomainColumn, Domain]


def write_grades(
    written: Sequence[Written], needs: Needs, columns: Columns, batch: AuditImport
) -> None:
    """Every grade as its row tells it, and the changes of standing that follow."""
    forms = {
        month: _Form(overall_of(held.tool_version), columns_in(held.tool_version, columns))
        for month, held in needs.rounds.items()
    }
    own = [grade for one in written for grade in _own(one, forms[one.row.month])]
    DomainGrade.objects.bulk_create(
        own,
        batch_size=CREATED_AT_ONCE,
        update_conflicts=True,
        unique_fields=["audit_return", "domain", "axis"],
        update_fields=_GRADE,
    )
    regrades = [grade for one in written for grade in _regrades(one, forms[one.row.month])]
    Regrade.objects.bulk_create(
        regrades,
        batch_size=CREATED_AT_ONCE,
        update_conflicts=True,
        unique_fields=["moderation", "domain", "axis"],
        update_fields=["grade"],
    )
    _write_changes(written, batch)


def _own(one: Written, form: _Form) -> Iterator[DomainGrade]:
    if one.audit_return is None:
        return
    for axis, grade in one.row.overall.items():
        yield _overall(one.audit_return, form.overall, axis, grade, one.row.standing[axis])
    for column, mark in one.row.domain_grades.items():
        yield _of_domain(one.audit_return, form.domains[column], column.axis, mark)


def _overall(
    held: AuditReturn, domain: Domain, axis: Axis, grade: Grade, standing: Grade
) -> DomainGrade:
    return DomainGrade(audit_return=held, domain=domain, axis=axis, grade=grade, standing=standing)


def _of_domain(held: AuditReturn, domain: Domain, axis: Axis, mark: Mark) -> DomainGrade:
    if mark == NOT_APPLICABLE:
        return DomainGrade(
            audit_return=held,
            domain=domain,
            axis=axis,
            is_not_applicable=True,
            not_applicable_reason=NOT_APPLICABLE_REASON,
        )
    return DomainGrade(audit_return=held, domain=domain, axis=axis, grade=mark, standing=mark)


def _regrades(one: Written, form: _Form) -> Iterator[Regrade]:
    if one.moderation:
        for axis, grade in one.row.moderated.items():
            yield Regrade(moderation=one.moderation, domain=form.overall, axis=axis, grade=grade)


def _write_changes(written: Sequence[Written], batch: AuditImport) -> None:
    """One change where another grade stands than the auditor's, on the day of the moderation.

    A corrected file adds the next change instead: what stood until then was what was known.
    """
    by_return = {one.audit_return.pk: one for one in written if one.audit_return and one.moderation}
    grades = DomainGrade.objects.filter(
        audit_return__in=list(by_return), domain__is_overall=True, standing__isnull=False
    ).prefetch_related("changes")
    touched, added = [], []
    for held in grades:
        moderation = by_return[held.audit_return_id].moderation
        last = next((change for change in held.changes.all() if not change.superseded_at), None)
        if last:
            touched.append(last)
        if last and last.source == ChangeSource.MODERATION and moderation:
            last.at = moderation.committed_at or last.at
        if moderation and held.standing != (last.new if last else held.grade):
            added.append(_corrected(last, held, batch) if last else _moderated(held, moderation))
    save_all(StandingGradeChange, touched, ("at", "superseded_at"))
    StandingGradeChange.objects.bulk_create(added, batch_size=CREATED_AT_ONCE)


def _moderated(held: DomainGrade, moderation: Moderation) -> StandingGradeChange:
    assert held.grade
    assert held.standing
    assert moderation.committed_at
    return StandingGradeChange(
        domain_grade=held,
        old=held.grade,
        new=held.standing,
        reason=MODERATED_REASON,
        source=ChangeSource.MODERATION,
        source_id=moderation.public_id,
        at=moderation.committed_at,
        by=moderation.moderator,
    )


def _corrected(
    last: StandingGradeChange, held: DomainGrade, batch: AuditImport
) -> StandingGradeChange:
    """The change that follows `last`, which ends with it."""
    assert held.standing
    assert batch.imported_at
    assert batch.imported_by
    last.superseded_at = batch.imported_at
    return StandingGradeChange(
        domain_grade=held,
        old=last.new,
        new=held.standing,
        reason=CORRECTED_REASON,
        source=ChangeSource.CORRECTION,
        source_id=last.source_id,
        at=batch.imported_at,
        by=batch.imported_by,
    )
