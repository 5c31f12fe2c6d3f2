"""An administrator invites, moves, grants and takes leave of people; a second person confirms."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from accounts.choices import MembershipKind, Role
from accounts.domain import inviting, roles
from accounts.domain.importing import uploads
from accounts.models import Invitation, RoleGrant, User
from accounts.permissions import holds
from accounts.tasks import send
from audits.choices import Grade
from moderation.choices import Settlement
from moderation.domain import settling
from tests.factories.accounts import LONG_AGO, name_partner
from tests.factories.moderation import committed
from tests.factories.sign_in import make_factor
from tests.journeys.looking import (
    as_someone_else,
    assert_sound,
    give_password,
    sign_in,
    sound,
    sound_in_error,
)
from tests.journeys.walking import follow, press, tab_to, without_script, write

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WORDS = "a quiet heron by the weir"


def pick(page, label: str, text: str) -> None:
    """Choose from a list by typing the beginning of its words."""
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def test_somebody_is_invited_and_signs_in_by_keyboard(page, world):
    assert world.team
    sign_in(page, world.administrator)
    follow(page, "People")
    press(page, "Invite somebody")
    write(page, "Name", "New Person")
    write(page, "Work e-mail address", "new@aireborough.example")
    page.get_by_label("Unit", exact=True).select_option(str(world.team.public_id))
    press(page, "Send the invitation")
    page.get_by_text("The invitation is on its way.").wait_for()

    send()
    link = next(line for line in mail.outbox[0].body.splitlines() if "/invitations/" in line)
    page.context.clear_cookies()
    page.goto(link.partition("/invitations")[1] + link.partition("/invitations")[2])
    write(page, "Password", WORDS)
    write(page, "The same password again", WORDS)
    press(page, "Set the password")
    page.get_by_text("Your password is set.").wait_for()
    assert User.objects.get(email="new@aireborough.example").check_password(WORDS)


def test_a_role_takes_two_people_by_keyboard(page, world):
    person = world.second_auditor
    sign_in(page, world.administrator)
    page.goto(reverse("person", args=[person.public_id]))
    press(page, "Grant a role")
    pick(page, "Role", "Dir")
    page.get_by_label("At which unit?").select_option(str(world.authority.public_id))
    press(page, "Grant the role")
    page.get_by_text("The role waits for a second person.").wait_for()
    assert not holds(person, Role.DIRECTOR)

    as_someone_else(page, world.information_governance)
    follow(page, "Roles to confirm")
    follow(page, person.name)
    press(page, "Confirm the role")
    page.get_by_text("The role is confirmed and counts now.").wait_for()
    assert holds(person, Role.DIRECTOR)


def test_who_leaves_is_gone_and_their_work_is_handed_on_by_keyboard(page, world):
    audit, to = world.audit(), world.second_auditor
    sign_in(page, world.administrator)
    page.goto(reverse("person", args=[world.auditor.public_id]))
    press(page, "They are leaving")
    press(page, f"Deactivate {world.auditor.name}")
    page.get_by_role("heading", name="Audits not returned: 1").wait_for()
    page.locator("#id_audits-to").select_option(str(to.public_id))
    press(page, "Hand these audits on")
    page.get_by_text("Handed on.").wait_for()

    audit.refresh_from_db()
    assert audit.auditor == to


def test_who_lost_their_phone_is_let_in_and_named_right_by_keyboard(page, world):
    person = world.second_auditor
    make_factor(person, "totp")
    sign_in(page, world.administrator)
    page.goto(reverse("person", args=[person.public_id]))
    follow(page, "Reset the second step")
    press(page, "Reset their second step")
    page.get_by_text("is reset. They are told by mail.").wait_for()
    press(page, "Correct details")
    write(page, "Post (optional)", "Head of care")
    press(page, "Save the details")
    page.get_by_text("Corrected.").wait_for()

    person.refresh_from_db()
    assert person.post == "Head of care"
    assert not Authenticator.objects.filter(user=person).exists()


def test_every_page_about_signing_in_and_closing_is_sound(page, world):
    by, person = world.administrator, world.second_auditor
    make_factor(person, "totp")
    make_factor(person, "recovery_codes")
    give_password(person)
    assert world.case
    sign_in(page, by)
    one = [person.public_id]
    sound(page, reverse("person", args=one), reverse("person_second_step", args=one))
    sound(page, reverse("person_password", args=one))
    sound_in_error(page, reverse("person_correct", args=one), "Save the details")
    sound_in_error(page, reverse("unit_close", args=[world.team.public_id]), "Close the unit")
    as_someone_else(page, world.information_governance)
    sound(page, reverse("role_requests"))
    sound_in_error(page, reverse("role_ask"), "Ask for the role")


def test_a_partners_reviewer_settles_on_pages_that_are_sound(page, world):
    held = committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    world.reviews()
    name_partner(world)
    said = "The plan was not followed from June on."
    settling.propose(held, settlement=Settlement.MODERATOR, reason=said, by=world.qa_manager)
    sign_in(page, world.external_reviewer)
    sound(page, reverse("moderations_to_settle"))
    sound(page, reverse("moderation_settle", args=[held.public_id]))
    page.get_by_role("button", name="Settle it").click()
    page.get_by_text("It is settled:").wait_for()
    assert_sound(page)


def look_at(page, text: str) -> None:
    """Choose a file of staff and send it to be looked at."""
    file = {"name": "staff.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Spreadsheet of staff and units").set_input_files([file])
    press(page, "Look at the file")


def test_a_file_of_staff_is_mended_looked_at_and_imported(page, world):
    assert world.team
    sign_in(page, world.administrator)
    follow(page, "People")
    follow(page, "Import staff and units")
    look_at(page, "unit,email,name\nNew service,no address,New Person\n")
    page.get_by_role("heading", name="The file has mistakes").wait_for()
    follow(page, "choose it again")
    look_at(page, "unit,email,name\nNew service,new@aireborough.example,New Person\n")
    page.get_by_role("heading", name="Check what will be imported").wait_for()
    press(page, "Import staff and units")
    page.get_by_text("Imported: 1 person invited, 1 unit added.").wait_for()
    assert_sound(page)
    assert User.objects.filter(email="new@aireborough.example").exists()


def find(page, name: str, *, by_keyboard: bool) -> None:
    """Look for somebody from the list of people and open their page."""
    page.goto(reverse("people"))
    if by_keyboard:
        write(page, "Name or e-mail address", name)
        press(page, "Search")
    else:
        page.get_by_label("Name or e-mail address").fill(name)
        page.get_by_role("button", name="Search").click()
    page.get_by_text("1 person.", exact=True).wait_for()
    assert name not in page.url


def test_somebody_is_found_by_keyboard_and_without_a_script(page, browser, live_server, world):
    name = world.auditor.name
    sign_in(page, world.administrator)
    find(page, name, by_keyboard=True)
    assert_sound(page)
    follow(page, name)
    page.get_by_role("heading", name=name).wait_for()
    with without_script(browser, live_server) as plain:
        sign_in(plain, world.administrator)
        find(plain, name, by_keyboard=False)
        plain.get_by_role("link", name="Remove the search").click()
        assert plain.get_by_text("1 person.", exact=True).count() == 0


def test_every_page_is_sound_in_every_state(page, world):
    by, person = world.administrator, world.auditor
    asked = roles.grant_role(
        person, role=Role.DIRECTOR, unit=world.authority, from_on=LONG_AGO, by=by
    )
    world.audit()
    invited = inviting.invite(
        email="new@aireborough.example",
        name="New Person",
        post_title="Social worker",
        unit=world.team,
        from_on=LONG_AGO,
        kind=MembershipKind.LEAD,
        by=by,
    )
    sign_in(page, by)
    one, unit = [person.public_id], [world.team.public_id]
    sound(page, *(reverse(name) for name in ("start", "people", "units", "role_requests")))
    sound(page, f"{reverse('people')}?state=left", reverse("person", args=one))
    sound(page, reverse("person", args=[invited.user.public_id]), reverse("unit", args=unit))
    sound(page, *(reverse(name, args=one) for name in ("person_leave", "person_work")))
    sound(page, reverse("role_end", args=[RoleGrant.objects.filter(user=person)[0].public_id]))
    sound_in_error(page, reverse("people"), "Search")
    sound_in_error(page, reverse("person_invite"), "Send the invitation")
    sound_in_error(page, reverse("person_role", args=one), "Grant the role")
    sound_in_error(page, reverse("unit_add"), "Add the unit")
    sound_in_error(page, reverse("unit_move", args=unit), "Move")
    sound(page, reverse("unit_close", args=unit), reverse("authority_settings"))
    good = uploads.keep(b"unit,email,name\nNew,a@a.example,A\n", file_name="a.csv", by=by)
    bad = uploads.keep(b"unit,email,name\nNew,a,A\n", file_name="b.csv", by=by)
    sound(page, *(reverse("staff_import", args=[each.public_id]) for each in (good, bad)))
    sound_in_error(page, reverse("staff_imports"), "Look at the file")
    as_someone_else(page, world.information_governance)
    sound(page, reverse("start"), reverse("role_request", args=[asked.public_id]))
    page.context.clear_cookies()
    link = reverse("invitation", args=[inviting.token_of(Invitation.objects.get())])
    sound_in_error(page, link, "Set the password")
