"""Who may ask for reports, see drafts and change settings, compared with docs/permissions.csv."""

import pytest

from accounts.choices import Role
from accounts.domain.people import system_user
from reporting import permissions
from tests.factories.accounts import RoleGrantFactory, UnitFactory, UserFactory
from tests.matrix import COLUMNS, cell

pytestmark = pytest.mark.django_db
BY_ROLE = ("unit", "all")


def holder(role: str):
    """A unit, and somebody who holds the role there."""
    grant = RoleGrantFactory(unit=UnitFactory(), role=role)
    return grant.unit, grant.user


@pytest.mark.parametrize("role", COLUMNS)
@pytest.mark.parametrize("action", ["report_build", "report_view_draft"])
def test_rights_over_reports_are_the_matrix(action, role):
    unit, user = holder(role)
    allowed = getattr(permissions, f"can_{action}")(user, unit)
    assert allowed == (cell(action.replace("_", ".", 1), role) in BY_ROLE)


@pytest.mark.parametrize("role", COLUMNS)
def test_rights_over_settings_are_the_matrix(role):
    _, user = holder(role)
    assert permissions.can_settings_change(user) == (cell("settings.change", role) == "all")


def test_drafts_of_a_unit_are_not_for_the_head_of_another():
    unit, user = holder(Role.HEAD_OF_SERVICE)
    assert permissions.can_report_view_draft(user, UnitFactory(parent=unit))
    assert not permissions.can_report_view_draft(user, UnitFactory())


def test_program_itself_may_ask_and_people_without_a_role_may_not():
    unit = UnitFactory()
    assert permissions.can_report_build(system_user(), unit)
    assert not permissions.can_report_build(UserFactory(), unit)
