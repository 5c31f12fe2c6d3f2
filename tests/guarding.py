"""What each answer has to tell the browser, and what its page may load."""

import re
from html.parser import HTMLParser

from django.http import HttpResponse

FIXED = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}


class Loads(HTMLParser):
    """What a page would run or fetch that the policy forbids."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(f"<{tag}> within the page")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"{name}={value}")
            if name in ("src", "srcset", "href", "action") and is_elsewhere(value or ""):
                self.found.append(f"{name}={value}")


def is_elsewhere(address: str) -> bool:
    return bool(re.match(r"\s*(//|(?!mailto:|tel:)[a-z][a-z0-9+.-]*:)", address, re.IGNORECASE))


def assert_guarded(response: HttpResponse) -> None:
    """The headers of every answer, and nothing in its page that the policy forbids."""
    headers = response.headers
    assert {name: headers.get(name) for name in FIXED} == FIXED
    assert "camera=()" in headers["Permissions-Policy"]
    assert set(headers["Content-Security-Policy"].split("; ")) >= POLICY
    assert "unsafe" not in headers["Content-Security-Policy"]
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        assert Loads(response.content.decode()).found == []
    if kind.startswith("image/svg"):
        assert not re.search(rb"<script|<foreignObject|\shref=\"(?!#)", response.content)
