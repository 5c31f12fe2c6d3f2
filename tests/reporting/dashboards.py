"""Dashboards in tests: their figures at the moment of `records`, and their page for a person."""

import html
import re

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Unit, User
from audits.choices import Axis
from reporting.domain.dashboard.counting import count_dashboard
from reporting.domain.dashboard.figures import DashboardFigures
from reporting.domain.ledger import Ledger, open_ledger
from tests.reporting.records import AS_AT, PERIOD, Records


def ledger_of(scope: Unit) -> Ledger:
    return open_ledger(PERIOD, scope=scope, as_at=AS_AT)


def figures_of(records: Records, scope: Unit, axis: Axis = Axis.PRACTICE) -> DashboardFigures:
    """Of a unit, beside the authority."""
    return count_dashboard(ledger_of(scope), axis=axis, authority=records.authority)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(user: User, **filters: object) -> str:
    """The dashboard's page, without the escapes of HTML."""
    answer = client_of(user).get(reverse("dashboard"), filters)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def links_to(page: str, name: str) -> list[tuple[str, int]]:
    """The addresses of such a page, each with the number it stands under."""
    prefix = re.escape(reverse(name))
    found = re.findall(rf'href="({prefix}[^"]*)"[^>]*>(\d+)<', page)
    return [(address, int(number)) for address, number in found]


def charts_on(page: str) -> list[str]:
    """The addresses of the charts for a desk."""
    return re.findall(r'<img src="(/dashboard/charts/[^"]+)"', page)


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
