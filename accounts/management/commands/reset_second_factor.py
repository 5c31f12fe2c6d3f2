"""`manage.py reset_second_factor`: for somebody who has lost phone, key and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.domain import second_factors
from accounts.domain.people import named
from accounts.exceptions import Refused
from accounts.models import User
from kit.exceptions import NotPossible


class Command(BaseCommand):
    help = "Take every second step from somebody who has lost them all, and end their sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose")
        parser.add_argument("--by", metavar="EMAIL", help="the administrator who made sure of them")

    def handle(self, *args: Any, email: str, by: str | None, **options: Any) -> None:
        try:
            second_factors.reset(_person(email), by=_person(by))
        except (NotPossible, Refused) as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"All of it is removed, and every session of {email} has ended.")


def _person(email: str | None) -> User:
    try:
        return named(email)
    except User.DoesNotExist as missing:
        raise CommandError(f"Nobody active here has the e-mail address {email}.") from missing
