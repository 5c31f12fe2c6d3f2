"""A moderation from the list to settled: blind, downgraded, decided by two, read by the auditor."""

import pytest
from django.urls import reverse

from accounts.models import User
from audits.choices import Grade
from moderation.choices import Settlement
from moderation.domain import claiming, settling
from moderation.domain.feedback import give_feedback
from moderation.models import Moderation
from tests.factories.moderation import assigned, commit, committed, grade, in_force, regrade
from tests.journeys.looking import as_someone_else, sign_in, sound, sound_in_error
from tests.journeys.walking import choose, follow, press, without_script, write
from tests.world import World

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SECTIONS = ("Section A", "Section B", "Section F", "Section Z")
WHY = "The plan was not followed from June on."


def address(name: str, moderation: Moderation, *more: object) -> str:
    return reverse(name, args=[moderation.public_id, *more])


def waiting(world: World, moderator: User, **grades: tuple[int, int]) -> Moderation:
    """A new case's audit, given to the moderator."""
    audit = world.returned_audit(world.audit(case=world.new_case(initials="MN")), **grades)
    return assigned(world, in_force(audit), moderator=moderator)


# Ways through


def test_a_grade_is_lowered_by_two_people_by_keyboard(page, world):
    audit = world.returned_audit()
    sign_in(page, world.second_qa_officer)
    page.goto(reverse("moderations"))
    press(page, "Take the next audit")
    page.get_by_role("heading", name="Re-grade the record").wait_for()
    press(page, "Begin: A")
    for name in SECTIONS:
        page.get_by_role("heading", name=name).wait_for()
        write(page, "What you saw", "Case note of 3 September.")
        choose(page, "Quality of practice", 2)
        choose(page, "Outcome for the child", 1)
        press(page, "Save and continue")
    page.get_by_role("heading", name="Commit your grades").wait_for()
    choose(page, "Did you see anything in the record", 1)
    press(page, "Commit my grades")
    page.get_by_role("heading", name="across the Good line").wait_for()
    press(page, "Propose how it settles")
    choose(page, "Which grade should stand?", 0)
    write(page, "Why?", WHY)
    press(page, "Propose this grade")
    page.get_by_text("Proposed. A second person settles it.").wait_for()

    as_someone_else(page, world.director)
    page.goto(reverse("moderations_to_settle"))
    follow(page, audit.case.reference)
    press(page, "Settle or refuse the proposal")
    press(page, "Settle it: Requires improvement stands")
    page.get_by_text("It is settled:").wait_for()
    moderation = Moderation.objects.get()
    assert grade(moderation, "Z").standing == Grade.REQUIRES_IMPROVEMENT
    assert grade(moderation, "Z").grade == Grade.GOOD

    as_someone_else(page, world.auditor)
    page.goto(address("moderation_outcome", moderation))
    page.get_by_role("heading", name="Downgraded: Requires improvement stands").wait_for()
    page.get_by_text(WHY).wait_for()


def test_a_grade_is_let_stand_and_the_auditor_told_without_a_script(browser, live_server, world):
    world.returned_audit(Z=(4, 3))
    with without_script(browser, live_server) as page:
        sign_in(page, world.second_qa_officer)
        page.goto(reverse("moderations"))
        page.get_by_role("button", name="Take the next audit").click()
        page.get_by_role("button", name="Begin: A").click()
        for name in SECTIONS:
            page.get_by_role("heading", name=name).wait_for()
            page.get_by_label("What you saw").fill("Case note of 3 September.")
            for group in ("Quality of practice", "Outcome for the child"):
                page.get_by_role("group", name=group).get_by_label("Good").check()
            page.get_by_role("button", name="Save and continue").click()
        page.get_by_label("No", exact=True).check()
        page.get_by_role("button", name="Commit my grades").click()
        page.get_by_role("button", name="Say why your grade stands").click()
        page.get_by_label("Why does your grade stand?").fill(WHY)
        page.get_by_role("button", name="Settle it with this reason").click()
        page.get_by_role("link", name="Give feedback on the audit").click()
        page.get_by_label("One strength").fill("Dates throughout.")
        page.get_by_label("One thing to try").fill("Say what the father wants.")
        page.get_by_role("button", name="Give this feedback").click()
        as_someone_else(page, world.auditor)
        page.goto(address("moderation_outcome", Moderation.objects.get()))
        page.get_by_text("Say what the father wants.").wait_for()
    assert grade(Moderation.objects.get(), "Z").standing == Grade.GOOD


def test_what_was_begun_is_there_again_another_day(page, world):
    moderation = waiting(world, world.second_qa_officer)
    sign_in(page, moderation.moderator)
    page.goto(address("moderation_section", moderation, "A"))
    page.get_by_label("What you saw").fill("Case note of 3 September.")
    page.get_by_role("group", name="Quality of practice").get_by_label("Good").check()
    page.get_by_role("button", name="Save and come back later").click()
    page.get_by_text("Started", exact=True).wait_for()
    as_someone_else(page, moderation.moderator)
    page.goto(reverse("moderations"))
    page.get_by_role("link", name=moderation.audit_return.audit.case.reference).click()
    page.get_by_role("button", name="Begin: A").click()
    assert page.get_by_label("What you saw").input_value() == "Case note of 3 September."


# Looking at each page


def test_lists_are_sound_empty_and_full(page, world):
    me = world.second_qa_officer
    sign_in(page, me)
    lists = [reverse(f"moderations{name}") for name in ("", "_to_take", "_to_settle")]
    sound(page, *lists)
    waiting(world, me)
    regrade(waiting(world, me))
    for low in ((2, 2), (1, 1)):
        commit(regrade(waiting(world, me), {"Z": low}))
    commit(regrade(waiting(world, me)))
    commit(regrade(waiting(world, me, Z=(4, 3))))
    first = Moderation.objects.filter(settled_at__isnull=True, committed_at__isnull=False).first()
    chosen = {"settlement": Settlement.MODERATOR, "reason": WHY}
    settling.propose(first, **chosen, by=world.director)
    world.returned_audit(world.audit(case=world.new_case()))
    sound(page, *lists)


def test_pages_before_the_commit_are_sound(page, world):
    me = world.second_qa_officer
    moderation = regrade(waiting(world, me))
    untouched = waiting(world, me)
    world.returned_audit(world.audit(case=world.new_case()))
    sign_in(page, me)
    take = claiming.in_order(claiming.to_take(me))[0]
    sound(page, address("moderation", moderation), address("moderation", untouched))
    sound(page, address("moderation_section", untouched, "F"))
    sound_in_error(page, reverse("moderation_take", args=[take.public_id]), "Take this audit")
    sound_in_error(page, address("moderation_sighted", untouched), "Record it as sighted")
    sound(page, address("moderation_commit", untouched))
    sound_in_error(page, address("moderation_commit", moderation), "Commit my grades")


def test_pages_after_the_commit_are_sound(page, world):
    moderation = committed(world, 3, 2)
    one_step = commit(regrade(waiting(world, moderation.moderator, Z=(4, 3))))
    sign_in(page, moderation.moderator)
    sound(page, address("moderation_comparison", moderation))
    sound_in_error(page, address("moderation_why", moderation, "A"), "Save why we differ")
    sound_in_error(page, address("moderation_whys", moderation), "Save why we differ")
    sound_in_error(page, address("moderation_feedback", moderation), "Give this feedback")
    sound_in_error(page, address("moderation_propose", moderation), "Propose this grade")
    sound_in_error(page, address("moderation_stand", one_step), "Settle it with this reason")
    chosen = {"settlement": Settlement.MODERATOR, "reason": WHY}
    settling.propose(moderation, **chosen, by=moderation.moderator)
    sound_in_error(page, address("moderation_settle", moderation), "Settle it")


def test_another_grade_is_asked_for_once_it_is_chosen(page, world):
    moderation = committed(world, 3, 2)
    sign_in(page, moderation.moderator)
    page.goto(address("moderation_propose", moderation))
    which = page.get_by_role("group", name="If another grade: which?")
    assert not which.is_visible()
    page.get_by_label("Another grade", exact=True).check()
    which.get_by_label("Inadequate").check()
    page.get_by_label("The moderator's").check()
    page.get_by_label("Why?").fill(WHY)
    page.get_by_role("button", name="Propose this grade").click()
    page.get_by_text("A second person settles it.").first.wait_for()
    moderation.refresh_from_db()
    assert moderation.settlement == Settlement.MODERATOR


def test_what_is_settled_is_sound(page, world):
    same, lower = committed(world, 3, 3), waiting(world, world.second_qa_officer)
    commit(regrade(lower, {"A": (1, 4), "Z": (2, 2)}))
    give_feedback(lower, strength="Dates.", to_try="Say where.", by=lower.moderator)
    chosen = {"settlement": Settlement.OTHER, "grade": Grade.INADEQUATE, "reason": WHY}
    settling.propose(lower, **chosen, by=world.director)
    settling.settle(lower, by=world.qa_manager)
    sign_in(page, lower.moderator)
    for moderation in (same, lower):
        sound(page, address("moderation_comparison", moderation))
        sound(page, address("moderation_outcome", moderation))
