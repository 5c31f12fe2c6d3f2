"""A real browser: Debian's Chromium, or the one Playwright installed where there is none."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.album import Album

# Playwright keeps an event loop in the test's thread; the tests' own queries there are not async.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            # Root, as in a container, has no sandbox to offer.
            chromium_sandbox=os.geteuid() != 0,
        )
        yield launched
        launched.close()


@pytest.fixture
def page(browser, live_server):
    """A fresh page on the program; at the end its console must have stayed silent.

    What a page of another site says there, such as a sign-in provider's, is not the program's.
    """
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    opened = context.new_page()
    said = []
    opened.on("console", lambda message: ours(message, live_server) and said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


@pytest.fixture
def album(pytestconfig) -> Album:
    """Where pictures go; closed unless `--pictures` was asked for."""
    return Album(is_open=pytestconfig.getoption("--pictures"))


def ours(message, live_server) -> bool:
    """Whether the program's page said it, or nobody knows which did."""
    where = message.location["url"]
    return not where.startswith("http") or where.startswith(live_server.url)
