"""`manage.py build_report monthly --month 2023-11`: ask for a report and make it here."""

import datetime
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from accounts.domain.people import named
from accounts.domain.units import authority
from accounts.exceptions import Refused
from accounts.models import Unit, User
from kit.exceptions import NotPossible
from kit.files import CannotWrite, check_writable, write_whole
from kit.months import LONDON, BadMonth, moment_text, parse_month
from reporting import issuing
from reporting.choices import FileKind, ReportKind, RequestSource
from reporting.domain import leases, workers
from reporting.domain.requesting import request_report
from reporting.models import ReportFile, ReportRun

LOOK_AGAIN_SECONDS = 0.2

ANSWER_SECONDS = 8
"""How long a worker that has just been started may take to answer the ring."""

NOBODY_LISTENS = (
    "No worker is listening, so nothing happens yet. Start one with script/server, or with "
    "`celery -A auditsite worker` and `celery -A auditsite beat`; it takes the report up by itself."
)


class Command(BaseCommand):
    help = (
        "Issue a report. The work is done in this process; if a worker has it in hand already, "
        "the command waits for that. The same request gives the current edition again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="The kind of report: monthly.")
        parser.add_argument("--month", help="The last month covered, as 2023-11.")
        parser.add_argument(
            "--from",
            dest="first",
            help="The first month covered; else the first of the last 12 that have a round.",
        )
        parser.add_argument(
            "--as-at",
            help="The moment the figures are true for, London time, as 2023-12-06T06:00, or now.",
        )
        parser.add_argument("--output", type=Path, help="Write the PDF to this file too.")
        parser.add_argument("--by", metavar="EMAIL", help="Who asks; else the program itself.")
        parser.add_argument(
            "--no-wait", action="store_true", help="Leave the work to a worker, and end."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.issue(**options)
        except (BadMonth, NotPossible, Refused, CannotWrite) as problem:
            raise CommandError(str(problem)) from problem
        except DatabaseError as problem:
            reason = str(problem).strip().splitlines()[0]
            raise CommandError(
                f"The database did not answer ({reason}): see that it runs, run `manage.py "
                "migrate`, and ask again."
            ) from problem

    def issue(self, *, output: Path | None, no_wait: bool, **options: Any) -> None:
        if output and no_wait:
            raise CommandError("--output needs the finished report: leave out --no-wait.")
        if output:
            check_writable(output)
        run = ask(**options)
        if is_of_another_moment(run, options["as_at"]):
            # One edition of a report is made at a time: that one first, then what was asked for.
            if no_wait:
                raise CommandError(
                    f"Another edition, as at {moment_text(run.as_at)}, is being made: ask again "
                    "when it is ready."
                )
            see_through(run, self.stdout.write)
            run = ask(**options)
        self.stdout.write(f"{run}, as at {moment_text(run.as_at)}.")
        if no_wait:
            self.say_who_listens(run)
            return
        see_through(run, self.stdout.write)
        if run.failed_at:
            raise CommandError(run.failure)
        self.say_issued(run, output)

    def say_who_listens(self, run: ReportRun) -> None:
        if run.published_at or somebody_listens(run):
            self.stdout.write("See the Reports page for its progress and the finished report.")
        else:
            self.stderr.write(self.style.WARNING(NOBODY_LISTENS))

    def say_issued(self, run: ReportRun, output: Path | None) -> None:
        printed = ReportFile.objects.get(report__run=run, kind=FileKind.PDF, is_released=False)
        if output:
            write_whole(output, bytes(printed.content))
        where = f"on the Reports page and in {output}" if output else "on the Reports page"
        self.stdout.write(f"Issued as {printed.report.number}; it is {where}.")
        self.stdout.write(f"SHA-256 {printed.sha256}, {printed.size:,} bytes.")


def ask(
    *, kind: str, month: str | None, first: str | None, as_at: str | None, by: str | None, **_: Any
) -> ReportRun:
    """Make the request that the options describe. Raises CommandError and what the verb raises."""
    if kind not in ReportKind.values:
        raise CommandError(f"“{kind[:20]}” is no kind of report: write {ReportKind.MONTHLY}.")
    if not month:
        raise CommandError("Say which month: --month 2023-11.")
    return request_report(
        kind=ReportKind(kind),
        first_month=parse_month(first) if first else None,
        last_month=parse_month(month),
        scope=whole_authority(),
        by=person(by),
        source=RequestSource.COMMAND,
        as_at=parse_moment(as_at) if as_at else None,
    )


def person(email: str | None) -> User:
    try:
        return named(email)
    except User.DoesNotExist as problem:
        raise CommandError(
            f"Nobody with the address {email} works here: give the address somebody signs in with."
        ) from problem


def whole_authority() -> Unit:
    try:
        return authority()
    except Unit.DoesNotExist as problem:
        raise CommandError("There is nothing to report on yet: run `manage.py load_demo`.") from (
            problem
        )


def parse_moment(text: str) -> datetime.datetime:
    """A moment as typed: "now", or date and time, London's unless it names its own zone."""
    if text == "now":
        return timezone.now()
    try:
        moment = datetime.datetime.fromisoformat(text)
        if len(text) <= len("2023-12-06"):
            raise ValueError("A day alone leaves open whether its beginning or its end is meant.")
        aware = moment if moment.tzinfo else moment.replace(tzinfo=LONDON)
        return aware.astimezone(datetime.UTC)
    except (ValueError, OverflowError) as problem:
        raise CommandError(
            f"“{text[:30]}” is not a moment: write date and time as 2023-12-06T06:00, or now."
        ) from problem


def is_of_another_moment(run: ReportRun, as_at: str | None) -> bool:
    """Whether the answer is another edition, in the making, than the one asked for."""
    return as_at not in (None, "now") and run.as_at != parse_moment(as_at or "now")


def see_through(run: ReportRun, tell: Callable[[str], object]) -> None:
    """Make the report here, or wait for the worker that has it, until the run has ended."""
    told = False
    while not (run.published_at or run.failed_at):
        if claimed := leases.claim(run):
            issuing.attempt(claimed)
        else:
            if not told:
                tell("Waiting: a worker has it in hand, or the last try is soon repeated.")
                told = True
            time.sleep(LOOK_AGAIN_SECONDS)
        run.refresh_from_db()


def somebody_listens(run: ReportRun) -> bool:
    """Whether a worker shows itself: lately, or within a moment of the ring."""
    deadline = time.monotonic() + ANSWER_SECONDS
    while not workers.is_listening():
        run.refresh_from_db()
        if run.claim:
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(LOOK_AGAIN_SECONDS)
    return True
