"""Importing a file: one transaction, in which all of it is written, or nothing.

Two imports follow one another: each locks the row of the settings first, then the rounds and the
audits of its months, and last the head of history (the order of every other verb).
"""

import datetime
import hashlib

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.domain.importing.keeping import LONGEST_NAME
from accounts.models import User
from audits.choices import RoundKind
from audits.models import Audit, Round
from cases.permissions import check_case_import
from kit.exceptions import NotPossible
from kit.months import london_day
from kit.spreadsheets.problems import HasProblems
from moderation.domain.importing.batch import write_batch
from moderation.domain.importing.needs import make_needs
from moderation.domain.importing.plan import Plan, make_plan
from moderation.domain.importing.rows import FileRows, read_file
from moderation.models import AuditImport, ModerationSettings


def preview(
    content: bytes, *, by: User, best: int | None = None, now: datetime.datetime | None = None
) -> Plan:
    """What importing the file would do; nothing is written.

    `best` is the figure of Outstanding (4 or 1), where grades are figures. Raises Refused
    ("case_import_not_yours") and CannotRead.
    """
    check_case_import(by)
    file = read_file(content, best=best)
    return make_plan(file, today=london_day(now or timezone.now()))


def import_audits(
    content: bytes,
    *,
    file_name: str,
    by: User,
    best: int | None = None,
    upload: AuditImport | None = None,
    now: datetime.datetime | None = None,
) -> Plan:
    """Add and correct the audits of a file, and return what was done; nothing twice.

    `upload` is the file's row where it was looked at before. A file that changes nothing writes
    nothing. Raises Refused ("case_import_not_yours"), CannotRead, HasProblems and NotPossible
    ("changed_meanwhile").
    """
    moment = now or timezone.now()
    check_case_import(by)
    file = read_file(content, best=best)
    batch = upload or AuditImport(uploaded_at=moment, uploaded_by=by, expires_at=moment)
    batch.file_name, batch.best_figure = file_name[-LONGEST_NAME:], best
    batch.sha256 = hashlib.sha256(content).hexdigest()
    try:
        return _import(file, batch, by=by, moment=moment)
    except IntegrityError as clash:
        raise NotPossible(
            "changed_meanwhile",
            "Someone changed the same audits a moment ago, so nothing was imported. Try again.",
        ) from clash


@transaction.atomic
def _import(file: FileRows, batch: AuditImport, *, by: User, moment: datetime.datetime) -> Plan:
    _lock({row.month for row in file.rows})
    plan = make_plan(file, today=london_day(moment))
    if plan.problems:
        raise HasProblems(plan.problems)
    if not plan.entries:
        return plan
    _stamp(batch, plan, by=by, moment=moment)
    needs = make_needs(plan, by=by, now=moment)
    write_batch(plan, needs, batch)
    _record(batch, plan)
    return plan


def _lock(months: set[datetime.date]) -> None:
    ModerationSettings.objects.get_or_create(pk=1)
    ModerationSettings.objects.select_for_update().get(pk=1)
    rounds = Round.objects.filter(kind=RoundKind.MONTHLY, month__in=months)
    held = list(rounds.select_for_update().order_by("pk").values_list("pk", flat=True))
    audits = Audit.objects.filter(round__in=held).order_by("pk")
    list(audits.select_for_update().values_list("pk", flat=True))


def _stamp(batch: AuditImport, plan: Plan, *, by: User, moment: datetime.datetime) -> None:
    batch.content = None
    batch.imported_at, batch.imported_by = moment, by
    batch.added, batch.corrected = len(plan.new), len(plan.changed)
    batch.unchanged = plan.unchanged
    batch.save()


def _record(batch: AuditImport, plan: Plan) -> None:
    assert batch.imported_by is not None
    history.record(
        "audits_imported",
        subject=batch,
        by=batch.imported_by,
        at=batch.imported_at,
        sha256=batch.sha256,
        added=batch.added,
        corrected=batch.corrected,
        unchanged=batch.unchanged,
        cases=len(plan.cases_to_make),
        people=len(plan.people_to_make),
        units=len(plan.units_to_make),
        months=[month.month for month in plan.months],
    )
