"""Events played in the order of their moments, so that the history reads as it happened."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from django.db import connection

STATISTICS_EVERY = 100
"""Acts between two looks at how large the tables have grown."""

Act = Callable[[datetime], object]


class Timeline:
    """Acts waiting for their moment. An act may add later ones while it is played."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Act]] = []
        self._order = count()

    def at(self, moment: datetime, act: Act) -> None:
        """Play `act(moment)` when its time comes; at the same moment, first come first served."""
        heapq.heappush(self._waiting, (moment, next(self._order), act))

    def play(self, until: datetime) -> None:
        """Play everything before the moment; what lies later has not happened yet."""
        played = count()
        while self._waiting and self._waiting[0][0] < until:
            if next(played) % STATISTICS_EVERY == 0:
                gather_statistics()
            moment, _, act = heapq.heappop(self._waiting)
            act(moment)


def gather_statistics() -> None:
    """Within one transaction PostgreSQL plans for empty tables until it is told otherwise.

    The program's own tables by name: without names the server's shared ones are locked too, until
    the end of the transaction, and other databases' loads would wait.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            own = connection.introspection.django_table_names(only_existing=True)
            cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, own))}")
