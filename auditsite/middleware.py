"""Rules of every response, whatever the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from accounts.requests import SignedInRequest
from cases.domain import viewing

REDIRECTS = range(300, 400)
"""They have no body."""


class NoStoreMiddleware:
    """No page is kept by a browser or a proxy: any page may show a child's record.

    Static files are served before this and keep their long life.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response


class CaseViewMiddleware:
    """Who looked is written before the page leaves, or the page does not leave (domain rule 21).

    Where writing fails the error goes on, and the plain page for errors is all that is sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
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
