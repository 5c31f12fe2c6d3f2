"""The process that turns HTML into a PDF: `python -m kit.render`. Started by `kit.pdf` alone.

It reads JSON (html, css, title) from its input and writes the PDF to its output. It has its own
process because a page from a hostile text must not take the worker down, and because Celery's
workers may not fork. It fetches nothing, knows no secret, and dies with its parent.
"""

import ctypes
import json
import logging
import os
import resource
import signal
import sys
from hashlib import sha256
from typing import Any, Final

REFUSED: Final = 3
"""The exit code with which one sentence for the reader stands on the error output."""

_PR_SET_PDEATHSIG = 1
_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class CannotRender(Exception):
    """No PDF can be made here. The text is one sentence that says how to mend it."""


def main(memory_mb: int, parent: int) -> int:
    """Render the input; the exit code. `parent` is the process without which this one ends."""
    _die_with(parent)
    _limit_memory(memory_mb)
    try:
        wanted = json.load(sys.stdin)
        document = pdf(wanted["html"], css=wanted["css"], title=wanted["title"])
    except CannotRender as problem:
        sys.stderr.write(f"{problem}\n")
        return REFUSED
    except MemoryError:
        sys.stderr.write(f"The PDF needs more than the {memory_mb} MB it may use.\n")
        return REFUSED
    sys.stdout.buffer.write(document)
    return 0


def pdf(html: str, *, css: str, title: str) -> bytes:
    """The tagged PDF (PDF/UA-1) of a page in British English; the same bytes for the same input.

    Raises CannotRender when WeasyPrint or a library that it needs is not installed.
    """
    weasyprint = _weasyprint()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    # No protocol at all: what a page shows is in it, and what else it names is not looked up.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=(), allow_redirects=False)
    fonts = weasyprint.text.fonts.FontConfiguration()
    sheet = weasyprint.CSS(string=css, url_fetcher=nothing, font_config=fonts)
    page = weasyprint.HTML(string=html, url_fetcher=nothing)
    document = page.render(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
    # Whatever the page says of itself: no names, no dates, no files in it.
    document.metadata = weasyprint.document.DocumentMetadata(title=title, lang="en-GB")
    written: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=_identifier(html, css, title)
    )
    return written


def explained(problem: ImportError | OSError) -> str:
    """Why WeasyPrint does not start, in one sentence that says what to install."""
    if isinstance(problem, ImportError):
        return f"The Python package {problem.name} is missing: run script/setup."
    reason = str(problem).splitlines()[0]
    return f"A library for PDFs is missing ({reason}): run script/setup, or install {_PACKAGES}."


def _weasyprint() -> Any:
    # What it prints when a library is missing is no PDF.
    printed, sys.stdout = sys.stdout, sys.stderr
    try:
        import weasyprint
        import weasyprint.document
        import weasyprint.text.fonts
        import weasyprint.urls
    except (ImportError, OSError) as problem:
        raise CannotRender(explained(problem)) from problem
    finally:
        sys.stdout = printed
    return weasyprint


def _identifier(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:32]


def _limit_memory(memory_mb: int) -> None:
    limit = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with(parent: int) -> None:
    """Be killed with the parent, also when that is killed and cannot say so."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
