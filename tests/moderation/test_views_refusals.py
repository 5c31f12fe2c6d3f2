"""Who is turned away from moderation's pages, and to whom a step is not even offered."""

import pytest
from django.urls import reverse

from accounts.choices import Role
from audits.choices import Grade
from moderation.domain import settling
from moderation.domain.importing import uploads
from moderation.models import Moderation
from tests.factories.accounts import UnitFactory
from tests.factories.import_files import ROW, csv_file
from tests.factories.moderation import assigned, committed, returned
from tests.pages import opened, sent, text_of


def test_a_moderation_in_sight_is_worked_on_by_its_moderator_alone(world):
    moderation = assigned(world)
    section = ("moderation_section", moderation.public_id, "A")
    for user, status in ((world.qa_manager, 403), (moderation.moderator, 200)):
        assert opened(user, *section).status_code == status
    given_back = ("moderation_hand_over", moderation.public_id)
    assert sent(world.qa_manager, *given_back).status_code == 403
    assert sent(moderation.moderator, *given_back).status_code == 302
    assert Moderation.objects.get().withdrawn_at


def test_a_grade_is_let_stand_by_its_moderator_alone(world):
    held = committed(world, Grade.OUTSTANDING, Grade.GOOD)
    for user, status in ((world.qa_manager, 403), (held.moderator, 200)):
        assert opened(user, "moderation_stand", held.public_id).status_code == status


@pytest.mark.parametrize("name", ["moderation_settle", "moderation_refuse"])
def test_a_moderator_from_elsewhere_settles_nothing(world, name):
    elsewhere = world.person("Someone", Role.HEAD_OF_SERVICE, UnitFactory(parent=world.authority))
    held = committed(world, Grade.GOOD, Grade.REQUIRES_IMPROVEMENT)
    Moderation.objects.update(moderator=elsewhere, committed_by=elsewhere)
    settling.propose(held, settlement="moderator", reason="It is so.", by=world.qa_manager)
    assert sent(elsewhere, name, held.public_id).status_code == 403
    assert sent(world.director, name, held.public_id).status_code == 302


def test_sending_back_is_offered_to_the_qa_team_alone(world):
    audit = returned(world).audit
    read = reverse("audit_send_back", args=[audit.public_id])
    for user, status in ((world.director, 403), (world.qa_officer, 200)):
        assert opened(user, "audit_send_back", audit.public_id).status_code == status
    assert read not in text_of(opened(world.director, "audit_returned", audit.public_id))
    world.round.sample_closed_at, world.round.sample_closed_by = audit.allocated_at, world.director
    world.round.save()
    assert read in text_of(opened(world.qa_officer, "audit_returned", audit.public_id))


def test_settling_is_offered_to_those_who_settle(world):
    led = reverse("moderations_to_settle")
    for user, offered in ((world.director, True), (world.other_head_of_service, False)):
        assert (led in text_of(opened(user, "moderations"))) is offered


def test_files_of_audits_are_for_who_may_import(world):
    upload = uploads.keep(csv_file(ROW), file_name="audits.csv", by=world.qa_manager)
    for user, status in ((world.director, 403), (world.qa_manager, 200)):
        assert opened(user, "audit_imports").status_code == status
        assert opened(user, "audit_import", upload.public_id).status_code == status
        best = sent(user, "audit_import_best", upload.public_id)
        assert best.status_code == status
