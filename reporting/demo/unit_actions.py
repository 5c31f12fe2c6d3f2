"""Actions for a team and for the service, raised now and then from what the audits show."""

from datetime import date, datetime, timedelta
from functools import partial

from accounts.choices import Role
from actions.choices import ActionScope
from actions.domain.raising import needs_verification, raise_action
from actions.models import Action
from kit.working_days import add_working_days
from reporting.demo import people as staff
from reporting.demo import units
from reporting.demo.action_life import ActionLife
from reporting.demo.chance import shuffled
from reporting.demo.people import WORKERS, Person
from reporting.demo.plan import at
from reporting.demo.stage import Stage
from reporting.demo.texts import ActionText, read_actions
from reporting.demo.units import Place

FIRST, DAYS = date(2023, 6, 12), 165
TEAM_ACTIONS = 14


def plan_unit_actions(stage: Stage) -> None:
    """Put them on the timeline, over the seven months."""
    rng = stage.rng
    teams = [team for service in WORKERS for team in units.case_teams(service)]
    texts = list(read_actions("team")) * 2
    chosen = zip(rng.sample(teams, TEAM_ACTIONS), texts, strict=False)
    for place, (team, text) in enumerate(chosen):
        day = add_working_days(FIRST + timedelta(days=place * DAYS // TEAM_ACTIONS), 1)
        stage.timeline.at(at(day, rng), partial(_raise_for_team, stage, team, text))
    services = shuffled(rng, list(WORKERS)) * 2
    for place, text in enumerate(read_actions("service")):
        day = add_working_days(FIRST + timedelta(days=place * DAYS // 8), 3)
        act = partial(_raise_for_service, stage, services[place], text)
        stage.timeline.at(at(day, rng), act)


def _raise_for_team(stage: Stage, team: Place, text: ActionText, moment: datetime) -> None:
    """Raised and owned by whoever leads the team, looked at by the next unit's manager."""
    manager = staff.manager_of(stage.people, team.name, moment.date())
    owner = manager
    if text.lead == "Practice Supervisor":
        owner = _in_post(stage, text.lead, team.above[-1]) or manager
    verifier = staff.manager_of(stage.people, team.above[1], moment.date())
    if verifier == owner:
        verifier = stage.qa_officers[1]
    _raise(stage, ActionScope.TEAM, team.name, text, manager, owner, verifier, moment)


def _raise_for_service(stage: Stage, service: str, text: ActionText, moment: datetime) -> None:
    """Raised by the QA manager; the post that leads it owns it."""
    head = staff.manager_of(stage.people, service, moment.date())
    owner = _in_post(stage, text.lead, units.ROOT) or head
    raised_by = staff.sign_in(stage.people, "qa.manager")
    verifier = stage.qa_officers[0] if owner == raised_by else raised_by
    _raise(stage, ActionScope.SERVICE, service, text, raised_by, owner, verifier, moment)


def _in_post(stage: Stage, post: str, within: str) -> Person | None:
    found = (person for person in stage.people if person.post == post and person.role)
    near = (person for person in found if units.place(person.unit).is_within(within))
    return next((person for person in near if person.role != Role.REPORT_RECIPIENT), None)


def raise_for_unit(
    stage: Stage,
    scope: ActionScope,
    unit: str,
    text: ActionText,
    raised_by: Person,
    owner: Person,
    moment: datetime,
    *,
    due_on: date | None = None,
) -> Action:
    """An action as the sample text says, due after its days or on another day."""
    return raise_action(
        scope=scope,
        case=None,
        unit=stage.units[unit],
        what=text.what.say,
        expected_impact=text.different,
        due_on=due_on or moment.date() + timedelta(days=text.days),
        owners=[stage.user(owner)],
        needs_verification=needs_verification(scope, False, stage.rng.random()),
        by=stage.user(raised_by),
        now=moment,
    )


def _raise(
    stage: Stage,
    scope: ActionScope,
    unit: str,
    text: ActionText,
    raised_by: Person,
    owner: Person,
    verifier: Person,
    moment: datetime,
) -> None:
    action = raise_for_unit(stage, scope, unit, text, raised_by, owner, moment)
    rng, timeline = stage.rng, stage.timeline
    ActionLife(action, stage.user(owner), stage.user(verifier), None, rng, timeline).begin()
