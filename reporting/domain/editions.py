"""An edition: what is printed is counted once, kept on the Report, and read from there only.

A second worker on the same run finds the Report of the first, so that one run has one content.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.domain import history
from accounts.models import AuthoritySettings, HistoryHead
from kit.months import period_text
from reporting.choices import FileKind
from reporting.domain.counting import count_figures
from reporting.domain.figures import MonthlyFigures, Period
from reporting.domain.narrative import narrate
from reporting.models import Report, ReportRun


def freeze(run: ReportRun) -> Report:
    """The run's Report, made at the first call: figures as at the run's moment, and the sentences.

    The history's head is read in the same view of the database as the figures.
    """
    found = Report.objects.filter(run=run).first()
    if found:
        return found
    with _one_view():
        period = Period(run.first_month, run.last_month)
        figures = count_figures(period, scope=run.scope, as_at=run.as_at)
        head = history.head()
    try:
        with transaction.atomic():
            return _create(run, figures, head)
    except IntegrityError:
        return Report.objects.get(run=run)


def _create(run: ReportRun, figures: MonthlyFigures, head: HistoryHead) -> Report:
    authority, _ = AuthoritySettings.objects.get_or_create(pk=1)
    report = Report.objects.create(
        run=run,
        number=number(run),
        authority_name=authority.name,
        figures=figures.as_document(),
        narrative=narrate(figures).as_document(),
        chain_position=head.position,
        chain_head=head.hash,
        frozen_at=timezone.now(),
        period_key=period_key(run),
    )
    # As the database keeps it: whoever prints it later reads the same.
    report.refresh_from_db()
    return report


def number(run: ReportRun) -> str:
    """As printed: MR-2023-11/1, the edition last."""
    return f"MR-{run.last_month:%Y-%m}/{run.edition}"


def period_key(run: ReportRun) -> str:
    """Kind, months and scope in one word: what has one current edition."""
    months = f"{run.first_month:%Y-%m}:{run.last_month:%Y-%m}"
    return f"{run.kind}:{months}:{run.scope.public_id}"


def title(run: ReportRun) -> str:
    """The document's title: "Case-file audits: monthly report, May to November 2023"."""
    return f"Case-file audits: monthly report, {period_text(run.first_month, run.last_month)}"


def file_name(run: ReportRun, kind: FileKind) -> str:
    """What a download is called; no name of a person, a place or a case."""
    months = f"{run.first_month:%Y-%m}-to-{run.last_month:%Y-%m}"
    return f"monthly-report-{months}-edition-{run.edition}.{kind.value}"


@contextmanager
def _one_view() -> Iterator[None]:
    """One moment's view of every table, so that figures and head belong together.

    SQLite's transactions are that already; PostgreSQL is asked for it, unless within another.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
