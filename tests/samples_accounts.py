"""Samples of addresses about people, units and roles."""

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from accounts.domain import inviting
from accounts.domain.importing import uploads
from accounts.domain.people import system_user
from tests.factories.accounts import LONG_AGO, RoleGrantFactory, second_person
from tests.factories.sign_in import make_factor
from tests.world import World


def _invitation(world: World) -> dict[str, Any]:
    """A link that nobody has used yet."""
    invitation = inviting.invite(
        email="new@aireborough.example",
        name="New Person",
        post_title="Social worker",
        unit=world.team,
        from_on=LONG_AGO,
        by=system_user(),
    )
    return {"token": inviting.token_of(invitation)}


def _ordinary_role(world: World) -> dict[str, Any]:
    grant = RoleGrantFactory(user=world.second_auditor, role=Role.QA_OFFICER, unit=world.team)
    return {"public_id": grant.public_id}


def _role_request(world: World) -> dict[str, Any]:
    """A role that waits for a second person, asked for by nobody who is walked through."""
    grant = RoleGrantFactory(
        user=world.second_auditor,
        role=Role.DIRECTOR,
        unit=world.team,
        granted_by=second_person(),
        confirmed_at=None,
    )
    return {"public_id": grant.public_id}


def _with_second_step(world: World) -> dict[str, Any]:
    """Somebody who has set up an app."""
    make_factor(world.second_auditor, "totp")
    return {"public_id": world.second_auditor.public_id}


def _staff_import(world: World) -> dict[str, Any]:
    """A file of staff that the administrator has chosen and not yet imported."""
    content = b"unit,email,name\nProtection,new@aireborough.example,New Person\n"
    assert world.protection_service
    upload = uploads.keep(content, file_name="a.csv", by=world.administrator)
    return {"public_id": upload.public_id}


def _unit(world: World) -> dict[str, Any]:
    return {"public_id": world.second_team.public_id}


def _with_password(world: World) -> dict[str, Any]:
    """Somebody who has chosen a password."""
    world.second_auditor.set_password("a long walk by the river")
    world.second_auditor.save(update_fields=["password"])
    return {"public_id": world.second_auditor.public_id}


ACCOUNT_SAMPLES: dict[str, Callable[[World], dict[str, Any]]] = {
    "invitation:in": _invitation,
    "membership:in": lambda world: {"public_id": world.second_auditor.memberships.get().public_id},
    "ordinary_role:in": _ordinary_role,
    "person:in": lambda world: {"public_id": world.second_auditor.public_id},
    "role_request:in": _role_request,
    "second_step:in": _with_second_step,
    "staff_import:in": _staff_import,
    "unit:in": _unit,
    "with_password:in": _with_password,
}
