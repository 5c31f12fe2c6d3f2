"""Samples of addresses about people, units and roles."""

from collections.abc import Callable
from typing import Any

from accounts.domain import inviting
from accounts.domain.people import system_user
from tests.factories.accounts import LONG_AGO
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


ACCOUNT_SAMPLES: dict[str, Callable[[World], dict[str, Any]]] = {"invitation:in": _invitation}
