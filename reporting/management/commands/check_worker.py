"""`manage.py check_worker`: does the schedule ring, and does a worker answer?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kit.months import moment_text
from reporting.domain import workers


class Command(BaseCommand):
    help = "End with 0 when a worker answered one of the last three ticks of the schedule."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            listening, seen_at = workers.is_listening(), workers.last_seen()
        except DatabaseError as problem:
            raise CommandError("The database did not answer: see that it runs.") from problem
        seen = f"last on {moment_text(seen_at)}" if seen_at else "never yet"
        if not listening:
            raise CommandError(f"No worker answers ({seen}): see that worker and schedule run.")
        self.stdout.write(f"A worker answers ({seen}).")
