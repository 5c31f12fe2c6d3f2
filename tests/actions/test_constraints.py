"""What the database itself refuses of actions (domain rule 17)."""

import pytest
from django.db.models import F

from actions.choices import ActionScope
from actions.models import ActionSettings
from tests.constraints import Broken, constraints_of
from tests.factories.actions import NOON, done, hours_later

VERIFIED = {"verified_at": hours_later(1), "verified_by": F("raised_by")}
JUDGED = {
    "impact_judged_at": hours_later(2),
    "impact_judged_by": F("raised_by"),
    "impact_shown": True,
}
WITHDRAWN = {"withdrawn_at": NOON, "withdrawn_by": F("raised_by")}
NOT_DONE = {"done_at": None, "done_by": None}
REFUSED = {
    "action_started": {"started_by": None},
    "action_done": {"done_at": None},
    "action_verified": {"verified_at": hours_later(1)},
    "action_impact_judged": VERIFIED | JUDGED | {"impact_judged_by": None},
    "action_impact_answered": {"impact_shown": False},
    "action_withdrawn": NOT_DONE | {"withdrawn_at": NOON},
    "action_child_has_case": {"scope": ActionScope.TEAM},
    "action_verified_after_done": VERIFIED | {"verified_at": hours_later(-1)},
    "action_impact_after_done": NOT_DONE | JUDGED | {"needs_verification": False},
    "action_impact_after_verified": JUDGED,
    "action_withdrawn_is_not_done": WITHDRAWN,
    "action_verified_by_another": VERIFIED | {"verified_by": F("done_by")},
    "action_impact_judged_by_another": VERIFIED | JUDGED | {"impact_judged_by": F("done_by")},
}


def test_the_database_refuses_an_action_that_does_not_hold(world):
    action = done(world)
    for constraint, change in REFUSED.items():
        Broken(constraint, lambda: action, change).check()


def test_nobody_owns_an_action_twice(world):
    owner, other = done(world).owners.get(), {"user": world.team_manager}
    Broken("action_owner_once", lambda: owner, twice=True, unless=other).check()


@pytest.mark.django_db
def test_settings_are_one_row():
    Broken("actions_one_row", ActionSettings.objects.create, {"id": 2}).check()


def test_every_constraint_is_tried():
    assert constraints_of("actions") == {*REFUSED, "action_owner_once", "actions_one_row"}
