"""Who may ask for reports, see drafts and change settings, compared with docs/permissions.csv."""

import pytest
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.people import system_user
from reporting import permissions
from reporting.models import Report, ReportRun
from tests.factories.accounts import RoleGrantFactory, UnitFactory, UserFactory
from tests.factories.reporting import MAY, NOVEMBER
from tests.matrix import COLUMNS, cell

pytestmark = pytest.mark.django_db
BY_ROLE = ("unit", "all")


def holder(role: str):
    """A unit, and somebody who holds the role there."""
    grant = RoleGrantFactory(unit=UnitFactory(), role=role)
    return grant.unit, grant.user


def run_of(unit) -> ReportRun:
    return ReportRun(scope=unit, first_month=MAY, last_month=NOVEMBER, as_at=timezone.now())


@pytest.mark.parametrize("role", COLUMNS)
@pytest.mark.parametrize("action", ["report_build", "report_view_draft"])
def test_rights_over_reports_are_the_matrix(action, role):
    unit, user = holder(role)
    of = unit if action == "report_build" else run_of(unit)
    allowed = getattr(permissions, f"can_{action}")(user, of)
    assert allowed == (cell(action.replace("_", ".", 1), role) in BY_ROLE)


@pytest.mark.parametrize("role", COLUMNS)
def test_a_report_is_approved_by_another_than_had_it_made(role):
    unit, user = holder(role)
    run = ReportRun(scope=unit, requested_by=system_user())
    may = cell("report.approve", role) == "not_last_editor"
    assert permissions.can_report_approve(user, Report(run=run)) == may
    run.requested_by = user
    assert not permissions.can_report_approve(user, Report(run=run))


@pytest.mark.parametrize("role", COLUMNS)
def test_published_reports_are_for_whom_the_matrix_names(role):
    _, user = holder(role)
    may = cell("report.download_published", role) == "all"
    assert permissions.can_report_download_published(user) == may


@pytest.mark.parametrize("role", COLUMNS)
def test_rights_over_settings_are_the_matrix(role):
    _, user = holder(role)
    assert permissions.can_settings_change(user) == (cell("settings.change", role) == "all")


def test_drafts_of_a_unit_are_not_for_the_head_of_another():
    unit, user = holder(Role.HEAD_OF_SERVICE)
    assert permissions.can_report_view_draft(user, run_of(UnitFactory(parent=unit)))
    assert not permissions.can_report_view_draft(user, run_of(UnitFactory()))


def test_program_itself_may_ask_and_people_without_a_role_may_not():
    unit = UnitFactory()
    assert permissions.can_report_build(system_user(), unit)
    assert not permissions.can_report_build(UserFactory(), unit)
