"""What tests read off the pages and files of the registers."""

import csv
import io
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from accounts.models import User


class _Cells(HTMLParser):
    """The rows of the page's tables, cell by cell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag):
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def listed(name: str, user: User, **codes: object) -> list[dict[str, str]]:
    """The rows of a register as this person sees them, by the heads of their columns."""
    answer = signed_in(user).get(reverse(name), codes)
    assert answer.status_code == 200
    return table_of(answer)


def table_of(answer) -> list[dict[str, str]]:
    cells = _Cells()
    cells.feed(answer.content.decode())
    if not cells.rows:
        return []
    head, *body = cells.rows
    return [dict(zip(head, [cell.strip() for cell in row], strict=True)) for row in body]


def csv_rows(answer) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
