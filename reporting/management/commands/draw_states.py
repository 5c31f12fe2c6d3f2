"""`manage.py draw_states`: write docs/states.md from the transition tables of all apps."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from kit.transitions import TransitionTable

PATH = settings.BASE_DIR / "docs" / "states.md"
APPS = ("cases", "actions", "audits", "moderation", "reporting")

HEAD = """# States
Drawn by `manage.py draw_states` from `domain/states.py` of each app; a test compares. States are
derived from moments on the row. Each step is one verb.
"""


class Command(BaseCommand):
    help = "Write docs/states.md from the transition tables."

    def handle(self, *args: Any, **options: Any) -> None:
        PATH.write_text(states_page())
        self.stdout.write(f"Wrote {PATH.relative_to(settings.BASE_DIR)}.")


def states_page() -> str:
    """The whole page: a section a table, in the order of the apps."""
    sections = ["\n".join(_section(app, table)) for app, table in _tables()]
    return "\n".join([HEAD, *sections])


def _tables() -> Iterator[tuple[str, TransitionTable]]:
    for app in APPS:
        if find_spec(f"{app}.domain.states"):
            for table in import_module(f"{app}.domain.states").TABLES:
                yield app, table


def _section(app: str, table: TransitionTable) -> Iterator[str]:
    starts = [start for step in table.steps for start in step.starts]
    yield f"## {table.name.capitalize()} ({app})"
    yield "| from | step | to |"
    yield "|---|---|---|"
    for step in table.steps:
        for start in step.starts:
            yield f"| {table.words[start]} | `{step.verb}` | {table.words[step.ends]} |"
    final = [table.words[state] for state in table.words if state not in starts]
    if final:
        yield f"\nNothing follows: {'; '.join(final)}."
    yield ""
