"""What waits for a decision or for work when somebody signs in: requests and managers' actions."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from actions.choices import ActionScope
from audits.choices import ExemptionReason, ExtensionReason
from audits.domain import exempting, extending
from audits.models import Audit
from kit.working_days import add_working_days
from reporting.demo import people as staff
from reporting.demo.plan import at
from reporting.demo.stage import Stage
from reporting.demo.texts import read_actions
from reporting.demo.unit_actions import raise_for_unit

OVERDUE_SINCE, DUE_IN, LONGER = 2, 8, 4


def ask_undecided(stage: Stage, audits: Sequence[Audit], day: date) -> None:
    """Requests of a day about three audits that nobody has decided yet."""
    first, second, third = audits
    away = partial(
        exempting.ask,
        first,
        reason=ExemptionReason.REDEPLOYED,
        note="Moved to the inspection team for three weeks.",
        by=first.auditor,
    )
    ill = partial(
        exempting.ask,
        second,
        reason=ExemptionReason.SICK_LEAVE,
        note="Long-term sick; the team is covered by the service manager.",
        by=stage.user(stage.qa_officers[0]),
    )
    longer = partial(
        extending.ask,
        third,
        reason=ExtensionReason.CONVERSATION_MOVED,
        new_due_on=add_working_days(third.due_on, LONGER),
        note="The worker asked for it to be after supervision.",
        by=third.auditor,
    )
    for ask in (away, ill, longer):
        stage.timeline.at(at(day, stage.rng), partial(_now, ask))


def raise_for_managers(stage: Stage, moment: datetime) -> None:
    """Actions that the managers who sign in carry out: one overdue, the others due soon."""
    people = stage.people
    auditor, head = staff.sign_in(people, "auditor"), staff.sign_in(people, "head.of.service")
    quality = staff.sign_in(people, "qa.manager")
    late = add_working_days(stage.today, -OVERDUE_SINCE)
    soon = add_working_days(stage.today, DUE_IN)
    signing, diary = read_actions("team")[2:4]
    for text, due_on in ((diary, late), (signing, soon)):
        team = ActionScope.TEAM
        raise_for_unit(stage, team, auditor.unit, text, head, auditor, moment, due_on=due_on)
    check, service = read_actions("service")[2], ActionScope.SERVICE
    raise_for_unit(stage, service, head.unit, check, quality, head, moment, due_on=soon)


def _now(act: Callable[..., object], moment: datetime) -> None:
    act(now=moment)
