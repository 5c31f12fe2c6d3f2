"""Grades as councils write them."""

import pytest

from audits.choices import Grade
from kit.spreadsheets.problems import BadCell
from moderation.domain.importing.grades import NOT_APPLICABLE, grade_of, mark_of

SPELLINGS = {
    Grade.OUTSTANDING: ("Outstanding", "O", " outstanding ", "OUTSTANDING"),
    Grade.GOOD: ("Good", "g", "good."),
    Grade.REQUIRES_IMPROVEMENT: (
        "RI",
        "R.I.",
        "r.i",
        "Requiring Improvement",
        "requires improvement to be good",
        "Requires  improvement",
        "requires_improvement",
        "Requires-Improvement",
    ),
    Grade.INADEQUATE: ("inadequate", "I", "Inad."),
}


@pytest.mark.parametrize(
    ("spelling", "grade"), [(word, grade) for grade in SPELLINGS for word in SPELLINGS[grade]]
)
def test_spellings(spelling, grade):
    assert grade_of(spelling, best=None) == grade


@pytest.mark.parametrize(("best", "expected"), [(4, [1, 2, 3, 4]), (1, [4, 3, 2, 1])])
def test_figures_count_from_the_end_that_was_named(best, expected):
    assert [grade_of(figure, best=best) for figure in (1.0, "2", 3, "4.0")] == expected


def test_a_figure_asks_which_end_is_best():
    with pytest.raises(BadCell, match="say whether 4 or 1 is the best") as refusal:
        grade_of("3", best=None)
    assert refusal.value.reason == "figure"


@pytest.mark.parametrize("cell", ["Satisfactory", "5", "0", "-", "good/RI", "²", True])
def test_what_is_no_grade(cell):
    with pytest.raises(BadCell, match="no grade"):
        grade_of(cell, best=4)


@pytest.mark.parametrize("cell", ["N/A", "n.a.", "Not applicable"])
def test_a_domain_may_not_apply_but_the_overall_does(cell):
    assert mark_of(cell, best=None) == NOT_APPLICABLE
    with pytest.raises(BadCell, match="applies to every child"):
        grade_of(cell, best=None)
