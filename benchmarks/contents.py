"""What belongs to returned audits beside their grades, made in bulk."""

import datetime
from collections.abc import Iterable, Sequence
from itertools import islice

from accounts.models import User
from actions.choices import ActionScope
from actions.models import Action
from audits.choices import (
    ContributionSource,
    ContributionState,
    FindingKind,
    ResponseKind,
    SafetyJudgement,
)
from audits.models import (
    AuditReturn,
    Contribution,
    Domain,
    Finding,
    FindingResponse,
    SafetyAnswer,
    SafetyConcern,
    Theme,
)
from kit.months import LONDON, add_months
from moderation.models import ReAuditSchedule

BATCH = 2000


def moment_of(month: datetime.date, day: int = 1) -> datetime.datetime:
    """Noon in London on a day of the month."""
    return datetime.datetime.combine(month.replace(day=day), datetime.time(12), tzinfo=LONDON)


def keep(model, rows: Iterable) -> list:
    """All rows, stored in batches; the rows with their keys."""
    waiting, kept = iter(rows), []
    while batch := list(islice(waiting, BATCH)):
        kept += model.objects.bulk_create(batch)
    return kept


def add_contents(returns: Sequence[AuditReturn], *, domain: Domain, themes: list[Theme]) -> None:
    """Safety answers, four contributions and four findings a return."""
    safe, spoken = SafetyJudgement.SAFE, ContributionState.SPOKEN_TO
    keep(
        SafetyAnswer,
        (SafetyAnswer(audit_return=made, judgement=safe, evidence="Seen.") for made in returns),
    )
    keep(
        Contribution,
        (
            Contribution(audit_return=made, source=source, state=spoken)
            for made in returns
            for source in ContributionSource.values[:4]
        ),
    )
    findings = keep(
        Finding,
        (
            Finding(audit_return=made, domain=domain, kind=kind, text="Seen.")
            for made in returns
            for kind in FindingKind.values * 2
        ),
    )
    tied = Finding.themes.through
    keep(tied, (tied(finding=row, theme=themes[row.pk % len(themes)]) for row in findings))


def add_what_follows(returns: Sequence[AuditReturn], *, domain: Domain, by: User) -> None:
    """An action a return; a re-audit and a safety concern for every fourth."""
    actions = keep(Action, (_action(made, by) for made in returns))
    new = ResponseKind.NEW_ACTION
    keep(
        FindingResponse,
        (
            FindingResponse(audit_return=made, domain=domain, kind=new, action=action)
            for made, action in zip(returns, actions, strict=True)
        ),
    )
    keep(ReAuditSchedule, (_re_audit(made, by) for made in returns[::4]))
    keep(SafetyConcern, (_concern(made, by) for made in returns[::4]))


def _action(made: AuditReturn, by: User) -> Action:
    return Action(
        scope=ActionScope.CHILD,
        case=made.audit.case,
        unit=made.audit.team,
        what="Visit.",
        due_on=made.audit.due_on,
        raised_at=made.returned_at,
        raised_by=by,
    )


def _re_audit(made: AuditReturn, by: User) -> ReAuditSchedule:
    return ReAuditSchedule(
        case=made.audit.case,
        origin=made.audit,
        due_on=add_months(made.audit.month, 4),
        scheduled_at=made.returned_at,
        scheduled_by=by,
    )


def _concern(made: AuditReturn, by: User) -> SafetyConcern:
    return SafetyConcern(
        audit=made.audit,
        judgement=SafetyJudgement.CHECK_TODAY,
        worry="Nobody has seen the child.",
        raised_at=made.returned_at,
        raised_by=by,
        acknowledged_at=made.returned_at + datetime.timedelta(minutes=30 + made.pk % 60),
        acknowledged_by=by,
    )
