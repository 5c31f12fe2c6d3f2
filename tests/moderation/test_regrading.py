import pytest

from accounts.choices import MembershipKind
from accounts.exceptions import Refused
from accounts.models import HistoryEntry
from audits.choices import Axis, Grade
from kit.exceptions import NotPossible
from moderation.choices import Settlement, WhyWeDiffer
from moderation.domain import regrading
from moderation.domain.states import state_of
from moderation.exceptions import IncompleteModeration
from moderation.models import Regrade
from tests.factories.accounts import MembershipFactory
from tests.factories.moderation import assigned, commit, committed, regrade

PAIR = {Axis.PRACTICE: Grade.GOOD, Axis.OUTCOME: Grade.INADEQUATE}


def save(world, moderation, code, grades, by=None):
    return regrading.save_domain(
        moderation,
        domain=world.domain(code),
        what_i_saw=" Case note of 3 March. ",
        grades=grades,
        by=by or moderation.moderator,
    )


def test_a_domain_is_saved_and_saved_again(world):
    moderation = assigned(world)
    save(world, moderation, "A", {Axis.PRACTICE: Grade.OUTSTANDING})
    save(world, moderation, "A", PAIR)

    assert dict(moderation.regrades.values_list("axis", "grade")) == PAIR
    assert moderation.evidence.get().what_i_saw == "Case note of 3 March."


def test_an_axis_that_is_not_named_stays_as_it_was(world):
    moderation = assigned(world)
    save(world, moderation, "A", PAIR)
    save(world, moderation, "A", {Axis.OUTCOME: Grade.GOOD})
    assert moderation.regrades.get(axis=Axis.PRACTICE).grade == Grade.GOOD


def test_only_its_moderator_grades_and_commits(world):
    moderation = regrade(assigned(world))
    for colleague in (world.qa_officer, world.qa_manager):
        with pytest.raises(Refused) as refusal:
            save(world, moderation, "A", PAIR, by=colleague)
        assert refusal.value.reason == "moderation_regrade_not_yours"
        with pytest.raises(Refused):
            commit(moderation, by=colleague)
    assert commit(moderation).committed_by == moderation.moderator


def test_not_applicable_only_where_the_tool_allows_it(world):
    moderation, left_out = assigned(world), dict.fromkeys(Axis)
    with pytest.raises(NotPossible) as refusal:
        save(world, moderation, "A", left_out)
    assert refusal.value.reason == "not_applicable_not_allowed"

    save(world, moderation, "F", left_out)
    assert set(Regrade.objects.values_list("grade", "is_not_applicable")) == {(None, True)}


def test_a_section_without_grades_takes_none(world):
    with pytest.raises(NotPossible) as refusal:
        save(world, assigned(world), "people", {})
    assert refusal.value.reason == "not_of_this_tool"


def test_every_graded_domain_and_axis_is_asked_for_before_the_commit(world):
    moderation = assigned(world)
    assert len(regrading.missing(moderation)) == 8
    regrade(moderation)
    moderation.regrades.filter(domain__code="B", axis=Axis.OUTCOME).delete()

    with pytest.raises(IncompleteModeration) as refusal:
        commit(moderation)
    assert [lack.section_code for lack in refusal.value.missing] == ["B"]
    save(world, moderation, "B", PAIR)
    assert commit(moderation).committed_at


def test_the_commit_fixes_the_grades(world):
    moderation = committed(world, Grade.GOOD, Grade.INADEQUATE)
    with pytest.raises(NotPossible) as refusal:
        save(world, moderation, "A", PAIR)
    assert refusal.value.reason == "regrade_not_possible"
    with pytest.raises(NotPossible):
        commit(moderation)


@pytest.mark.parametrize("grade", Grade)
def test_the_same_overall_grade_settles_with_the_commit(world, grade):
    moderation = committed(world, grade, grade, {"B": (Grade.GOOD, Grade.OUTSTANDING)})
    moderation.refresh_from_db()
    assert (moderation.settlement, moderation.settled_grade) == (Settlement.SAME, grade)
    assert state_of(moderation) == "settled"


@pytest.mark.parametrize(("own", "moderated"), [(4, 3), (3, 2), (2, 4), (1, 2)])
def test_another_overall_grade_waits(world, own, moderated):
    moderation = committed(world, own, moderated)
    moderation.refresh_from_db()
    assert state_of(moderation) == "committed"
    entry = HistoryEntry.objects.get(verb="moderation_committed")
    assert (entry.facts["own"], entry.facts["moderated"]) == (own, moderated)


def test_whether_the_record_gave_the_grade_away_is_kept(world):
    moderation = regrade(assigned(world))
    regrading.commit(moderation, gave_grade_away=True, by=moderation.moderator)
    moderation.refresh_from_db()
    assert moderation.record_gave_grade_away is True


def test_a_moderator_who_moved_into_the_line_cannot_commit(world):
    moderation = regrade(assigned(world))
    MembershipFactory(user=moderation.moderator, unit=world.care_service, kind=MembershipKind.LEAD)
    with pytest.raises(Refused) as refusal:
        commit(moderation)
    assert refusal.value.reason == "in_auditors_line"


def test_the_moderator_explains_after_the_commit_and_not_before(world):
    moderation = regrade(assigned(world), {"A": (2, 2), "Z": (2, 2)})
    facts = {
        "domain": world.domain("A"),
        "why_we_differ": "Evidence missed.",
        "by": moderation.moderator,
    }
    with pytest.raises(NotPossible) as refusal:
        regrading.explain(moderation, **facts)
    assert refusal.value.reason == "explain_not_possible"
    commit(moderation)
    with pytest.raises(NotPossible) as refusal:
        regrading.explain(moderation, **facts | {"domain": world.domain("people")})
    assert refusal.value.reason == "not_of_this_tool"
    with pytest.raises(NotPossible) as refusal:
        regrading.explain(moderation, **facts | {"why_we_differ": " "})
    assert refusal.value.reason == "reason_missing"
    assert regrading.explain(moderation, **facts).what_i_saw == "Case note of 3 March."


def test_each_moderation_keeps_its_own_texts_and_grades(world):
    one = assigned(world)
    world.case = world.new_case()
    other = committed(world, Grade.GOOD, Grade.INADEQUATE)
    save(world, one, "A", PAIR)
    by = other.moderator
    said = regrading.explain(other, domain=world.domain("A"), why_we_differ="So.", by=by)
    assert (said.moderation, said.why_we_differ) == (other, "So.")
    assert set(other.regrades.filter(domain__code="A").values_list("grade", flat=True)) == {1}
    assert state_of(one) == "assigned"
    assert one.evidence.get().why_we_differ == ""


def test_what_was_said_stays_once_settled_and_the_rest_can_be_added(world):
    moderation = committed(world, Grade.GOOD, Grade.GOOD, {"A": (2, 2), "B": (4, 4)})
    facts = {"by": moderation.moderator, "main_reason": WhyWeDiffer.MISSED}
    said = regrading.explain(moderation, domain=world.domain("A"), why_we_differ="So.", **facts)
    assert (said.why_we_differ, said.main_reason) == ("So.", WhyWeDiffer.MISSED)
    with pytest.raises(NotPossible) as refusal:
        regrading.explain(moderation, domain=world.domain("A"), why_we_differ="Or.", **facts)
    assert refusal.value.reason == "explained"
    regrading.explain(moderation, domain=world.domain("B"), why_we_differ="So.", **facts)
