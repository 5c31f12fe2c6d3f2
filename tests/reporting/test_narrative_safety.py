"""What is said of children's safety (domain rule 7) and of audits past their date."""

from datetime import date

import pytest

from reporting.domain.figures import MonthReturns, ReturnCounts, SafetyMonth, ServiceReturns
from reporting.domain.narrative import narrate
from tests.reporting.figures import golden_with

NOVEMBER = date(2023, 11, 1)


def answered(returned, n, *, concerns=0, **values):
    """Figures in which `n` of the returned audits answer, by default that the child is safe."""
    month = SafetyMonth(NOVEMBER, returned, n, concerns)
    given = {"safe": n, "check_today": 0, "unsafe": 0, "median_minutes": None}
    return golden_with(
        safety=given | {"months": (month,), "acknowledged": 0, "settled": 0} | values
    )


@pytest.mark.parametrize(
    ("returned", "n", "unsafe", "finding"),
    [
        (0, 0, 0, "No audits were returned from May to November 2023, so no safety question was"),
        (3, 0, 0, "The safety question was answered in none of 3 audits."),
        (
            *(3, 2, 0),
            "No auditor found a child unsafe in 2 audits; the question was answered in 2 of 3.",
        ),
        (
            *(3, 2, 1),
            "1 of 2 audits found a child unsafe (small number); the question was answered in 2 of "
            "3.",
        ),
    ],
)
def test_a_zero_is_said_with_how_many_answered(returned, n, unsafe, finding):
    assert narrate(answered(returned, n, unsafe=unsafe)).safety.finding.startswith(finding)


@pytest.mark.parametrize(
    ("unsafe", "check_today", "told"),
    [
        (
            *(0, 1),
            (
                "0",
                "children found unsafe in 2 audits",
                "Question answered in 2 of 3 returned audits.",
                "Something had to be checked that day: 1 audit.",
            ),
        ),
        (
            *(1, 0),
            (
                "1",
                "child found unsafe in 2 audits",
                "Question answered in 2 of 3 returned audits.",
                "Something had to be checked that day: 0 audits.",
            ),
        ),
    ],
)
def test_how_many_children_were_found_unsafe_is_printed_large(unsafe, check_today, told):
    fact = narrate(answered(3, 2, unsafe=unsafe, check_today=check_today)).safety.facts[0]
    assert (fact.value, fact.label, *fact.details) == told


@pytest.mark.parametrize(("n", "is_said"), [(0, False), (2, False), (3, True)])
def test_each_child_was_judged_only_where_each_answered(n, is_said):
    told = narrate(answered(3, n)).safety.titles["inadequate"]
    assert told.startswith("Inadequate means that the work was not good enough.")
    assert told.endswith("Each child's safety was judged in the same audit.") == is_said


@pytest.mark.parametrize(
    ("raised", "acknowledged", "settled", "median", "told"),
    [
        (0, 0, 0, None, "No concern that a child may be unsafe now was raised"),
        (
            *(1, 0, 0, None),
            "1 concern that a child may be unsafe now was raised: 0 of 1 was acknowledged, 0 of 1 "
            "is settled",
        ),
        (
            *(3, 2, 1, 1),
            "3 concerns that a child may be unsafe now were raised: 2 of 3 were acknowledged "
            "(median 1 minute), 1 of 3 is settled",
        ),
        (
            *(3, 1, 2, 0),
            "3 concerns that a child may be unsafe now were raised: 1 of 3 was acknowledged "
            "(median 0 minutes), 2 of 3 are settled",
        ),
    ],
)
def test_concerns_are_counted_as_raised_acknowledged_settled(
    raised, acknowledged, settled, median, told
):
    figures = answered(
        3,
        3,
        concerns=raised,
        acknowledged=acknowledged,
        settled=settled,
        median_minutes=median,
    )
    assert narrate(figures).safety.titles["concerns"] == told


# Audits past their date


def owed(*, planned=20, returned=0, extended=0, **overdue):
    """Figures of services with so many overdue audits."""
    services = tuple(
        ServiceReturns(name, (ReturnCounts(planned=planned, overdue=count),))
        for name, count in overdue.items()
    )
    whole = ReturnCounts(
        planned=planned, returned=returned, overdue=sum(overdue.values()), extended=extended
    )
    return golden_with(
        returns={
            "services": services,
            "months": (MonthReturns(NOVEMBER, whole),),
            "exemptions": (),
        }
    )


@pytest.mark.parametrize(
    ("planned", "overdue", "told"),
    [
        (0, 0, ""),
        (20, 0, "None of 20 scheduled audits is past its due date (0.0%)."),
        (20, 1, "1 of 20 scheduled audits is past its due date (5.0%)."),
        (20, 2, "2 of 20 scheduled audits are past their due date (10.0%)."),
    ],
)
def test_audits_past_their_date_are_a_share_of_scheduled(planned, overdue, told):
    assert narrate(owed(planned=planned, North=overdue)).safety.detail == told


@pytest.mark.parametrize(
    ("overdue", "title"),
    [
        ({"North": 0, "South": 0}, "No audit is overdue"),
        ({"North": 1}, "1 audit is overdue"),
        ({"North": 2}, "2 audits are overdue"),
        ({"North": 2, "South": 1}, "North has the most overdue audits: 2 of 3"),
        ({"North": 2, "South": 2}, "North and South have the most overdue audits: 2 each of 4"),
    ],
)
def test_who_has_the_most_overdue_audits(overdue, title):
    assert narrate(owed(**overdue)).safety.titles["overdue"] == title


@pytest.mark.parametrize(
    ("returned", "extended", "overdue", "told"),
    [
        (20, 0, 0, "Every scheduled audit has come back."),
        (13, 0, 4, "Not returned = overdue + not yet due: 4 + 3 = 7."),
        (
            *(13, 1, 4),
            "Not returned = overdue + not yet due: 4 + 3 = 7. Of those not yet due, 1 has a later "
            "agreed date.",
        ),
        (
            *(13, 2, 4),
            "Not returned = overdue + not yet due: 4 + 3 = 7. Of those not yet due, 2 have a later "
            "agreed date.",
        ),
    ],
)
def test_what_has_not_come_back_adds_up(returned, extended, overdue, told):
    figures = owed(returned=returned, extended=extended, North=overdue)
    assert narrate(figures).safety.titles["not_returned"] == told
