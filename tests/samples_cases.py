"""Samples of restricted and opened cases, and of reviewers, for docs/urls.csv."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from cases.domain import glass, restricting
from cases.models import BreakGlass
from cases.permissions import OPENS
from tests.factories.cases import CaseFactory
from tests.world import World

Arguments = dict[str, Any]
WHY = "The court asks for the file this afternoon."


def restrict(world: World) -> None:
    restricting.restrict(world.case, reason="A relative works here.", by=world.qa_manager)


def _opened(world: World, by: User) -> BreakGlass:
    restrict(world)
    return glass.open_glass(reference=world.case.reference, reason=WHY, by=by)


def _mine(world: World) -> Arguments:
    opener = world.whose(*OPENS, otherwise=world.director)
    return {"public_id": _opened(world, opener).public_id}


def _others(world: World) -> Arguments:
    return {"public_id": _opened(world, world.director).public_id}


def _restricted(world: World) -> Arguments:
    restrict(world)
    return {"public_id": world.case.public_id}


def _open_case(world: World) -> Arguments:
    return {"public_id": CaseFactory(team=world.team).public_id}


CASE_SAMPLES: dict[str, Callable[[World], Arguments]] = {
    "glass:in": _mine,
    "glass_use:in": _others,
    "restricted:in": _restricted,
    "unrestricted:in": _open_case,
    "reviewer:in": lambda world: {"public_id": world.reviews().public_id},
}
