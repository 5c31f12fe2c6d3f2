"""External reviewers: their rounds alone, under study numbers, without export, until a day."""

import datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.exceptions import Refused
from actions.models import Action
from audits.choices import RoundKind
from audits.domain import reviewing
from audits.models import Audit, ReviewerAssignment
from audits.permissions import can_audit_view_draft, can_audit_view_returned
from cases.domain import restricting
from cases.domain.pseudonyms import study_number
from cases.models import Case
from kit.exceptions import NotPossible
from moderation.models import Moderation
from reporting.models import ReportRun
from tests.factories.accounts import RoleGrantFactory
from tests.factories.cases import CaseFactory
from tests.factories.moderation import assigned, commit, in_force, regrade
from tests.pages import client_of, opened, sent, text_of
from tests.samples import issued_report

REFERENCE, INITIALS = "TOKENREF77", "TKINI"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def case(world):
    return CaseFactory(team=world.team, reference=REFERENCE, initials=INITIALS)


@pytest.fixture
def audit(world, case):
    return world.returned_audit(world.audit(case=case))


def seen(world):
    return list(Audit.objects.visible_to(world.external_reviewer))


def test_a_reviewer_sees_the_returned_audits_of_their_round_and_no_other(world, audit):
    other = world.open_round(kind=RoundKind.THEMED, in_ledger=False)
    elsewhere = world.returned_audit(world.audit(in_round=other, case=audit.case))
    world.audit()
    colleague = world.person("Erik Reviewer", Role.EXTERNAL_REVIEWER, world.authority)
    world.reviews(colleague, in_round=other)
    assert seen(world) == []

    world.reviews()

    assert seen(world) == [audit]
    assert can_audit_view_returned(world.external_reviewer, audit)
    assert not can_audit_view_returned(world.external_reviewer, elsewhere)
    assert not Case.objects.visible_to(world.external_reviewer).exists()
    assert not Action.objects.visible_to(world.external_reviewer).exists()


def test_nothing_is_left_once_it_is_over(world, audit):
    assignment = world.reviews()
    own = world.returned_audit(world.audit(auditor=world.external_reviewer))
    after = timezone.now() + 8 * DAY
    for moment in (timezone.now(), after - DAY):
        with time_machine.travel(moment, tick=False):
            assert set(seen(world)) == {audit, own}
    with time_machine.travel(after, tick=False):
        assert seen(world) == []
        assert not can_audit_view_draft(world.external_reviewer, own)
        assert not can_audit_view_returned(world.external_reviewer, own)

    reviewing.end_assignment(assignment, by=world.qa_manager)

    assert seen(world) == []
    for name in ("audit_returned", "audit_overview"):
        assert opened(world.external_reviewer, name, own.public_id).status_code == 404


def test_a_role_that_ran_out_leaves_nothing_even_of_one_s_own(world):
    world.reviews()
    own = world.returned_audit(world.audit(auditor=world.external_reviewer))
    assert seen(world) == [own]

    world.external_reviewer.grants.update(until_on=timezone.localdate() - DAY)

    assert seen(world) == []
    assert opened(world.external_reviewer, "audit_register").status_code == 403


def test_somebody_of_the_staff_is_no_guest(world, audit):
    RoleGrantFactory(user=world.team_manager, role="external_reviewer", unit=world.authority)
    assert audit in Audit.objects.visible_to(world.team_manager)
    assert REFERENCE in text_of(opened(world.team_manager, "audit_returned", audit.public_id))


@pytest.mark.parametrize("who", ["qa_officer", "director", "administrator", "external_reviewer"])
def test_who_may_neither_assign_nor_end(world, who):
    by, until_on = getattr(world, who), timezone.localdate()
    assignment = world.reviews()
    with pytest.raises(Refused):
        reviewing.assign_reviewer(
            world.round, reviewer=world.external_reviewer, until_on=until_on, by=by
        )
    with pytest.raises(Refused):
        reviewing.end_assignment(assignment, by=by)
    reviewing.end_assignment(assignment, by=world.qa_manager)
    with pytest.raises(NotPossible, match="ended already"):
        reviewing.end_assignment(assignment, by=world.qa_manager)


def test_whom_and_until_when(world):
    with pytest.raises(NotPossible, match="reviewer's role"):
        world.reviews(world.qa_officer)
    with pytest.raises(NotPossible, match="today or later"):
        world.reviews(until_on=timezone.localdate() - DAY)
    first = world.reviews(until_on=timezone.localdate())
    with pytest.raises(NotPossible, match="reviews the round already"):
        world.reviews()
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        assert world.reviews().pk != first.pk


def test_a_new_one_ends_what_ran_out_in_this_round_and_nothing_else(world):
    today, other = timezone.localdate(), world.open_round(kind=RoundKind.THEMED)
    elsewhere = world.reviews(in_round=other, until_on=today)
    ended = reviewing.end_assignment(world.reviews(until_on=today), by=world.qa_manager)
    ran_out = world.reviews(until_on=today)
    with time_machine.travel(timezone.now() + 2 * DAY, tick=False):
        latest = world.reviews()
    found = dict(ReviewerAssignment.objects.values_list("pk", "ended_at"))
    ends = [found[each.pk] for each in (elsewhere, ended, ran_out, latest)]
    assert ends == [None, ended.ended_at, latest.assigned_at, None]


def test_the_database_refuses_a_second_one_and_an_end_before_the_beginning(world):
    first = world.reviews()
    values = {"round": world.round, "reviewer": world.external_reviewer}
    values |= {"assigned_at": first.assigned_at, "assigned_by": world.qa_manager}
    for until_on in (first.until_on, first.from_on - DAY):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReviewerAssignment.objects.create(**values, from_on=first.from_on, until_on=until_on)


def test_a_restricted_case_is_kept_from_a_reviewer(world, audit):
    world.reviews()
    assert seen(world) == [audit]
    restricting.restrict(audit.case, reason="A relative works here.", by=world.qa_manager)
    assert seen(world) == []


def addresses(world, audit, moderation) -> list[str]:
    one = {"audit_returned": audit, "moderation": moderation, "moderation_comparison": moderation}
    pages = [reverse(name, args=[thing.public_id]) for name, thing in one.items()]
    lists = ("start", "audit_register", "case_register", "moderations", "reports", "my_doings")
    searched = f"{reverse('audit_register')}?search=1"
    return [*pages, *(reverse(name) for name in lists), searched]


def test_no_page_of_a_reviewer_names_a_child(world, case, audit):
    world.reviews()
    reviewer = world.external_reviewer
    moderation = assigned(world, in_force(audit), moderator=reviewer)
    own = world.draft(
        world.audit(
            auditor=reviewer,
            case=CaseFactory(team=world.team, reference=f"{REFERENCE}B", initials=INITIALS),
        )
    ).audit
    client = client_of(reviewer)
    client.post(reverse("audit_register_search"), {"text": REFERENCE})
    sections = ("audit_overview", "audit_people", "audit_safety", "audit_overall", "audit_check")
    mine = [reverse(name, args=[own.public_id]) for name in sections]

    def read(address):
        answer = client.get(address, follow=True)
        return answer.status_code, text_of(answer)

    before = [read(address) for address in (*mine, *addresses(world, audit, moderation))]
    commit(regrade(moderation))
    pages = before + [read(address) for address in addresses(world, audit, moderation)]

    assert {status for status, _ in before} == {200, 403}
    assert [text for _, text in pages if REFERENCE in text or INITIALS in text] == []
    assert study_number(case) in "".join(text for _, text in pages)
    assert REFERENCE in text_of(opened(world.qa_manager, "case_register"))


def test_a_reviewer_moderates_blind_what_is_assigned_and_reads_the_outcome(world, audit):
    world.reviews()
    reviewer = world.external_reviewer
    moderation = assigned(world, in_force(audit), moderator=reviewer)
    assert opened(reviewer, "audit_returned", audit.public_id).status_code == 403
    assert opened(reviewer, "moderation", moderation.public_id).status_code == 200

    commit(regrade(moderation))

    assert opened(reviewer, "moderation_outcome", moderation.public_id).status_code == 200
    ReviewerAssignment.objects.update(ended_at=timezone.now(), ended_by=world.qa_manager)
    assert not Moderation.objects.visible_to(reviewer).exists()


@pytest.mark.parametrize("register", ["audit_register_export", "case_register_export"])
def test_nothing_is_taken_out(world, audit, register):
    world.reviews()
    sent_file = sent(world.external_reviewer, register, format="csv", reason="panel")
    assert sent_file.status_code == 403
    assert "Take these rows out" not in text_of(opened(world.external_reviewer, "audit_register"))


def test_drafts_of_reports_are_those_that_count_the_round(world):
    run = issued_report(world, world.authority).run
    world.reviews()
    assert not ReportRun.objects.visible_to(world.external_reviewer).exists()

    run.last_month = world.round.month
    run.save()

    assert ReportRun.objects.visible_to(world.external_reviewer).get() == run


def test_the_qa_manager_lets_somebody_review_on_a_page(world):
    until = timezone.localdate() + DAY
    values = {
        "reviewer": str(world.external_reviewer.public_id),
        "held_round": str(world.round.public_id),
        "until_on_0": until.day,
        "until_on_1": until.month,
        "until_on_2": until.year,
    }
    assert "Choose the round" in text_of(
        sent(world.qa_manager, "reviewers", **values | {"held_round": ""})
    )
    sent(world.qa_manager, "reviewers", **values)
    assignment = ReviewerAssignment.objects.get()
    assert (assignment.reviewer, assignment.until_on) == (world.external_reviewer, until)
    assert "Esme Reviewer: Case-file audits" in text_of(opened(world.qa_manager, "reviewers"))

    sent(world.qa_manager, "reviewer_end", assignment.public_id)

    assert not ReviewerAssignment.objects.in_force().exists()
