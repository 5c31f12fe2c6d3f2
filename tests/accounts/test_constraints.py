"""What the database refuses of people, units, roles and history, whichever way it is written."""

import datetime
import uuid

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.choices import NoticeKind, Role
from accounts.domain.people import system_user
from accounts.models import (
    AuthoritySettings,
    HistoryHead,
    Invitation,
    Notice,
    StaffImport,
)
from tests.constraints import Broken, constraints_of, named_by
from tests.factories.accounts import (
    MembershipFactory,
    RoleGrantFactory,
    UnitFactory,
    UserFactory,
)

NOW = timezone.now()
BEFORE, LATER = NOW - datetime.timedelta(days=1), NOW + datetime.timedelta(days=1)
DAY_BEFORE = {"until_on": datetime.date(2019, 12, 31)}
LAST_DAY = {"until_on": datetime.date(2020, 1, 31)}


def grant(**values):
    return RoleGrantFactory(role=Role.TEAM_MANAGER, **values)


def confirmed():
    return RoleGrantFactory(role=Role.QA_MANAGER)


def invitation():
    return Invitation.objects.create(
        user=UserFactory(), invited_at=NOW, invited_by=system_user(), expires_at=LATER
    )


def notice():
    return Notice.objects.create(
        kind=NoticeKind.values[0],
        subject=uuid.uuid4(),
        step="told",
        recipient=UserFactory(),
        due_at=NOW,
    )


def staff_import():
    return StaffImport.objects.create(
        file_name="staff.csv",
        sha256="0" * 64,
        content=b"name",
        uploaded_at=NOW,
        uploaded_by=system_user(),
        expires_at=LATER,
    )


def head():
    return HistoryHead.objects.get_or_create()[0]


def settings():
    return AuthoritySettings.objects.create()


def team():
    return UnitFactory(parent=UnitFactory())


BROKEN = [
    Broken("grant_dates", grant, DAY_BEFORE),
    Broken("grant_confirmed", grant, {"confirmed_at": NOW}),
    Broken("grant_confirmed", grant, {"confirmed_by": F("granted_by")}),
    Broken("grant_refused", grant, {"refused_at": NOW}),
    Broken("grant_ended", grant, {"ended_by": F("granted_by")}),
    Broken("grant_two_people", confirmed, {"confirmed_by": F("granted_by")}),
    Broken("grant_two_sessions", confirmed, {"granted_session": "1", "confirmed_session": "1"}),
    Broken("grant_not_own", grant, {"granted_by": F("user")}),
    Broken("grant_not_own", confirmed, {"confirmed_by": F("user")}),
    Broken(
        "grant_confirmed_or_refused",
        confirmed,
        {"refused_at": NOW, "refused_by": F("granted_by")},
    ),
    Broken("grant_ended_has_last_day", grant, {"ended_at": NOW, "ended_by": F("granted_by")}),
    Broken("grant_open_once", grant, twice=True, unless=LAST_DAY),
    Broken("history_one_head", head, {"id": 2}),
    Broken("invitation_withdrawn", invitation, {"withdrawn_at": NOW}),
    Broken("invitation_expires_later", invitation, {"expires_at": NOW}),
    Broken(
        "invitation_accepted_or_withdrawn",
        invitation,
        {"accepted_at": NOW, "withdrawn_at": NOW, "withdrawn_by": F("invited_by")},
    ),
    Broken("invitation_open_once", invitation, twice=True, unless={"accepted_at": NOW}),
    Broken("membership_dates", MembershipFactory, DAY_BEFORE),
    Broken("membership_open_once", MembershipFactory, twice=True, unless=LAST_DAY),
    Broken("notice_once", notice, twice=True, unless={"step": "again"}),
    Broken("notice_claimed_before_hand_over", notice, {"handed_over_at": NOW}),
    Broken(
        "notice_claimed_before_hand_over", notice, {"claimed_at": NOW, "handed_over_at": BEFORE}
    ),
    Broken("authority_one_row", settings, {"id": 2}),
    Broken("authority_invitation_days", settings, {"invitation_days": 0}),
    Broken("authority_invitation_days", settings, {"invitation_days": 61}),
    Broken("staff_import_imported", staff_import, {"imported_at": NOW, "content": None}),
    Broken(
        "staff_import_keeps_no_bytes",
        staff_import,
        {"imported_at": NOW, "imported_by": F("uploaded_by")},
    ),
    Broken(
        "unit_name_once_in_parent",
        team,
        {"path": "/0/1/"},
        twice=True,
        unless={"name": "Another team"},
    ),
    Broken(
        "user_email_once",
        lambda: UserFactory(email="kim@aireborough.example"),
        {"email": "Kim@Aireborough.example"},
        twice=True,
        unless={"email": "kim.two@aireborough.example"},
    ),
    Broken(
        "user_one_system",
        system_user,
        {"email": "second@aireborough.example"},
        twice=True,
        unless={"is_system": False},
    ),
    Broken("user_deactivated", UserFactory, {"deactivated_at": NOW, "is_active": False}),
    Broken(
        "user_deactivated_is_inactive",
        UserFactory,
        {"deactivated_at": NOW, "deactivated_by": F("pk")},
    ),
]


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_the_database_refuses(db, broken):
    broken.check()


def test_every_constraint_is_tried():
    assert named_by(BROKEN) == constraints_of("accounts")
