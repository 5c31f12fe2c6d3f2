"""What waits to be settled, in the order in which a panel takes it."""

from audits.choices import Grade
from moderation.domain.worklist import SettlingLine
from moderation.models import Moderation


def line(own: int, moderated: int) -> SettlingLine:
    return SettlingLine(Moderation(), None, Grade(own), Grade(moderated))


def test_inadequate_comes_first_then_across_the_good_line_then_the_widest():
    taken = [(1, 4), (3, 1), (2, 1), (4, 2), (3, 2), (4, 3)]
    lines = [line(*pair) for pair in reversed(taken)]
    in_order = sorted(lines, key=lambda row: row.order)
    assert [(row.own, row.moderated) for row in in_order] == taken
