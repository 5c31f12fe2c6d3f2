"""What someone who receives published reports has before them: the latest, in five answers."""

import datetime
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import User
from kit.months import london_day, long_date, period_text
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.domain.narrative.document import Passage
from reporting.domain.narrative.lately import graded_lately, returned_lately
from reporting.models import Report, ReportFile

NOT_UNSAFE = (
    "Inadequate means that the work was not good enough; it does not by itself mean that the child "
    "was unsafe."
)
"""What members need beside the number of concerns (domain rule 7)."""


@dataclass(frozen=True)
class Answer:
    """A question that members ask, its answer in two sentences, and where the report shows it."""

    question: str
    text: str
    section: str


@dataclass(frozen=True)
class Published:
    """A published report as its recipients see it."""

    public_id: UUID
    period: str
    number: str
    as_at: str
    approved: str
    summary: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class RecipientWork:
    """The latest published report, and the periods of those before it."""

    kind: ClassVar[str] = "recipient"
    heading: ClassVar[str] = "Published reports"
    urgency: ClassVar[int] = 3

    latest: Published | None
    earlier: tuple["Received", ...]


@dataclass(frozen=True)
class Received:
    """A published report in a list; `replaced` says which one corrects it, if one does."""

    report: Report
    period: str
    released: str
    replaced: str


def recipient_work(user: User) -> RecipientWork:
    """The newest report that none has replaced, and all others."""
    found = published_reports(user)
    latest = next((line for line in found if not line.replaced), None)
    return RecipientWork(
        latest=_published(latest.report) if latest else None,
        earlier=tuple(line for line in found if line is not latest),
    )


def published_reports(user: User) -> list[Received]:
    """What this person receives, the newest first."""
    editions = (
        Report.objects.published_for(user)
        .select_related("run")
        .prefetch_related(Prefetch("files", ReportFile.objects.defer("content")))
        .order_by("-run__last_month", "-run__edition")
    )
    newest: dict[str, Report] = {}
    return [_received(report, newest.setdefault(report.period_key, report)) for report in editions]


def _received(report: Report, newest: Report) -> Received:
    released: datetime.datetime | None = report.released_at
    replaced = "" if report is newest else f"replaced by {newest.number}, which corrects it"
    return Received(
        report, _period(report), long_date(london_day(released)) if released else "", replaced
    )


def _period(report: Report) -> str:
    return period_text(report.run.first_month, report.run.last_month)


def _published(report: Report) -> Published:
    narrative = Narrative.from_document(report.narrative)
    figures = MonthlyFigures.from_document(report.figures)
    return Published(
        public_id=report.public_id,
        period=_period(report),
        number=report.number,
        as_at=long_date(figures.as_at),
        approved=_approved(report),
        summary=tuple(f"{point.lead} {point.text}" for point in narrative.summary.attention),
        answers=_answers(narrative, figures),
    )


def _approved(report: Report) -> str:
    day = f" on {long_date(report.approved_at)}" if report.approved_at else ""
    return f"approved by {report.approved_as}{day}"


def _answers(narrative: Narrative, figures: MonthlyFigures) -> tuple[Answer, ...]:
    """The five questions, in the order in which members ask them."""
    returns, grades = returned_lately(figures), graded_lately(figures)
    told = f"{narrative.re_audits.finding} {narrative.actions.finding}"
    return (
        Answer("Are children safe?", f"{narrative.safety.finding} {NOT_UNSAFE}", "safety"),
        _answer("Are managers doing the audits?", narrative.returns, "returns", returns),
        _answer("Is practice getting better?", narrative.grades, "grades", grades),
        _answer("How do we know the grades are right?", narrative.moderation, "moderation"),
        Answer("What happened about what you told us last time?", told, "re-audits"),
    )


def _answer(question: str, passage: Passage, section: str, second: str = "") -> Answer:
    """The section's finding, and `second` or else the first sentence of its detail."""
    second = second or _first_sentence(passage.detail)
    return Answer(question, f"{passage.finding} {second}".strip(), section)


def _first_sentence(text: str) -> str:
    first, dot, _ = text.partition(". ")
    return f"{first}." if dot else text
