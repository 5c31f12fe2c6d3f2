"""Rules of every response, whatever the page."""

import logging
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseFileResponse

from accounts.models import User
from accounts.permissions import grants_read_once
from accounts.requests import SignedInRequest
from auditsite.logs import page_name, request_id
from cases.domain import viewing
from cases.domain.pseudonyms import reading_as

REDIRECTS = range(300, 400)
"""They have no body."""

SAFE = ("GET", "HEAD")

logger = logging.getLogger("auditsite.requests")

Answer = Callable[[HttpRequest], HttpResponseBase]

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every response, errors before any page included."""


class RequestLogMiddleware:
    """One line a request: its id, the method, the page's name, the status and the milliseconds.

    The id is on the response too, so that a person can say which request went wrong.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token, begun = request_id.set(secrets.token_hex(8)), time.monotonic()
        try:
            response = self.get_response(request)
            taken = round((time.monotonic() - begun) * 1000)
            response.headers["X-Request-ID"] = request_id.get()
            told = (_method(request), page_name(request), response.status_code, taken)
            logger.info("%s %s %d %d ms", *told)
            return response
        finally:
            request_id.reset(token)


class HeadersMiddleware:
    """The fixed headers, where nothing within has set its own; and nothing is kept.

    No page is kept by a browser or a proxy, whatever set otherwise: any page may show a child's
    record. Static files alone keep their long life.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not isinstance(response, WhiteNoiseFileResponse):
            response.headers["Cache-Control"] = "no-store"
        return response


class KnownHostMiddleware:
    """A host that is not served is refused first, before a redirect or a page can repeat it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()
        return self.get_response(request)


class CaseViewMiddleware:
    """Who looked is written before the page leaves, or the page does not leave (domain rule 21).

    Where writing fails the error goes on, and the plain page for errors is all that is sent.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedInRequest) -> HttpResponseBase:
        with viewing.noting() as cases:
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse):
                # What is made while it is sent is noted too late: it is made here.
                response.streaming_content = list(response)
        if cases and response.status_code not in REDIRECTS:
            match = request.resolver_match
            viewing.write(
                cases,
                by=request.user,
                route=match.view_name if match else "",
                content_type=response.headers.get("Content-Type", ""),
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """What an error or a refusal put an end to is not shown."""
        viewing.forget()


class ReaderMiddleware:
    """Who reads: somebody from outside sees study numbers, on whatever page.

    A page that only reads asks for its reader's grants once.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = getattr(request, "user", None)
        if not isinstance(user, User):
            return self.get_response(request)
        with reading_as(user):
            if request.method not in SAFE:
                return self.get_response(request)
            with grants_read_once():
                return self.get_response(request)


def _method(request: HttpRequest) -> str:
    """The method, unless the sender made one up."""
    known = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
    return request.method if request.method in known else "OTHER"
