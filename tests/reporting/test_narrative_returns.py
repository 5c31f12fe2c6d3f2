"""What is said of returns: the headline, how the share moved, services, levels, exemptions."""

from dataclasses import replace
from datetime import date

import pytest

from kit.months import add_months
from reporting.domain.figures import (
    ExemptionCount,
    GradeCounts,
    LevelReturns,
    MonthReturns,
    ReturnCounts,
    ServiceReturns,
)
from reporting.domain.narrative import narrate, returns
from tests.reporting.figures import golden_figures, golden_with

MAY = date(2023, 5, 1)
NOVEMBER = date(2023, 11, 1)


def counts(returned, of, **values) -> ReturnCounts:
    return ReturnCounts(planned=of, returned=returned, **values)


def with_returns(**values):
    return golden_with(returns={"exemptions": ()} | values)


def monthly(*rows, last=NOVEMBER, **values):
    """Figures whose months have (returned, planned), the last in the report's month."""
    first = add_months(last, 1 - len(rows))
    months = tuple(
        MonthReturns(add_months(first, step), counts(*row)) for step, row in enumerate(rows)
    )
    return with_returns(months=months, **values)


def serviced(**rows):
    """Figures whose services have (returned, planned) and perhaps (exempted)."""
    made = tuple(
        ServiceReturns(name, (ReturnCounts(planned=of, returned=n, exempted=sum(more)),))
        for name, (n, of, *more) in rows.items()
    )
    months = (MonthReturns(NOVEMBER, sum((row.period for row in made), ReturnCounts())),)
    return with_returns(services=made, months=months)


def all_exempted(planned):
    rows = (MonthReturns(NOVEMBER, ReturnCounts(planned=planned, exempted=planned)),)
    return with_returns(months=rows)


# The headline


@pytest.mark.parametrize(
    ("standing", "end"),
    [
        (GradeCounts(), ""),
        (GradeCounts(good=1), "; it stands at Good or better"),
        (GradeCounts(inadequate=1), "; it stands below Good"),
        (GradeCounts(good=1, inadequate=1), "; 1 of those 2 stands at Good or better"),
        (GradeCounts(good=2), "; 2 of those 2 stand at Good or better"),
        (GradeCounts(inadequate=2), "; none of those 2 stands at Good or better"),
    ],
)
def test_the_headline_ends_with_the_months_own_grades(standing, end):
    figures = golden_figures()
    rows = (*figures.grades.months[:-1], replace(figures.grades.last, standing=standing))
    told = narrate(golden_with(grades={"months": rows})).headline
    assert told == (
        "In November 2023, 23 of 117 scheduled audits came back (19.7%), the lowest share of the "
        f"seven months{end}."
    )


def test_the_headline_says_nothing_of_an_earlier_months_grades():
    figures = golden_figures()
    earlier = golden_with(grades={"months": figures.grades.months[:-1]})
    assert "Good or better" not in narrate(earlier).headline


def test_one_exempted_audit_is_all_there_was():
    assert narrate(all_exempted(1)).headline == (
        "In November 2023 nothing was scheduled: the one planned audit was exempted."
    )
    assert narrate(all_exempted(2)).returns.finding == (
        "Nothing was scheduled: all 2 planned audits were exempted."
    )


def test_without_audits_the_headline_says_so():
    assert narrate(monthly((5, 10), (0, 0))).headline == "In November 2023 no audits were planned."
    october = monthly((0, 0), last=date(2023, 10, 1))
    assert narrate(october).headline == ("No audits were scheduled from May to November 2023.")
    returned = monthly((5, 10), last=date(2023, 10, 1))
    assert narrate(returned).headline == (
        "No audits were planned in November 2023; from May to November 2023, 5 of 10 scheduled "
        "audits came back (50.0%)."
    )


def test_a_month_in_the_middle_of_the_others_has_no_place():
    assert ", the " not in narrate(monthly((1, 10), (9, 10), (5, 10))).headline


# Months


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(1, 10), (2, 10)], ""),
        ([(1, 10), (2, 10), (1, 9)], ""),
        (
            [(1, 10), (2, 10), (1, 10)],
            "the share fell once (to 10.0% in November) and rose once (to 20.0% in October).",
        ),
        (
            [(1, 10), (1, 10), (3, 10), (5, 10)],
            "the share rose twice (to 30.0% in October and to 50.0% in November) and did not "
            "change once.",
        ),
        ([(1, 10), (1, 10), (2, 20)], "the share did not change twice."),
        ([(9, 10), (7, 10), (5, 10), (3, 10)], "the share fell three times."),
    ],
)
def test_how_the_share_moved_from_one_month_to_the_next(rows, told):
    detail = narrate(monthly(*rows)).returns.detail
    assert f"From one month to the next {told}" in detail if told else "From one" not in detail


def test_nothing_is_said_of_moving_where_a_month_is_left_out():
    whole = monthly((1, 10), (2, 10), (1, 10))
    gap = tuple(row for row in monthly(*[(1, 10)] * 4).returns.months if row.month.month != 9)
    assert "From one month" in narrate(whole).returns.detail
    assert "From one month" not in narrate(with_returns(months=gap)).returns.detail


@pytest.mark.parametrize(
    ("planned", "exempted", "told"),
    [
        (0, 0, ""),
        (1, 1, "1 was planned and 1 was exempted."),
        (2, 0, "2 were planned and none was exempted."),
        (9, 2, "9 were planned and 2 were exempted."),
    ],
)
def test_planned_and_exempted_are_counted(planned, exempted, told):
    rows = (MonthReturns(NOVEMBER, ReturnCounts(planned=planned, exempted=exempted)),)
    assert narrate(with_returns(months=rows)).returns.detail == told


@pytest.mark.parametrize(
    ("returned", "late", "finding", "title"),
    [
        (0, 0, "Of 20 scheduled audits, none came back (0.0%).", ""),
        (
            9,
            1,
            "Of 20 scheduled audits, 9 came back (45.0%).",
            "1 audit of the 9 came back after the due date.",
        ),
    ],
)
def test_what_came_back_and_what_of_it_late(returned, late, finding, title):
    rows = (MonthReturns(NOVEMBER, counts(returned, 20, late=late)),)
    passage = narrate(with_returns(months=rows)).returns
    assert (passage.finding, passage.titles["late"]) == (finding, title)


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "Returned audits of scheduled, by month"),
        ([(1, 9), (5, 10)], "Returned audits of scheduled, by month"),
        ([(5, 10), (1, 9)], "Returned audits of scheduled, by month"),
        ([(5, 10)], "50.0% of scheduled audits came back in November 2023"),
        (
            [(1, 10), (5, 10), (3, 10)],
            "Audits returned: 10.0% in September, 30.0% in November",
        ),
        (
            [(1, 10), (5, 10)],
            "Audits returned: 10.0% in October, 50.0% in November, the higher of the two months",
        ),
    ],
)
def test_the_title_of_the_chart_of_returns(rows, title):
    assert narrate(monthly(*rows)).returns.titles["rate"] == title


# Services


@pytest.mark.parametrize(
    ("rows", "finding", "title"),
    [
        ({}, "No service had audits planned from May to November 2023.", None),
        (
            {"A": (1, 10), "B": (1, 9)},
            "Too few services had 10 or more scheduled audits from May to November 2023 to be "
            "compared.",
            None,
        ),
        (
            {"A": (1, 10), "B": (2, 20)},
            "No service is below the rate for all services, 3 of 30 (10.0%).",
            "No service is below the rate for all services",
        ),
        (
            {"A": (1, 10), "B": (5, 10)},
            "One of two services returned less than all services together, 6 of 20 (30.0%).",
            "One of two services is below the rate for all services",
        ),
        (
            {"A": (1, 10), "B": (1, 10), "C": (9, 10)},
            "Two of three services returned less than all services together, 11 of 30 (36.7%).",
            "Two of three services are below the rate for all services",
        ),
    ],
)
def test_how_many_services_are_below_all_together(rows, finding, title):
    passage = narrate(serviced(**rows)).services
    assert passage.finding == finding
    assert passage.titles["ranking"] == (title or "Returned audits of scheduled, by service")


def test_services_with_few_audits_are_counted_and_not_compared():
    few = {"A": (1, 10), "B": (5, 10), "C": (1, 9), "D": (0, 1)}
    assert narrate(serviced(**few)).services.detail == (
        "The largest share came back from B (5 of 10, 50.0%), the smallest from A (1 of 10, "
        "10.0%). 2 services with fewer than 10 scheduled audits are not compared."
    )


# Levels and exemptions


def leveled(**rows):
    levels = tuple(LevelReturns(name, name, counts(*row)) for name, row in rows.items())
    return with_returns(levels=levels)


def test_levels_are_compared_where_enough_was_scheduled():
    assert narrate(leveled(Team=(5, 10), Head=(1, 10), Director=(0, 3))).levels.finding == (
        "By level of manager the largest share came back from Team (5 of 10, 50.0%), the smallest "
        "from Head (1 of 10, 10.0%)."
    )
    assert narrate(leveled(Team=(5, 10), Director=(0, 3))).levels.finding == (
        "Too few levels of manager had 10 or more scheduled audits to be compared."
    )


@pytest.mark.parametrize(
    ("planned", "exempted", "told"),
    [
        (0, 0, "No audits were planned, so none was exempted."),
        (20, 0, "None of 20 planned audits was exempted (0.0%)."),
        (20, 1, "1 of 20 planned audits was exempted (5.0%)."),
        (20, 2, "2 of 20 planned audits were exempted (10.0%)."),
    ],
)
def test_the_exempted_share_is_of_planned(planned, exempted, told):
    rows = (MonthReturns(NOVEMBER, ReturnCounts(planned=planned, exempted=exempted)),)
    assert narrate(with_returns(months=rows)).levels.detail == told


@pytest.mark.parametrize(
    ("reasons", "title"),
    [
        ({}, "No audit was exempted"),
        ({"Sick": 2, "Vacant": 1}, "“Sick” is given most often, for 2 of 3"),
        ({"Sick": 2, "Vacant": 2}, "“Sick” and “Vacant” are given most often, each for 2 of 4"),
    ],
)
def test_the_commonest_reasons_of_exemptions_are_all_named(reasons, title):
    total = sum(reasons.values())
    rows = (MonthReturns(NOVEMBER, ReturnCounts(planned=30, exempted=total)),)
    made = tuple(ExemptionCount(name, name, count) for name, count in reasons.items())
    figures = with_returns(months=rows, exemptions=made)
    assert narrate(figures).levels.titles["reasons"] == title


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ({"A": (0, 10, 5)}, ""),
        ({"A": (0, 10), "B": (0, 10)}, ""),
        (
            {"A": (0, 10, 1), "B": (0, 10, 1)},
            "No service with 10 or more planned audits exempted a larger share than all together.",
        ),
        (
            {"A": (0, 20, 3), "B": (0, 20), "C": (0, 10, 4), "D": (0, 9, 9)},
            "More than the share of all services, 16 of 59 (27.1%), was exempted in "
            "C (4 of 10, 40.0%).",
        ),
        (
            {"A": (0, 20, 3), "B": (0, 60), "C": (0, 10, 4)},
            "More than the share of all services, 7 of 90 (7.8%), was exempted in "
            "C (4 of 10, 40.0%) and A (3 of 20, 15.0%).",
        ),
    ],
)
def test_services_over_the_exempted_share_are_named_the_most_first(rows, told):
    assert returns.levels(serviced(**rows)).titles["over"] == told
