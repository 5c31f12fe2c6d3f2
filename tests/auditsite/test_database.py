"""How connections are set up: what rules, races and the history's triggers count on."""

import pytest
from django.db import connection

from auditsite import database

SET_UP = {
    "sqlite": {
        "PRAGMA journal_mode": "wal",
        "PRAGMA busy_timeout": 20000,
        "PRAGMA foreign_keys": 1,
        "PRAGMA recursive_triggers": 1,
    },
    "postgresql": {
        "SHOW timezone": "UTC",
        "SHOW transaction_isolation": "read committed",
        "SHOW random_page_cost": "1.1",
        "SHOW jit": "off",
    },
}


@pytest.mark.parametrize(("question", "answer"), SET_UP[connection.vendor].items())
def test_connection_is_set_up(db, question, answer):
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone() == (answer,)


def test_writers_wait_at_the_start_of_a_transaction():
    modes = {"sqlite": "IMMEDIATE", "postgresql": None}
    assert connection.settings_dict["OPTIONS"].get("transaction_mode") == modes[connection.vendor]


def test_an_address_may_set_options_of_its_own():
    found = database.settings("postgresql://db.example.org/audit?sslmode=require")
    assert found["OPTIONS"] == database.POSTGRES | {"sslmode": "require"}
    found = database.settings("postgresql://db.example.org/audit?options=-c%20jit%3Don")
    assert found["OPTIONS"] == {"options": "-c jit=on"}
