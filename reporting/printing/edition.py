"""What printing needs of a report, and nothing else of it."""

import datetime
from typing import Any, Protocol

from kit.months import MONTHS, add_months, long_date, moment_text, month_name
from reporting.choices import ReportStatus


class PrintedRun(Protocol):
    """The part of a run that is printed."""

    as_at: datetime.datetime
    first_month: datetime.date
    last_month: datetime.date
    edition: int


class Edition(Protocol):
    """A report as it was frozen."""

    number: str
    authority_name: str
    status: str
    approved_at: datetime.datetime | None
    approved_as: str
    figures: dict[str, Any]
    narrative: dict[str, Any]
    chain_head: str
    chain_position: int

    @property
    def run(self) -> PrintedRun: ...


def title(report: Edition) -> str:
    """ "Case-file audits: monthly report, November 2023"."""
    return f"Case-file audits: monthly report, {month_name(report.run.last_month)}"


def period_line(report: Edition) -> str:
    """Under the title: the report's month, and from when the figures run."""
    run = report.run
    month = month_name(run.last_month)
    if run.first_month == run.last_month:
        return month
    first = run.first_month
    since = MONTHS[first.month - 1] if first.year == run.last_month.year else month_name(first)
    return f"{month}, with figures from {since}"


def days(report: Edition) -> str:
    """ "1 May to 30 November 2023"."""
    first, last = report.run.first_month, report.run.last_month
    end = add_months(last, 1) - datetime.timedelta(days=1)
    begin = f"1 {MONTHS[first.month - 1]}"
    if first.year != last.year:
        begin += f" {first.year}"
    return f"{begin} to {long_date(end)}"


def status(report: Edition) -> str:
    """ "Draft", or once it is approved "Approved by Director on 3 March 2026"."""
    if report.approved_at is None:
        return ReportStatus(report.status).label
    return f"Approved by {report.approved_as} on {long_date(report.approved_at)}"


def status_within(report: Edition) -> str:
    """The same within a sentence: "draft"."""
    text = status(report)
    return text[:1].lower() + text[1:]


def as_at(report: Edition) -> str:
    return moment_text(report.run.as_at)


def in_fours(digest: str) -> str:
    """A hash as it can be read aloud, in groups of four."""
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))
