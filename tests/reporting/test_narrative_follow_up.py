"""What is said of re-audits, actions and what was learned (domain rules 8, 16 and 17)."""

from datetime import date

import pytest

from reporting.domain.figures import (
    ContributionCounts,
    GradeCounts,
    OverdueBands,
    ThemeCount,
)
from reporting.domain.narrative import narrate
from tests.reporting.figures import golden_with

NOVEMBER = date(2023, 11, 1)


# Re-audits


def re_audited(inadequate=0, *, held=0, late=0, ended=0, **values):
    due = held + late + ended
    given = {"inadequate": inadequate, "due": due, "held": held, "late": late, "ended": ended}
    return golden_with(re_audits=given | values)


@pytest.mark.parametrize(
    ("counts", "finding", "detail", "due"),
    [
        (
            {},
            "No audit made from May to November 2023 stands at Inadequate.",
            "",
            "No re-audit is late",
        ),
        (
            {"inadequate": 1},
            "1 audit stands at Inadequate; it is to be audited again every 3 months.",
            "No re-audit has fallen due.",
            "No re-audit is late",
        ),
        (
            {"inadequate": 6, "held": 3, "late": 1, "ended": 1},
            "6 audits stand at Inadequate; each is to be audited again every 3 months.",
            "Of 5 re-audits due, 3 were held, 1 is late and 1 ended otherwise.",
            "1 re-audit is late",
        ),
        (
            {"inadequate": 0, "held": 1, "late": 2},
            "No audit made from May to November 2023 stands at Inadequate.",
            "Of 3 re-audits due, 1 was held, 2 are late and 0 ended otherwise.",
            "2 re-audits are late",
        ),
    ],
)
def test_what_became_of_re_audits(counts, finding, detail, due):
    passage = narrate(re_audited(**counts)).re_audits
    assert (passage.finding, passage.detail, passage.titles["due"]) == (finding, detail, due)


@pytest.mark.parametrize(
    ("after", "title"),
    [
        ((0, 0, 0, 0), "No re-audit has been held and graded"),
        ((0, 0, 1, 0), "The one re-audit held ended better than Inadequate"),
        ((0, 0, 0, 1), "The one re-audit held is still Inadequate"),
        ((0, 1, 1, 3), "2 of 5 re-audits held ended better than Inadequate"),
    ],
)
def test_how_many_were_better_at_the_re_audit(after, title):
    figures = re_audited(3, held=sum(after), after=GradeCounts(*after))
    assert narrate(figures).re_audits.titles["after"] == title


@pytest.mark.parametrize(
    ("counts", "coming", "facts"),
    [
        ({}, (1,), []),
        (
            {"inadequate": 1, "late": 1},
            (1, 0, 0),
            [
                ("1", "audit at Inadequate"),
                ("0", "re-audited", "Of 1 that fell due."),
                ("1", "re-audit late", "1 more falls due in the next three months."),
            ],
        ),
        (
            {"inadequate": 2},
            (2,),
            [
                ("2", "audits at Inadequate"),
                ("0", "re-audited", "None has fallen due."),
                ("0", "re-audits late", "2 more fall due in the next month."),
            ],
        ),
        (
            {"late": 2},
            (2, 3),
            [
                ("0", "audits at Inadequate"),
                ("0", "re-audited", "Of 2 that fell due."),
                ("2", "re-audits late", "5 more fall due in the next two months."),
            ],
        ),
    ],
)
def test_the_large_figures_of_re_audits(counts, coming, facts):
    forecast = tuple((NOVEMBER, count) for count in coming)
    found = narrate(re_audited(**counts, forecast=forecast)).re_audits.facts
    assert [(fact.value, fact.label, *fact.details) for fact in found] == facts


# Actions


def acted(*, overdue=(0, 0, 0), **states):
    """Figures of actions in these states alone."""
    names = ("open", "in_progress", "done", "verified", "impact_shown", "impact_not_shown")
    given = dict.fromkeys(names, 0) | states
    return golden_with(actions=given | {"overdue": OverdueBands(*overdue)})


@pytest.mark.parametrize(
    ("states", "finding", "detail"),
    [
        ({}, "No action was raised from audits made from May to November 2023.", ""),
        ({"open": 2}, "None of 2 actions is done (small number).", "None is overdue."),
        (
            {"open": 1, "done": 1},
            "1 of 2 actions is done (small number).",
            "Of the 1 done, none was verified by someone other than the owner (small number). "
            "None is overdue.",
        ),
        (
            {"in_progress": 4, "done": 9, "verified": 4, "impact_shown": 2, "impact_not_shown": 1},
            "16 of 20 actions are done (80.0%).",
            "Of the 16 done, 7 were verified by someone other than the owner (43.8%). "
            "None is overdue.",
        ),
    ],
)
def test_how_many_actions_are_done_and_verified(states, finding, detail):
    passage = narrate(acted(**states)).actions
    assert (passage.finding, passage.detail) == (finding, detail)


@pytest.mark.parametrize(
    ("overdue", "told", "title"),
    [
        ((0, 0, 0), "None is overdue.", "No action is overdue"),
        ((1, 0, 0), "1 is overdue, by not more than 30 days.", "1 action is overdue"),
        ((0, 0, 1), "1 is overdue, by more than 30 days.", "1 action is overdue"),
        ((1, 1, 0), "2 are overdue, none by more than 30 days.", "2 actions are overdue"),
        ((1, 1, 1), "3 are overdue, 1 by more than 30 days.", "3 actions are overdue"),
        ((0, 0, 2), "2 are overdue, all by more than 30 days.", "2 actions are overdue"),
    ],
)
def test_overdue_actions_are_told_by_age(overdue, told, title):
    passage = narrate(acted(open=5, overdue=overdue)).actions
    assert (passage.detail, passage.titles["overdue"]) == (told, title)


def test_the_large_figures_of_actions():
    facts = narrate(acted(open=1, in_progress=3, done=8, overdue=(1, 1, 0))).actions.facts
    assert [(fact.value, fact.label, *fact.details) for fact in facts] == [
        ("12", "actions raised"),
        ("8", "done", "8 of 12 (66.7%)."),
        ("2", "overdue", "Of 4 not done."),
    ]
    assert narrate(acted(open=1)).actions.facts[0].label == "action raised"


# Learning


def learned(*, returned=20, strengths=(), developments=(), child=None):
    def made(rows):
        return tuple(ThemeCount(name, name, audits) for name, audits in rows)

    asked = () if child is None else (ContributionCounts("child", "Child", *child),)
    return golden_with(
        learning={
            "returned": returned,
            "strengths": made(strengths),
            "developments": made(developments),
            "contributions": asked,
        }
    )


@pytest.mark.parametrize(
    ("themes", "told", "title"),
    [
        ((), "No area for development was named.", "No areas for development were named"),
        (
            (("Plans", 5), ("Visits", 4)),
            "The area for development named most often is “Plans”, in 5 of 20 audits (25.0%).",
            "“Plans” is the area for development named most often",
        ),
        (
            (("Plans", 5), ("Visits", 5)),
            "The areas for development named most often are “Plans” and “Visits”, each in 5 of 20 "
            "audits (25.0%).",
            "“Plans” and “Visits” are the areas for development named most often",
        ),
        (
            (("Plans", 1), ("Visits", 1), ("Voice", 1)),
            "The areas for development named most often are “Plans”, “Visits” and “Voice”, each in "
            "1 of 20 audits (5.0%).",
            "Three areas for development are level as those named most often",
        ),
    ],
)
def test_themes_named_most_often_are_all_named(themes, told, title):
    passage = narrate(learned(developments=themes)).learning
    assert (passage.finding, passage.titles["developments"]) == (told, title)


LEVEL = [(f"Theme {number}", 1) for number in range(6)]


@pytest.mark.parametrize(
    ("themes", "told", "title"),
    [
        (LEVEL[:4], "The strengths named most often are “Theme 0”", "Four strengths are level"),
        (
            LEVEL[:5],
            "At least five strengths are level as those named most often, each in 1 of 20 audits "
            "(5.0%).",
            "At least five strengths are level as those named most often",
        ),
        ([("Voice", 2), *LEVEL[:4]], "The strength named most often is “Voice”", "“Voice” is"),
    ],
)
def test_as_many_level_as_are_counted_may_be_more(themes, told, title):
    passage = narrate(learned(strengths=themes)).learning
    assert passage.detail.startswith(told)
    assert passage.titles["strengths"].startswith(title)


def test_strengths_are_told_after_what_to_develop():
    passage = narrate(learned(returned=1, strengths=[("Voice", 1)])).learning
    assert passage.detail == (
        "The strength named most often is “Voice”, in 1 of 1 audit (small number)."
    )
    assert passage.titles["strengths"] == "“Voice” is the strength named most often"
    assert narrate(learned()).learning.titles["strengths"] == "No strengths were named"


@pytest.mark.parametrize(
    ("returned", "child", "title"),
    [
        (20, None, "Who was asked, and who answered"),
        (0, (0, 0), "Who was asked, and who answered"),
        (20, (0, 0), "The child was asked in none of 20 audits and answered in none"),
        (20, (9, 4), "The child was asked in 9 of 20 audits and answered in 4"),
    ],
)
def test_whether_the_child_was_asked_and_answered(returned, child, title):
    passage = narrate(learned(returned=returned, child=child)).learning
    assert passage.titles["asked"] == title


def test_without_returns_nothing_was_learned():
    passage = narrate(learned(returned=0)).learning
    assert (passage.finding, passage.detail) == (
        "No audits were returned from May to November 2023.",
        "",
    )
