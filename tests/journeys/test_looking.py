"""What looks at every page sees what is wrong with one; a look that can't fail shows nothing."""

import pytest

from tests.journeys.looking import assert_fits, assert_sound, findings

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def with_body(page, body: str) -> None:
    page.goto("/sign-in/")
    page.evaluate("body => document.querySelector('main').innerHTML = body", body)


def test_an_unnamed_field_and_a_wide_line_are_found(page):
    with_body(page, "<h1>Sign in</h1><input>")
    assert findings(page)[0].startswith("label: <input>")
    with_body(page, "<h1>Sign in</h1><p>" + "wide" * 200 + "</p>")
    assert findings(page) == []
    with pytest.raises(AssertionError):
        assert_fits(page)


def test_a_sound_page_passes(page):
    with_body(page, "<h1>Sign in</h1><p>Soon.</p>")
    assert_sound(page)
