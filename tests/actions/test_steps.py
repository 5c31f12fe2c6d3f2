"""Each step of an action is stamped with its moment and person, and in the history."""

from accounts.domain.leaving import deactivate
from actions.choices import ActionScope
from actions.domain import handing_on, progress, raising, verification
from actions.models import Action
from cases.choices import AccessCapacity
from cases.models import CaseAccess
from tests.steps import Steps

SAID = {"text": "Case note 14 November."}


def raised(steps, world, **chosen):
    given = {
        "scope": ActionScope.CHILD,
        "case": world.case,
        "unit": world.team,
        "what": " Agree the plan. ",
        "expected_impact": " She knows whom to call. ",
        "due_on": steps.now.date(),
        "owners": [world.practitioner],
        "needs_verification": True,
        "by": world.team_manager,
    }
    facts = {"scope": "child", "due_on": steps.now.date().isoformat()}
    named = {"facts": facts, "stamps": "raised"} | given | chosen
    return steps.take("action_raised", raising.raise_action, **named)


def test_from_raising_to_its_impact(world):
    steps, owner, manager = Steps(), world.practitioner, world.team_manager
    action = raised(steps, world)
    assert (action.what, action.expected_impact) == ("Agree the plan.", "She knows whom to call.")
    steps.take("action_started", progress.start, action, by=owner, stamps="started")
    note = steps.take("action_noted", progress.add_note, action, by=owner, of=action, **SAID)
    assert (note.at, note.by) == (steps.now, owner)
    for _ in range(2):
        evidence = {"evidence": "Case note.", "stamps": "done"}
        steps.take("action_finished", progress.finish, action, by=owner, **evidence)
        if _ == 0:
            steps.take("action_sent_back", verification.send_back, action, by=manager, **SAID)
            assert Action.objects.get().done_by is None
    steps.take(
        "action_verified", verification.verify, action, by=manager, stamps="verified", **SAID
    )
    judged = {"shown": False, "stamps": "impact_judged", "facts": {"shown": False}} | SAID
    steps.take("action_impact_judged", verification.judge_impact, action, by=manager, **judged)
    assert Action.objects.get().impact_shown is False
    assert Action.objects.get().started_by == owner
    steps.assert_told()


def test_withdrawing_ends_the_owners_business(world):
    steps = Steps()
    action = raised(steps, world)
    why = {"reason": "The family moved.", "stamps": "withdrawn"}
    steps.take("action_withdrawn", verification.withdraw, action, by=world.team_manager, **why)
    owned = CaseAccess.objects.get(capacity=AccessCapacity.OWNER)
    assert owned.until_at == steps.now
    steps.assert_told()


def test_handing_it_on(world):
    steps, to = Steps(), world.service_manager
    action = raised(steps, world)
    deactivate(world.practitioner, by=world.administrator, now=steps.now)
    given = {"leaver": world.practitioner, "to": to, "by": world.administrator}
    facts = {"leaver": str(world.practitioner.public_id), "owner": str(to.public_id)}
    steps.take("action_handed_on", handing_on.hand_on, action, facts=facts, **given)
    assert [owner.user for owner in action.owners.all()] == [to]
    steps.assert_told()
