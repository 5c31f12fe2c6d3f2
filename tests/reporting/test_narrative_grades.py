"""What is said of grades: standing, own, by domain, on both axes."""

from datetime import date

import pytest

from reporting.domain.figures import DomainGrades, GradeCounts, GradeMatrix, GradeMonth
from reporting.domain.narrative import narrate
from reporting.domain.narrative.grades import weakest_domains
from tests.reporting.figures import golden_figures, golden_with

NOVEMBER = date(2023, 11, 1)


def graded(standing, *, own=None, moderated=0, lowered=0):
    """Figures of one month with these grades, best first."""
    row = GradeMonth(
        NOVEMBER, GradeCounts(*(own or standing)), GradeCounts(*standing), moderated, lowered
    )
    return golden_with(grades={"months": (row,)})


def with_domains(**rows):
    """Domains with (Good, Inadequate) for practice, and perhaps for outcome."""
    domains = tuple(
        DomainGrades(
            code=name,
            name=name,
            is_overall=name == "Overall",
            practice=GradeCounts(good=pairs[0], inadequate=pairs[1]),
            outcome=GradeCounts(good=pairs[-2], inadequate=pairs[-1]),
            practice_not_applicable=0,
            outcome_not_applicable=0,
        )
        for name, pairs in rows.items()
    )
    return golden_with(grades={"domains": domains})


# Standing grades


@pytest.mark.parametrize(
    ("standing", "finding", "detail", "title"),
    [
        (
            (0, 0, 1, 1),
            "None of 2 returned audits stands at Good or better (small number).",
            "1 stands at Requires improvement and 1 at Inadequate (small number).",
            "None of 2 audits stands at Good or better, 1 at Inadequate",
        ),
        (
            (0, 1, 2, 7),
            "1 of 10 returned audits stands at Good or better (10.0%).",
            "2 stand at Requires improvement and 7 at Inadequate (70.0%).",
            "1 of 10 audits stands at Good or better, 7 at Inadequate",
        ),
        (
            (2, 5, 2, 1),
            "7 of 10 returned audits stand at Good or better (70.0%).",
            "2 stand at Requires improvement and 1 at Inadequate (10.0%).",
            "7 of 10 audits stand at Good or better, 1 at Inadequate",
        ),
    ],
)
def test_standing_grades_are_counted_before_they_are_shared(standing, finding, detail, title):
    passage = narrate(graded(standing)).grades
    assert passage.finding == finding
    assert passage.detail.startswith(detail)
    assert passage.titles["months"] == title


@pytest.mark.parametrize(
    ("total", "moderated", "told"),
    [
        (0, 0, ""),
        (9, 0, "None of 9 moderated: these are the auditors' own grades."),
        (9, 9, "All 9 moderated."),
        (1, 1, "It was moderated."),
        (9, 8, "8 of 9 moderated; the other is the auditor's own grade."),
        (9, 7, "7 of 9 moderated; the other 2 are the auditors' own grades."),
    ],
)
def test_each_table_of_grades_says_how_many_were_moderated(total, moderated, told):
    passage = narrate(graded((0, total, 0, 0), moderated=moderated)).grades
    assert passage.titles["moderated"] == told
    assert passage.detail.endswith(told)


def test_without_returns_there_are_no_grades():
    nothing = narrate(graded((0, 0, 0, 0)))
    told = "No audits were returned from May to November 2023, so there are no grades."
    assert (nothing.grades.finding, nothing.own_grades.finding) == (told, told)


# Own grades


@pytest.mark.parametrize(
    ("own", "standing", "finding"),
    [
        (
            (1, 4, 5, 0),
            (0, 3, 6, 1),
            "Auditors graded 5 of 10 audits Good or better (50.0%); 3 stand there now (30.0%).",
        ),
        (
            (0, 2, 0, 0),
            (0, 1, 1, 0),
            "Auditors graded 2 of 2 audits Good or better (small number); 1 stands there now "
            "(small number).",
        ),
        (
            (0, 2, 8, 0),
            (0, 0, 10, 0),
            "Auditors graded 2 of 10 audits Good or better (20.0%); none stands there now (0.0%).",
        ),
    ],
)
def test_own_grades_are_told_beside_those_that_stand(own, standing, finding):
    assert narrate(graded(standing, own=own)).own_grades.finding == finding


@pytest.mark.parametrize(
    ("total", "moderated", "told"),
    [
        (1, 1, "It was moderated."),
        (9, 9, "All 9 were moderated."),
        (9, 0, "None was moderated, so the two are the same."),
        (
            *(9, 1),
            "Only 1 of the 9 was moderated; what moderation of all would show is not known.",
        ),
        (
            *(9, 2),
            "Only 2 of the 9 were moderated; what moderation of all would show is not known.",
        ),
    ],
)
def test_what_is_not_known_of_own_grades(total, moderated, told):
    passage = narrate(graded((0, total, 0, 0), moderated=moderated)).own_grades
    assert passage.detail == told


@pytest.mark.parametrize(
    ("own", "standing", "title", "change"),
    [
        ((1, 1, 1, 1), (1, 1, 1, 1), "Moderation left the number of audits at each grade", ""),
        (
            (1, 1, 1, 1),
            (0, 2, 1, 1),
            "Moderation changed grades, but not how many are Good or better, or Inadequate",
            "Outstanding \u22121, Good +1, Requires improvement 0, Inadequate 0.",
        ),
        (
            (1, 1, 1, 1),
            (1, 0, 2, 1),
            "With moderation, Good or better went from 2 to 1",
            "Outstanding 0, Good \u22121, Requires improvement +1, Inadequate 0.",
        ),
        (
            (1, 1, 1, 1),
            (0, 1, 1, 2),
            "With moderation, Good or better went from 2 to 1, Inadequate from 1 to 2",
            "Outstanding \u22121, Good 0, Requires improvement 0, Inadequate +1.",
        ),
    ],
)
def test_the_difference_that_moderation_made(own, standing, title, change):
    titles = narrate(graded(standing, own=own)).own_grades.titles
    assert titles["beside"].startswith(title)
    assert titles["change"].removeprefix("Difference made by moderation: ") == change


# Domains


@pytest.mark.parametrize(
    ("domains", "finding", "title"),
    [
        (
            {"A": (5, 5), "B": (4, 5)},
            "Too few domains have 10 or more grades to be compared.",
            "Standing grades by domain, practice and outcome",
        ),
        (
            {"A": (5, 5), "B": (5, 5)},
            "For practice, every domain has the same share at Good or better, 50.0%.",
            "All domains are level for practice",
        ),
        (
            {"A": (5, 5), "B": (4, 6), "Overall": (0, 10)},
            "B has the smallest share at Good or better for practice, 4 of 10 (40.0%).",
            "B is weakest for practice",
        ),
        (
            {"A": (5, 5), "B": (4, 6), "C": (8, 12)},
            "For practice, the smallest share at Good or better is level in B (4 of 10, 40.0%) and "
            "C (8 of 20, 40.0%).",
            "B and C are level as the weakest for practice",
        ),
        (
            {"A": (5, 5), "B": (4, 6), "C": (4, 6), "D": (4, 6)},
            "For practice, the smallest share at Good or better is level in B (4 of 10, 40.0%), "
            "C (4 of 10, 40.0%) and D (4 of 10, 40.0%).",
            "Three domains are level as the weakest for practice",
        ),
    ],
)
def test_the_weakest_domains_for_practice(domains, finding, title):
    passage = narrate(with_domains(**domains)).domains
    assert (passage.finding, passage.titles["pair"]) == (finding, title)


@pytest.mark.parametrize(
    ("domains", "detail"),
    [
        ({"A": (5, 5), "B": (5, 5)}, ""),
        (
            {"A": (5, 5, 3, 7), "B": (4, 6, 2, 8)},
            "The largest share is for A (5 of 10, 50.0%). For outcome it is the lowest too, "
            "2 of 10 (20.0%).",
        ),
        (
            {"A": (5, 5, 2, 8), "B": (4, 6, 3, 7)},
            "The largest share is for A (5 of 10, 50.0%). For outcome the smallest share is for "
            "A (2 of 10, 20.0%).",
        ),
        (
            {"A": (5, 5, 3, 7), "B": (4, 6, 2, 8), "C": (4, 6, 2, 8)},
            "The largest share is for A (5 of 10, 50.0%). For outcome they are the lowest too.",
        ),
        (
            {"A": (5, 5, 3, 7), "B": (4, 6, 3, 7)},
            "The largest share is for A (5 of 10, 50.0%).",
        ),
    ],
)
def test_the_strongest_domain_and_the_weakest_for_outcome(domains, detail):
    assert narrate(with_domains(**domains)).domains.detail == detail


def test_no_domain_is_weakest_where_all_are_level():
    assert weakest_domains(with_domains(A=(5, 5), B=(10, 10))) == []
    assert [item.name for item in weakest_domains(golden_figures())] == [
        "Management oversight and supervision"
    ]


# Both axes


@pytest.mark.parametrize(
    ("rows", "finding", "detail", "title"),
    [
        (
            {},
            "No audit has both an overall practice grade and an overall outcome grade.",
            "",
            "Practice by outcome",
        ),
        (
            {(0, 0): 1},
            "1 of 1 audit has the same grade for practice and for outcome (small number).",
            "In none the outcome is better than the practice, in none it is worse.",
            "Practice and outcome agree in 1 of 1 audit",
        ),
        (
            {(0, 0): 4, (2, 1): 3, (0, 3): 5},
            "4 of 12 audits have the same grade for practice and for outcome (33.3%).",
            "In 3 the outcome is better than the practice, in 5 it is worse.",
            "Practice and outcome agree in 4 of 12 audits",
        ),
        (
            {(3, 0): 2},
            "None of 2 audits has the same grade for practice and for outcome (small number).",
            "In 2 the outcome is better than the practice, in none it is worse.",
            "Practice and outcome agree in 0 of 2 audits",
        ),
    ],
)
def test_good_work_with_a_poor_outcome_is_told_from_its_opposite(rows, finding, detail, title):
    matrix = GradeMatrix(
        tuple(tuple(rows.get((row, column), 0) for column in range(4)) for row in range(4))
    )
    passage = narrate(golden_with(grades={"practice_by_outcome": matrix})).axes
    assert (passage.finding, passage.detail, passage.titles["matrix"]) == (finding, detail, title)


def test_each_side_of_the_matrix_asks_its_question():
    facts = narrate(golden_figures()).axes.facts
    assert [(fact.value, fact.label, fact.details) for fact in facts] == [
        ("157", "the same grade for both", ("157 of 229 (68.6%).",)),
        ("43", "outcome better than practice", ("Who or what helped the child?",)),
        ("29", "outcome worse than practice", ("What got in the way?",)),
    ]
