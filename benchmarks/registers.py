"""How long the register of audits takes, beside a page written by hand for it.

    python -m benchmarks.registers

Fifty rows of 10,000 audits, for a head of service. The floor reads the same rows with the same
conditions and prints them in a loop written by hand (benchmarks/registers.html), in the same frame:
without filters, sorting, columns and the table component. Prints both times, their ratio and the
queries; ends with 1 above LIMIT (architecture.md, section 5). A second page, on SQL written by hand
(benchmarks/registers.sql), says what composing the conditions costs; it has no limit.
"""

import datetime
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import (
    CaptureQueriesContext,
    override_settings,
    setup_databases,
    teardown_databases,
)
from django.urls import reverse
from django.utils import timezone

from accounts.choices import ManagerLevel, Role
from accounts.models import RoleGrant, Unit, User
from accounts.permissions import grants_read_once
from audits.choices import AuditState, Grade
from audits.domain.registers import AuditRegister
from audits.models import Round
from benchmarks.history import History, months_back
from kit.grades import look_of
from kit.months import long_date, month_name
from kit.paging import page_of_keys
from moderation.domain.reading import reading_of
from moderation.views import audit_register

LIMIT, AUDITS, A_MONTH, REPEATS = 1.2, 10_000, 1_000, 25
LAST = datetime.date(2023, 11, 1)
FLOOR = Path(__file__)
FIELDS = attrgetter(
    *("case.reference", "case.initials", "case.born_on", "month", "team.name", "auditor_level"),
    *("due_on", "returned_at", "exempted_because", "shown_grade", "is_moderated", "is_waiting"),
    "public_id",
)
LEFT = re.compile(r"LEFT JOIN .*\n    ON .*\n")
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PLAIN_FILES = {"default": PLAIN, "staticfiles": PLAIN}


def head_of(history: History) -> User:
    head = User.objects.create(email="head@aireborough.test", name="A head of service")
    RoleGrant.objects.create(
        user=head,
        role=Role.HEAD_OF_SERVICE,
        unit=history.authority,
        from_on=datetime.date(2020, 1, 1),
        granted_at=timezone.now(),
        granted_by=history.system,
    )
    return head


def asked_by(user: User) -> WSGIRequest:
    """A request as the middleware leaves it."""
    request = RequestFactory().get(reverse("audit_register"))
    request.user, request.session = user, SessionStore()
    return request


def by_hand(request: WSGIRequest) -> str:
    """The same rows as the page's, in a loop."""
    now = timezone.now()
    with grants_read_once():
        reading = reading_of(request.user, at=now)
        register = AuditRegister(request.user, reading=reading, at=now)
        listed = register.rows().in_ledger()
        page = page_of_keys(listed.order_by("-month", "-pk"), "", size=50).page
        shown = register.shown(register.rows().filter(pk__in=list(page.object_list)))
        found = shown.order_by("-month", "-pk")
        rows = [as_drawn(FIELDS(row)) for row in found]
        return drawn(rows, page.paginator.count, request, register.rounds)


def on_sql(request: WSGIRequest, history: History) -> str:
    """The same rows by two statements."""
    overall = next(domain.pk for domain in history.domains if domain.is_overall)
    rows = FLOOR.with_suffix(".sql").read_text()
    # A hand that counts leaves out what does not change the number.
    counted = LEFT.sub("", rows)
    counted = f"SELECT COUNT(*) {counted[counted.index('FROM') : counted.index('ORDER')]}"
    chosen = {"overall": overall, "path": f"{history.authority.path}%"}
    with connection.cursor() as cursor:
        cursor.execute(counted, chosen)
        count = cursor.fetchone()[0]
        cursor.execute(rows, chosen)
        found = [as_drawn(row) for row in cursor.fetchall()]
    return drawn(found, count, request, Round.objects.order_by("-month"))


def drawn(
    rows: list[dict[str, Any]], count: int, request: WSGIRequest, rounds: Iterable[Round]
) -> str:
    template = engines["django"].from_string(FLOOR.with_suffix(".html").read_text())
    return template.render({"rows": rows, "count": count, "filters": filters(rounds)}, request)


def as_drawn(row: tuple[Any, ...]) -> dict[str, Any]:
    reference, initials, born, month, team, level, due, returned, exempted, grade, moderated = row[
        :11
    ]
    look = look_of(grade)
    return {
        "address": f"/audits/{row[12]}/returned/" if returned else "",
        "reference": reference,
        "who": f"{initials}, {LAST.year - day(born).year} years",
        "month": month_name(day(month)),
        "team": team,
        "level": ManagerLevel(level).label,
        "due": long_date(day(due)),
        "state": "Exempted" if exempted else "Returned" if returned else "Overdue",
        "returned": long_date(day(returned)) if returned else "",
        "slug": look.slug if look else "",
        "word": look.word if look else "",
        "kind": "" if not look else "moderated" if moderated else "provisional",
    }


def day(found: Any) -> datetime.date:
    """The day of what a driver gives: a date, a moment, or SQLite's text."""
    return datetime.date.fromisoformat(str(found)[:10])


def filters(rounds: Iterable[Round]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The choices of the page, from the same two statements as the page's own."""
    months = [(f"{row.month:%Y-%m}", month_name(row.month)) for row in rounds]
    named = [(str(row.public_id), month_name(row.month)) for row in rounds]
    return [
        ("first", "First month", months),
        ("last", "Last month", months),
        ("unit", "Service or team", list(Unit.objects.values_list("public_id", "name"))),
        ("round", "Round", named),
        ("state", "State", AuditState.choices),
        ("grade", "Standing grade", Grade.choices),
        ("level", "Auditor's level", ManagerLevel.choices),
    ]


def measured(pages: list[Callable[[], object]]) -> list[float]:
    """The least of many runs of each, turn by turn, so that other work disturbs both alike."""
    least = [float("inf")] * len(pages)
    for _ in range(REPEATS):
        for place, page in enumerate(pages):
            began = time.perf_counter()
            page()
            least[place] = min(least[place], (time.perf_counter() - began) * 1000)
    return least


def compared() -> int:
    history, months = History(), months_back(LAST)
    for _ in range(AUDITS // A_MONTH):
        history.add_round(next(months), A_MONTH)
    request = asked_by(head_of(history))
    with CaptureQueriesContext(connection) as captured:
        audit_register(request)
    pages = [audit_register, by_hand, partial(on_sql, history=history)]
    ours, floor, sql = measured([partial(page, request) for page in pages])
    sys.stdout.write(
        f"{connection.vendor}, 50 of {AUDITS:,} audits: {ours:.1f} ms, {len(captured)} queries; "
        f"by hand {floor:.1f} ms: {ours / floor:.2f} times (at most {LIMIT}); "
        f"on SQL by hand {sql:.1f} ms\n"
    )
    return int(ours / floor > LIMIT)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "registers.sqlite3")
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        try:
            # Static files have no names by content until they are collected.
            with override_settings(STORAGES=PLAIN_FILES):
                return compared()
        finally:
            teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
