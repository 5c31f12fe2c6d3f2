"""How journeys go from place to place: by keyboard alone, or in a browser without a script."""

import contextlib
from collections.abc import Iterator

from playwright.sync_api import Browser, Locator, Page

from accounts.models import User
from tests.journeys.looking import PASSWORD, give_password

MOST_TABS = 120


@contextlib.contextmanager
def without_script(browser: Browser, live_server) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def tab_to(page: Page, wanted: Locator) -> Locator:
    """Press Tab until the place is reached, as someone without a mouse does."""
    place = wanted.element_handle()
    for _ in range(MOST_TABS):
        if place.evaluate("one => one === document.activeElement"):
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


def tick(page: Page, label: str) -> None:
    tab_to(page, page.get_by_label(label))
    page.keyboard.press("Space")


def pick(page: Page, label: str, text: str) -> None:
    """Reach a list of choices and type the one that is wanted."""
    field = tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)
    chosen = field.evaluate("list => list.selectedOptions[0].text")
    assert chosen == text


def open_up(page: Page, summary: str) -> None:
    """Reach what hides a part of the page, and show the part."""
    tab_to(page, page.locator("summary").filter(has_text=summary))
    page.keyboard.press("Enter")


def follow(page: Page, name: str) -> None:
    """Reach a link and open it."""
    tab_to(page, page.get_by_role("link", name=name).first)
    page.keyboard.press("Enter")


def go_to(page: Page, part: str) -> None:
    """Open a part of the product in the bar under the header."""
    bar = page.get_by_role("navigation", name="Parts of the product")
    tab_to(page, bar.get_by_role("link", name=part, exact=True))
    page.keyboard.press("Enter")


def download(page: Page, name: str) -> bytes:
    """Reach a link to a file and take it."""
    tab_to(page, page.get_by_text(name, exact=True))
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    return taken.value.path().read_bytes()


def come_as(page: Page, user: User) -> None:
    """Sign in by keyboard, once whoever sat here before has signed out by keyboard."""
    give_password(user)
    page.goto("/")
    if page.get_by_role("button", name="Sign out").count():
        press(page, "Sign out")
    page.get_by_role("heading", name="Sign in").wait_for()
    write(page, "E-mail address", user.email)
    write(page, "Password", PASSWORD)
    press(page, "Sign in")
    page.get_by_role("heading", name="Your work today").wait_for()
