"""How a connection is set up: SQLite to try the program, PostgreSQL in production."""

from typing import Any

import dj_database_url

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;"
    ),
}

# The records in view fit in memory, so that a page read by its index costs no more than the next
# one; and to compile a statement takes longer than any of a page's statements.
POSTGRES = {"options": "-c random_page_cost=1.1 -c jit=off"}


def settings(url: str) -> dict[str, Any]:
    """What Django needs to know; on PostgreSQL the address may set options of its own."""
    found: dict[str, Any] = {**dj_database_url.parse(url)}
    if found["ENGINE"] == "django.db.backends.sqlite3":
        return found | {"OPTIONS": SQLITE}
    options = POSTGRES | found.get("OPTIONS", {})
    return found | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
