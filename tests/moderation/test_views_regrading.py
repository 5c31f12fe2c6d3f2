"""The moderator's own pages: the list, taking an audit, grading section by section, committing."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from audits.choices import Axis, Grade
from audits.domain import sending_back
from audits.models import Audit
from cases.choices import InvolvementKind
from cases.domain import restricting
from kit.exceptions import NotPossible
from moderation.choices import ChosenBecause
from moderation.domain import assigning, claiming, regrading, worklist
from moderation.models import Moderation
from tests.factories.cases import CaseInvolvementFactory
from tests.factories.moderation import assigned, committed, in_force, regrade, returned
from tests.pages import asks_again, client_of, opened, sent, statements, text_of

NOTE = "Case note of 3 March."
PAIR = {"grade-practice": "2", "grade-outcome": "3"}


def another(world, **chosen: object) -> Moderation:
    audit = world.returned_audit(world.audit(case=world.new_case()))
    return assigned(world, in_force(audit), **chosen)


# The list


def test_the_list_keeps_the_order_of_the_draw_and_tells_case_and_day(world):
    later, first = another(world, position=9), another(world, position=2)
    page = text_of(opened(world.second_qa_officer, "moderations"))
    cases = [row.audit_return.audit.case.reference for row in (first, later)]
    assert page.index(cases[0]) < page.index(cases[1])
    assert page.count("in 10 working days") == 2


def test_the_list_parts_what_is_begun_from_what_is_to_be_settled(world):
    another(world)
    begun = another(world)
    regrading.save_domain(
        begun, domain=world.domain("A"), what_i_saw=NOTE, grades={}, by=begun.moderator
    )
    regrading.save_domain(
        begun,
        domain=world.domain("B"),
        what_i_saw=NOTE,
        grades={Axis.PRACTICE: Grade.GOOD},
        by=begun.moderator,
    )
    committed(world, 3, 2)
    page = text_of(opened(world.second_qa_officer, "moderations"))
    order = [
        page.index(f">{title}<") for title in ("To do", "In progress", "Waiting to be settled")
    ]
    assert order == sorted(order)
    assert "1 of 4" in page


def test_an_empty_list_says_what_to_do(world):
    officer = text_of(opened(world.qa_officer, "moderations"))
    assert "Take the next audit" in officer
    assert "No audit waits for you to begin." in officer
    director = text_of(opened(world.director, "moderations"))
    assert "Take the next audit" not in director
    assert "The QA manager gives audits out." in director


@pytest.mark.parametrize("name", ["moderations", "moderations_to_take", "moderations_to_settle"])
def test_lists_ask_as_much_for_three_as_for_one(world, name):
    def grow():
        another(world)
        world.returned_audit(world.audit(case=world.new_case()))
        audit = world.returned_audit(world.audit(case=world.new_case()))
        grades = {"Z": (2, 2)}
        moderation = regrade(assigned(world, in_force(audit)), grades)
        regrading.commit(moderation, gave_grade_away=False, by=moderation.moderator)
        regrade(another(world))

    grow()
    one = statements(world.second_qa_officer, name)
    grow()
    grow()
    assert statements(world.second_qa_officer, name) == one


# Taking


def test_the_next_audit_is_the_first_of_the_seeded_order(world):
    for _ in range(3):
        world.returned_audit(world.audit(case=world.new_case()))
    officer = world.second_qa_officer
    first = claiming.in_order(claiming.to_take(officer))[0]
    answer = sent(officer, "moderation_take_next")
    taken = Moderation.objects.get()
    assert answer.url == reverse("moderation", args=[taken.public_id])
    assert (taken.audit_return, taken.moderator, taken.is_blind) == (first, officer, True)
    assert taken.chosen_because == ChosenBecause.RANDOM


def test_the_next_audit_passes_over_what_cannot_be_blind(world):
    returned(world)
    client = client_of(world.qa_officer)
    answer = client.post(reverse("moderation_take_next"), follow=True)
    assert not Moderation.objects.exists()
    assert "There is no audit that you could moderate blind." in text_of(answer)


def test_the_next_audit_passes_over_what_one_may_not_moderate(world):
    case, officer = returned(world).audit.case, world.second_qa_officer
    other = world.returned_audit(world.audit(case=world.new_case()))
    CaseInvolvementFactory(
        case=case, user=officer, kind=InvolvementKind.DECIDED, happened_on=world.round.opens_on
    )
    assert claiming.take_next(by=officer).audit_return.audit == other
    with pytest.raises(NotPossible, match="no audit that you could moderate blind"):
        claiming.take_next(by=officer)


def test_a_restricted_case_is_on_no_list_of_who_is_not_let_in(world):
    free = in_force(world.returned_audit(world.audit(case=world.new_case())))
    waits, settles = another(world), committed(world, Grade.GOOD, Grade.INADEQUATE)
    officer, today = waits.moderator, timezone.localdate()
    for held in (waits.audit_return, free, settles.audit_return):
        restricting.restrict(held.audit.case, reason="A relative.", by=world.qa_manager)
    assert not claiming.to_take(officer).exists()
    assert worklist.my_moderations(officer, on=today).to_do == []
    assert worklist.to_settle(world.director, on=today) == []
    assert len(worklist.to_settle(world.qa_manager, on=today)) == 1


def test_what_waits_to_be_settled_is_listed_to_those_who_settle(world):
    moderator = committed(world, Grade.GOOD, Grade.INADEQUATE).moderator
    today = timezone.localdate()
    assert len(worklist.to_settle(moderator, on=today)) == 1
    moderator.grants.update(until_on=today - datetime.timedelta(days=1))
    assert worklist.to_settle(moderator, on=today) == []


def test_what_cannot_be_taken_is_not_offered_and_the_rest_is(world):
    officer = world.second_qa_officer
    taken = another(world).audit_return.audit
    back, voided = (world.returned_audit(world.audit(case=world.new_case())) for _ in range(2))
    sending_back.send_back(back, reason="Which plan?", by=world.qa_officer)
    Audit.objects.filter(pk=voided.pk).update(voided_at=timezone.now(), voided_by=world.qa_manager)
    own = world.returned_audit(world.audit(case=world.new_case(), auditor=officer))
    page = text_of(opened(officer, "moderations_to_take"))
    for audit in (taken, back, voided, own):
        assert audit.case.reference not in page
    assert "No returned audit waits for a moderator." in page

    waits = world.returned_audit(world.audit(case=world.new_case()))
    assert waits.case.reference in text_of(opened(officer, "moderations_to_take"))


def test_a_closed_sample_offers_nothing(world):
    audit_return = returned(world)
    world.round.sample_closed_at, world.round.sample_closed_by = timezone.now(), world.qa_manager
    world.round.save()
    assert (
        opened(world.second_qa_officer, "moderation_take", audit_return.public_id).status_code
        == 404
    )


def test_one_is_taken_by_hand_with_a_reason(world):
    audit_return, officer = returned(world), world.second_qa_officer
    refused = sent(officer, "moderation_take", audit_return.public_id, reason="")
    assert asks_again(refused)
    assert "Say why you choose this audit." in text_of(refused)
    assert not Moderation.objects.exists()
    sent(officer, "moderation_take", audit_return.public_id, reason="The team asked.")
    taken = Moderation.objects.get()
    assert (taken.chosen_because, taken.chosen_reason) == ("by_hand", "The team asked.")


def test_who_knows_the_audit_takes_it_sighted_or_not_at_all(world):
    audit_return, officer = returned(world), world.qa_officer
    page = text_of(opened(officer, "moderation_take", audit_return.public_id))
    assert "This can't be a blind moderation" in page
    sent(officer, "moderation_take", audit_return.public_id, reason="Asked.")
    assert not Moderation.objects.exists()
    said = {"reason": "Asked.", "sighted_reason": "I gave it out."}
    sent(officer, "moderation_take", audit_return.public_id, **said)
    assert not Moderation.objects.get().is_blind


def test_who_may_not_moderate_at_all_reads_why(world):
    audit_return = returned(world)
    decided = InvolvementKind.DECIDED
    CaseInvolvementFactory(
        case=world.case,
        user=world.second_qa_officer,
        kind=decided,
        happened_on=timezone.localdate() - datetime.timedelta(days=9),
    )
    page = text_of(opened(world.second_qa_officer, "moderation_take", audit_return.public_id))
    assert "took a decision in the case" in page
    assert "Take this audit</button>" not in page


# Grading


def test_a_section_is_saved_and_leads_to_the_next(world):
    moderation = assigned(world)
    answer = sent(
        moderation.moderator,
        "moderation_section",
        moderation.public_id,
        "A",
        what_i_saw=NOTE,
        **PAIR,
    )
    assert answer.url == reverse("moderation_section", args=[moderation.public_id, "B"])
    given = moderation.regrades.values_list("axis", "grade")
    assert set(given) == {("practice", 2), ("outcome", 3)}
    page = text_of(opened(moderation.moderator, "moderation_section", moderation.public_id, "A"))
    assert NOTE in page
    assert page.count("checked") == 2


def test_half_a_section_is_kept_for_later(world):
    moderation = assigned(world)
    half = {"what_i_saw": NOTE, "grade-practice": "1", "then": "later"}
    answer = sent(moderation.moderator, "moderation_section", moderation.public_id, "A", **half)
    assert answer.url == reverse("moderation", args=[moderation.public_id])
    page = text_of(opened(moderation.moderator, "moderation", moderation.public_id))
    assert "Started" in page
    assert "0 of 4 sections graded" in page


def test_not_applicable_is_offered_only_where_the_tool_allows_it(world):
    moderation = assigned(world)
    page = text_of(opened(moderation.moderator, "moderation_section", moderation.public_id, "A"))
    assert 'value="not_applicable"' not in page
    left_out = {"grade-practice": "not_applicable", "grade-outcome": "not_applicable"}
    sent(moderation.moderator, "moderation_section", moderation.public_id, "F", **left_out)
    assert moderation.regrades.filter(is_not_applicable=True).count() == 2
    refused = sent(
        moderation.moderator, "moderation_section", moderation.public_id, "A", **left_out
    )
    assert asks_again(refused)


def test_a_section_that_the_tool_has_not_is_not_found(world):
    moderation = assigned(world)
    for code in ("people", "X"):
        page = opened(moderation.moderator, "moderation_section", moderation.public_id, code)
        assert page.status_code == 404


def test_the_record_is_judged_as_it_stood_on_the_day_of_the_return(world):
    then = datetime.datetime(2026, 3, 17, 12, tzinfo=datetime.UTC)
    audit = world.returned_audit(world.audit(now=then), now=then)
    moderation = assigned(world, in_force(audit))
    page = text_of(opened(moderation.moderator, "moderation", moderation.public_id))
    assert "Judge the record as it stood on 17 March 2026" in page
    assert "17 March 2025" in page
    assert "17 September 2025" in page


# Committing


def test_the_commit_asks_whether_the_record_gave_the_grade_away(world):
    moderation = regrade(assigned(world))
    refused = sent(moderation.moderator, "moderation_commit", moderation.public_id)
    assert "Say whether the record told you" in text_of(refused)
    answer = sent(
        moderation.moderator, "moderation_commit", moderation.public_id, gave_grade_away="yes"
    )
    assert answer.url == reverse("moderation_comparison", args=[moderation.public_id])
    moderation.refresh_from_db()
    assert moderation.record_gave_grade_away is True


def test_a_missing_grade_is_said_and_nothing_is_committed(world):
    moderation = assigned(world)
    answer = sent(
        moderation.moderator, "moderation_commit", moderation.public_id, gave_grade_away="no"
    )
    assert asks_again(answer)
    assert "8 grades are still missing" in text_of(answer)
    moderation.refresh_from_db()
    assert moderation.committed_at is None


def test_only_who_graded_every_section_is_offered_to_commit(world):
    begun = assigned(world)
    sent(begun.moderator, "moderation_section", begun.public_id, "A", what_i_saw=NOTE, **PAIR)
    page = text_of(opened(begun.moderator, "moderation_commit", begun.public_id))
    assert f"Carry on: {world.domain('B').short_name}" in page
    assert "Commit my grades" not in page
    page = text_of(opened(regrade(begun).moderator, "moderation_commit", begun.public_id))
    assert "Commit my grades" in page
    assert "Carry on" not in page


def test_committed_grades_are_not_changed_and_what_was_typed_is_shown(world):
    moderation = committed(world, 3, 2)
    typed = {"what_i_saw": "Another note.", **PAIR}
    answer = sent(moderation.moderator, "moderation_section", moderation.public_id, "A", **typed)
    assert asks_again(answer)
    assert "Another note." in text_of(answer)
    for name in ("moderation", "moderation_commit"):
        page = opened(moderation.moderator, name, moderation.public_id)
        assert page.url == reverse("moderation_comparison", args=[moderation.public_id])


def test_whoever_came_to_know_it_hands_over_or_records_it_as_sighted(world):
    moderation = assigned(world)
    assert "Hand it over" not in text_of(
        opened(moderation.moderator, "moderation", moderation.public_id)
    )
    CaseInvolvementFactory(
        case=world.case,
        user=moderation.moderator,
        kind=InvolvementKind.CHAIRED,
        happened_on=timezone.localdate(),
    )
    page = text_of(opened(moderation.moderator, "moderation", moderation.public_id))
    assert "chaired a meeting about this child" in page
    assert "Hand it over" in page
    sent(moderation.moderator, "moderation_sighted", moderation.public_id, reason="I chaired it.")
    moderation.refresh_from_db()
    assert (moderation.is_blind, moderation.sighted_reason) == (False, "I chaired it.")


def test_a_moderation_handed_over_waits_for_another_moderator(world):
    moderation = assigned(world)
    answer = sent(moderation.moderator, "moderation_hand_over", moderation.public_id)
    assert answer.url == reverse("moderations")
    assert opened(moderation.moderator, "moderation", moderation.public_id).status_code == 404
    assert worklist.my_moderations(moderation.moderator, on=timezone.localdate()).to_do == []
    assert list(claiming.to_take(world.qa_officer)) == [moderation.audit_return]
    committed_one = committed_again(world, moderation)
    refused = sent(committed_one.moderator, "moderation_hand_over", committed_one.public_id)
    assert refused.url == reverse("moderation", args=[committed_one.public_id])


def committed_again(world, moderation: Moderation) -> Moderation:
    again = regrade(
        assigning.assign(
            moderation.audit_return,
            moderator=world.director,
            because=ChosenBecause.RANDOM,
            by=world.qa_manager,
        )
    )
    return regrading.commit(again, gave_grade_away=False, by=world.director)


def test_nobody_else_opens_a_moderation(world):
    moderation = assigned(world)
    names = ("moderation", "moderation_commit", "moderation_sighted")
    for name in names:
        assert opened(world.qa_manager, name, moderation.public_id).status_code == 403
        assert opened(world.team_manager, name, moderation.public_id).status_code == 404
