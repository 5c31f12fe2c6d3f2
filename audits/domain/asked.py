"""What somebody asked about an audit: more time, or to be excused; and the answers to it.

Asking and deciding are verbs of `extending` and `exempting`; here it is read.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from audits.models import Audit, AuditReturn, AuditSettings, Exemption, Extension
from audits.permissions import can_audit_extend, decides_exemption
from kit.exceptions import NotPossible
from kit.months import long_date

Request = Exemption | Extension

UNDECIDED = Q(approved_at__isnull=True, refused_at__isnull=True)


def words_of(because: str) -> str:
    """Why something is refused. Raises NotPossible ("refused_without_words") when empty."""
    if not because.strip():
        raise NotPossible("refused_without_words", "Say why, so that whoever asked knows.")
    return because


def is_undecided(request: Request) -> bool:
    """Whether it waits for a decision."""
    is_withdrawn = isinstance(request, Exemption) and request.withdrawn_at is not None
    return not (request.approved_at or request.refused_at or is_withdrawn)


def extensions_waiting(extensions: QuerySet[Extension]) -> QuerySet[Extension]:
    """Those undecided, of audits that still have to come back: else nothing is to decide."""
    return extensions.filter(_still_out(), UNDECIDED)


def exemptions_waiting(exemptions: QuerySet[Exemption]) -> QuerySet[Exemption]:
    """Those undecided, of audits that still have to come back: else nothing is to decide."""
    return exemptions.filter(_still_out(), UNDECIDED, withdrawn_at__isnull=True)


def answered(user: User, *, since: datetime.datetime) -> list[Request]:
    """What this person asked and was told since the moment, the newest first."""
    told = Q(approved_at__gte=since) | Q(refused_at__gte=since)
    rows: list[Request] = []
    for model in (Exemption, Extension):
        mine = model.objects.visible_to(user).filter(told, requested_by=user)
        rows += mine.select_related("audit__case__team", "approved_by", "refused_by")
    return sorted(rows, key=decided_at, reverse=True)


def decided_at(request: Request) -> datetime.datetime:
    """When it was decided. Raises ValueError while it is not."""
    moment = request.approved_at or request.refused_at
    if moment is None:
        raise ValueError("Nobody has decided yet.")
    return moment


@dataclass(frozen=True)
class Requests:
    """What was asked about one audit: what waits, and the last answer of each kind in words."""

    extension: Extension | None
    exemption: Exemption | None
    answers: tuple[str, ...]


def requests_of(audit: Audit) -> Requests:
    """For the audit's own pages: one statement for each kind."""
    by_whom = ("approved_by", "refused_by")
    extensions = list(audit.extensions.select_related(*by_whom).order_by("-requested_at", "-pk"))
    exemptions = list(audit.exemptions.select_related(*by_whom).order_by("-requested_at", "-pk"))
    decided: list[Request] = [
        *[row for row in extensions if row.approved_at or row.refused_at][:1],
        *[row for row in exemptions if row.approved_at or row.refused_at][:1],
    ]
    return Requests(
        extension=next(filter(is_undecided, extensions), None),
        exemption=next(filter(is_undecided, exemptions), None),
        answers=tuple(f"{what_of(row)}. {answer_of(row)}" for row in decided),
    )


def what_of(request: Request) -> str:
    """ "To be excused" or "More time, until 3 March 2026"."""
    if isinstance(request, Extension):
        return f"More time, until {long_date(request.new_due_on)}"
    return "To be excused"


def answer_of(request: Request) -> str:
    """ "Granted on 3 March 2026 by the QA manager." or "Refused on ... by ...: why"."""
    by = request.approved_by or request.refused_by
    told = f"on {long_date(decided_at(request))} by {(by.post or by.name) if by else ''}"
    if request.refused_at:
        return f"Refused {told}: {request.refused_because}"
    is_withdrawn = isinstance(request, Exemption) and request.withdrawn_at
    return f"Granted {told}, and taken back since." if is_withdrawn else f"Granted {told}."


def may_decide(user: User, request: Request, *, short_days: int) -> bool:
    """Whether this person may decide it; `short_days` as `short_extension` gives them."""
    if isinstance(request, Extension):
        return can_audit_extend(user, request, short_days=short_days)
    return decides_exemption(user, request)


def short_extension() -> int:
    """Working days by which managers may extend without the QA manager."""
    return AuditSettings.objects.in_use().short_extension_days


def _still_out() -> Q:
    """The audit is neither returned nor excused nor withdrawn."""
    returned = AuditReturn.objects.in_force().filter(audit=OuterRef("audit"))
    excused = Exemption.objects.filter(
        audit=OuterRef("audit"), approved_at__isnull=False, withdrawn_at__isnull=True
    )
    return ~Q(Exists(returned)) & ~Q(Exists(excused)) & Q(audit__voided_at__isnull=True)
