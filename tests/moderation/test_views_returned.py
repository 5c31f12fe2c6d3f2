"""Reading a returned audit and its versions, and sending it back with a question."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audits.choices import FindingKind, Grade
from audits.domain import completion, drafting, sending_back
from audits.models import Audit, AuditReturn
from cases.domain import glass
from tests.factories.moderation import assigned, commit, grade, in_force, regrade

WHY = "Which visit shows that she was seen alone?"


def read(client, audit: Audit, number: int | None = None):
    if number:
        return client.get(reverse("audit_version", args=[audit.public_id, number]))
    return client.get(reverse("audit_returned", args=[audit.public_id]))


def full_audit(world) -> Audit:
    draft = world.draft(A=(2, 3))
    domain, by = world.domain("A"), world.auditor
    answers = {"A1": "partly", "A2": ["school", "health"]}
    drafting.save_domain(draft, domain=domain, answers=answers, by=by)
    kind = FindingKind.STRENGTH
    drafting.add_finding(draft, domain=domain, kind=kind, text="Seen alone.", by=by)
    return completion.return_audit(draft.audit, by=by).audit


@pytest.mark.parametrize("role", ["auditor", "team_manager", "head_of_service", "practitioner"])
def test_who_answers_for_the_child_reads_all_of_it(client, world, role):
    audit = full_audit(world)
    client.force_login(getattr(world, role))

    page = read(client, audit).content.decode()
    said = ("Visits of 3 and 17 March.", "Partly", "School, Health", "Strength: Seen alone.")
    assert [words for words in said if words not in page] == []
    assert "provisional until moderation is finished" in page
    assert "No action needed: The plan was rewritten last week." in page


@pytest.mark.parametrize("role", ["qa_officer", "other_head_of_service", "report_recipient"])
def test_others_do_not(client, world, role):
    audit = full_audit(world)
    client.force_login(getattr(world, role))
    assert read(client, audit).status_code in (403, 404)


def test_a_blind_moderator_reads_nothing_before_the_commit(client, world):
    version = in_force(world.returned_audit())
    moderation = assigned(world, version)
    client.force_login(world.second_qa_officer)
    assert read(client, version.audit).status_code == 403
    assert read(client, version.audit, 1).status_code == 403

    commit(regrade(moderation))
    assert read(client, version.audit).status_code == 200


def test_a_grade_that_moderation_changed_says_which_is_which(client, world):
    version = in_force(world.returned_audit())
    moderation = assigned(world, version)
    row = grade(moderation, "A")
    row.standing = Grade.REQUIRES_IMPROVEMENT
    row.save()
    client.force_login(world.auditor)
    page = read(client, version.audit).content.decode()
    assert page.count("standing:") == 1


def test_grades_are_no_longer_provisional_once_the_sample_is_closed(client, world):
    audit = world.returned_audit()
    audit.round.sample_closed_at, audit.round.sample_closed_by = timezone.now(), world.qa_manager
    audit.round.save()
    client.force_login(world.qa_officer)
    page = read(client, audit).content.decode()
    assert "provisional" not in page


def test_every_version_stays_as_it_was_returned(client, world):
    audit = full_audit(world)
    draft = sending_back.send_back(audit, reason=WHY, by=world.qa_officer)
    drafting.save_domain(draft, domain=world.domain("A"), what_i_saw="Of May.", by=world.auditor)
    client.force_login(world.auditor)
    assert read(client, audit).url == reverse("audit_overview", args=[audit.public_id])
    assert read(client, audit, 2).status_code == 404

    completion.return_audit(audit, by=world.auditor)
    first, second = (read(client, audit, number).content.decode() for number in (1, 2))
    assert WHY in first
    assert "Visits of 3 and 17 March." in first
    assert "Of May." in second
    assert "Of May." not in first


def test_a_draft_version_is_read_by_nobody_else(client, world):
    audit = full_audit(world)
    sending_back.send_back(audit, reason=WHY, by=world.qa_officer)
    client.force_login(world.team_manager)
    assert read(client, audit).status_code == 403
    assert read(client, audit, 1).status_code == 403


def test_sending_back_needs_a_question_and_opens_the_next_version(client, world):
    audit = full_audit(world)
    client.force_login(world.qa_officer)
    address = reverse("audit_send_back", args=[audit.public_id])
    assert "blind" in client.get(address).content.decode()
    assert "Say what the auditor should look at again." in client.post(address).content.decode()

    assert client.post(address, {"reason": WHY}).status_code == 302
    assert AuditReturn.objects.get(audit=audit, version=1).sent_back_reason == WHY
    assert audit.returns.count() == 2


def test_what_was_moderated_is_not_sent_back_and_the_question_stays(client, world):
    version = in_force(world.returned_audit())
    commit(regrade(assigned(world, version)))
    client.force_login(world.qa_officer)
    address = reverse("audit_send_back", args=[version.audit.public_id])

    page = client.post(address, {"reason": WHY}).content.decode()
    assert "This audit has been moderated" in page
    assert WHY in page
    assert version.audit.returns.count() == 1


def test_auditors_do_not_send_back(client, world):
    audit = full_audit(world)
    client.force_login(world.auditor)
    address = reverse("audit_send_back", args=[audit.public_id])
    assert client.post(address, {"reason": WHY}).status_code == 403
    assert audit.returns.count() == 1


def test_reading_asks_the_database_no_more_the_more_sections_were_written(
    client, world, django_assert_max_num_queries
):
    audit = full_audit(world)
    client.force_login(world.team_manager)
    with django_assert_max_num_queries(40):
        read(client, audit)


@pytest.mark.parametrize("role", ["auditor", "head_of_service", "qa_officer"])
def test_once_settled_it_leads_to_what_the_moderation_came_to(client, world, role):
    moderation = assigned(world)
    audit = moderation.audit_return.audit
    where = reverse("moderation_outcome", args=[moderation.public_id])
    client.force_login(getattr(world, role))
    assert where not in read(client, audit).content.decode()

    commit(regrade(moderation))
    page = read(client, audit).content.decode()
    assert ("Good stands overall" in page, where in page) == (True, True)


def test_whoever_opened_the_case_is_not_led_to_its_moderation(client, world):
    moderation = commit(regrade(assigned(world)))
    governor, audit = world.information_governance, moderation.audit_return.audit
    glass.open_glass(reference=audit.case.reference, reason=WHY, by=governor)
    client.force_login(governor)
    answer = read(client, audit)
    assert answer.status_code == 200
    assert reverse("moderation_outcome", args=[moderation.public_id]) not in answer.content.decode()
