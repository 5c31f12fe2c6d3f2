"""`manage.py load_demo`: the fictitious authority Aireborough, to try the program with.

Nobody and nothing in it is real. It goes into a database without rounds, and never into
production (AUDITSITE_ENV=production): its sign-ins share one password, which `--sign-ins` prints.
"""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audits.models import Audit, Round
from cases.models import Case
from kit.exceptions import NotPossible
from reporting.demo import load

NOT_LOADED = "There are no demonstration sign-ins: the demonstration is not loaded here."


class Command(BaseCommand):
    help = (
        "Load the demonstration authority Aireborough into a database without rounds. The same "
        "seed and day give the same records."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="Another number, other records.")
        parser.add_argument(
            "--today", help="The day on which the open round stands, as 2026-03-03; else today."
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where there are rounds already."
        )
        parser.add_argument(
            "--sign-ins", action="store_true", help="Only print who can sign in, and how."
        )

    def handle(
        self,
        *args: Any,
        seed: int,
        today: str | None,
        if_empty: bool,
        sign_ins: bool,
        verbosity: int,
        **options: Any,
    ) -> None:
        if settings.ENV.production:
            raise CommandError("The demonstration is never loaded in production.")
        if sign_ins:
            self._print_sign_ins()
        elif not (if_empty and Round.objects.exists()):
            self._load(seed, _day(today))
            if verbosity:
                self._say_what_is_there()

    def _load(self, seed: int, today: datetime.date) -> None:
        try:
            load.load(seed=seed, today=today)
        except NotPossible as refusal:
            raise CommandError(refusal.sentence) from refusal

    def _say_what_is_there(self) -> None:
        children, audits = Case.objects.count(), Audit.objects.count()
        self.stdout.write(
            f"Loaded {load.NAME}: {children:,} children, {audits} audits in "
            f"{Round.objects.count()} rounds."
        )

    def _print_sign_ins(self) -> None:
        found = load.sign_ins()
        if not found:
            self.stdout.write(NOT_LOADED)
            return
        self.stdout.write(f"Sign in with the password {load.PASSWORD} as")
        for label, user in found:
            self.stdout.write(f"  {label:<24}{user.email:<42}{user.name}, {user.post}")


def _day(text: str | None) -> datetime.date:
    if text is None:
        return timezone.localdate()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as problem:
        raise CommandError(f"“{text[:20]}” is not a day: write it as 2026-03-03.") from problem
