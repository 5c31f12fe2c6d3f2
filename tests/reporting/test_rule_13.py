"""Figures leave out what their reader must not know yet (permissions.md rule 13)."""

import pytest
from django.utils import timezone

from accounts.exceptions import Refused
from audits.choices import Grade
from kit.months import add_months
from reporting.models import ReportRun
from reporting.permissions import can_dashboard_view, check_report_view_draft
from tests.factories.cases import CaseFactory
from tests.factories.moderation import assigned, commit, in_force, regrade
from tests.pages import client_of, opened, text_of
from tests.reporting.dashboards import page_of
from tests.samples import issued_report

NOT_COUNTED = "1 audit is not counted at all: you still have to moderate it blind."
HELD_BACK = "returned audit are counted once the moderation is settled"
LOWEST = {"A": (Grade.INADEQUATE,) * 2, "overall": (Grade.INADEQUATE,) * 2}


COUNTED = ("scope", "first_month", "last_month", "as_at")
OF_THE_MOMENT = ("csrf", "as at", "/dashboard/charts/", "data-session-seconds")
"""What differs on the same page opened again."""


def returned(world, **grades):
    case = CaseFactory(team=world.team)
    return world.returned_audit(world.audit(case=case), **grades)


def close_sample(world):
    world.round.sample_closed_at, world.round.sample_closed_by = timezone.now(), world.qa_manager
    world.round.save()


@pytest.mark.parametrize("who", ["second_qa_officer", "qa_manager", "director"])
def test_a_blind_moderator_s_dashboard_and_start_page_leave_their_audit_out(world, who):
    reader = getattr(world, who)
    moderation = assigned(world, in_force(returned(world)), moderator=reader)
    assert NOT_COUNTED in page_of(reader)
    assert "not counted" in text_of(opened(reader, "start"))

    commit(regrade(moderation))

    assert NOT_COUNTED not in page_of(reader)


def test_a_single_grade_of_a_small_unit_is_not_told_to_a_qa_officer(world):
    returned(world, **LOWEST)
    unit = str(world.team.public_id)
    for reader in (world.qa_officer, world.team_manager, world.qa_manager):
        page = page_of(reader, unit=unit)
        assert "1 of 1 scheduled audit" in page
        assert (HELD_BACK in page) is (reader == world.qa_officer)

    close_sample(world)

    assert HELD_BACK not in page_of(world.qa_officer, unit=unit)


def test_two_audits_with_different_grades_give_a_qa_officer_the_same_page(world):
    """What they may not know changes no number: the page is that of an audit graded Good."""
    audit = returned(world)
    before = page_of(world.qa_officer)
    grades = audit.returns.get().grades
    grades.update(grade=Grade.INADEQUATE, standing=Grade.INADEQUATE)
    after = page_of(world.qa_officer)

    def facts(page: str) -> list[str]:
        return [
            line for line in page.splitlines() if not any(word in line for word in OF_THE_MOMENT)
        ]

    assert facts(before) == facts(after)
    assert facts(page_of(world.head_of_service)) != facts(before)


def test_what_a_qa_officer_moderated_or_audited_they_know(world):
    moderation = assigned(world, in_force(returned(world)))
    commit(regrade(moderation, {"Z": (2, 2)}))
    assert HELD_BACK not in page_of(world.second_qa_officer)
    assert HELD_BACK in page_of(world.qa_officer)


def report_of_this_month(world):
    run = issued_report(world, world.authority).run
    run.first_month = run.last_month = world.round.month
    run.save()
    return run


def test_a_report_that_counts_what_one_moderates_blind_is_not_opened(world):
    moderation = assigned(world, in_force(returned(world)), moderator=world.qa_manager)
    run = report_of_this_month(world)
    for name, more in (("report", ()), ("report_file", ("pdf",))):
        answer = opened(world.qa_manager, name, run.report.public_id, *more)
        assert answer.status_code == 403
        assert opened(world.director, name, run.report.public_id, *more).status_code == 200
    with pytest.raises(Refused, match="1 audit that you still have to moderate blind"):
        check_report_view_draft(world.qa_manager, run)

    commit(regrade(moderation))

    check_report_view_draft(world.qa_manager, run)


def test_a_report_of_a_few_unreleased_audits_waits_for_the_sample_for_a_qa_officer(world):
    returned(world)
    run = report_of_this_month(world)
    run.as_at = timezone.now()
    with pytest.raises(Refused) as refused:
        check_report_view_draft(world.qa_officer, run)
    assert refused.value.reason == "few_unreleased"
    check_report_view_draft(world.qa_manager, run)

    close_sample(world)

    check_report_view_draft(world.qa_officer, run)


def test_a_report_that_counts_neither_is_opened(world):
    assigned(world, in_force(returned(world)), moderator=world.qa_manager)
    run = report_of_this_month(world)
    run.as_at, earlier = timezone.now(), add_months(world.round.month, -1)
    elsewhere = {"scope": world.care_service}
    for counted in (elsewhere, {"first_month": earlier, "last_month": earlier}):
        other = ReportRun(**{name: getattr(run, name) for name in COUNTED} | counted)
        check_report_view_draft(world.qa_manager, other)
        check_report_view_draft(world.qa_officer, other)


def test_the_register_counts_no_grade_that_its_reader_may_not_know(world):
    returned(world, **LOWEST)
    found = {
        who: text_of(opened_list(getattr(world, who), grade="1"))
        for who in ("qa_officer", "head_of_service")
    }
    assert "<strong>0 audits</strong>" in found["qa_officer"]
    assert "<strong>1 audit</strong>" in found["head_of_service"]


def opened_list(user, **filters):
    return client_of(user).get("/registers/audits/", filters)


def test_figures_are_for_who_made_an_audit_and_is_no_guest(world):
    audit, user = returned(world), world.person("Someone", None, world.care_team)
    assert not can_dashboard_view(user)
    type(audit).objects.update(auditor=user)
    assert can_dashboard_view(user)
    type(audit).objects.update(auditor=world.external_reviewer)
    assert not can_dashboard_view(world.external_reviewer)
