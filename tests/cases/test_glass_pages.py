"""The pages of break-glass and of restricted cases."""

import uuid

import pytest
from django.urls import reverse

from accounts.choices import Role
from cases.domain import glass, restricting
from cases.models import BreakGlass, Case
from tests.pages import client_of, opened, sent, text_of
from tests.samples_cases import WHY, restrict

BANNER = "You have a case open out of turn."


def ask(user, reference, reason=WHY):
    return sent(user, "break_glass", reference=reference, reason=reason)


def test_a_case_is_opened_read_and_closed_again(world):
    user = world.information_governance
    audit = world.returned_audit()
    assert opened(user, "audit_returned", audit.public_id).status_code == 404

    answer = ask(user, world.case.reference)

    use = BreakGlass.objects.get()
    assert answer["Location"] == reverse("opened_case", args=[use.public_id])
    page = text_of(opened(user, "opened_case", use.public_id))
    assert world.case.reference in page
    assert reverse("audit_returned", args=[audit.public_id]) in page
    assert BANNER in page
    assert "60 minutes left" in page
    assert opened(user, "audit_returned", audit.public_id).status_code == 200
    assert text_of(opened(user, "break_glass")).count(BANNER) == 1

    sent(user, "break_glass_end", use.public_id)

    assert BANNER not in text_of(opened(user, "start"))
    assert opened(user, "opened_case", use.public_id).status_code == 404
    assert opened(user, "audit_returned", audit.public_id).status_code == 404


def test_an_opened_case_stands_on_the_register_alone(world):
    user = world.information_governance
    other = world.new_case()
    assert opened(user, "case_register").status_code == 403

    ask(user, world.case.reference)

    page = text_of(opened(user, "case_register"))
    assert world.case.reference in page
    assert other.reference not in page
    assert sent(user, "case_register_export", format="csv").status_code == 403


@pytest.mark.parametrize("who", ["director", "qa_manager"])
def test_the_answer_is_the_same_for_no_case_and_one_not_allowed(world, who):
    user = getattr(world, who)
    pages = [text_of(ask(user, reference)) for reference in (world.case.reference, "ZZ-0")]
    said = [page.replace(world.case.reference, "").replace("ZZ-0", "") for page in pages]
    moving = ("csrf", "data-session-seconds")
    strip = [
        [row for row in page.splitlines() if not any(word in row for word in moving)]
        for page in said
    ]
    assert strip[0] == strip[1]
    assert "can&#x27;t open a case with this reference" in pages[0]


def test_what_is_typed_stays_when_the_reason_is_short(world):
    page = text_of(ask(world.information_governance, world.case.reference, "because"))
    assert "in at least 20 characters" in page
    assert "because" in page
    assert not BreakGlass.objects.exists()


def test_nobody_sees_or_ends_another_s(world):
    restrict(world)
    use = glass.open_glass(reference=world.case.reference, reason=WHY, by=world.director)
    for who in ("qa_manager", "information_governance"):
        user = getattr(world, who)
        assert opened(user, "opened_case", use.public_id).status_code == 404
        assert sent(user, "break_glass_end", use.public_id).status_code == 404
    assert opened(world.director, "opened_case", use.public_id).status_code == 200


@pytest.mark.parametrize(
    ("ask", "name"),
    [(opened, "break_glass_use"), (sent, "break_glass_end"), (opened, "case_restriction")],
)
def test_who_may_nothing_here_is_refused_before_anything_is_looked_for(world, ask, name):
    for user, status in ((world.team_manager, 403), (world.information_governance, 404)):
        assert ask(user, name, uuid.uuid4()).status_code == status


def test_nobody_oversees_themselves_nor_restricts_elsewhere(world):
    restrict(world)
    governor = world.information_governance
    elsewhere = world.person("Someone", Role.QA_MANAGER, world.care_service)
    own, others = (
        glass.open_glass(reference=world.case.reference, reason=WHY, by=by)
        for by in (governor, world.director)
    )
    for use, status in ((own, 404), (others, 200)):
        assert opened(governor, "break_glass_use", use.public_id).status_code == status
    for user, status in ((elsewhere, 404), (world.qa_manager, 200)):
        answer = opened(user, "case_restriction", world.case.public_id)
        assert answer.status_code == status
        found = sent(user, "restricted_cases", reference=world.case.reference)
        assert found.status_code == (302 if status == 200 else 200)


def test_information_governance_finds_unseen_uses_on_the_first_page_without_the_child(world):
    user = world.information_governance
    restrict(world)
    use = glass.open_glass(reference=world.case.reference, reason=WHY, by=world.director)
    address = reverse("break_glass_use", args=[use.public_id])
    start = text_of(opened(user, "start"))
    assert address in start
    page = text_of(client_of(user).get(address))
    assert WHY in page
    assert "waiting to be sent" in page
    assert world.case.reference not in start + page

    client_of(user).post(address)

    assert address not in text_of(opened(user, "start"))


def test_a_case_is_restricted_named_on_and_lifted_on_its_page(world):
    user, case = world.qa_manager, world.case
    answer = sent(user, "restricted_cases", reference=case.reference.lower())
    assert answer["Location"] == reverse("case_restriction", args=[case.public_id])
    assert "Petra Practitioner: allocated worker" in text_of(
        opened(user, "case_restriction", case.public_id)
    )

    sent(user, "case_restriction", case.public_id, reason="A relative works here.")
    person = str(world.practitioner.public_id)
    sent(user, "case_name", case.public_id, person=person)

    assert [row.user for row in restricting.named_on(case)] == [world.practitioner]
    assert case in Case.objects.visible_to(world.practitioner)

    sent(user, "case_strike", case.public_id, person=person)
    assert case not in Case.objects.visible_to(world.practitioner)

    sent(user, "case_restriction", case.public_id, reason="They left.")
    case.refresh_from_db()
    assert case.restricted_at is None


def test_information_governance_restricts_without_seeing_the_child(world):
    user, case = world.information_governance, world.case
    page = text_of(opened(user, "case_restriction", case.public_id))
    assert case.reference not in page
    assert "Study number N" in page

    sent(user, "case_restriction", case.public_id, reason="A relative works here.")

    assert text_of(opened(user, "restricted_cases")).count("Study number") == 1
    assert case.reference not in text_of(opened(user, "restricted_cases"))
    assert "No case has this reference" in text_of(sent(user, "restricted_cases", reference="ZZ"))


def test_wrong_input_is_told_and_changes_nothing(world):
    user, case = world.qa_manager, world.case
    assert "Say why" in text_of(sent(user, "case_restriction", case.public_id))
    restrict(world)
    assert "Choose whom to name" in text_of(sent(user, "case_name", case.public_id))
    sent(user, "case_strike", case.public_id, person="nobody")
    assert restricting.named_on(case) == []
