"""What history and the rows of who looked cost a page, beside the same page without them.

    python -m benchmarks.views

Whole requests, through all middleware, of lists of fifty and of single records that have ENTRIES
entries of history. The page beside it is the same one without the middleware that writes looks and
with no entry shown. Turn by turn, so that other work disturbs both alike. Prints clock and
processor time of both, their ratios and the statements; ends with 1 above LIMIT, or when a second
look or another page of the list takes more statements (architecture.md, section 5).
"""

import datetime
import gc
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    override_settings,
    setup_databases,
    teardown_databases,
)
from django.urls import reverse

from accounts.domain import history, telling
from accounts.models import User
from actions.models import Action
from audits.models import Audit
from benchmarks.history import History, months_back
from benchmarks.registers import PLAIN_FILES, head_of
from cases.models import CaseView
from kit.records import PublicRecord

LIMIT, REPEATS, WARM, ENTRIES, A_MONTH, MONTHS = 1.3, 30, 3, 12, 1_000, 3
LAST = datetime.date(2023, 11, 1)
WRITER = "auditsite.middleware.CaseViewMiddleware"
WITHOUT = [name for name in settings.MIDDLEWARE if name != WRITER]
SHOWN = telling.MOST


@dataclass
class Times:
    """Milliseconds of each run, by the clock and of this process."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def add(self, client: Client, address: str) -> None:
        # Garbage is collected in between, or it falls to one of the two that take turns.
        gc.collect()
        gc.disable()
        clock, processor = time.perf_counter(), time.process_time()
        answer = client.get(address)
        self.processor.append((time.process_time() - processor) * 1000)
        self.clock.append((time.perf_counter() - clock) * 1000)
        gc.enable()
        if answer.status_code != 200:
            raise RuntimeError(f"{address} was answered {answer.status_code}.")


def lived(subject: PublicRecord, by: User) -> None:
    """A record with as many entries as a busy one has."""
    for number in range(ENTRIES):
        verb, facts = ("audit_returned", {"version": number})
        with transaction.atomic():
            history.record(verb, subject=subject, by=by, **facts)


def pages(made: History, head: User) -> dict[str, str]:
    audit = Audit.objects.filter(returns__returned_at__isnull=False).first()
    action = Action.objects.filter(case__isnull=False).first()
    for subject in (audit, action):
        lived(subject, made.system)
    return {
        "register of audits": reverse("audit_register"),
        "register of cases": reverse("case_register"),
        "returned audit": reverse("audit_returned", args=[audit.public_id]),
        "action": reverse("action", args=[action.public_id]),
        "start page": reverse("start"),
    }


def client_of(user: User, middleware: list[str]) -> Client:
    """A client whose requests pass this middleware, whatever the settings say later."""
    client = Client()
    with override_settings(MIDDLEWARE=middleware):
        client.force_login(user)
        client.get(reverse("reports"))
    return client


def measured(
    address: str, ours: Client, plain: Client, *, runs: int = REPEATS
) -> tuple[Times, Times]:
    with_them, without = Times(), Times()
    for _ in range(runs):
        telling.MOST = SHOWN
        with_them.add(ours, address)
        telling.MOST = 0
        without.add(plain, address)
    telling.MOST = SHOWN
    return with_them, without


def statements(client: Client, address: str) -> tuple[int, int]:
    """How many a look takes, and the rows it writes."""
    before = CaseView.objects.count()
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked), CaseView.objects.count() - before


def compared() -> int:
    made, months = History(), months_back(LAST)
    for _ in range(MONTHS):
        made.add_round(next(months), A_MONTH)
    head = head_of(made)
    ours, plain = client_of(head, settings.MIDDLEWARE), client_of(head, WITHOUT)
    worst = 0.0
    for name, address in pages(made, head).items():
        worst = max(worst, report(name, address, ours, plain))
    return int(worst > LIMIT)


def report(name: str, address: str, ours: Client, plain: Client) -> float:
    """The greater of both ratios; beyond any limit where a second look takes more statements."""
    measured(address, ours, plain, runs=WARM)
    with_them, without = measured(address, ours, plain)
    first, second = statements(ours, address), statements(ours, address)
    clock = ratio(with_them.clock, without.clock)
    processor = ratio(with_them.processor, without.processor)
    sys.stdout.write(
        f"{connection.vendor}, {name}: {min(with_them.clock):.1f} ms beside "
        f"{min(without.clock):.1f} ms, {clock:.2f} times; of the processor "
        f"{min(with_them.processor):.1f} beside {min(without.processor):.1f} ms, "
        f"{processor:.2f} times (at most {LIMIT}); {first[0]} statements beside "
        f"{statements(plain, address)[0]}, {first[1]} rows\n"
    )
    return max(clock, processor) if first == second else float("inf")


def ratio(ours: list[float], floor: list[float]) -> float:
    """Of the least of many runs: what other work on the machine adds is left out of both."""
    return min(ours) / min(floor)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "views.sqlite3")
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        try:
            # Static files have no names by content until they are collected.
            with override_settings(STORAGES=PLAIN_FILES, ALLOWED_HOSTS=["testserver"]):
                return compared()
        finally:
            teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
