"""Samples of audits for docs/urls.csv: of Assessment Team 1, or of a team in the other service."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.choices import Role
from audits.choices import ExemptionReason, ExtensionReason, SafetyJudgement
from audits.domain import drafting, exempting, extending, safety
from audits.models import Audit
from cases.choices import AccessCapacity
from cases.domain import access
from kit.working_days import add_working_days
from tests.factories.accounts import UnitFactory
from tests.world import World

Given = Callable[[World], Audit]


def audit_in(world: World) -> Audit:
    """The auditor's own, of the practitioner's case; or of whoever reviews the round."""
    auditor = world.whose(Role.EXTERNAL_REVIEWER, otherwise=world.auditor)
    if auditor != world.auditor:
        world.reviews(auditor)
    return world.audit(auditor=auditor)


def audit_out(world: World) -> Audit:
    """A colleague's, of a case in a team that nobody in the world works in."""
    team = UnitFactory(name="Care Team 2", parent=world.care_service)
    return world.audit(case=world.new_case(team), auditor=world.second_auditor)


def named(given: Given, **more: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"public_id": given(world).public_id, **more}


def started(given: Given) -> Given:
    def sample(world: World) -> Audit:
        audit = given(world)
        return drafting.start(audit, by=audit.auditor).audit

    return sample


def full(given: Given) -> Given:
    return lambda world: world.draft(given(world)).audit


def settled(given: Given) -> Given:
    """Returned, and the round's sample closed: what is not moderated is released."""

    def sample(world: World) -> Audit:
        audit = world.returned_audit(given(world))
        audit.round.sample_closed_at, audit.round.sample_closed_by = (
            timezone.now(),
            world.qa_manager,
        )
        audit.round.save()
        return audit

    return sample


def moderated_by_qa(given: Given) -> Given:
    """An audit that QA moderates: whoever moderates raises concerns too."""

    def sample(world: World) -> Audit:
        audit = given(world)
        for person in (world.qa_officer, world.qa_manager):
            capacity, because = AccessCapacity.MODERATOR, audit.public_id
            access.grant(person, case=audit.case, capacity=capacity, because_of=because)
        return audit

    return sample


def concern(given: Given, *, acknowledged: bool = False) -> Callable[[World], dict[str, Any]]:
    def sample(world: World) -> dict[str, Any]:
        audit = given(world)
        raised = safety.raise_concern(
            audit, judgement=SafetyJudgement.NOT_SAFE, worry="Bail ended.", by=audit.auditor
        )
        if acknowledged:
            safety.acknowledge(raised, by=world.director)
        return {"public_id": raised.public_id}

    return sample


def more_time(given: Given) -> Callable[[World], dict[str, Any]]:
    """A few days more, asked for by the auditor."""

    def sample(world: World) -> dict[str, Any]:
        audit = given(world)
        later = add_working_days(audit.due_on, 2)
        reason = ExtensionReason.COURT_WEEK
        asked = extending.ask(audit, reason=reason, new_due_on=later, by=audit.auditor)
        return {"public_id": asked.public_id}

    return sample


def excuse(given: Given) -> Callable[[World], dict[str, Any]]:
    """To be excused, asked for by the auditor."""

    def sample(world: World) -> dict[str, Any]:
        audit = given(world)
        reason = ExemptionReason.REDEPLOYED
        return {"public_id": exempting.ask(audit, reason=reason, by=audit.auditor).public_id}

    return sample


def _both(name: str, make: Callable[[Given], Callable[[World], dict[str, Any]]]) -> dict[str, Any]:
    return {f"{name}:in": make(audit_in), f"{name}:out": make(audit_out)}


AUDIT_SAMPLES = {
    **_both("audit", named),
    **_both("more_time", more_time),
    **_both("excuse", excuse),
    **_both("draft", lambda given: named(started(given))),
    **_both("section", lambda given: named(started(given), code="A")),
    **_both("full_draft", lambda given: named(full(given))),
    **_both("returned", lambda given: named(settled(given))),
    **_both("version", lambda given: named(settled(given), number=1)),
    "moderated:in": named(moderated_by_qa(audit_in)),
    "moderated:out": named(audit_out),
    **_both("concern", concern),
    **_both("taken_concern", lambda given: concern(given, acknowledged=True)),
}
