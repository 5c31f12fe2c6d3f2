"""Children at Inadequate on the dashboard: which, in which order, and what follows (rule 16)."""

import datetime

import pytest

from accounts.choices import Role
from audits.choices import Axis, RoundKind, SafetyJudgement
from audits.models import Round, SafetyAnswer
from moderation.choices import ReAuditEnd
from reporting.domain.dashboard.children import MOST, Children, children_at_inadequate
from tests.factories.accounts import RoleGrantFactory
from tests.factories.cases import CaseFactory
from tests.reporting.records import AS_AT, NOVEMBER, OCTOBER, at, done
from tests.reporting.test_counting_what_follows import action, schedule

WEAK = {"Z": (1, 3)}
TODAY = datetime.date(2023, 12, 8)
DAY = datetime.timedelta(days=1)


def found(records, *, role=Role.HEAD_OF_SERVICE, unit=None, **values) -> Children:
    """What somebody with the role there sees of November's round."""
    scope = unit or records.authority
    user = RoleGrantFactory(user=records.second, role=role, unit=scope).user
    given = {"rounds": [records.november.pk], "user": user, "now": AS_AT}
    return children_at_inadequate(scope, **given | values)


def inadequate(records, **values):
    return records.returned(grades=values.pop("grades", WEAK), **values)


def held(records, made, grades, **values):
    """The re-audit of a child, made and returned."""
    again = records.round(NOVEMBER, kind=RoundKind.RE_AUDIT, in_ledger=False)
    audit = records.audit(round=again, case=made.audit.case)
    records.version(audit, -2, grades=grades, **values)
    return audit


@pytest.mark.parametrize(
    ("grades", "is_found"),
    [(WEAK, True), ({"Z": (2, 1)}, False), ({"A": (1, 1), "Z": (2, 2)}, False)],
)
def test_a_child_stands_at_inadequate_by_the_overall_headline_grade(records, grades, is_found):
    inadequate(records, grades=grades)
    assert found(records).total == is_found


@pytest.mark.parametrize(
    ("returned", "sent_back", "is_found"), [(-1, None, True), (0, None, False), (-2, -1, False)]
)
def test_the_return_has_to_be_in_force(records, returned, sent_back, is_found):
    records.version(records.audit(), returned, sent_back=sent_back, grades=WEAK)
    assert found(records).total == is_found


def test_other_units_and_rounds_are_left_out_but_for_what_is_still_due(records):
    inadequate(records)
    inadequate(records, team=records.care_team)
    earlier = records.round(OCTOBER)
    inadequate(records, round=earlier)
    schedule(records, inadequate(records, round=earlier))

    assert found(records, unit=records.protection).total == 2


def test_the_first_due_leads_and_what_is_not_scheduled_ends_the_list(records):
    days = {"later": TODAY + DAY, "today": TODAY, "late": TODAY - DAY}
    made = {name: inadequate(records) for name in ("none", *days)}
    for name, due_on in days.items():
        schedule(records, made[name], due_on=due_on)

    children = found(records)

    order = [row.audit_id for row in children.rows]
    assert order == [made[name].audit.public_id for name in ("late", "today", "later", "none")]
    assert (children.total, children.late) == (4, 1)
    assert [row.is_late for row in children.rows] == [True, False, False, False]
    assert children.rows[-1].re_audit == "not scheduled yet"
    assert children.ahead == ((TODAY.replace(day=1), 2),)


def test_a_child_whose_re_audits_ended_is_left_out(records):
    ended = inadequate(records)
    schedule(
        records,
        ended,
        ended_because=ReAuditEnd.CASE_CLOSED,
        second_ended_by=records.second,
        **done("ended", -1, records.officer),
    )
    kept = inadequate(records)
    assert [row.audit_id for row in found(records).rows] == [kept.audit.public_id]


def test_a_re_audit_that_was_held_tells_its_grade_and_is_due_no_more(records):
    made = inadequate(records)
    schedule(records, made, due_on=TODAY - DAY, held=held(records, made, {"Z": (2, 1)}))

    children = found(records)

    [row] = children.rows
    assert (row.re_audit, row.last_result, row.is_late) == (
        "held; the next one is not scheduled yet",
        "Requires improvement",
        False,
    )
    assert (children.late, children.ahead) == (0, ())


def test_a_re_audit_that_was_sent_back_has_no_grade(records):
    made = inadequate(records)
    schedule(records, made, held=held(records, made, {"Z": (2, 1)}, sent_back=-1))
    assert found(records).rows[0].last_result == ""


def test_a_child_is_one_row_of_the_newest_audit_since_the_first(records):
    case = CaseFactory(team=records.team)
    october = records.round(OCTOBER)
    inadequate(records, round=october, case=case)
    newest = inadequate(records, case=case)

    [row] = found(records, rounds=[october.pk, records.november.pk]).rows

    assert (row.audit_id, row.since) == (newest.audit.public_id, "October 2023")
    assert row.audited == "6 December 2023"


@pytest.mark.parametrize(
    ("judgement", "said"),
    [
        (SafetyJudgement.SAFE, "Safe at the audit"),
        (SafetyJudgement.CHECK_TODAY, "Something had to be checked that day"),
        (SafetyJudgement.NOT_SAFE, "Not safe at the audit"),
        (None, "The safety question was not answered"),
    ],
)
def test_the_safety_answer_is_told_in_words(records, judgement, said):
    made = inadequate(records)
    if judgement:
        SafetyAnswer.objects.create(audit_return=made, judgement=judgement, evidence="Seen.")
    assert found(records).rows[0].safety == said


@pytest.mark.parametrize(
    ("grades", "weak"), [((1, 3), ("A",)), ((2, 3), ("A",)), ((3, 1), ()), ((None, 1), ())]
)
def test_domains_weak_on_the_headline_axis_are_named_without_the_overall(records, grades, weak):
    inadequate(records, grades=WEAK | {"A": grades})
    assert found(records).rows[0].weak_domains == weak


def test_actions_not_done_are_counted_and_the_overdue_among_them(records):
    made = inadequate(records)
    for due_on, states in (
        (TODAY - DAY, {}),
        (TODAY, {}),
        (TODAY - DAY, {"started": -9}),
        (TODAY - DAY, {"started": -9, "done": -8}),
        (TODAY - DAY, {"withdrawn": -8}),
    ):
        action(records, made=made, due_on=due_on, **states)

    [row] = found(records).rows

    assert (row.open_actions, row.overdue_actions) == (3, 2)


@pytest.mark.parametrize(
    ("settled", "withdrawn", "is_closed", "is_found"),
    [
        (None, None, False, False),
        (-1, None, False, True),
        (0, None, False, False),
        (-2, -1, False, False),
        (None, None, True, True),
    ],
)
def test_the_qa_team_sees_a_child_once_it_is_settled_or_the_sample_closed(
    records, settled, withdrawn, is_closed, is_found
):
    made = inadequate(records)
    records.moderated(made, 1, settled=settled, withdrawn=withdrawn)
    if is_closed:
        Round.objects.update(sample_closed_at=at(-1), sample_closed_by=records.system)
    assert found(records, role=Role.QA_MANAGER).total == is_found


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.DIRECTOR, Role.SERVICE_MANAGER])
def test_whoever_answers_for_the_child_sees_it_before(records, role):
    inadequate(records)
    assert found(records, role=role).total == 1


def test_what_the_reader_moderates_blind_is_left_out(records):
    made = inadequate(records)
    assert found(records, left_out=[made.audit_id]).total == 0


def test_a_page_shows_the_first_and_counts_all(records):
    for _ in range(MOST + 1):
        inadequate(records)
    children = found(records)
    assert (children.total, len(children.rows)) == (MOST + 1, MOST)


def test_the_other_axis_leads_where_it_is_the_headline(records):
    version = records.new_tool("OUT", headline_axis=Axis.OUTCOME)
    by_outcome = records.round(OCTOBER, tool_version=version)
    inadequate(records, round=by_outcome, grades={"Z": (3, 1)})
    inadequate(records, round=by_outcome, grades={"Z": (1, 3)})
    assert found(records, rounds=[by_outcome.pk]).total == 1
