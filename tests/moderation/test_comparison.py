import pytest

from audits.choices import Axis
from moderation.domain.comparison import DomainLine, GradePair, SideBySide, side_by_side
from tests.factories.moderation import committed


def line(code: str, own: int | None, moderated: int | None) -> DomainLine:
    pairs = (GradePair(Axis.PRACTICE, own, moderated, own),)
    return DomainLine(code, f"Section {code}", code == "Z", pairs)


def compared(*domains: DomainLine, overall: tuple[int, int] = (3, 3)) -> SideBySide:
    return SideBySide(Axis.PRACTICE, line("Z", *overall), domains)


SIDE = "on the same side of the Good line"
TWO, ALONE = "two people settle it.", "the moderator's grade stands, with a reason."


@pytest.mark.parametrize(
    ("own", "moderated", "said"),
    [
        (3, 3, "Supported. Both gave Good."),
        (
            4,
            3,
            f"Good (auditor: Outstanding). One step lower, {SIDE}: {ALONE}",
        ),
        (
            3,
            4,
            f"Outstanding (auditor: Good). One step higher, {SIDE}: {ALONE}",
        ),
        (
            3,
            2,
            f"Requires improvement (auditor: Good). One step lower, across the Good line: {TWO}",
        ),
        (
            4,
            1,
            f"Inadequate (auditor: Outstanding). Three steps lower, across the Good line: {TWO}",
        ),
        (2, 1, f"Inadequate (auditor: Requires improvement). One step lower, to Inadequate: {TWO}"),
        (
            1,
            2,
            f"Requires improvement (auditor: Inadequate). One step higher, from Inadequate: {TWO}",
        ),
    ],
)
def test_the_result_is_said_in_a_line(own, moderated, said):
    assert compared(overall=(own, moderated)).result == said


@pytest.mark.parametrize(
    ("own", "moderated", "words", "mark"),
    [
        (3, 3, "Same", ""),
        (3, 2, "1 lower", "▼"),
        (2, 4, "2 higher", "▲"),
        (None, None, "Not applicable to both", ""),
        (None, 3, "Applies to one only", ""),
    ],
)
def test_each_difference_has_words_and_a_mark(own, moderated, words, mark):
    pair = GradePair(Axis.PRACTICE, own, moderated, own)
    assert (pair.difference, pair.mark) == (words, mark)


def test_what_does_not_apply_is_outside_the_counts():
    side = compared(line("A", 3, 3), line("B", 4, 2), line("C", 3, 2), line("F", None, 3))
    assert side.counts == "Same in 1 of 3 grades, within one in 2 of 3."
    assert side.differ_on(Axis.PRACTICE) == "3 of 4 domains differ"


def test_each_axis_is_counted_for_itself():
    pairs = (GradePair(Axis.PRACTICE, 3, 3, 3), GradePair(Axis.OUTCOME, 3, 2, 3))
    side = compared(DomainLine("A", "Section A", False, pairs))
    assert side.differ_on(Axis.PRACTICE) == "none of 1 domains differ"
    assert side.differ_on(Axis.OUTCOME) == "1 of 1 domains differs"


def test_domains_that_differ_come_first_and_keep_the_tools_order_among_themselves():
    side = compared(line("A", 3, 3), line("B", 3, 2), line("C", 3, 3), line("D", 1, 2))
    assert [row.code for row in side.differing_first(Axis.PRACTICE)] == ["B", "D", "A", "C"]


def test_each_axis_has_its_own_order():
    def graded(code: str, practice: int, outcome: int) -> DomainLine:
        axes = ((Axis.PRACTICE, practice), (Axis.OUTCOME, outcome))
        pairs = tuple(GradePair(axis, 3, moderated, 3) for axis, moderated in axes)
        return DomainLine(code, code, False, pairs)

    side = compared(graded("A", 3, 2), graded("B", 2, 3))
    assert [row.code for row in side.differing_first(Axis.PRACTICE)] == ["B", "A"]
    assert [row.code for row in side.differing_first(Axis.OUTCOME)] == ["A", "B"]


def test_a_committed_moderation_is_read_with_both_texts(world, django_assert_max_num_queries):
    moderation = committed(world, 3, 2, {"F": (None, None)})
    with django_assert_max_num_queries(10):
        side = side_by_side(moderation)
    first = side.domains[0]
    assert first.saw == "Visits of 3 and 17 March."
    assert first.moderator_saw == "Case note of 3 March."
    assert [row.code for row in side.lines] == ["A", "B", "F", "Z"]
    assert [row.code for row in side.differing] == ["A", "F", "Z"]
    assert side.counts == "Same in 2 of 4 grades, within one in 4 of 4."
    assert side.grades == (3, 2)
