"""`manage.py import_audits FILE`: bring a council's own past audits in from a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from accounts.domain.people import named
from accounts.exceptions import Refused
from accounts.models import User
from kit.exceptions import NotPossible
from kit.months import month_name
from kit.spreadsheets.reading import MOST_BYTES
from moderation.domain import importing
from moderation.domain.importing.grades import BEST


class Command(BaseCommand):
    help = (
        "Import past audits from a CSV or XLSX file (docs/guide-import.md). All of the file or "
        "nothing; the same file twice changes nothing, and a corrected row corrects its audit."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The CSV or XLSX file.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be done, and do nothing."
        )
        parser.add_argument("--by", metavar="EMAIL", help="Who imports; else the program itself.")
        parser.add_argument(
            "--best",
            type=int,
            choices=BEST,
            help="Where grades are figures: the figure of the best grade, 4 or 1.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.bring_in(**options)
        except importing.HasProblems as problem:
            self.say_problems(problem.problems)
            raise CommandError(problem.sentence) from problem
        except (NotPossible, Refused) as problem:
            raise CommandError(problem.sentence) from problem
        except DatabaseError as problem:
            reason = str(problem).strip().splitlines()[0]
            raise CommandError(
                f"The database did not answer ({reason}): see that it runs, run `manage.py "
                "migrate`, and import again."
            ) from problem

    def bring_in(
        self, *, file: Path, dry_run: bool, by: str | None, best: int | None, **_: Any
    ) -> None:
        person, content = find_person(by), read(file)
        if dry_run:
            plan = importing.preview(content, by=person, best=best)
            self.say(plan)
            if plan.problems:
                raise importing.HasProblems(plan.problems)
            self.stdout.write("Nothing was imported, because of --dry-run.")
            return
        plan = importing.import_audits(content, file_name=file.name, by=person, best=best)
        self.say(plan)
        self.stdout.write("Imported." if plan.entries else "All of it is here already.")

    def say(self, plan: importing.Plan) -> None:
        """What the file holds and needs, and its figures by month."""
        self.stdout.write(
            f"{len(plan.rows)} audits: {len(plan.new)} new, {len(plan.changed)} corrected, "
            f"{plan.unchanged} unchanged."
        )
        made = (
            ("Units", [str(place) for place in plan.units_to_make]),
            ("People", plan.people_in_words),
            ("Rounds", [month_name(month) for month in plan.months_to_open]),
            ("Columns not read", list(plan.file.columns.not_read)),
        )
        for what, names in made:
            if names:
                self.stdout.write(f"{what}: {', '.join(names)}.")
        if plan.cases_to_make:
            self.stdout.write(f"Cases: {len(plan.cases_to_make)}.")
        for month in plan.months:
            self.stdout.write(
                f"{month_name(month.month)}: {month.planned} planned, {month.exempted} exempted, "
                f"{month.returned} returned, {month.moderated} moderated."
            )

    def say_problems(self, problems: list[importing.Problem]) -> None:
        for problem in problems:
            self.stderr.write(str(problem))


def find_person(email: str | None) -> User:
    try:
        return named(email)
    except User.DoesNotExist as problem:
        raise CommandError(
            f"Nobody with the address {email} works here: give the address somebody signs in with."
        ) from problem


def read(path: Path) -> bytes:
    """The file's bytes, at most one more than an import takes."""
    try:
        with path.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as problem:
        reason = (problem.strerror or "it can't be read").lower()
        raise CommandError(f"{path} can't be read ({reason}): check the name.") from problem
