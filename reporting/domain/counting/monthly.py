"""All figures of a monthly report, counted at one moment."""

import datetime

from accounts.models import Unit
from actions.models import ActionSettings
from audits.models import AuditSettings
from moderation.models import ModerationSettings
from reporting.domain.counting.actions import count_actions
from reporting.domain.counting.grades import count_grades
from reporting.domain.counting.learning import count_learning
from reporting.domain.counting.moderation import count_moderation
from reporting.domain.counting.re_audits import count_re_audits
from reporting.domain.counting.returns import count_returns
from reporting.domain.counting.safety import count_safety
from reporting.domain.figures import MonthlyFigures, Period, UsedSettings
from reporting.domain.ledger import open_ledger


def count_figures(period: Period, *, scope: Unit, as_at: datetime.datetime) -> MonthlyFigures:
    """The figures of the period's months for a unit and everything below it, before `as_at`.

    Months without a round in the ledger have no row. The number of queries does not depend on how
    many records there are. Call it in one transaction, so that all tables see the same records.
    """
    ledger = open_ledger(period, scope=scope, as_at=as_at)
    returns, grades = count_returns(ledger), count_grades(ledger)
    returned = returns.total.returned
    return MonthlyFigures(
        period=period,
        as_at=as_at,
        scope=scope.name,
        returns=returns,
        grades=grades,
        moderation=count_moderation(ledger, returned=returned),
        safety=count_safety(ledger, returns),
        re_audits=count_re_audits(ledger, inadequate=grades.standing.inadequate),
        actions=count_actions(ledger),
        learning=count_learning(ledger, returned=returned),
        settings=_settings(),
    )


def _settings() -> UsedSettings:
    moderation = ModerationSettings.objects.in_use()
    return UsedSettings(
        independence_months=AuditSettings.objects.in_use().independence_months,
        capacity_percent=moderation.capacity_percent,
        random_percent=moderation.random_percent,
        re_audit_months=moderation.re_audit_months,
        verification_percent=ActionSettings.objects.in_use().verification_percent,
    )
