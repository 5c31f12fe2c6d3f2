import datetime

import pytest

from cases.choices import LegalStatus, PlanKind
from cases.domain.strip import age_text, status_text, strips_of
from tests.factories.cases import CaseFactory, SiblingGroupFactory, WorkerAllocationFactory

DAY = datetime.date(2026, 3, 3)


@pytest.mark.parametrize(
    ("born_on", "said"),
    [
        (datetime.date(2015, 3, 4), "10 years"),
        (datetime.date(2015, 3, 3), "11 years"),
        (datetime.date(2024, 3, 4), "23 months"),
        (datetime.date(2024, 3, 3), "2 years"),
        (datetime.date(2026, 2, 3), "1 month"),
        (datetime.date(2026, 3, 1), "0 months"),
    ],
)
def test_age_is_in_years_and_under_two_in_months(db, born_on, said):
    assert age_text(CaseFactory.build(born_on=born_on, team=None), DAY) == said


def test_a_child_not_yet_born_is_expected(db):
    unborn = CaseFactory.build(born_on=None, expected_on=datetime.date(2026, 5, 9), team=None)
    assert age_text(unborn, DAY) == "unborn, due May 2026"
    unborn.expected_on = None
    assert age_text(unborn, DAY) == "age not known"


@pytest.mark.parametrize(
    ("order", "said"),
    [(LegalStatus.NONE, "In care"), (LegalStatus.FULL_ORDER, "In care, full care order")],
)
def test_status_names_the_order_where_there_is_one(db, order, said):
    case = CaseFactory.build(plan_kind=PlanKind.IN_CARE, legal_status=order, team=None)
    assert status_text(case) == said


def test_a_strip_names_worker_and_family(db):
    group = SiblingGroupFactory()
    case, _ = CaseFactory(sibling_group=group), CaseFactory(sibling_group=group)
    allocated = WorkerAllocationFactory(case=case)
    strip = strips_of([case], on=DAY)[case.pk]
    assert (strip.worker, strip.siblings) == (
        allocated.worker.name,
        "1 of 2 brothers and sisters known",
    )


def test_what_is_not_known_is_said_so(db):
    case = CaseFactory()
    strip = strips_of([case], on=DAY)[case.pk]
    assert (strip.worker, strip.siblings) == ("None allocated", "Brothers and sisters not known")


@pytest.mark.parametrize("count", [1, 3])
def test_strips_take_two_queries_however_many_cases(db, count, django_assert_num_queries):
    cases = [CaseFactory(sibling_group=SiblingGroupFactory()) for _ in range(count)]
    with django_assert_num_queries(2):
        strips_of(cases, on=DAY)
