"""A case opened out of turn, read, closed and looked at by somebody else; and cases restricted."""

import pytest
from django.urls import reverse

from cases.models import BreakGlass, Restriction
from tests.journeys.looking import (
    as_someone_else,
    assert_sound,
    sign_in,
    sound,
    sound_in_error,
)
from tests.journeys.walking import follow, press, write
from tests.samples_cases import WHY, restrict

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_director_opens_a_restricted_case_and_governance_looks_at_it(page, world):
    governor, audit = world.information_governance, world.returned_audit()
    restrict(world)
    sign_in(page, world.director)
    page.goto(reverse("case_register"))
    follow(page, "Open a case out of turn")
    heading(page, "Open a case out of turn")
    assert_sound(page)
    write(page, "Reference of the case", world.case.reference)
    write(page, "Why do you need to see this case now?", WHY)
    press(page, "Open the case")
    page.get_by_text("You have a case open out of turn.").wait_for()
    assert world.case.reference not in page.url + page.title()
    assert_sound(page)
    page.goto(reverse("audit_returned", args=[audit.public_id]))
    assert_sound(page)
    press(page, "Close it now")
    page.get_by_text("The case is closed to you again.").wait_for()
    assert not page.get_by_text("You have a case open out of turn.").count()

    as_someone_else(page, governor)
    follow(page, "Dara Director")
    heading(page, "A case opened out of turn")
    assert_sound(page)
    press(page, "I have looked at this")
    page.get_by_text("It is noted that you have looked at this.").wait_for()
    assert BreakGlass.objects.get().seen_by == governor
    assert_sound(page)


def test_the_qa_manager_restricts_a_case_names_its_worker_and_lifts_it(page, world):
    case = world.case
    sign_in(page, world.qa_manager)
    page.goto(reverse("restricted_cases"))
    write(page, "Reference of the case", case.reference)
    press(page, "Find the case")
    heading(page, "Restrict a case")
    assert_sound(page)
    write(page, "Why?", "A relative works here.")
    press(page, "Restrict the case")
    page.get_by_text("The case is restricted.").wait_for()
    choose_person(page, world.practitioner)
    press(page, "Name this person")
    page.get_by_text("Petra Practitioner is named on the case.").wait_for()
    assert_sound(page)
    sound(page, reverse("restricted_cases"), reverse("reviewers"))
    page.goto(reverse("case_restriction", args=[case.public_id]))
    write(page, "Why?", "They left.")
    press(page, "Lift the restriction")
    page.get_by_text("The restriction is lifted.").wait_for()
    assert Restriction.objects.get().lifted_reason == "They left."


def heading(page, text):
    page.get_by_role("heading", level=1, name=text).wait_for()


def choose_person(page, person):
    page.get_by_label("Who else should see it?").select_option(label=str(person))


def test_forms_sent_empty_say_what_to_mend(page, world):
    sign_in(page, world.qa_manager)
    sound_in_error(page, reverse("break_glass"), "Open the case")
    sound_in_error(page, reverse("restricted_cases"), "Find the case")
    sound_in_error(page, reverse("reviewers"), "Let them review it")


def test_a_reviewer_reads_a_round_under_study_numbers(page, world):
    audit = world.returned_audit()
    world.reviews()
    sign_in(page, world.external_reviewer)
    page.goto(reverse("audit_register"))
    assert_sound(page)
    page.goto(reverse("audit_returned", args=[audit.public_id]))
    page.get_by_text("Study number").first.wait_for()
    assert world.case.reference not in page.content()
    assert_sound(page)
