"""Case lists as they come in from the case-management system, many rows and one entry each."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import F

from accounts.domain import history
from cases.choices import AccessCapacity, PlanKind
from cases.domain import restricting, workers
from cases.models import Case, CaseAccess, SiblingGroup, Worker, WorkerAllocation
from reporting.demo.chance import day_between
from reporting.demo.children import Child
from reporting.demo.stage import Stage
from reporting.demo.units import ROOT

# Per cent of the children of the seven months whose case was closed since.
CLOSED = {
    PlanKind.ASSESSMENT: 97,
    PlanKind.IN_NEED: 94,
    PlanKind.PROTECTION: 92,
    PlanKind.IN_CARE: 45,
    PlanKind.LEAVING_CARE: 70,
}
FIRST_CLOSED = date(2024, 2, 1)
RESTRICTED_BECAUSE = "A relative works in the service."
LEAVES_AT = 25


class CaseLists:
    """Brings children, their families and their workers in."""

    def __init__(self, stage: Stage, *, now: datetime) -> None:
        self.stage = stage
        self.groups: dict[int, SiblingGroup] = {}
        self.workers: dict[str, Worker] = {}
        cases = (person for person in stage.people if person.works_cases)
        for place, person in enumerate(cases, start=1):
            self.workers[person.email] = workers.add_worker(
                staff_reference=f"W{place:04d}",
                name=person.name,
                unit=stage.units[person.unit],
                user=stage.user(person),
                by=stage.qa_manager,
                now=now,
            )

    def bring_in(self, children: Sequence[Child], *, now: datetime) -> None:
        """One list: births, new cases, brothers and sisters, workers and their business."""
        born = Case.objects.filter(born_on__isnull=True, expected_on__lt=now.date())
        born.update(born_on=F("expected_on"))
        self._add_groups(children)
        cases = Case.objects.bulk_create([self._case(child) for child in children])
        self.stage.cases |= {case.reference: case for case in cases}
        open_now = WorkerAllocation.objects.bulk_create(
            [row for child in children for row in self._allocations(child)]
        )
        CaseAccess.objects.bulk_create(
            CaseAccess(
                user=row.worker.user,
                case=row.case,
                capacity=AccessCapacity.WORKER,
                because_of=row.public_id,
                from_at=now,
            )
            for row in open_now
            if row.until_on is None and row.worker.user
        )
        self._record(len(cases), now)
        for child in (child for child in children if child.is_restricted):
            case = self.stage.case(child)
            restricting.restrict(case, reason=RESTRICTED_BECAUSE, by=self.stage.qa_manager, now=now)
            case.restricted_at, case.restricted_by = now, self.stage.qa_manager

    def close_ended(self, children: Iterable[Child], *, now: datetime) -> None:
        """A later list: cases that have ended since."""
        rng, ended = Random(f"closing {self.stage.seed}"), []
        for child in children:
            case = self.stage.case(child)
            case.closed_on = case.closed_on or self._closed_on(rng, child)
            if case.closed_on:
                ended.append(case)
        Case.objects.bulk_update(ended, ["closed_on"], batch_size=200)
        days = {case.pk: case.closed_on for case in ended}
        rows = WorkerAllocation.objects.filter(case__in=ended, until_on__isnull=True)
        allocations = list(rows)
        for row in allocations:
            row.until_on = days[row.case_id]
        WorkerAllocation.objects.bulk_update(allocations, ["until_on"], batch_size=200)
        because = [row.public_id for row in allocations]
        held = CaseAccess.objects.filter(because_of__in=because, until_at__isnull=True)
        held.update(until_at=now)
        self._record(len(ended), now)

    def _closed_on(self, rng: Random, child: Child) -> date | None:
        last = self.stage.today - timedelta(days=60)
        if last <= FIRST_CLOSED:
            return None
        years = child.years(last)
        is_over = years is not None and years >= LEAVES_AT
        if rng.randrange(100) < CLOSED[child.plan_kind] or is_over:
            return day_between(rng, FIRST_CLOSED, last)
        return None

    def _add_groups(self, children: Sequence[Child]) -> None:
        families = {child.family: None for child in children if child.family}
        new = [family for family in families if family not in self.groups]
        made = SiblingGroup.objects.bulk_create([SiblingGroup() for _ in new])
        self.groups |= dict(zip(new, made, strict=True))

    def _case(self, child: Child) -> Case:
        return Case(
            reference=child.reference,
            initials=child.initials,
            born_on=child.born_on,
            expected_on=child.expected_on,
            gender=child.gender,
            is_disabled=child.is_disabled,
            plan_kind=child.plan_kind,
            legal_status=child.legal_status,
            team=self.stage.units[child.team],
            sibling_group=self.groups[child.family] if child.family else None,
            opened_on=child.opened_on,
        )

    def _allocations(self, child: Child) -> Iterable[WorkerAllocation]:
        case, team = self.stage.case(child), self.stage.units[child.team]
        if child.earlier_worker:
            yield WorkerAllocation(
                case=case,
                worker=self.workers[child.earlier_worker],
                team=team,
                from_on=child.opened_on,
                until_on=child.worker_since - timedelta(days=1),
            )
        yield WorkerAllocation(
            case=case, worker=self.workers[child.worker], team=team, from_on=child.worker_since
        )

    def _record(self, count: int, now: datetime) -> None:
        authority, by = self.stage.units[ROOT], self.stage.qa_manager
        history.record("case_list_imported", subject=authority, by=by, at=now, count=count)
