"""The summary page: four facts, what is better or not, what is not known, what needs attention."""

from dataclasses import replace
from datetime import date

import pytest

from kit.months import add_months
from reporting.domain.figures import (
    DomainGrades,
    GradeCounts,
    GradeMonth,
    MonthReturns,
    OverdueBands,
    Period,
    ReturnCounts,
    ServiceReturns,
)
from reporting.domain.narrative import narrate
from tests.reporting.figures import golden_figures, golden_with

NOVEMBER = date(2023, 11, 1)


def summary(figures):
    return narrate(figures).summary


def months_of(rows, make):
    first = add_months(NOVEMBER, 1 - len(rows))
    return tuple(make(add_months(first, step), row) for step, row in enumerate(rows))


def returned(*rows, **values):
    """Figures whose months have (returned, planned)."""
    made = months_of(rows, lambda month, row: MonthReturns(month, ReturnCounts(row[1], 0, row[0])))
    return golden_with(returns={"months": made, "exemptions": ()} | values)


def graded(*rows):
    """Figures whose months have (Good, Requires improvement, Inadequate)."""
    made = months_of(
        rows,
        lambda month, row: GradeMonth(month, GradeCounts(0, *row), GradeCounts(0, *row), 0, 0),
    )
    return golden_with(grades={"months": made})


def told(fact):
    return (fact.value, fact.label, *fact.details)


# Four facts


def test_the_four_facts_of_the_published_period():
    assert [told(fact) for fact in summary(golden_figures()).facts] == [
        (
            "19.7%",
            "of scheduled audits came back in November",
            "23 of 117.",
            "Since May 2023: 229 of 681 (33.6%).",
        ),
        (
            "27.1%",
            "of returned audits stand at Good or better",
            "62 of 229 returned audits.",
            "Inadequate: 58 of 229 (25.3%).",
        ),
        (
            "51.7%",
            "of moderated grades were lowered",
            "31 of 60 moderated; none was raised.",
            "60 of 229 returned audits moderated (26.2%).",
        ),
        (
            "0",
            "children found unsafe in 229 audits",
            "Question answered in 229 of 229 returned audits.",
            "Something had to be checked that day: 4 audits.",
        ),
    ]


@pytest.mark.parametrize(
    ("rows", "fact"),
    [
        ([(5, 20)], ("25.0%", "of scheduled audits came back", "May to November 2023: 5 of 20.")),
        (
            [(5, 20), (2, 8)],
            (
                "2 of 8",
                "of scheduled audits came back in November",
                "2 of 8.",
                "Since May 2023: 7 of 28 (25.0%).",
                "Small number: read the cases.",
            ),
        ),
        ([(0, 0)], ("\u2013", "of scheduled audits came back", "Nothing was scheduled.")),
    ],
)
def test_the_fact_of_returns(rows, fact):
    assert told(summary(returned(*rows)).facts[0]) == fact


def test_a_month_that_is_not_the_reports_is_not_printed_large():
    early = replace(returned((5, 20), (2, 20)), period=Period(NOVEMBER, date(2023, 12, 1)))
    assert summary(early).facts[0].value == "17.5%"


@pytest.mark.parametrize(
    ("rows", "fact"),
    [
        ([(0, 0, 0)], ("\u2013", "at Good or better", "No audits were returned.")),
        (
            [(1, 0, 0)],
            (
                "1 of 1",
                "of returned audits stand at Good or better",
                "1 of 1 returned audit.",
                "Inadequate: 0 of 1 (small number).",
                "Small number: read the cases.",
            ),
        ),
    ],
)
def test_the_fact_of_grades(rows, fact):
    assert told(summary(graded(*rows)).facts[1]) == fact


@pytest.mark.parametrize(
    ("upgraded", "told"), [(0, "none was raised."), (1, "1 was raised."), (2, "2 were raised.")]
)
def test_what_moderation_raised_is_told_beside_what_it_lowered(upgraded, told):
    part = golden_figures().moderation
    counts = replace(part.months[0].counts, supported=3, downgraded=7, upgraded=upgraded)
    figures = golden_with(moderation={"months": (replace(part.months[0], counts=counts),)})
    fact = summary(figures).facts[2]
    assert fact.details[0] == f"7 of {10 + upgraded} moderated; {told}"


def test_nothing_moderated_is_printed_as_nought():
    fact = summary(golden_with(moderation={"months": ()})).facts[2]
    assert told(fact) == ("0", "audits moderated and settled", "Of 229 returned.")


# Better, not better


@pytest.mark.parametrize(
    ("rows", "better", "not_better"),
    [
        (
            [(5, 20), (10, 20)],
            ["Audits returned: 10 of 20 (50.0%) in November, beside 5 of 20 (25.0%) in October."],
            [],
        ),
        (
            [(10, 20), (5, 20)],
            [],
            ["Audits returned: 5 of 20 (25.0%) in November, beside 10 of 20 (50.0%) in October."],
        ),
        (
            [(5, 10), (10, 20)],
            [],
            [
                "Audits returned: 10 of 20 (50.0%) in November, the same share as 5 of 10 (50.0%) "
                "in October."
            ],
        ),
        ([(5, 9), (10, 20)], [], []),
        ([(10, 20), (5, 9)], [], []),
    ],
)
def test_a_share_that_did_not_rise_is_not_better(rows, better, not_better):
    page = summary(returned(*rows))
    assert [text for text in page.better if "returned:" in text] == better
    assert [text for text in page.not_better if "returned:" in text] == not_better


@pytest.mark.parametrize(
    ("rows", "better"),
    [
        ([(5, 0, 5), (6, 0, 4)], ["At Good or better", "At Inadequate"]),
        ([(5, 0, 5), (6, 0, 6)], []),
        ([(5, 5, 0), (6, 3, 1)], ["At Good or better"]),
        ([(5, 0, 5), (5, 1, 4)], ["At Inadequate"]),
    ],
)
def test_fewer_at_inadequate_is_better(rows, better):
    page = summary(graded(*rows))
    assert [text.partition(":")[0] for text in page.better if "At " in text[:3]] == better


@pytest.mark.parametrize(
    ("rows", "grades", "compared", "better"),
    [
        ([(5, 20)], (), "There is no earlier month to compare with.", "Nothing could be compared."),
        (
            [(5, 9), (5, 20)],
            (),
            "November or October has too few audits for a comparison.",
            "Nothing could be compared.",
        ),
        (
            [(5, 20), (4, 20)],
            (),
            "November beside October. One month's difference is no trend.",
            "None of the shares compared.",
        ),
    ],
)
def test_what_was_compared_is_said(rows, grades, compared, better):
    figures = returned(*rows)
    page = summary(replace(figures, grades=replace(figures.grades, months=grades)))
    assert (page.compared, page.better) == (compared, (better,))


# Not known


def test_what_is_not_known_is_counted():
    assert summary(golden_figures()).unknown == (
        "What the 452 scheduled audits would show that have not come back.",
        "What a second reading would make of the 169 returned audits not moderated.",
        "Whether there is a trend: seven months are too few to call a trend.",
    )


@pytest.mark.parametrize(
    ("rows", "moderated", "unknown"),
    [
        ([(20, 20)], 20, ["Every audit came back and was moderated."]),
        (
            [(19, 20)],
            19,
            ["What the 1 scheduled audit would show that has not come back."],
        ),
        (
            [(20, 20)],
            19,
            ["What a second reading would make of the 1 returned audit not moderated."],
        ),
        (
            [(0, 2)],
            0,
            [
                "The quality of practice: no audits were returned.",
                "What the 2 scheduled audits would show that have not come back.",
            ],
        ),
    ],
)
def test_what_has_not_come_back_or_was_not_moderated_is_not_known(rows, moderated, unknown):
    figures = returned(*rows)
    part = figures.moderation
    counts = replace(part.months[0].counts, supported=moderated, downgraded=0, upgraded=0)
    months = (replace(part.months[0], counts=counts),)
    whole = replace(part, months=months, returned=figures.returns.total.returned)
    assert list(summary(replace(figures, moderation=whole)).unknown) == unknown


# What needs attention


def calm(**parts):
    """Figures with nothing that needs attention but these."""
    given = {
        "returns": {"services": (), "months": (), "exemptions": ()},
        "grades": {"domains": ()},
        "re_audits": {"late": 0},
        "actions": {"overdue": OverdueBands(0, 0, 0)},
    }
    return golden_with(**given | parts)


def points(figures):
    return [(point.lead, point.text) for point in summary(figures).attention]


def test_nothing_needs_attention_where_nothing_does():
    assert points(calm()) == []


def test_a_child_who_may_be_unsafe_and_open_concerns_come_first():
    found = points(calm(safety={"unsafe": 1, "settled": 4}))
    assert [lead for lead, _ in found] == [
        "A child may be unsafe.",
        "1 safety concern is not settled.",
    ]
    assert found[1][1].startswith("5 concerns that a child may be unsafe now were raised")


def owing(*rows):
    made = months_of(rows, lambda month, row: MonthReturns(month, ReturnCounts(row[1], 0, row[0])))
    return calm(returns={"services": (), "months": made, "exemptions": ()})


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([(19, 20)], "1 scheduled audit has not come back by 6 December 2023."),
        ([(18, 20), (20, 20)], "2 scheduled audits have not come back by 6 December 2023."),
        (
            [(18, 20), (19, 20)],
            "3 scheduled audits have not come back by 6 December 2023, 1 of them planned for "
            "November.",
        ),
    ],
)
def test_audits_still_owed(rows, text):
    assert points(owing(*rows)) == [("Audits are still owed.", text)]
    assert points(owing((20, 20))) == []


def services(**rows):
    made = tuple(
        ServiceReturns(name, (ReturnCounts(planned=of, returned=n),))
        for name, (n, of) in rows.items()
    )
    return calm(returns={"services": made, "months": (), "exemptions": ()})


@pytest.mark.parametrize(
    ("rows", "lead", "text"),
    [
        ({"A": (1, 10), "B": (5, 10)}, "One service returns least.", "A (1 of 10, 10.0%), beside"),
        (
            {"A": (1, 10), "B": (1, 10), "C": (5, 10)},
            "Some services return least.",
            "A (1 of 10, 10.0%) and B (1 of 10, 10.0%), beside",
        ),
        (
            {name: (1, 10) for name in "ABCD"} | {"E": (5, 10)},
            "Some services return least.",
            "A (1 of 10, 10.0%), B (1 of 10, 10.0%) and 2 others, beside",
        ),
    ],
)
def test_the_services_that_return_least(rows, lead, text):
    [(found, said)] = points(services(**rows))
    assert found == lead
    assert said.startswith(text)
    assert points(services(A=(1, 10), B=(1, 10), C=(0, 9))) == []


def domains(**rows):
    made = tuple(
        DomainGrades(
            name,
            name,
            name == "Overall",
            GradeCounts(good=n, inadequate=10 - n),
            GradeCounts(),
            0,
            0,
        )
        for name, n in rows.items()
    )
    return calm(grades={"domains": made})


@pytest.mark.parametrize(
    ("rows", "lead", "text"),
    [
        (
            {"A": 1, "B": 5, "Overall": 0},
            "One domain is weakest.",
            "A (1 of 10, 10.0%) at Good or better for practice.",
        ),
        (
            {"A": 1, "B": 1, "C": 5},
            "Some domains are level as the weakest.",
            "A (1 of 10, 10.0%) and B (1 of 10, 10.0%) at Good or better for practice.",
        ),
    ],
)
def test_the_weakest_domains(rows, lead, text):
    assert points(domains(**rows)) == [(lead, text)]
    assert points(domains(A=1, B=1)) == []


@pytest.mark.parametrize(
    ("late", "text"),
    [
        (1, "1 re-audit is past its date and not made, of 33 that fell due."),
        (2, "2 re-audits are past their date and not made, of 33 that fell due."),
    ],
)
def test_late_re_audits(late, text):
    assert points(calm(re_audits={"late": late})) == [("Re-audits are late.", text)]


@pytest.mark.parametrize(
    ("overdue", "text"),
    [
        ((1, 1, 0), "2 of 528 actions raised (0.4%), none of them by more than 30 days."),
        ((0, 0, 3), "3 of 528 actions raised (0.6%), 3 of them by more than 30 days."),
    ],
)
def test_overdue_actions(overdue, text):
    figures = calm(actions={"overdue": OverdueBands(*overdue)})
    assert points(figures) == [("Actions are overdue.", text)]


def test_no_more_than_fit_the_page_and_children_before_all_else():
    found = points(golden_with(safety={"unsafe": 2, "settled": 3}))
    assert [lead for lead, _ in found] == [
        "A child may be unsafe.",
        "2 safety concerns are not settled.",
        "Audits are still owed.",
        "One service returns least.",
    ]


# Read with care

MOVES = (
    "One audit moves a month with few returns by several points, so counts stand beside every "
    "percentage."
)


@pytest.mark.parametrize(
    ("total", "missing", "moderated", "care"),
    [
        (2, 0, 0, "The grades describe 2 returned audits. None was moderated."),
        (
            *(1, 3, 1),
            "The grades describe 1 returned audit, not the 3 that did not come back. "
            "1 of 1 carries a moderated grade.",
        ),
        (
            *(3, 0, 2),
            "The grades describe 3 returned audits. 2 of 3 carry a moderated grade and 1 stands as "
            "its auditor gave it.",
        ),
        (
            *(3, 0, 1),
            "The grades describe 3 returned audits. 1 of 3 carries a moderated grade and 2 stand "
            "as their auditors gave them.",
        ),
    ],
)
def test_whom_the_grades_describe(total, missing, moderated, care):
    figures = graded((total, 0, 0))
    rows = (MonthReturns(NOVEMBER, ReturnCounts(total + missing, 0, total)),)
    counts = replace(figures.moderation.months[0].counts, supported=moderated, downgraded=0)
    months = (replace(figures.moderation.months[0], counts=counts),)
    figures = replace(
        figures,
        returns=replace(figures.returns, months=rows, exemptions=()),
        moderation=replace(figures.moderation, months=months),
    )
    assert summary(figures).care == f"{care} {MOVES}"


def test_without_returns_nothing_is_said_of_practice():
    assert summary(graded((0, 0, 0))).care == (
        "No audits were returned, so this report says nothing about the quality of practice."
    )
