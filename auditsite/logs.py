"""What a log may say: it is read by people who may not read a case.

A line names the request by a random id, the page by the name of its address, and never an address
itself, what was searched for, who asked or what was sent. A traceback is printed with its places
and the kind of each error, without its message: a database's message quotes the row.
"""

import logging
import traceback
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

OUTSIDE = "-"
APPS = ("reporting", "moderation", "audits", "actions", "cases", "accounts", "kit")
request_id: ContextVar[str] = ContextVar("request_id", default=OUTSIDE)
"""The id of the request that is being answered; `-` in a worker or a command."""


def page_name(request: HttpRequest) -> str:
    """The name of the address asked for; `-` where there is no such page."""
    match = request.resolver_match
    return (match.view_name or OUTSIDE) if match else OUTSIDE


class Bare(logging.Filter):
    """Adds the request's id, and takes out what others put into their messages."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        asked = getattr(record, "request", None)
        if record.name == "django.request" and isinstance(asked, HttpRequest):
            record.msg, record.args = "%s failed.", (page_name(asked),)
        if record.name == "celery.app.trace" and isinstance(record.args, dict):
            record.msg = "Task %(name)s[%(id)s] %(description)s."
        if record.exc_info and record.exc_info[1]:
            # A formatter prints this where it is there, and else the messages as well.
            record.exc_text = "\n".join(_places(record.exc_info[1]))
        return True


def _places(error: BaseException) -> list[str]:
    """The frames of an error and of what led to it, each error by its kind alone."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [*_places(earlier), "Then:"] if earlier else []
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip().splitlines()
    return [*before, *frames, f"{type(error).__module__}.{type(error).__qualname__}"]


def settings(*, production: bool) -> dict[str, Any]:
    """Django's LOGGING: what is written, and what never is."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"bare": {"()": "auditsite.logs.Bare"}},
        "formatters": {
            "line": {
                "format": "{asctime} {levelname} {name} [{request_id}] {message}",
                "style": "{",
            }
        },
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["bare"]}
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # The line of each request says as much, without what the sender chose.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "CRITICAL"},
            "celery.worker.consumer": {"level": "ERROR"},
            "auditsite.requests": {"level": "INFO" if production else "WARNING"},
            # It writes e-mail addresses; `manage.py axes_list_attempts` shows them to the operator.
            "axes": {"level": "ERROR"},
            **{
                app: {"level": "INFO"}
                for app in (
                    "reporting",
                    "moderation",
                    "audits",
                    "actions",
                    "cases",
                    "accounts",
                    "kit",
                )
            },
        },
    }
