import pytest

from audits.choices import Grade
from moderation.choices import Comparison
from moderation.domain import agreement

OUTSTANDING, GOOD, WEAK, INADEQUATE = (4, 3, 2, 1)

# Every pair: auditor's own, moderator's; the comparison; whether two people settle it.
TABLE = [
    (OUTSTANDING, OUTSTANDING, Comparison.SUPPORTED, False),
    (OUTSTANDING, GOOD, Comparison.DOWNGRADED, False),
    (OUTSTANDING, WEAK, Comparison.DOWNGRADED, True),
    (OUTSTANDING, INADEQUATE, Comparison.DOWNGRADED, True),
    (GOOD, OUTSTANDING, Comparison.UPGRADED, False),
    (GOOD, GOOD, Comparison.SUPPORTED, False),
    (GOOD, WEAK, Comparison.DOWNGRADED, True),
    (GOOD, INADEQUATE, Comparison.DOWNGRADED, True),
    (WEAK, OUTSTANDING, Comparison.UPGRADED, True),
    (WEAK, GOOD, Comparison.UPGRADED, True),
    (WEAK, WEAK, Comparison.SUPPORTED, False),
    (WEAK, INADEQUATE, Comparison.DOWNGRADED, True),
    (INADEQUATE, OUTSTANDING, Comparison.UPGRADED, True),
    (INADEQUATE, GOOD, Comparison.UPGRADED, True),
    (INADEQUATE, WEAK, Comparison.UPGRADED, True),
    (INADEQUATE, INADEQUATE, Comparison.SUPPORTED, False),
]


def test_the_table_holds_every_pair():
    pairs = {(own, moderated) for own, moderated, *_ in TABLE}
    assert pairs == {(own, moderated) for own in Grade for moderated in Grade}


@pytest.mark.parametrize(("own", "moderated", "comparison", "two_people"), TABLE)
def test_each_pair_compares_and_settles_as_the_rule_says(own, moderated, comparison, two_people):
    assert agreement.compare(own, moderated) == comparison
    assert agreement.needs_two_people(own, moderated) is two_people


@pytest.mark.parametrize(("own", "moderated"), [(4, 1), (1, 4), (3, 2), (2, 3)])
def test_the_lower_grade_governs_until_it_is_settled(own, moderated):
    assert agreement.governing(own, moderated) == min(own, moderated)
