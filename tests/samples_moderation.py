"""Samples of moderations and actions for docs/urls.csv.

What is assigned is assigned to whoever asks (`World.asking`), where their role may have it.
"""

from collections.abc import Callable
from typing import Any

from accounts.choices import Role
from accounts.models import User
from accounts.permissions import holds
from actions.choices import ActionScope
from actions.permissions import OWNERS
from audits.models import Audit
from moderation.choices import Settlement
from moderation.domain import settling
from moderation.models import Moderation
from moderation.permissions import knows_because
from tests.factories.accounts import UnitFactory
from tests.factories.actions import done, raised
from tests.factories.moderation import assigned, commit, in_force, regrade
from tests.samples_audits import audit_in
from tests.world import World

Arguments = dict[str, Any]
MODERATORS = (
    Role.HEAD_OF_SERVICE,
    Role.QA_OFFICER,
    Role.QA_MANAGER,
    Role.DIRECTOR,
    Role.EXTERNAL_REVIEWER,
)


def audit_elsewhere(world: World) -> Audit:
    """A colleague's, of a case in a team of the other service in which nobody works."""
    team = UnitFactory(parent=world.care_service)
    return world.audit(case=world.new_case(team), auditor=world.second_auditor)


def moderation_of(world: World, audit: Audit, moderator: User, own: int = 3) -> Moderation:
    """The returned audit with this moderator; sighted where they know it already."""
    if holds(moderator, Role.EXTERNAL_REVIEWER):
        world.reviews(moderator)
    returned = in_force(world.returned_audit(audit, A=(own, own), overall=(own, own)))
    sighted = "Known before." if knows_because(moderator, returned) else ""
    chosen = {"moderator": moderator, "is_blind": not sighted, "sighted_reason": sighted}
    return assigned(world, returned, **chosen)


def committed_by(world: World, audit: Audit, moderator: User, own: int, given: int) -> Moderation:
    moderation = moderation_of(world, audit, moderator, own)
    return commit(regrade(moderation, {"A": (given, given), "Z": (given, given)}))


def _asking(world: World) -> User:
    return world.whose(*MODERATORS, otherwise=world.second_qa_officer)


def _mine(**more: Any) -> Callable[[World], Arguments]:
    def sample(world: World) -> Arguments:
        moderation = moderation_of(world, audit_elsewhere(world), _asking(world))
        return {"public_id": moderation.public_id, **more}

    return sample


def _others(**more: Any) -> Callable[[World], Arguments]:
    def sample(world: World) -> Arguments:
        moderation = moderation_of(world, audit_elsewhere(world), world.second_qa_officer)
        return {"public_id": moderation.public_id, **more}

    return sample


def _my_committed(**more: Any) -> Callable[[World], Arguments]:
    def sample(world: World) -> Arguments:
        moderation = committed_by(world, audit_elsewhere(world), _asking(world), 4, 3)
        return {"public_id": moderation.public_id, **more}

    return sample


def _settled(given: Callable[[World], Audit]) -> Callable[[World], Arguments]:
    def sample(world: World) -> Arguments:
        moderation = committed_by(world, given(world), world.second_qa_officer, 3, 3)
        return {"public_id": moderation.public_id}

    return sample


def _unsettled(world: World) -> Moderation:
    return committed_by(world, audit_in(world), world.second_qa_officer, 3, 2)


def _proposed(world: World) -> Moderation:
    chosen = {"settlement": Settlement.MODERATOR, "reason": "The plan was not followed."}
    return settling.propose(_unsettled(world), by=world.second_qa_officer, **chosen)


def _returned(world: World) -> Arguments:
    return {"public_id": in_force(world.returned_audit(audit_in(world))).public_id}


def _action(world: World) -> Arguments:
    """For the practitioner's case, which the auditor audits."""
    audit_in(world)
    return {"public_id": raised(world).public_id}


def _my_action(world: World) -> Arguments:
    owner = world.whose(*OWNERS, otherwise=world.practitioner)
    return {"public_id": raised(world, owners=[owner]).public_id}


def _service_action(world: World, make: Callable[..., Any]) -> Arguments:
    """Of the other service, and of nobody but its service manager."""
    chosen = {"scope": ActionScope.SERVICE, "case": None, "unit": world.care_service}
    owners = [world.second_auditor]
    action = make(world, **chosen, owners=owners, by=world.other_head_of_service)
    return {"public_id": action.public_id}


MODERATION_SAMPLES: dict[str, Callable[[World], Arguments]] = {
    "regrade:in": _mine(),
    "regrade:out": _others(),
    "regrade_section:in": _mine(code="A"),
    "regrade_section:out": _others(code="A"),
    "compare:in": _my_committed(),
    "compare_section:in": _my_committed(code="A"),
    "outcome:in": _settled(audit_in),
    "outcome:out": _settled(audit_elsewhere),
    "unsettled:in": lambda world: {"public_id": _unsettled(world).public_id},
    "proposed:in": lambda world: {"public_id": _proposed(world).public_id},
    "to_take:in": _returned,
    "action:in": _action,
    "action:out": lambda world: _service_action(world, raised),
    "own_action:in": _my_action,
    "own_action:out": lambda world: _service_action(world, raised),
    "done_action:in": lambda world: {"public_id": done(world).public_id},
    "done_action:out": lambda world: _service_action(world, done),
}
