import datetime

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from accounts.domain import telling
from accounts.domain.people import system_user
from accounts.exceptions import Refused
from audits.choices import Grade, RoundKind
from audits.domain import completion, sending_back
from kit.exceptions import NotPossible
from moderation.choices import ReAuditEnd
from moderation.domain import re_audits
from moderation.domain.states import re_audit_state
from moderation.models import ModerationSettings, ReAuditSchedule
from tests.factories.moderation import committed, in_force, returned

TODAY = timezone.localdate


def re_audit(world, grade, case=None):
    """A returned re-audit of the case, in a round of its own."""
    in_round = world.open_round(kind=RoundKind.RE_AUDIT, name="Re-audits")
    audit = world.audit(in_round=in_round, case=case)
    return world.returned_audit(audit, A=(grade, grade), Z=(grade, grade))


@pytest.fixture
def scheduled(world):
    """The case of an Inadequate audit, its first re-audit due."""
    version = returned(world, Grade.INADEQUATE)
    return re_audits.schedule(version.audit, by=world.qa_officer)


def test_an_inadequate_audit_is_re_audited_three_months_after_its_return(world, scheduled):
    assert (scheduled.case, scheduled.number) == (world.case, 1)
    assert scheduled.due_on == TODAY() + relativedelta(months=3)


def test_how_many_months_is_a_setting(world):
    ModerationSettings.objects.create(re_audit_months=1)
    audit = returned(world, Grade.INADEQUATE).audit
    assert re_audits.schedule(audit, by=world.qa_officer).due_on == TODAY() + relativedelta(
        months=1
    )


@pytest.mark.parametrize("grade", [2, 3, 4])
def test_a_better_audit_is_not_re_audited(world, grade):
    audit = returned(world, grade).audit
    with pytest.raises(NotPossible) as refusal:
        re_audits.schedule(audit, by=world.qa_officer)
    assert refusal.value.reason == "not_inadequate"


def test_the_lower_grade_governs_while_it_is_unsettled(world):
    moderation = committed(world, Grade.GOOD, Grade.INADEQUATE)
    assert re_audits.schedule(moderation.audit_return.audit, by=world.qa_officer).number == 1


def refused_second(world, audit) -> str:
    with pytest.raises(NotPossible) as refusal:
        re_audits.schedule(audit, by=world.qa_officer)
    return refusal.value.reason


def test_re_audits_are_scheduled_once(world, scheduled):
    themed = world.open_round(kind=RoundKind.THEMED, name="Neglect")
    another = world.returned_audit(world.audit(in_round=themed), overall=(1, 1), A=(1, 1))
    for audit in (scheduled.origin, another):
        assert refused_second(world, audit) == "re_audit_scheduled"
    assert ReAuditSchedule.objects.count() == 1
    end = {"because": ReAuditEnd.MOVED, "by": world.qa_officer, "second_by": world.qa_manager}
    re_audits.end(scheduled, **end)
    assert refused_second(world, scheduled.origin) == "re_audit_scheduled"
    assert re_audits.schedule(another, by=world.qa_officer).origin == another


def test_the_rule_may_be_applied_by_the_schedule_but_not_by_anyone(world):
    audit = returned(world, Grade.INADEQUATE).audit
    with pytest.raises(Refused):
        re_audits.schedule(audit, by=world.team_manager)
    assert re_audits.schedule(audit, by=system_user()).scheduled_by.is_system


def test_re_audits_are_kept_by_the_qa_team(world, scheduled):
    made, manager = re_audit(world, Grade.GOOD), world.team_manager
    with pytest.raises(Refused):
        re_audits.hold(scheduled, audit=made, by=manager)
    held = re_audits.hold(scheduled, audit=made, by=world.qa_officer)
    with pytest.raises(Refused):
        re_audits.follow_up(held, by=manager)
    with pytest.raises(Refused):
        re_audits.end(held, because=ReAuditEnd.BETTER, by=manager)
    assert re_audits.end(held, because=ReAuditEnd.BETTER, by=world.qa_officer).ended_at


def test_one_that_is_held_and_still_inadequate_is_followed_by_the_next(world, scheduled):
    made = re_audit(world, Grade.INADEQUATE)
    held = re_audits.hold(scheduled, audit=made, by=world.qa_officer)
    following = re_audits.follow_up(held, by=world.qa_officer)

    assert (following.number, following.origin) == (2, scheduled.origin)
    day = timezone.localdate(in_force(made).returned_at)
    assert following.due_on == day + relativedelta(months=3)
    assert re_audit_state(held) == "followed"
    with pytest.raises(NotPossible):
        re_audits.follow_up(held, by=world.qa_officer)


def test_one_that_is_better_ends_them(world, scheduled):
    made = re_audit(world, Grade.REQUIRES_IMPROVEMENT)
    held = re_audits.hold(scheduled, audit=made, by=world.qa_officer)
    ended = re_audits.follow_up(held, by=system_user())
    assert (ended.pk, ended.ended_because) == (scheduled.pk, ReAuditEnd.BETTER)


def test_only_a_returned_re_audit_of_the_same_child_counts(world, scheduled):
    other = re_audit(world, Grade.GOOD, case=world.new_case())
    themed = world.open_round(kind=RoundKind.THEMED, name="Neglect")
    another = world.returned_audit(world.audit(in_round=themed))
    for wrong in (other, scheduled.origin, another):
        with pytest.raises(NotPossible) as refusal:
            re_audits.hold(scheduled, audit=wrong, by=world.qa_officer)
        assert refusal.value.reason == "not_its_re_audit"


def test_the_audit_that_it_follows_is_not_its_own_re_audit(world):
    origin = re_audit(world, Grade.INADEQUATE)
    due = re_audits.schedule(origin, by=world.qa_officer)
    sending_back.send_back(origin, reason="Where is the visit?", by=world.qa_officer)
    completion.return_audit(origin, by=origin.auditor)
    with pytest.raises(NotPossible) as refusal:
        re_audits.hold(due, audit=origin, by=world.qa_officer)
    assert refusal.value.reason == "not_its_re_audit"


def test_what_came_back_before_the_inadequate_audit_does_not_follow_it(world):
    earlier = re_audit(world, Grade.GOOD)
    version = returned(world, Grade.INADEQUATE)
    due = re_audits.schedule(version.audit, by=world.qa_officer)
    for moment in (in_force(earlier).returned_at, version.returned_at):
        earlier.returns.update(returned_at=moment)
        with pytest.raises(NotPossible, match="Choose a later one"):
            re_audits.hold(due, audit=earlier, by=world.qa_officer)
    later = version.returned_at + datetime.timedelta(seconds=1)
    earlier.returns.update(returned_at=later)
    assert re_audits.hold(due, audit=earlier, by=world.qa_officer).held == earlier


def test_a_re_audit_counts_only_when_it_has_come_back(world, scheduled):
    in_round = world.open_round(kind=RoundKind.RE_AUDIT, name="Re-audits")
    audit = world.audit(in_round=in_round)
    with pytest.raises(NotPossible) as refusal:
        re_audits.hold(scheduled, audit=audit, by=world.qa_officer)
    assert refusal.value.reason == "not_returned"
    world.returned_audit(audit)
    assert re_audits.hold(scheduled, audit=audit, by=world.qa_officer).held == audit


def test_a_re_audit_is_held_for_one_date_alone(world, scheduled):
    worse = re_audit(world, Grade.INADEQUATE)
    held = re_audits.hold(scheduled, audit=worse, by=world.qa_officer)
    following = re_audits.follow_up(held, by=world.qa_officer)
    with pytest.raises(NotPossible) as refusal:
        re_audits.hold(following, audit=worse, by=world.qa_officer)
    assert refusal.value.reason == "not_its_re_audit"


def test_better_is_a_fact_and_takes_no_second_person(world, scheduled):
    held = re_audits.hold(scheduled, audit=re_audit(world, Grade.GOOD), by=world.qa_officer)
    end = {"because": ReAuditEnd.BETTER, "by": world.qa_officer, "second_by": world.qa_manager}
    assert re_audits.end(held, **end).second_ended_by is None


def test_a_re_audit_starts_no_second_series(world, scheduled):
    made = re_audit(world, Grade.INADEQUATE)
    re_audits.hold(scheduled, audit=made, by=world.qa_officer)
    with pytest.raises(NotPossible) as refusal:
        re_audits.schedule(made, by=world.qa_officer)
    assert refusal.value.reason == "re_audit_scheduled"


def test_ending_for_another_reason_takes_two_people_with_the_right(world, scheduled):
    facts = {"because": ReAuditEnd.MOVED, "by": world.qa_officer}
    with pytest.raises(NotPossible) as missing:
        re_audits.end(scheduled, **facts)
    assert missing.value.reason == "second_person_missing"
    for second in (world.qa_officer, world.team_manager, system_user()):
        with pytest.raises(Refused):
            re_audits.end(scheduled, second_by=second, **facts)

    ended = re_audits.end(scheduled, second_by=world.qa_manager, **facts)
    assert (ended.ended_by, ended.second_ended_by) == (world.qa_officer, world.qa_manager)


def test_where_there_is_no_second_officer_the_director_is_the_second_person(world, scheduled):
    facts = {"because": ReAuditEnd.MOVED, "by": world.qa_manager}
    with pytest.raises(Refused):
        re_audits.end(scheduled, second_by=world.other_head_of_service, **facts)

    ended = re_audits.end(scheduled, second_by=world.director, **facts)
    told = telling.told_of(ended, reader=world.qa_officer)[0].sentence
    assert told == "Quinn Manager ended the re-audits, with Dara Director as the second person."


def test_they_do_not_end_as_better_while_the_case_stands_at_inadequate(world, scheduled):
    with pytest.raises(NotPossible) as refusal:
        re_audits.end(scheduled, because=ReAuditEnd.BETTER, by=world.qa_officer)
    assert refusal.value.reason == "still_inadequate"
    scheduled.refresh_from_db()
    assert scheduled.ended_at is None


def test_the_due_day_is_the_last_of_a_shorter_month(world):
    late = datetime.datetime(2023, 11, 30, 12, tzinfo=datetime.UTC)
    version = returned(world, Grade.INADEQUATE)
    version.__class__.objects.filter(pk=version.pk).update(returned_at=late)
    due = re_audits.schedule(version.audit, by=world.qa_officer).due_on
    assert due == datetime.date(2024, 2, 29)
