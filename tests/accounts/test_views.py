"""The pages on which people, units and roles are kept."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.choices import MembershipKind, Role
from accounts.domain import inviting, roles
from accounts.models import AuthoritySettings, Invitation, RoleGrant, Unit, User
from accounts.permissions import holds
from accounts.tasks import send
from tests.factories.accounts import LONG_AGO
from tests.pages import client_of, opened, sent, statements, text_of

FIRST = {"from_on_0": "3", "from_on_1": "3", "from_on_2": "2026"}


def invitation_form(world, **changes):
    form = {"name": "New Person", "email": "new@aireborough.example", "kind": "member"}
    return form | FIRST | {"unit": world.team.public_id} | changes


def role_form(role, unit, **changes):
    return {"role": role.value, "unit": unit.public_id} | FIRST | changes


@pytest.fixture
def by(world):
    return world.administrator


def test_the_list_is_narrowed_by_unit_role_and_state(world, by):
    made = [world.team_manager, world.practitioner, world.second_auditor]
    left = world.auditor
    User.objects.filter(pk=left.pk).update(is_active=False)

    def named(**chosen):
        page = text_of(client_of(by).get(reverse("people"), chosen))
        return [person for person in [*made, left] if f">{person.name}<" in page]

    assert named() == made
    assert named(unit=world.east_area.public_id) == made[:2]
    assert named(unit=world.team.public_id, role="team_manager") == made[:1]
    assert named(state="left") == [left]
    assert named(unit="nonsense", role="nobody") == made


def test_the_list_takes_as_many_statements_for_many_as_for_few(world, by):
    assert world.team_manager
    few = statements(by, "people")
    for count in range(5):
        world.person(f"Person {count}", Role.PRACTITIONER, world.team)

    assert statements(by, "people") == few


def test_an_invitation_leads_to_signing_in(world, by, client):
    answer = sent(by, "person_invite", **invitation_form(world))
    assert answer["Location"] == reverse("people")
    send()
    link = next(line for line in mail.outbox[0].body.splitlines() if "/invitations/" in line)
    path = link.removeprefix("http://localhost:8000").removeprefix("http://127.0.0.1:8000")
    assert "new@aireborough.example" in text_of(client.get(path))

    words = {"password": "a quiet heron by the weir", "again": "a quiet heron by the weir"}
    assert client.post(path, words)["Location"] == reverse("account_login")

    signing_in = {"login": "new@aireborough.example", "password": words["password"]}
    assert client.post(reverse("account_login"), signing_in).status_code == 302
    again = client.get(path)
    assert (again.status_code, "used already" in text_of(again)) == (410, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("short", "short"), "too short"),
        (("passwordpassword", "passwordpassword"), None),
        (("a quiet heron by the weir", "another"), "The two passwords differ"),
        (("", ""), "Enter a password"),
    ],
)
def test_a_password_that_will_not_do_is_refused_in_words(world, client, words, sentence):
    sent(world.administrator, "person_invite", **invitation_form(world))
    token = inviting.token_of(Invitation.objects.get())
    answer = client.post(
        reverse("invitation", args=[token]), {"password": words[0], "again": words[1]}
    )
    if sentence:
        assert answer.status_code == 200
        assert sentence in text_of(answer)
        assert not User.objects.get(email="new@aireborough.example").has_usable_password()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "nothing"}, "Enter an e-mail address"),
        ({"name": ""}, "Enter their name"),
        ({"unit": ""}, "Choose their unit"),
        ({"from_on_1": "13"}, "There is no such day"),
        ({"until_on_0": "1", "until_on_1": "1", "until_on_2": "2020"}, "last day lies before"),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(world, by, changes, sentence):
    answer = sent(by, "person_invite", **invitation_form(world, **changes))

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not Invitation.objects.exists()


def test_a_person_is_moved_and_stays_where_that_is_said(world, by):
    person, today = world.team_manager, timezone.localdate()
    form = {"unit": world.care_team.public_id, "kind": "member"}
    form |= {"on_0": today.day, "on_1": today.month, "on_2": today.year}
    sent(by, "person_move", person.public_id, **form, keeps="yes")
    assert set(person.memberships.on(today).values_list("unit", flat=True)) == {
        world.team.pk,
        world.care_team.pk,
    }

    form["unit"] = world.second_team.public_id
    answer = sent(by, "person_move", person.public_id, **form, keeps="no")
    assert "Choose a later day" in text_of(answer)


def test_a_sensitive_role_is_asked_for_and_confirmed_on_pages(world, by):
    person, second = world.second_auditor, world.information_governance
    answer = sent(by, "person_role", person.public_id, **role_form(Role.DIRECTOR, world.authority))
    assert answer["Location"] == reverse("person", args=[person.public_id])
    asked = RoleGrant.objects.pending().get()
    assert "Waits for a second person" in text_of(opened(by, "person", person.public_id))
    assert "takes a second person, neither who asked" in text_of(
        opened(by, "role_request", asked.public_id)
    )
    assert person.name in text_of(opened(second, "role_requests"))

    sent(second, "role_request", asked.public_id, decision="confirm")

    asked.refresh_from_db()
    assert (asked.confirmed_by, bool(asked.confirmed_session)) == (second, True)
    assert asked.confirmed_session != asked.granted_session


def test_information_governance_asks_for_a_role_by_address(world, by):
    asking, person = world.information_governance, world.second_auditor
    form = role_form(Role.DIRECTOR, world.authority, email=person.email.upper())
    assert "Ask for a role" in text_of(opened(asking, "role_requests"))
    assert opened(world.qa_manager, "role_ask").status_code == 403

    answer = sent(asking, "role_ask", **form)
    assert answer["Location"] == reverse("role_requests")
    asked = RoleGrant.objects.pending().get()
    assert (asked.user, asked.granted_by, bool(asked.granted_session)) == (person, asking, True)
    sent(asking, "role_request", asked.public_id, decision="confirm")
    assert RoleGrant.objects.pending().exists()
    sent(by, "role_request", asked.public_id, decision="confirm")
    assert holds(person, Role.DIRECTOR)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "nobody@aireborough.example"}, "Nobody who works here has this e-mail address"),
        ({"role": "qa_officer"}, "Select a valid choice"),
        ({"email": "own"}, "change your own roles"),
    ],
)
def test_what_cannot_be_asked_for_is_said(world, changes, sentence):
    asking = world.information_governance
    form = role_form(Role.DIRECTOR, world.authority, email=world.auditor.email) | changes
    form["email"] = asking.email if form["email"] == "own" else form["email"]
    page = text_of(sent(asking, "role_ask", **form)).replace("&#x27;", "'")
    assert sentence in page
    assert not RoleGrant.objects.pending().exists()


def test_a_refusal_is_said_where_it_was_pressed(world, by):
    asked = roles.grant_role(
        world.auditor, role=Role.DIRECTOR, unit=world.authority, from_on=LONG_AGO, by=by
    )
    client = client_of(by)
    answer = client.post(
        reverse("role_request", args=[asked.public_id]), {"decision": "confirm"}, follow=True
    )

    assert "takes two people" in text_of(answer)


def test_a_role_ends_now_or_later(world, by):
    held = world.auditor.grants.get()
    day = timezone.localdate() + datetime.timedelta(days=9)
    parts = {"day_0": day.day, "day_1": day.month, "day_2": day.year}
    sent(by, "role_end", held.public_id, when="later", **parts)
    held.refresh_from_db()
    assert (held.until_on, held.ended_at) == (day, None)
    answer = sent(by, "role_end", held.public_id, when="later")
    assert "Enter the last day" in text_of(answer)

    sent(by, "role_end", held.public_id, when="now")
    held.refresh_from_db()
    assert held.ended_at


def test_a_membership_ends_on_its_page(world, by):
    held = world.auditor.memberships.get()
    sent(by, "membership_end", held.public_id, when="now")

    held.refresh_from_db()
    assert held.until_on == timezone.localdate()


@pytest.mark.parametrize("name", ["person_move", "person_role", "person_leave", "person_work"])
def test_nobody_opens_a_step_about_themselves(world, by, name):
    assert opened(by, name, by.public_id).status_code == 403
    page = text_of(opened(by, "person", by.public_id))
    assert "This is your own record" in page
    assert reverse("person_move", args=[by.public_id]) not in page


def test_nobody_opens_a_step_about_what_they_belong_to(world, by):
    own, others = by.memberships.get(), world.auditor.memberships.get()
    for held, status in ((own, 403), (others, 200)):
        assert opened(by, "membership_end", held.public_id).status_code == status
        assert opened(by, "unit_rename", held.unit.public_id).status_code == status
        page = text_of(opened(by, "unit", held.unit.public_id))
        assert (reverse("unit_rename", args=[held.unit.public_id]) in page) is (status == 200)


def test_units_are_added_renamed_moved_and_closed_on_pages(world, by):
    assert world.east_area
    sent(by, "unit_add", name="Duty", kind="team", parent=world.east_area.public_id)
    added = Unit.objects.get(name="Duty")
    sent(by, "unit_rename", added.public_id, name="Duty team")
    sent(by, "unit_move", added.public_id, below=world.care_service.public_id)
    sent(by, "unit_close", added.public_id)

    added.refresh_from_db()
    assert (added.name, added.parent) == ("Duty team", world.care_service)
    assert added.closed_on == timezone.localdate()
    assert "closed" in text_of(opened(by, "units"))


def test_a_unit_shows_its_leads_with_their_days(world, by):
    assert world.team_manager
    page = text_of(opened(by, "unit", world.team.public_id))

    assert world.team_manager.name in page
    assert "1 January 2020" in page
    assert f"{world.team_manager} from 1 January 2020" in text_of(opened(by, "units"))


def test_no_step_is_offered_in_a_unit_that_one_belongs_to(world, by):
    steps = ("unit_rename", "unit_move", "unit_close")
    own = by.memberships.get().unit
    page = text_of(opened(by, "unit", own.public_id))
    assert "another administrator changes it" in page
    assert [name for name in steps if reverse(name, args=[own.public_id]) in page] == []
    assert reverse("unit_rename", args=[world.team.public_id]) in text_of(
        opened(by, "unit", world.team.public_id)
    )


def test_settings_are_kept_and_checked(world, by):
    form = {"name": "Aireborough", "invitation_days": "3", "partner_authority": "Wharfedale"}
    assert world.authority
    sent(by, "authority_settings", **form)
    held = AuthoritySettings.objects.get()
    assert (held.name, held.invitation_days) == ("Aireborough", 3)
    assert held.partner_authority == "Wharfedale"

    answer = sent(by, "authority_settings", **form | {"invitation_days": "90"})
    assert "from 1 to 60" in text_of(answer)


def test_no_form_changes_what_it_does_not_list(world, by):
    poison = {
        "is_active": "",
        "is_system": "on",
        "password": "x",
        "session_epoch": "9",
        "confirmed_at": "2026-01-01",
        "confirmed_by": by.pk,
        "granted_by": world.auditor.pk,
        "accepted_at": "2026-01-01",
        "sent_at": "2026-01-01",
    }
    sent(by, "person_invite", **invitation_form(world) | poison)
    invitation = Invitation.objects.get()
    person = invitation.user
    assert (person.is_active, person.is_system, person.session_epoch) == (True, False, 1)
    assert (invitation.accepted_at, invitation.sent_at, invitation.invited_by) == (None, None, by)

    sent(by, "person_role", person.public_id, **role_form(Role.DIRECTOR, world.team) | poison)
    grant = RoleGrant.objects.get(user=person)
    assert (grant.confirmed_at, grant.confirmed_by, grant.granted_by) == (None, None, by)


def test_an_administrator_sees_no_case(world, by):
    audit = world.audit()
    assert by.memberships.filter(kind=MembershipKind.MEMBER).exists()
    for name, arguments in (
        ("person", [world.auditor.public_id]),
        ("person_leave", [world.auditor.public_id]),
        ("person_work", [world.auditor.public_id]),
        ("start", []),
    ):
        page = text_of(opened(by, name, *arguments))
        assert audit.case.reference not in page
        assert str(audit.case.public_id) not in page
