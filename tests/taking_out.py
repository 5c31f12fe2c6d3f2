"""Whether each permission bites: with any one scope or check taken out, some test must fail.

    python -m pytest -p tests.taking_out -m "not journey and not jobs"
    python -m pytest -p tests.taking_out -m "not journey and not jobs" --take-out=1/1

The first run writes down which tests reach which call, in var/scope_calls; arguments choose tests,
-n 2 divides them, and several runs add up. The second takes out one call after the other and runs
the tests that reach it, those near to it and the cheapest first, until one fails that passes with
it. It prints what killed each, and ends with 1 when one survived. `--take-out=1/2` tries every
second call, for two processes; `--calls=^moderation/` those whose name has this pattern. Those of
`scope_calls.KEPT` are left out.
"""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings

from tests.scope_calls import ANSWERING, KEPT, Calls, Site, all_sites, install

CALLS = Calls()
install(CALLS)


class Told(TypedDict):
    """What one test takes, and the names of the calls that it reaches."""

    seconds: float
    reached: list[str]
    refused: list[str]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("scope calls")
    group.addoption("--take-out", default="", help="a part of the calls: 1/2, 1/1")
    group.addoption("--calls", default="", help="those whose name has this pattern")
    group.addoption(
        "--seconds", type=float, default=600, help="of the processor, at most for one call"
    )


def pytest_configure(config: pytest.Config) -> None:
    works = TakingOut(config) if config.getoption("--take-out") else Recording()
    config.pluginmanager.register(works)


def folder() -> Path:
    found: Path = settings.VAR / "scope_calls"
    found.mkdir(exist_ok=True)
    return found


def recorded() -> dict[str, Told]:
    """What the earlier runs told of each test; the last one counts."""
    tests: dict[str, Told] = {}
    for path in sorted(folder().glob("*.json")):
        tests |= json.loads(path.read_text())
    return tests


class Recording:
    """Writes down which calls each test reaches, of those that pass."""

    def __init__(self) -> None:
        self.tests: dict[str, Told] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        CALLS.forget()
        started = time.monotonic()
        answer = yield
        seconds = round(time.monotonic() - started, 3)
        self.tests[item.nodeid] = Told(
            seconds=seconds, reached=sorted(CALLS.reached), refused=sorted(CALLS.refused)
        )
        return answer

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        passed = {name: told for name, told in self.tests.items() if name not in self.failed}
        if passed:
            (folder() / f"{time.time_ns()}.json").write_text(json.dumps(passed))


class TakingOut:
    """Takes out one call after the other, instead of running the tests as they are."""

    def __init__(self, config: pytest.Config) -> None:
        self.part, self.parts = map(int, config.getoption("--take-out").split("/"))
        self.named, self.limit = config.getoption("--calls"), config.getoption("--seconds")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.writer = session.config.get_terminal_writer()
        sites = [site for site in all_sites() if re.search(self.named, site.name)]
        sites = [site for site in sites if site.name not in KEPT]
        sites = sites[self.part - 1 :: self.parts]
        tests = recorded()
        items = {item.nodeid: item for item in session.items if item.nodeid in tests}
        if not items:
            raise pytest.UsageError("None of these tests is recorded yet: run them once without.")
        for site in sites:
            killer = self.killer(site, items, tests)
            session.testsfailed += not killer
            self.writer.line(f"{killer or 'SURVIVED'}\t{site.place}\t{site.name}", flush=True)
        killed = len(sites) - session.testsfailed
        self.writer.line(f"{killed} of {len(sites)} calls turn a test red when they are taken out.")
        return True

    def killer(self, site: Site, items: dict[str, pytest.Item], tests: dict[str, Told]) -> str:
        """The first test that fails without the call and passes with it; "" when none does."""
        which = "refused" if site.kind in ANSWERING else "reached"
        mine = [test for test in items if site.name in tests[test][which]]
        mine.sort(key=lambda test: (site.is_far_from(test), tests[test]["seconds"]))
        until = time.process_time() + self.limit
        for test in mine:
            if fails(items[test], without=site.name) and not fails(items[test]):
                return test
            if time.process_time() > until:
                self.writer.line(f"stopped after {mine.index(test) + 1} of {len(mine)} tests:")
                break
        return ""


def fails(item: pytest.Item, *, without: str = "") -> bool:
    CALLS.without = without
    try:
        reports = runtestprotocol(item, log=False, nextitem=item.session)
    finally:
        CALLS.without = ""
    return any(report.failed for report in reports)
