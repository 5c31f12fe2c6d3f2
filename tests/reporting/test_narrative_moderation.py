"""What is said of moderation, and what may not be said (domain rules 11 to 13)."""

from datetime import date

import pytest

from kit.months import add_months
from reporting.domain.figures import (
    ComparisonCounts,
    GradeMatrix,
    ModerationMonth,
    ModerationReason,
)
from reporting.domain.narrative import narrate
from tests.reporting.figures import golden_figures, golden_with

NOVEMBER = date(2023, 11, 1)


def matrix_of(cells) -> GradeMatrix:
    """Rows and columns from Outstanding (0) to Inadequate (3)."""
    return GradeMatrix(
        tuple(tuple(cells.get((row, column), 0) for column in range(4)) for row in range(4))
    )


def compared(*months, cells=None, drawn=(), **values):
    """Figures whose months have (supported, lowered, raised), the last in November."""
    first = add_months(NOVEMBER, 1 - len(months))
    rows = tuple(
        ModerationMonth(add_months(first, step), ComparisonCounts(*counts))
        for step, counts in enumerate(months)
    )
    reasons = (ModerationReason("random", "Random share", ComparisonCounts(*drawn)),)
    others = {"months": rows, "reasons": reasons, "matrix": matrix_of(cells or {})}
    return golden_with(moderation=others | values)


@pytest.mark.parametrize(
    ("counts", "finding"),
    [
        (
            (1, 0, 0),
            "Of 1 moderated grade, 1 was supported, none lowered (small number) and none raised.",
        ),
        (
            (2, 7, 1),
            "Of 10 moderated grades, 2 were supported, 7 lowered (70.0%) and 1 raised.",
        ),
        (
            (0, 1, 0),
            "Of 1 moderated grade, none was supported, 1 lowered (small number) and none raised.",
        ),
    ],
)
def test_what_moderation_came_to(counts, finding):
    assert narrate(compared(counts)).moderation.finding == finding


@pytest.mark.parametrize(
    ("waiting", "told"),
    [
        (0, ""),
        (1, "One more was read again but is not settled, and not counted here."),
        (3, "Three more were read again but are not settled, and not counted here."),
    ],
)
def test_what_waits_is_said_and_not_counted(waiting, told):
    passage = narrate(compared(waiting=waiting)).moderation
    assert passage.finding == "No moderation of audits from May to November 2023 is settled."
    assert passage.detail == told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({(1, 1): 4}, "No grade was changed."),
        (
            {(1, 2): 4, (1, 1): 5, (2, 3): 3},
            "The commonest change was from Good to Requires improvement: 4 of the 9 moderated "
            "audits that the auditor graded Good.",
        ),
        (
            {(3, 2): 1},
            "The commonest change was from Inadequate to Requires improvement: the one moderated "
            "audit that the auditor graded Inadequate.",
        ),
        (
            {(1, 2): 2, (2, 3): 2, (0, 1): 1},
            "The commonest changes were from Good to Requires improvement and from Requires "
            "improvement to Inadequate, 2 each.",
        ),
    ],
)
def test_the_commonest_change_is_told_with_its_row(cells, told):
    assert narrate(compared((1, 1, 1), cells=cells, waiting=0)).moderation.detail == told


@pytest.mark.parametrize(
    ("counts", "cells", "title"),
    [
        ((1, 0, 0), {(1, 1): 1}, "One moderated, supported"),
        ((3, 0, 0), {(1, 1): 3}, "All 3 supported"),
        ((0, 1, 0), {(1, 2): 1}, "1 of 1 came down"),
        ((1, 2, 0), {(1, 1): 1, (1, 2): 2}, "2 of 3 came down, each by one step"),
        ((0, 2, 0), {(1, 2): 1, (0, 2): 1}, "2 of 2 came down"),
        ((0, 1, 1), {(1, 2): 1, (2, 0): 1}, "1 of 2 came down and 1 went up"),
    ],
)
def test_the_title_of_the_matrix(counts, cells, title):
    assert narrate(compared(counts, cells=cells)).moderation.titles["matrix"] == title


@pytest.mark.parametrize(
    ("months", "title"),
    [
        ([(2, 0, 0), (1, 0, 1)], "None was lowered"),
        ([(0, 1, 0)], "In November 2023"),
        ([(0, 1, 0), (1, 1, 0)], "Some were lowered every month"),
        ([(0, 1, 0), (1, 0, 0)], "Some were lowered in one of two months"),
        ([(0, 1, 0), (0, 0, 0)], "Some were lowered in the one month with moderation"),
    ],
)
def test_in_how_many_months_some_were_lowered(months, title):
    assert narrate(compared(*months)).moderation.titles["months"] == title


# How far it speaks


@pytest.mark.parametrize(
    ("counts", "drawn", "finding", "detail", "reasons"),
    [
        (
            (2, 1),
            (),
            "No settled moderation was drawn at random, so none speaks for the other audits.",
            "",
            "None was drawn at random",
        ),
        (
            (1, 0),
            (1, 0),
            "Of 1 audit drawn at random, none was lowered (small number).",
            "That is too few to speak for all 229 returned audits.",
            "It was drawn at random",
        ),
        (
            (2, 1),
            (2, 1),
            "Of 3 audits drawn at random, 1 was lowered (small number).",
            "That is too few to speak for all 229 returned audits.",
            "All were drawn at random",
        ),
        (
            (8, 4),
            (8, 2),
            "Of 10 audits drawn at random, 2 were lowered (20.0%).",
            "For all 229 returned audits the share that moderation would lower lies between "
            "5.7% and 51.0% (95% interval).",
            "10 were drawn at random; the others were chosen",
        ),
        (
            (1, 1),
            (0, 1),
            "Of 1 audit drawn at random, 1 was lowered (small number).",
            "That is too few to speak for all 229 returned audits.",
            "1 was drawn at random; the other was chosen",
        ),
    ],
)
def test_only_the_random_part_speaks_for_the_rest(counts, drawn, finding, detail, reasons):
    passage = narrate(compared(counts, drawn=drawn)).chosen
    assert (passage.finding, passage.detail) == (finding, detail)
    assert passage.titles["reasons"] == reasons


NOR = "Nor does moderation say anything of audits that were never returned."


@pytest.mark.parametrize(
    ("returned", "counts", "drawn", "told"),
    [
        (0, (0, 0), (), "No audits were returned, so there is nothing to speak for."),
        (
            *(3, (2, 1), ()),
            "Every returned audit was moderated. They say nothing of audits never returned.",
        ),
        (
            *(1, (0, 0), ()),
            "The one audit not moderated was read once only; its grade is the auditor's own. "
            f"Whether a second reading would change it is not known. {NOR}",
        ),
        (
            *(2, (0, 0), ()),
            "The 2 audits not moderated were read once only; their grades are the auditors' own. "
            f"How many of those grades a second reading would change is not known. {NOR}",
        ),
        (
            *(2, (1, 0), (1, 0)),
            "The one audit not moderated was read once only; its grade is the auditor's own. What "
            f"moderation would change in it is known only as closely as the random share. {NOR}",
        ),
        (
            *(5, (2, 1), ()),
            "The 2 audits not moderated were read once only; their grades are the auditors' own. "
            "What share of the 3 moderated was lowered may not be carried over to audits not "
            f"moderated: none of those was drawn by lot. {NOR}",
        ),
        (
            *(5, (2, 1), (2, 0)),
            "The 2 audits not moderated were read once only; their grades are the auditors' own. "
            "What share of the 3 moderated was lowered may not be carried over to audits not "
            f"moderated: 1 of those was chosen, not drawn by lot. {NOR}",
        ),
        (
            *(5, (2, 1), (2, 1)),
            "The 2 audits not moderated were read once only; their grades are the auditors' own. "
            "What moderation would change in them is known only as closely as the random share. "
            f"{NOR}",
        ),
    ],
)
def test_what_may_not_be_said_of_audits_read_once(returned, counts, drawn, told):
    figures = compared(counts, drawn=drawn, returned=returned)
    assert narrate(figures).chosen.titles["rest"] == told


def test_how_many_were_chosen_read_blind_and_settled_by_two():
    facts = narrate(golden_figures()).chosen.facts
    assert [(fact.value, fact.label, *fact.details) for fact in facts] == [
        (
            "26.2%",
            "of returned audits moderated and settled",
            "60 of 229 (26.2%).",
            "Aim: 25%, at least 10% drawn at random.",
        ),
        (
            "52",
            "read blind, before seeing the auditor's grades",
            "52 of 60; 8 sighted, with a reason.",
        ),
        ("29", "settled by two people", "29 of 60; the others needed no second person."),
    ]


def test_a_small_share_is_printed_large_as_counts():
    fact = narrate(compared((1, 1), returned=9)).chosen.facts[0]
    assert (fact.value, fact.details[0]) == ("2 of 9", "2 of 9 (small number).")
    assert narrate(compared()).chosen.facts == ()
