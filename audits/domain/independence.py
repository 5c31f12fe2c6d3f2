"""Independence of a case as a round asks for it (domain rule 3).

Only rounds of independent standing ask. A breach counts unless two people gave leave for this
round, case and auditor (`audits.domain.overriding`). Refusals name no case.
"""

import datetime

from accounts.models import User
from accounts.permissions import require
from audits.choices import Standing
from audits.models import Audit, AuditSettings, Round
from cases.domain import independence
from cases.domain.independence import Breach
from cases.models import Case


def breaches(auditor: User, *, case: Case, in_round: Round, on: datetime.date) -> list[Breach]:
    """What stands between this person and this case in the round; leave given is left out."""
    if in_round.standing != Standing.INDEPENDENT:
        return []
    found = independence.breaches(auditor, case=case, on=on, months=_months())
    if not found:
        return []
    leave = in_round.independence_overrides.filter(
        case=case, auditor=auditor, confirmed_at__isnull=False
    )
    given = set(leave.values_list("breach", flat=True))
    return [breach for breach in found if breach.kind not in given]


def check_before_allocating(
    auditor: User, *, case: Case, in_round: Round, on: datetime.date
) -> None:
    """Raise Refused ("not_independent"), in words for the person who gives the audit out."""
    for breach in breaches(auditor, case=case, in_round=in_round, on=on):
        require(
            False,
            "not_independent",
            f"{auditor} can't audit this case: the auditor {breach.kind.label}, now or within "
            f"{_months()} months. Choose someone else, or ask for an override.",
        )


def check_auditor(audit: Audit, *, on: datetime.date) -> None:
    """Raise Refused ("not_independent"), in words for the auditor, at each step of their work."""
    for breach in breaches(audit.auditor, case=audit.case, in_round=audit.round, on=on):
        require(
            False,
            "not_independent",
            f"You can't audit this case: {breach.sentence}, and independence looks back "
            f"{_months()} months. Ask the QA team to give it to someone else.",
        )


def _months() -> int:
    return AuditSettings.objects.in_use().independence_months
