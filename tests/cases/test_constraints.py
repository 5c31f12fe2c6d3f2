"""What the database refuses of cases, restrictions and cases opened out of turn."""

import datetime

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.domain.people import system_user
from cases.choices import InvolvementKind
from cases.models import BreakGlass, CaseSettings, Restriction, ViewingSettings
from tests.constraints import Broken, constraints_of, named_by
from tests.factories.accounts import UserFactory
from tests.factories.cases import (
    CaseAccessFactory,
    CaseFactory,
    CaseInvolvementFactory,
    WorkerAllocationFactory,
)

NOW = timezone.now()
HOUR = datetime.timedelta(hours=1)
LONG_BEFORE = datetime.date(2019, 12, 31)


def glass():
    return BreakGlass.objects.create(
        user=UserFactory(),
        case=CaseFactory(),
        reason="The duty team is out.",
        opened_at=NOW,
        until_at=NOW + HOUR,
    )


def restriction():
    return Restriction.objects.create(
        case=CaseFactory(),
        reason="The child is a relative of staff.",
        restricted_at=NOW,
        restricted_by=system_user(),
    )


def involvement():
    return CaseInvolvementFactory(kind=InvolvementKind.values[0], happened_on=LONG_BEFORE)


LIFTED = {"lifted_at": NOW, "lifted_by": F("restricted_by"), "lifted_reason": "They left."}

BROKEN = [
    Broken("case_access_moments", CaseAccessFactory, {"until_at": F("from_at") - HOUR}),
    Broken("case_access_open_once", CaseAccessFactory, twice=True, unless={"until_at": NOW + HOUR}),
    Broken("worker_allocation_dates", WorkerAllocationFactory, {"until_on": LONG_BEFORE}),
    Broken(
        "worker_allocation_one_open",
        WorkerAllocationFactory,
        twice=True,
        unless={"until_on": LONG_BEFORE.replace(year=2021)},
    ),
    Broken("break_glass_seen", glass, {"seen_at": NOW}),
    Broken("break_glass_for_a_time", glass, {"until_at": NOW}),
    Broken("break_glass_ends_in_time", glass, {"ended_at": NOW - HOUR}),
    Broken("break_glass_ends_in_time", glass, {"ended_at": NOW + 2 * HOUR}),
    Broken("break_glass_has_reason", glass, {"reason": ""}),
    Broken("break_glass_seen_by_another", glass, {"seen_at": NOW, "seen_by": F("user")}),
    Broken("break_glass_one_open", glass, twice=True, unless={"ended_at": NOW}),
    Broken("case_restricted", CaseFactory, {"restricted_at": NOW}),
    Broken("case_imported", CaseFactory, {"imported_at": NOW}),
    Broken("case_dates", CaseFactory, {"closed_on": LONG_BEFORE}),
    Broken("case_born_or_expected", CaseFactory, {"born_on": None}),
    Broken(
        "case_involvement_once",
        involvement,
        twice=True,
        unless={"happened_on": LONG_BEFORE.replace(year=2021)},
    ),
    Broken("restriction_lifted", restriction, LIFTED | {"lifted_by": None}),
    Broken("restriction_moments", restriction, LIFTED | {"lifted_at": NOW - HOUR}),
    Broken("restriction_has_reason", restriction, {"reason": ""}),
    Broken("restriction_lifted_for_a_reason", restriction, LIFTED | {"lifted_reason": ""}),
    Broken(
        "restriction_one_open",
        restriction,
        twice=True,
        unless=LIFTED | {"lifted_by": lambda first: first.restricted_by},
    ),
    Broken("cases_one_row", CaseSettings.objects.create, {"id": 2}),
    Broken("break_glass_minutes_of_a_day", CaseSettings.objects.create, {"break_glass_minutes": 0}),
    Broken(
        "break_glass_minutes_of_a_day",
        CaseSettings.objects.create,
        {"break_glass_minutes": 24 * 60 + 1},
    ),
    Broken("viewing_one_row", ViewingSettings.objects.create, {"id": 2}),
    Broken("viewing_at_least_one", ViewingSettings.objects.create, {"days": 0}),
    Broken("viewing_at_least_one", ViewingSettings.objects.create, {"opened_a_day": 0}),
    Broken("viewing_at_least_one", ViewingSettings.objects.create, {"listed_a_day": 0}),
]


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_the_database_refuses(db, broken):
    broken.check()


def test_every_constraint_is_tried():
    assert named_by(BROKEN) == constraints_of("cases")
