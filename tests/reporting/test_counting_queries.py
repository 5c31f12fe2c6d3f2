"""How many queries the figures take: the same for few and many records, and few in all."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from audits.choices import Grade
from reporting.domain.counting import count_figures
from reporting.domain.counting.grades import count_grades
from reporting.domain.counting.returns import count_returns
from reporting.domain.ledger import open_ledger
from tests.reporting.records import AS_AT, OCTOBER, PERIOD


def fill(records, times: int) -> None:
    for _ in range(times):
        made = records.returned()
        records.moderated(made, Grade.GOOD)
        records.change(made, Grade.INADEQUATE, hours=-2)
        records.exempted(records.audit(team=records.care_team))


def queries(count) -> int:
    with CaptureQueriesContext(connection) as captured:
        count()
    return len(captured)


def test_returns_and_grades_take_six_queries(records):
    fill(records, 1)

    def tables():
        ledger = open_ledger(PERIOD, scope=records.authority, as_at=AS_AT)
        count_returns(ledger)
        count_grades(ledger)

    assert queries(tables) <= 6


def test_more_records_take_no_more_queries(records):
    def figures():
        return count_figures(PERIOD, scope=records.authority, as_at=AS_AT)

    fill(records, 1)
    few = queries(figures)
    records.round(OCTOBER)
    fill(records, 3)
    assert queries(figures) == few


def test_a_period_without_a_round_has_empty_figures(records):
    found = count_figures(PERIOD, scope=records.authority, as_at=AS_AT)
    assert (found.returns.months, found.grades.domains, found.re_audits.scheduled) == ((), (), 0)
    assert found.moderation.counts.total == 0


def test_figures_survive_their_document(records):
    fill(records, 2)
    found = records.figures()
    assert type(found).from_document(found.as_document()) == found
