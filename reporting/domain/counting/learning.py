"""Themes and contributions of the returns in force (domain rule 8)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count, F, Q

from audits.choices import ANSWERED, ContributionSource, ContributionState, FindingKind
from reporting.domain.figures import ContributionCounts, LearningFigures, ThemeCount
from reporting.domain.figures.learning import DEVELOPMENTS, STRENGTHS
from reporting.domain.ledger import Ledger

Row = Mapping[str, Any]

THEME = "findings__themes"
STATE = "contributions__state"


def count_learning(ledger: Ledger, *, returned: int) -> LearningFigures:
    """Themes by how many audits name them, and who was asked and answered: two queries."""
    themes = list(_themes(ledger))
    return LearningFigures(
        returned=returned,
        strengths=_most(themes, FindingKind.STRENGTH, STRENGTHS),
        developments=_most(themes, FindingKind.DEVELOPMENT, DEVELOPMENTS),
        contributions=_contributions(ledger),
    )


def _themes(ledger: Ledger) -> Iterable[Row]:
    """Each audit counts once a theme and kind, however many of its findings name it."""
    return (
        ledger.returns()
        .values(kind=F("findings__kind"), code=F(f"{THEME}__code"), name=F(f"{THEME}__name"))
        .annotate(audits=Count("pk", distinct=True))
        .order_by("-audits", "name", "code")
    )


def _most(rows: Sequence[Row], kind: FindingKind, limit: int) -> tuple[ThemeCount, ...]:
    found = [row for row in rows if row["kind"] == kind and row["code"] is not None]
    return tuple(ThemeCount(row["code"], row["name"], row["audits"]) for row in found[:limit])


def _contributions(ledger: Ledger) -> tuple[ContributionCounts, ...]:
    """Every source, whether or not anybody asked it."""
    rows = (
        ledger.returns()
        .values(source=F("contributions__source"))
        .annotate(
            asked=Count(STATE, filter=~Q(**{STATE: ContributionState.NOT_ASKED})),
            answered=Count(STATE, filter=Q(**{f"{STATE}__in": ANSWERED})),
        )
    )
    found = {row["source"]: (row["asked"], row["answered"]) for row in rows}
    return tuple(
        ContributionCounts(source.value, source.label, *found.get(source.value, (0, 0)))
        for source in ContributionSource
    )
