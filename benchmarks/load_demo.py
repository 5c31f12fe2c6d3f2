"""Loading the demonstration: under 60 seconds, and twice the same.

    python -m benchmarks.load_demo
    python -m tests.servers python -m benchmarks.load_demo    # on a throw-away PostgreSQL

It makes a test database of its own and drops it.
"""

import sys
import time
from datetime import date

from django.db import connection, transaction
from django.test.utils import setup_test_environment, teardown_test_environment

from accounts.models import HistoryEntry
from reporting.demo import load

SECONDS = 60
TODAY = date(2026, 3, 3)


def main() -> int:
    """Print the seconds of two loads; the exit code says whether they are quick and alike."""
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        (first, one), (second, other) = load_and_take_back(), load_and_take_back()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()
    is_same = one == other
    sys.stdout.write(
        f"load_demo {first:.1f} s, again {second:.1f} s (target {SECONDS}); {len(one)} entries of "
        f"history, {'the same' if is_same else 'not the same'} both times\n"
    )
    return 0 if is_same and min(first, second) < SECONDS else 1


def load_and_take_back() -> tuple[float, list[tuple[object, ...]]]:
    """Seconds of one load, and the history it wrote; the database is empty again afterwards."""
    with transaction.atomic():
        begun = time.perf_counter()
        load.load(seed=1, today=TODAY)
        taken = time.perf_counter() - begun
        rows = HistoryEntry.objects.values_list("verb", "subject_id", "at", "facts")
        written = list(rows.order_by("position"))
        transaction.set_rollback(True)
    return taken, written


if __name__ == "__main__":
    sys.exit(main())
