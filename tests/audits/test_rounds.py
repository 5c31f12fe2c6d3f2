import datetime

import pytest

from accounts.domain.people import system_user
from accounts.exceptions import Refused
from audits.choices import RoundKind
from kit.exceptions import NotPossible

MONTH = datetime.date(2025, 11, 1)


def test_a_round_counts_in_the_month_it_is_opened_for(world):
    opened = world.open_round(month=datetime.date(2025, 11, 21))

    assert (opened.month, opened.in_ledger) == (MONTH, True)


@pytest.mark.parametrize(
    ("kind", "asked", "counts"),
    [
        (RoundKind.THEMED, None, False),
        (RoundKind.THEMED, True, True),
        (RoundKind.RE_AUDIT, None, False),
    ],
)
def test_other_rounds_count_in_the_ledger_only_when_told(world, kind, asked, counts):
    assert world.open_round(kind=kind, in_ledger=asked).in_ledger is counts


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        (RoundKind.MONTHLY, False),
        (RoundKind.RE_AUDIT, True),
        (RoundKind.BENCHMARKING, True),
    ],
)
def test_what_always_or_never_counts_cannot_be_told_otherwise(world, kind, asked):
    with pytest.raises(NotPossible, match="monthly tables"):
        world.open_round(kind=kind, in_ledger=asked)


def test_a_month_has_one_monthly_round(world):
    world.monthly_round(MONTH)

    with pytest.raises(NotPossible, match="has its monthly round already"):
        world.monthly_round(MONTH)

    assert world.open_round(kind=RoundKind.THEMED, month=MONTH).month == MONTH


def test_a_round_is_not_due_before_it_opens(world):
    with pytest.raises(NotPossible, match="before the day the round opens"):
        world.open_round(due_on=datetime.date(2025, 10, 31), month=MONTH)


def test_a_round_uses_a_published_tool(world):
    world.tool_version.published_at = world.tool_version.published_by = None
    world.tool_version.save()

    with pytest.raises(NotPossible, match="Publish"):
        world.monthly_round(MONTH)


def test_rounds_are_opened_by_the_qa_manager_or_the_schedule(world):
    assert world.open_round(by=system_user()).created_by.is_system

    with pytest.raises(Refused, match="QA manager"):
        world.open_round(by=world.qa_officer, kind=RoundKind.THEMED)
