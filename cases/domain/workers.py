"""Workers as the case lists name them, and who is responsible for a case from when to when."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.domain.locking import locked_open_unit
from accounts.models import Unit, User
from cases.choices import AccessCapacity
from cases.domain import access
from cases.models import Case, Worker, WorkerAllocation
from cases.permissions import check_case_edit, check_case_import
from kit.exceptions import NotPossible


@transaction.atomic
def add_worker(
    *,
    staff_reference: str,
    name: str,
    unit: Unit,
    by: User,
    user: User | None = None,
    now: datetime.datetime | None = None,
) -> Worker:
    """Add a worker; `user` when the person can sign in too.

    Raises Refused ("case_import_not_yours") and NotPossible ("worker_exists", "unit_closed").
    """
    check_case_import(by)
    locked_open_unit(unit)
    worker = _write(Worker(staff_reference=staff_reference, name=name, unit=unit, user=user))
    history.record("worker_added", subject=worker, by=by, at=now, unit=unit.public_id)
    return worker


@transaction.atomic
def allocate_worker(
    case: Case,
    *,
    worker: Worker,
    team: Unit,
    from_on: datetime.date,
    by: User,
    now: datetime.datetime | None = None,
) -> WorkerAllocation:
    """Make a worker responsible for the case from a day on, in a team that becomes the case's.

    The allocation open until now ends the day before, and with it that worker's business with
    the case. Raises Refused ("case_edit_not_yours") and NotPossible ("allocation_not_later").
    """
    moment = now or timezone.now()
    held = Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
    check_case_edit(by, held)
    _end_open(held, from_on, moment)
    allocation = WorkerAllocation.objects.create(
        case=held, worker=worker, team=team, from_on=from_on
    )
    if worker.user:
        access.grant(
            worker.user,
            case=held,
            capacity=AccessCapacity.WORKER,
            because_of=allocation.public_id,
            now=moment,
        )
    Case.objects.filter(pk=held.pk).update(team=team)
    history.record(
        "worker_allocated",
        subject=held,
        by=by,
        at=moment,
        worker=worker.public_id,
        team=team.public_id,
        from_on=from_on,
    )
    return allocation


def _end_open(case: Case, from_on: datetime.date, moment: datetime.datetime) -> None:
    last = case.allocations.filter(until_on__isnull=True).first()
    if last is None:
        return
    if from_on <= last.from_on:
        raise NotPossible(
            "allocation_not_later", "Choose a day after the present worker was allocated."
        )
    last.until_on = from_on - datetime.timedelta(days=1)
    last.save(update_fields=["until_on"])
    access.withdraw(last.public_id, now=moment)


def _write(worker: Worker) -> Worker:
    try:
        with transaction.atomic():
            worker.save(force_insert=True)
    except IntegrityError as clash:
        raise NotPossible(
            "worker_exists", "That staff reference, or that person, is a worker already."
        ) from clash
    return worker
