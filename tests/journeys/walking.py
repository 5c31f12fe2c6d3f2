"""How journeys go from place to place: by keyboard alone, or in a browser without a script."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, Locator, Page

MOST_TABS = 120


@contextlib.contextmanager
def without_script(browser: Browser, live_server) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def tab_to(page: Page, wanted: Locator) -> Locator:
    """Press Tab until the place is reached, as someone without a mouse does."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} is not reached by keyboard")


def press(page: Page, name: str) -> None:
    tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def choose(page: Page, group: str, downs: int) -> None:
    """Reach the first of some radios and go down."""
    tab_to(page, page.get_by_role("group", name=group).get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(downs):
        page.keyboard.press("ArrowDown")


def follow(page: Page, name: str) -> None:
    """Reach a link and open it."""
    tab_to(page, page.get_by_role("link", name=name).first)
    page.keyboard.press("Enter")
