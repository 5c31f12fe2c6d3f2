"""Who is turned away from the pages of reports, and to whom a part of them is not shown."""

from django.urls import reverse

from accounts.choices import Role
from audits.choices import ExtensionReason
from audits.domain import extending
from cases.domain import restricting
from kit.working_days import add_working_days
from reporting.choices import ReportKind, RequestSource
from reporting.domain.requesting import request_report
from reporting.domain.start import requests
from reporting.models import Report, ReportRun
from reporting.permissions import can_report_view_draft
from tests.factories.accounts import RoleGrantFactory
from tests.factories.moderation import assigned, in_force
from tests.factories.reporting import frozen
from tests.pages import opened, sent, text_of
from tests.samples import issued_report, published_report


def being_made(world) -> ReportRun:
    world.audit()
    return request_report(
        kind=ReportKind.MONTHLY,
        last_month=world.round.month,
        scope=world.authority,
        by=world.qa_manager,
        source=RequestSource.PERSON,
    )


def test_a_draft_is_seen_by_officers_and_by_reviewers_of_what_it_counts(world):
    run = being_made(world)
    reviewer = world.external_reviewer
    elsewhere = world.person("Someone", Role.EXTERNAL_REVIEWER, world.care_service)
    for user in (world.report_recipient, reviewer, elsewhere):
        assert not can_report_view_draft(user, run)
        assert opened(user, "report_run", run.public_id).status_code == 404
    world.reviews()
    world.reviews(elsewhere)
    for user, status in ((reviewer, 200), (elsewhere, 404), (world.director, 200)):
        assert can_report_view_draft(user, run) is (status == 200)
        assert opened(user, "report_run", run.public_id).status_code == status


def test_a_report_is_led_to_once_it_is_issued(world):
    run = being_made(world)
    report = frozen(run)
    assert "Building the report" in text_of(opened(world.director, "report_run", run.public_id))
    assert not Report.objects.visible_to(world.director).exists()
    page = text_of(opened(world.director, "report_run", run.public_id))
    assert reverse("report", args=[report.public_id]) not in page


def test_the_list_shows_each_reader_their_part(world):
    run = being_made(world)
    issued = issued_report(world, world.protection_service)
    parts = {
        "form": reverse("report_build"),
        "run": reverse("report_run", args=[run.public_id]),
        "issued": reverse("report", args=[issued.public_id]),
        "received": ">Published<",
    }
    shown = {
        name: {part for part, words in parts.items() if words in page}
        for name in ("qa_manager", "director", "report_recipient", "practitioner")
        if (page := text_of(opened(getattr(world, name), "reports")))
    }
    assert shown == {
        "qa_manager": {"form", "run", "issued", "received"},
        "director": {"run", "issued", "received"},
        "report_recipient": {"received"},
        "practitioner": set(),
    }


def test_a_report_is_asked_for_and_approved_by_who_may(world):
    world.audit()
    month = f"{world.round.month:%Y-%m}"
    for user, status in ((world.director, 403), (world.qa_manager, 200)):
        assert sent(user, "report_build", last_month="", first_month=month).status_code == status
    draft = issued_report(world, world.authority)
    for user, status in ((world.qa_officer, 403), (world.qa_manager, 403), (world.director, 200)):
        assert opened(user, "report_approve", draft.public_id).status_code == status


def test_a_published_report_waits_for_whoever_moderates_one_of_its_audits_blind(world):
    moderation = assigned(world, in_force(world.returned_audit()))
    recipient = moderation.moderator
    RoleGrantFactory(user=recipient, role=Role.REPORT_RECIPIENT, unit=world.authority)
    report = published_report(world, world.authority)
    assert opened(recipient, "published_report", report.public_id).status_code == 200
    ReportRun.objects.update(first_month=world.round.month, last_month=world.round.month)
    assert opened(recipient, "published_report", report.public_id).status_code == 403


def test_requests_before_a_manager_are_of_their_teams_and_none_out_of_sight(world, monkeypatch):
    monkeypatch.setattr(requests, "MOST", 1)
    hidden, audit = world.audit(case=world.new_case()), world.audit()
    for asked in (hidden, audit):
        extending.ask(
            asked,
            reason=ExtensionReason.COURT_WEEK,
            new_due_on=add_working_days(asked.due_on, 2),
            by=world.auditor,
        )
    restricting.restrict(hidden.case, reason="A relative works here.", by=world.qa_manager)
    [row] = requests.request_work(world.team_manager).rows
    assert row.may_decide
    RoleGrantFactory(user=world.qa_manager, role=Role.TEAM_MANAGER, unit=world.care_team)
    assert requests.request_work(world.qa_manager) is None
