"""`manage.py restore FILE`: put a backup into the database, and compare every row."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kit.exceptions import NotPossible
from kit.months import moment_text
from reporting.domain import backups
from reporting.management.files import file_argument, of_backup, unreadable


class Command(BaseCommand):
    help = (
        "Put a backup into an empty database, all of it or nothing, and compare every row, file "
        "and the history with what was backed up. Stop web, worker and schedule first."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        file_argument(parser, "The backup.")
        parser.add_argument(
            "--replace", action="store_true", help="Lose what is in the database now."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restored = backups.restore(options["file"], replace=options["replace"])
        except NotPossible as problem:
            raise CommandError(problem.sentence) from problem
        except OSError as problem:
            raise unreadable(options["file"], problem) from problem
        except DatabaseError as problem:
            raise CommandError(
                "The database did not answer: see that it runs and what DATABASE_URL says."
            ) from problem
        self.say(restored)

    def say(self, restored: backups.Restored) -> None:
        for problem in restored.problems:
            self.stderr.write(problem)
        if restored.problems:
            raise CommandError(
                "What was restored is not what was backed up: do not work with it, and restore "
                "another backup."
            )
        made = moment_text(restored.manifest.made_at)
        self.stdout.write(
            f"Restored and compared, all as it was {made}: {of_backup(restored.manifest)}."
        )
        if restored.to_migrate:
            self.stdout.write("The backup is of an earlier version: run `manage.py migrate` now.")
