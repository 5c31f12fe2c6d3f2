"""How long a dashboard takes beside the same page on SQL written by hand, as history grows.

    python -m benchmarks.dashboard

on SQLite, or on the PostgreSQL server that DATABASE_URL names, in a test database of its own that
is dropped at the end. Prints a table; ends with 1 when the page takes more than 1.35 times its
floor, more than six figure queries, when it grows with history, or when cold charts are slow.
"""

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from unittest import mock

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from django.utils import timezone

from accounts.choices import Role
from accounts.domain.roles import grant_role
from accounts.models import Unit, User
from audits.choices import Axis
from benchmarks import dashboard_sql
from benchmarks.figures import AS_AT, LAST, NOISE, PERIOD, fill_to
from benchmarks.history import History, months_back
from moderation.choices import ReAuditEnd
from moderation.models import ReAuditSchedule
from reporting.domain.counting import actions as actions_module
from reporting.domain.dashboard.counting import count_dashboard
from reporting.domain.ledger import Ledger, open_ledger

AUDITS = (10_000, 50_000)
REPEATS = 25
TARGET, MOST_QUERIES, COLD_MS = 1.35, 6, 150
QUERY = f"?first={PERIOD.first:%Y-%m}&last={LAST:%Y-%m}"


@dataclass(frozen=True)
class Timing:
    """One scope at one length of history; milliseconds, the least of some runs.

    `ratio` is the median of what each run took of the floor's beside it.
    """

    scope: str
    page: float
    floor: float
    ratio: float
    figures: float
    floor_figures: float
    cold: float
    queries: int
    all_queries: int


@contextmanager
def by_hand() -> Iterator[None]:
    """Within it the figures come from SQL written by hand."""
    counting = "reporting.domain.dashboard.counting"
    with ExitStack() as stack:
        for place, by_hand_too in (
            (f"{counting}.count_by", dashboard_sql.count_by),
            (f"{counting}.count_overall", dashboard_sql.count_overall),
            (f"{counting}.count_actions", _actions),
            ("reporting.domain.counting.domains._cube", dashboard_sql.domain_cube),
        ):
            stack.enter_context(mock.patch(place, by_hand_too))
        yield


def _actions(ledger: Ledger) -> object:
    return actions_module._figures(dashboard_sql.action_counts(ledger))


def least(run: Callable[[], object], *, times: int = REPEATS) -> float:
    """SQLite works in this process: its time is the process's own, whatever else runs."""
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    taken = []
    for _ in range(times):
        gc.collect()
        start = clock()
        run()
        taken.append((clock() - start) * 1000)
    return min(taken)


def side_by_side(run: Callable[[], object]) -> list[tuple[float, float]]:
    """The product and its floor by turns, so that other work disturbs both alike."""
    pairs = []
    for _ in range(REPEATS):
        mine = least(run, times=1)
        with by_hand():
            pairs.append((mine, least(run, times=1)))
    return pairs


def quickest(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """Of the product and of its floor."""
    mine, floor = zip(*pairs, strict=True)
    return min(mine), min(floor)


def end_earlier_re_audits(history: History) -> None:
    """As in life: what grows is history, not the number of children at Inadequate today."""
    earlier = ReAuditSchedule.objects.filter(origin__month__lt=PERIOD.first)
    better = {"ended_because": ReAuditEnd.BETTER, "ended_by": history.system}
    earlier.update(ended_at=AS_AT, **better)
    if connection.vendor == "postgresql":
        # As in fill_to: the server does so by itself.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def timing(name: str, scope: Unit, authority: Unit, reader: User) -> Timing:
    client = Client()
    client.force_login(reader)
    address = f"/dashboard/{QUERY}&unit={scope.public_id}"

    def page() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.headers.get("Location")

    def cold() -> None:
        cache.clear()
        page()

    ledger = open_ledger(PERIOD, scope=scope, as_at=AS_AT)

    def figures() -> object:
        return count_dashboard(ledger, axis=Axis.PRACTICE, authority=authority)

    with by_hand():
        floor_figures = figures()
    assert figures() == floor_figures, "The floor counts otherwise."
    page()
    pairs = side_by_side(page)
    warm, floor = quickest(pairs)
    mine, theirs = quickest(side_by_side(figures))
    return Timing(
        scope=name,
        page=warm,
        floor=floor,
        ratio=median(one / other for one, other in pairs),
        figures=mine,
        floor_figures=theirs,
        cold=least(cold, times=5) - warm,
        queries=_queries(figures),
        # Every half a minute a page notes in the session that somebody is there.
        all_queries=min(_queries(page), _queries(page)),
    )


def _queries(run: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        run()
    return len(captured)


def table(audits: int, rows: list[Timing]) -> Iterator[str]:
    yield f"{connection.vendor}, {audits:,} audits, 12 months in view (ms)"
    heads = ("page", "floor", "ratio", "figures", "by hand", "charts", "queries", "of the page")
    yield f"{'':12}" + "".join(f"{head:>12}" for head in heads)
    for row in rows:
        times = (row.page, row.floor, row.ratio, row.figures, row.floor_figures, row.cold)
        cells = [f"{value:.2f}" for value in times]
        cells += [str(row.queries), str(row.all_queries)]
        yield f"{row.scope:12}" + "".join(f"{cell:>12}" for cell in cells)


def complaint(found: list[list[Timing]]) -> str:
    """What misses its target; empty when nothing does."""
    for row in (row for rows in found for row in rows):
        if row.ratio > TARGET:
            return f"{row.scope}: {row.ratio:.2f} times its floor, more than {TARGET}."
        if row.queries > MOST_QUERIES:
            return f"{row.scope}: {row.queries} figure queries, more than {MOST_QUERIES}."
        if row.cold > COLD_MS:
            return f"{row.scope}: cold charts take {row.cold:.0f} ms, more than {COLD_MS}."
    for few, many in zip(found[0], found[-1], strict=True):
        if many.page / few.page > NOISE or few.all_queries != many.all_queries:
            return f"{few.scope}: the page grew with history."
    return ""


def main() -> str:
    settings.ALLOWED_HOSTS = ["testserver"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "dashboard.sqlite3")
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        try:
            return _measure()
        finally:
            teardown_databases(databases, verbosity=0)


def _measure() -> str:
    history, months, held, found = History(), months_back(LAST), 0, []
    role, today = Role.QA_MANAGER, timezone.localdate()
    grant_role(
        history.officer,
        role=role,
        unit=history.authority,
        from_on=today,
        by=history.system,
        confirmed_by=history.auditor,
    )
    # A granted role ends the sessions there were: the reader's next one knows of it.
    history.officer.refresh_from_db()
    service = history.teams[0][1]
    for audits in AUDITS:
        held = fill_to(history, months, audits, held)
        end_earlier_re_audits(history)
        scopes = (("authority", history.authority), ("one service", service))
        rows = [timing(name, unit, history.authority, history.officer) for name, unit in scopes]
        sys.stdout.write("\n".join([*table(audits, rows), ""]))
        sys.stdout.flush()
        found.append(rows)
    return complaint(found)


if __name__ == "__main__":
    sys.exit(main() or None)
