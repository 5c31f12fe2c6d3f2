"""What every journey does: sign in as someone, and look at a page as axe and a phone see it."""

from pathlib import Path

from playwright.sync_api import Page

from accounts.models import User

AXE = (Path(__file__).parent / "axe.min.js").read_text()
# Nothing is collected of what passes: on a long page that takes most of the time.
VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"
PASSWORD = "a long walk by the river"
SCROLLS = "document.documentElement.scrollWidth > innerWidth"
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 800}


def give_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def sign_in(page: Page, user: User) -> None:
    """Through the form, as a person does."""
    give_password(user)
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def as_someone_else(page: Page, user: User) -> None:
    """In the same browser, after the person before has gone."""
    page.context.clear_cookies()
    sign_in(page, user)


def assert_sound(page: Page) -> None:
    """Nothing for axe to find at a desk or on a phone, and nothing to scroll sideways for."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found = findings(page)
        assert not found, "\n".join(found)
        assert not page.evaluate(SCROLLS)
    page.set_viewport_size(DESK)


def assert_fits(page: Page) -> None:
    """Nothing to scroll sideways for; all that can be seen of a page that runs no script."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert not page.evaluate(SCROLLS)
    page.set_viewport_size(DESK)


def findings(page: Page) -> list[str]:
    """What axe-core objects to: the rule and the first place."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(VIOLATIONS)
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


def sound(page: Page, *addresses: str) -> None:
    """Open each address and look at it."""
    for each in addresses:
        page.goto(each)
        assert_sound(page)


def sound_in_error(page: Page, where: str, button: str) -> None:
    """A page as it is, and once its form was sent empty."""
    sound(page, where)
    page.get_by_role("button", name=button).click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert_sound(page)
