"""What someone who receives published reports has before them: the latest, in five answers."""

import datetime
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from accounts.models import User
from kit.months import london_day, long_date, period_text
from reporting.domain.figures import MonthlyFigures
from reporting.domain.narrative import Narrative
from reporting.domain.narrative.document import Passage
from reporting.models import Report


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
    summary: tuple[str, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class RecipientWork:
    """The latest published report, and the periods of those before it."""

    kind: ClassVar[str] = "recipient"
    heading: ClassVar[str] = "Published reports"
    urgency: ClassVar[int] = 3

    latest: Published | None
    earlier: tuple[str, ...]


def recipient_work(user: User) -> RecipientWork:
    """Published, current editions that this person may receive, the newest first."""
    editions = Report.objects.published_for(user).select_related("run")
    found = list(editions.order_by("-run__last_month", "-run__published_at"))
    return RecipientWork(
        latest=_published(found[0]) if found else None,
        earlier=tuple(_line(report) for report in found[1:]),
    )


def _line(report: Report) -> str:
    issued: datetime.datetime | None = report.run.published_at
    day = f", issued on {long_date(london_day(issued))}" if issued else ""
    return f"{_period(report)}, report {report.number}{day}"


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
        summary=tuple(f"{point.lead} {point.text}" for point in narrative.summary.attention),
        answers=_answers(narrative),
    )


def _answers(narrative: Narrative) -> tuple[Answer, ...]:
    """The five questions, in the order in which members ask them."""
    told = f"{narrative.re_audits.finding} {narrative.actions.finding}"
    return (
        _answer("Are children safe?", narrative.safety, "safety"),
        _answer("Are managers doing the audits?", narrative.returns, "returns"),
        _answer("Is practice getting better?", narrative.grades, "grades"),
        _answer("How do we know the grades are right?", narrative.moderation, "moderation"),
        Answer("What happened about what you told us last time?", told, "re-audits"),
    )


def _answer(question: str, passage: Passage, section: str) -> Answer:
    return Answer(question, f"{passage.finding} {_first_sentence(passage.detail)}".strip(), section)


def _first_sentence(text: str) -> str:
    first, dot, _ = text.partition(". ")
    return f"{first}." if dot else text
