"""`manage.py backup FILE`: the whole database in one file, while everybody works."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kit.exceptions import NotPossible
from reporting.domain import backups
from reporting.management.files import file_argument, of_backup, unreadable


class Command(BaseCommand):
    help = (
        "Write the whole database, reports and history included, to FILE, with a list of what is "
        "in it that `restore` compares. Nobody need stop working. Keep the file as safe as the "
        "records: it holds all of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        file_argument(parser, "The file to write; it must not be there yet.")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["file"]
        try:
            manifest = backups.back_up(path)
        except NotPossible as problem:
            raise CommandError(problem.sentence) from problem
        except OSError as problem:
            raise unreadable(path, problem) from problem
        except DatabaseError as problem:
            raise CommandError(
                "The database did not answer: see that it runs and that `manage.py migrate` has "
                "run, and back up again."
            ) from problem
        for public_id in manifest.contents.altered_files:
            self.stderr.write(f"The report file {public_id} was changed after it was stored.")
        self.stdout.write(f"Backed up to {path}: {of_backup(manifest)}.")
