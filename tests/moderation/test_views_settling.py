"""After the commit: the comparison, how it settles, what the auditor reads."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from actions.models import Action
from audits.choices import Grade
from moderation.choices import Settlement, WhyWeDiffer
from moderation.domain import regrading, settling
from moderation.domain.feedback import give_feedback
from moderation.domain.states import state_of
from moderation.models import AuditFeedback, Moderation
from tests.factories.accounts import UnitFactory
from tests.factories.actions import raised
from tests.factories.moderation import assigned, commit, committed, grade, regrade, returned
from tests.pages import asks_again, client_of, opened, sent, statements, text_of

WHY = "The plan was not followed from June on."
SAID = {"strength": "Dates throughout.", "to_try": "Say what the father wants."}


@pytest.fixture
def across(world) -> Moderation:
    return committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)


@pytest.fixture
def proposed(world, across) -> Moderation:
    return propose(across, world.qa_manager)


def propose(moderation, by) -> Moderation:
    chosen = {"settlement": Settlement.MODERATOR, "reason": WHY}
    return settling.propose(moderation, **chosen, by=by)


def fresh(moderation: Moderation) -> Moderation:
    return Moderation.objects.get(pk=moderation.pk)


# The comparison


def test_the_comparison_says_what_follows(world, across):
    page = text_of(opened(across.moderator, "moderation_comparison", across.public_id))
    assert "One step lower, across the Good line: two people settle it." in page
    assert "Until it is settled, Requires improvement governs actions and re-audit." in page
    assert "Same in 4 of 6 grades, within one in 6 of 6." in page
    assert "To be settled" in page
    assert "Visits of 3 and 17 March." in page
    assert "Case note of 3 March." in page


def test_the_comparison_says_whether_the_child_is_safe_and_where_to_say_otherwise(world, across):
    audit = across.audit_return.audit
    raising = reverse("safety_concern_raise", args=[audit.public_id])
    answer = across.audit_return.safety_answer
    settles = text_of(opened(world.qa_manager, "moderation_comparison", across.public_id))
    for page in (
        settles,
        text_of(opened(across.moderator, "moderation_comparison", across.public_id)),
    ):
        assert f"Auditor: {answer}." in page
        assert answer.evidence in page
        assert "No standing grade has changed yet." in page
    assert raising in page
    assert raising not in settles


def test_those_that_differ_come_first_or_the_tools_order(world):
    moderation = committed(world, 3, 3, {"B": (2, 2), "A": (3, 3)})
    client = client_of(moderation.moderator)
    address = reverse("moderation_comparison", args=[moderation.public_id])
    for query, first, second in (("", "B", "A"), ("?order=tool", "A", "B")):
        page = text_of(client.get(address + query))
        assert page.index(f"Section {first}</th>") < page.index(f"Section {second}</th>")


def test_the_comparison_asks_as_much_for_three_differing_domains_as_for_one(world):
    one = committed(world, 3, 2, {"A": (3, 3)})
    count = statements(one.moderator, "moderation_comparison", one.public_id)
    world.case = world.new_case()
    three = committed(world, 3, 2, {"B": (2, 2)})
    assert statements(three.moderator, "moderation_comparison", three.public_id) == count


def test_before_the_commit_there_is_nothing_to_compare(world):
    moderation = regrade(assigned(world))
    for user in (moderation.moderator, world.qa_manager):
        for name in ("moderation_comparison", "moderation_outcome", "moderation_feedback"):
            assert opened(user, name, moderation.public_id).status_code == 403


def test_the_moderator_says_why_they_differ(world, across):
    said = {"main_reason": WhyWeDiffer.MISSED.value, "why_we_differ": "In the attachments."}
    refused = sent(across.moderator, "moderation_why", across.public_id, "A", main_reason="missed")
    assert asks_again(refused)
    assert "Say why you differ." in text_of(refused)
    sent(across.moderator, "moderation_why", across.public_id, "A", **said)
    page = text_of(opened(world.qa_manager, "moderation_comparison", across.public_id))
    assert "Evidence missed" in page
    assert "In the attachments." in page


def test_where_they_agree_there_is_nothing_to_explain(world, across):
    assert opened(across.moderator, "moderation_why", across.public_id, "B").status_code == 404


def test_what_the_audit_led_to_is_listed(world):
    moderation = regrade(assigned(world, returned(world)))
    version = moderation.audit_return
    action = raised(world)
    version.responses.create(domain=world.domain("A"), kind="open_action", action=action)
    regrading.commit(moderation, gave_grade_away=False, by=moderation.moderator)
    page = text_of(opened(moderation.moderator, "moderation_comparison", moderation.public_id))
    assert Action.objects.get().what in page
    assert reverse("action", args=[action.public_id]) in page


def test_a_reviewer_reads_the_outcome_and_not_what_it_led_to(world):
    world.reviews()
    moderation = regrade(assigned(world, moderator=world.external_reviewer))
    action = raised(world)
    response = {"domain": world.domain("A"), "kind": "open_action", "action": action}
    moderation.audit_return.responses.create(**response)
    commit(moderation)
    page = opened(world.external_reviewer, "moderation_comparison", moderation.public_id)
    assert page.status_code == 200
    assert action.what not in text_of(page)


def test_the_audit_is_led_to_where_its_page_is_open(world):
    elsewhere = world.person("Someone", Role.HEAD_OF_SERVICE, UnitFactory(parent=world.authority))
    moderation = regrade(assigned(world, moderator=elsewhere), {"Z": (2, 2)})
    audit = moderation.audit_return.audit
    section = opened(elsewhere, "moderation_section", moderation.public_id, "A")
    assert reverse("safety_concern_raise", args=[audit.public_id]) not in text_of(section)
    commit(moderation)
    for user in (elsewhere, world.qa_officer):
        page = text_of(opened(user, "moderation_comparison", moderation.public_id))
        assert reverse("audit_returned", args=[audit.public_id]) not in page


def test_the_one_who_moderated_reads_the_audit_and_alone_gives_feedback(world, across):
    read = reverse("audit_returned", args=[across.audit_return.audit.public_id])
    assert read in text_of(opened(across.moderator, "moderation_comparison", across.public_id))
    for user, status in ((across.moderator, 200), (world.qa_manager, 403)):
        assert opened(user, "moderation_feedback", across.public_id).status_code == status


# One person


def test_one_step_on_one_side_is_settled_by_the_moderators_reason(world):
    moderation = committed(world, 4, 3)
    refused = sent(moderation.moderator, "moderation_stand", moderation.public_id, reason=" ")
    assert asks_again(refused)
    assert state_of(fresh(moderation)) == "committed"
    sent(moderation.moderator, "moderation_stand", moderation.public_id, reason=WHY)
    assert grade(moderation, "Z").standing == Grade.GOOD
    page = text_of(opened(moderation.moderator, "moderation_comparison", moderation.public_id))
    assert f"by {moderation.moderator.name}: Good stands." in page


def test_what_takes_two_is_refused_to_one_in_words(world, across):
    refused = sent(across.moderator, "moderation_stand", across.public_id, reason=WHY)
    assert asks_again(refused)
    assert "These two grades are settled by two people." in text_of(refused)
    assert WHY in text_of(refused)


# Two people


def test_one_proposes_and_another_settles(world, across):
    chosen = {"settlement": "moderator", "reason": WHY}
    sent(world.qa_manager, "moderation_propose", across.public_id, **chosen)
    assert grade(across, "Z").standing == Grade.GOOD
    page = text_of(opened(world.director, "moderation_settle", across.public_id))
    assert "Quinn Manager proposed" in page
    assert WHY in page
    sent(world.director, "moderation_settle", across.public_id)
    assert grade(across, "Z").standing == Grade.REQUIRES_IMPROVEMENT
    page = text_of(opened(world.director, "moderation_comparison", across.public_id))
    assert "by Quinn Manager and Dara Director: Requires improvement stands." in page
    assert "Quinn Manager and Dara Director</span>" in page


def test_who_proposed_does_not_settle_and_reads_why(world, proposed):
    refused = sent(world.qa_manager, "moderation_settle", proposed.public_id)
    assert asks_again(refused)
    assert "This takes two people." in text_of(refused)
    assert state_of(fresh(proposed)) == "proposed"


@pytest.mark.parametrize("who", ["qa_manager", "director"])
def test_a_proposal_is_taken_back_or_refused(world, proposed, who):
    sent(getattr(world, who), "moderation_refuse", proposed.public_id)
    assert state_of(fresh(proposed)) == "committed"
    again = sent(world.director, "moderation_refuse", proposed.public_id)
    assert asks_again(again)
    assert "There is no proposal to settle." in text_of(again)


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"reason": WHY}, "Choose which grade should stand."),
        ({"settlement": "auditor"}, "Say why, in two sentences."),
        ({"settlement": "other", "reason": WHY}, "Choose the other grade that should stand."),
        ({"settlement": "auditor", "grade": "1", "reason": WHY}, "or leave this empty."),
        ({"settlement": "other", "grade": "3", "reason": WHY}, "Select a valid choice."),
    ],
)
def test_a_proposal_has_to_be_whole(world, across, chosen, said):
    refused = sent(world.qa_manager, "moderation_propose", across.public_id, **chosen)
    assert asks_again(refused)
    assert said in text_of(refused)
    assert fresh(across).proposed_at is None


def test_a_third_grade_can_be_proposed(world, across):
    chosen = {"settlement": "other", "grade": "1", "reason": WHY}
    sent(world.qa_manager, "moderation_propose", across.public_id, **chosen)
    assert fresh(across).settled_grade == Grade.INADEQUATE


def test_what_waits_is_parted_by_whose_turn_it_is(world, proposed):
    world.case = world.new_case()
    worse = committed(world, 3, 1)
    mine = text_of(opened(world.qa_manager, "moderations_to_settle"))
    assert mine.index("Waiting for a proposal") < mine.index("Proposed by you")
    theirs = text_of(opened(world.director, "moderations_to_settle"))
    assert "Proposed by you" not in theirs
    assert "A second person, after Quinn Manager" in theirs
    assert reverse("moderation_comparison", args=[worse.public_id]) in theirs


# What the auditor reads


def test_the_auditor_reads_the_outcome_once_settled(world, proposed):
    auditor = world.auditor
    assert opened(auditor, "moderation_outcome", proposed.public_id).status_code == 404
    give_feedback(proposed, **SAID, by=proposed.moderator)
    settling.settle(proposed, by=world.director)
    page = text_of(opened(auditor, "moderation_outcome", proposed.public_id))
    assert "Downgraded: Requires improvement stands" in page
    for said in (WHY, *SAID.values(), "If you disagree"):
        assert said in page
    assert "Case note of 3 March." not in page
    comparison = opened(auditor, "moderation_comparison", proposed.public_id)
    assert comparison.url == reverse("moderation_outcome", args=[proposed.public_id])


def test_a_supported_grade_leaves_nothing_to_dispute(world):
    moderation = committed(world, 3, 3)
    page = text_of(opened(world.auditor, "moderation_outcome", moderation.public_id))
    assert "Supported: Good stands" in page
    assert "If you disagree" not in page


def test_feedback_is_given_once(world, across):
    half = sent(across.moderator, "moderation_feedback", across.public_id, strength="Dates.")
    assert "Say one thing to try next time." in text_of(half)
    assert not AuditFeedback.objects.exists()
    sent(across.moderator, "moderation_feedback", across.public_id, **SAID)
    again = sent(across.moderator, "moderation_feedback", across.public_id, **SAID)
    assert "has been given already" in text_of(again)
    assert AuditFeedback.objects.count() == 1


def test_settled_moderations_without_feedback_stay_on_the_list(world):
    moderation = committed(world, 3, 3)
    address = reverse("moderation_feedback", args=[moderation.public_id])
    assert address in text_of(opened(moderation.moderator, "moderations"))
    give_feedback(moderation, **SAID, by=moderation.moderator)
    assert address not in text_of(opened(moderation.moderator, "moderations"))
