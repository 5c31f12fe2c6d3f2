"""`manage.py verify_history`: is the history whole, as it was written?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from accounts.domain import history
from cases.domain import sealing


class Command(BaseCommand):
    help = (
        "Check every entry of the history, their order, the looks at cases that are sealed in it, "
        "and the triggers that keep both. Each monthly report prints the chain's head of its day, "
        "to compare with."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                findings = [*history.verify(), *sealing.verify()]
                head = history.head()
        except DatabaseError as problem:
            raise CommandError(
                "The history cannot be read: see that the database runs, and that `manage.py "
                "migrate` has run."
            ) from problem
        for finding in findings:
            self.stderr.write(finding)
        if findings:
            raise CommandError(
                f"The history is broken in {counted(len(findings), 'place')}: keep a copy of the "
                "database and restore it from a backup made before."
            )
        entries = counted(head.position, "entry", "entries")
        self.stdout.write(f"The history is whole: {entries}, head {head.hash}.")


def counted(count: int, one: str, many: str = "") -> str:
    """As in "1 place", "2 places"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
