"""How long the figures take as history grows, with the same 12 months in view.

    python -m benchmarks.figures

on SQLite, or on the PostgreSQL server that DATABASE_URL names, in a test database of its own that
is dropped at the end. Prints a table; ends with 1 when queries or time grow with history.
"""

import datetime
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from benchmarks.history import History, months_back
from kit.months import LONDON
from reporting.domain.counting import count_figures
from reporting.domain.counting.actions import count_actions
from reporting.domain.counting.grades import count_grades
from reporting.domain.counting.learning import count_learning
from reporting.domain.counting.moderation import count_moderation
from reporting.domain.counting.re_audits import count_re_audits
from reporting.domain.counting.returns import count_returns
from reporting.domain.counting.safety import count_safety
from reporting.domain.figures import Period
from reporting.domain.ledger import open_ledger

AUDITS = (10_000, 100_000)
LAST = datetime.date(2023, 11, 1)
PERIOD = Period(datetime.date(2022, 12, 1), LAST)
AS_AT = datetime.datetime(2023, 12, 8, 6, tzinfo=LONDON)
MONTHS_IN_VIEW, AUDITS_IN_VIEW, AUDITS_BEFORE = 12, 110, 1_000
REPEATS = 15
WHOLES = ("all figures", "one service")
NOISE = 1.25
"""The most that these may take with the longer history, as a multiple of the shorter."""


@dataclass(frozen=True)
class Timing:
    """A part of the figures: queries, and the least time, which other work disturbs least."""

    part: str
    milliseconds: float
    queries: int


def fill_to(history: History, months: Iterator[datetime.date], audits: int, held: int) -> int:
    """Add months backwards until there are so many audits; how many there are."""
    while held < audits:
        size = AUDITS_IN_VIEW if held < MONTHS_IN_VIEW * AUDITS_IN_VIEW else AUDITS_BEFORE
        history.add_round(next(months), min(size, audits - held))
        held += min(size, audits - held)
    if connection.vendor == "postgresql":
        # The server does so by itself within a minute.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return held


def parts(history: History) -> dict[str, Callable[[], object]]:
    scope = history.authority
    ledger = open_ledger(PERIOD, scope=scope, as_at=AS_AT)
    returns = count_returns(ledger)
    returned = returns.total.returned
    return {
        "ledger": lambda: open_ledger(PERIOD, scope=scope, as_at=AS_AT),
        "returns": lambda: count_returns(ledger),
        "grades": lambda: count_grades(ledger),
        "moderation": lambda: count_moderation(ledger, returned=returned),
        "safety": lambda: count_safety(ledger, returns),
        "re-audits": lambda: count_re_audits(ledger, inadequate=0),
        "actions": lambda: count_actions(ledger),
        "learning": lambda: count_learning(ledger, returned=returned),
        "all figures": lambda: count_figures(PERIOD, scope=scope, as_at=AS_AT),
        "one service": lambda: count_figures(PERIOD, scope=history.teams[0][1], as_at=AS_AT),
    }


def timing(part: str, count: Callable[[], object]) -> Timing:
    with CaptureQueriesContext(connection) as captured:
        count()
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        count()
        taken.append((time.perf_counter() - start) * 1000)
    return Timing(part, min(taken), len(captured))


def table(fewer: list[Timing], more: list[Timing]) -> Iterator[str]:
    sizes = "".join(f"{f'{size:,} audits':>18}" for size in AUDITS)
    yield f"{connection.vendor}, {MONTHS_IN_VIEW} months in view"
    yield f"{'':14}{sizes}{'ratio':>8}{'queries':>9}"
    for one, two in zip(fewer, more, strict=True):
        times = "".join(f"{each.milliseconds:>15.1f} ms" for each in (one, two))
        yield f"{one.part:14}{times}{two.milliseconds / one.milliseconds:>8.2f}{two.queries:>9}"


def complaint(fewer: list[Timing], more: list[Timing]) -> str:
    """What grew with history; empty when nothing did."""
    if [one.queries for one in fewer] != [two.queries for two in more]:
        return "The number of queries grew with history."
    for one, two in zip(fewer, more, strict=True):
        grown = two.milliseconds / one.milliseconds
        if one.part in WHOLES and grown > NOISE:
            return f"{one.part}: time grew {grown:.2f} times, more than {NOISE}."
    return ""


def main() -> str:
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "figures.sqlite3")
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        try:
            history, months, held, found = History(), months_back(LAST), 0, []
            for audits in AUDITS:
                held = fill_to(history, months, audits, held)
                found.append([timing(*part) for part in parts(history).items()])
            sys.stdout.write("\n".join([*table(*found), ""]))
            return complaint(*found)
        finally:
            teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    sys.exit(main() or None)
