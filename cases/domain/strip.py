"""Which case this is, in the words every page uses wherever it shows one."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta
from django.db.models import Count

from cases.choices import LegalStatus
from cases.domain import viewing
from cases.domain.pseudonyms import reads_pseudonyms, study_number
from cases.models import Case, SiblingGroup, WorkerAllocation
from kit.months import month_name

TWO_YEARS = 24
NOBODY = "Child"
"""What stands in place of initials that are not to be known: "Child, 11 years"."""

NO_WORKER = "None allocated"
"""What stands in place of the worker's name while a case has none."""


@dataclass(frozen=True)
class CaseStrip:
    """A case as a strip shows it (templates/_components/case_strip.html).

    `extras` are further pairs of label and text. For somebody from outside the reference is the
    study number, and there are no initials.
    """

    reference: str
    initials: str
    age: str
    status: str
    team: str
    worker: str
    siblings: str
    extras: tuple[tuple[str, str], ...] = field(default=())
    is_pseudonymised: bool = False


def strips_of(cases: Iterable[Case], *, on: datetime.date) -> dict[int, CaseStrip]:
    """The strips by the cases' keys: two statements for any number of cases.

    Cases should come with their team. What the user may see was decided when they were read;
    that they are shown is noted here.
    """
    rows = list(cases)
    workers = _workers(rows)
    groups = _group_sizes(rows)
    hides = reads_pseudonyms()
    return {
        case.pk: CaseStrip(
            reference=study_number(case) if hides else case.reference,
            initials=NOBODY if hides else case.initials,
            is_pseudonymised=hides,
            age=age_text(case, on),
            status=status_text(case),
            team=case.team.name,
            worker=workers.get(case.pk, NO_WORKER),
            siblings=_siblings_text(groups.get(case.sibling_group_id or 0)),
        )
        for case in map(viewing.noted, rows)
    }


def age_text(case: Case, on: datetime.date) -> str:
    """ "11 years"; under two in months; "unborn, due March 2026".

    Of a case that came with imported audits nothing is known until a case list names it.
    """
    if case.born_on is None:
        due = case.expected_on
        return f"unborn, due {month_name(due)}" if due else "age not known"
    lived = relativedelta(on, case.born_on)
    months = lived.years * 12 + lived.months
    if months < TWO_YEARS:
        return "1 month" if months == 1 else f"{months} months"
    return f"{lived.years} years"


def status_text(case: Case) -> str:
    """The kind of plan, and the order where there is one: "In care, full care order"."""
    plan = str(case.get_plan_kind_display())
    if case.legal_status == LegalStatus.NONE:
        return plan
    return f"{plan}, {case.get_legal_status_display().lower()}"


def _workers(cases: list[Case]) -> dict[int, str]:
    allocated = WorkerAllocation.objects.filter(case__in=cases, until_on__isnull=True)
    return dict(allocated.values_list("case_id", "worker__name"))


def _group_sizes(cases: list[Case]) -> dict[int, int]:
    known = {case.sibling_group_id for case in cases if case.sibling_group_id}
    if not known:
        return {}
    groups = SiblingGroup.objects.filter(pk__in=known).annotate(size=Count("cases"))
    return dict(groups.values_list("pk", "size"))


def _siblings_text(size: int | None) -> str:
    if size is None:
        return "Brothers and sisters not known"
    if size == 1:
        return "No brothers or sisters known"
    return f"1 of {size} brothers and sisters known"
