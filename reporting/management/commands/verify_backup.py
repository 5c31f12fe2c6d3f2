"""`manage.py verify_backup FILE`: is a backup whole, and what does it hold?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kit.exceptions import NotPossible
from kit.months import moment_text
from reporting.domain import backups
from reporting.management.files import file_argument, of_backup, unreadable


class Command(BaseCommand):
    help = "Say whether a backup is whole, and what it holds, without touching any database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        file_argument(parser, "The backup.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = backups.verify(options["file"])
        except NotPossible as problem:
            raise CommandError(problem.sentence) from problem
        except OSError as problem:
            raise unreadable(options["file"], problem) from problem
        made = moment_text(manifest.made_at)
        self.stdout.write(f"The backup is whole. Made {made}: {of_backup(manifest)}.")
