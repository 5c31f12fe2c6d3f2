"""PDF from HTML, in a process of its own with limits of time and memory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kit.plain_text import printable
from kit.render import REFUSED

_ROOT = Path(__file__).resolve().parent.parent
_BETWEEN_BEATS = 1.0  # seconds

# What finds programs, libraries and fonts, and nothing that could be a secret.
_PASSED_ON = (
    *("PATH", "HOME", "LD_LIBRARY_PATH"),
    *("XDG_CACHE_HOME", "FONTCONFIG_FILE", "FONTCONFIG_PATH"),
)
_FIXED = {"LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0"}


class RenderFailed(Exception):
    """The PDF was not made. The text is one sentence for the person who asked for it."""


class RenderRefused(RenderFailed):
    """It will not be made by trying again: something is not installed, or it needs more memory."""


def render_pdf(
    html: str,
    *,
    css: str,
    title: str,
    timeout: float,
    memory_mb: int,
    on_wait: Callable[[], None] | None = None,
) -> bytes:
    """The PDF's bytes, the same for the same input. Fetches nothing that the page names.

    `timeout` is in seconds, `memory_mb` bounds the address space. `on_wait` is called about every
    second while it takes (a heartbeat); what it raises stops the work and is passed on. Raises
    RenderFailed with one sentence.
    """
    parts = {"html": html, "css": css, "title": title}
    sent = json.dumps({name: printable(text) for name, text in parts.items()}).encode()
    process = _start(memory_mb)
    try:
        output, errors = _wait(process, sent, timeout, on_wait)
    finally:
        # Killed whatever came: a child that outlives the lease would be a second renderer.
        process.kill()
        process.communicate()
    return _checked(process.returncode, output, errors, memory_mb)


def _start(memory_mb: int) -> subprocess.Popen[bytes]:
    found = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "kit.render", str(memory_mb), str(os.getpid())],
        cwd=_ROOT,
        env=found | _FIXED,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _wait(
    process: subprocess.Popen[bytes],
    sent: bytes,
    timeout: float,
    on_wait: Callable[[], None] | None,
) -> tuple[bytes, bytes]:
    deadline = time.monotonic() + timeout
    first: bytes | None = sent
    while (left := deadline - time.monotonic()) > 0:
        try:
            return process.communicate(first, timeout=min(_BETWEEN_BEATS, left))
        except subprocess.TimeoutExpired:
            first = None
        if on_wait:
            on_wait()
    raise RenderFailed(f"The PDF was not finished within {timeout:g} seconds and was stopped.")


def _checked(code: int, output: bytes, errors: bytes, memory_mb: int) -> bytes:
    if code == 0 and output.startswith(b"%PDF-"):
        return output
    if code == REFUSED:
        raise RenderRefused(errors.decode(errors="replace").strip().splitlines()[-1])
    how = f"was ended by signal {-code}" if code < 0 else f"failed with {_name_of_error(errors)}"
    raise RenderFailed(
        f"The PDF could not be made: its process {how}; it may use {memory_mb} MB of memory."
    )


def _name_of_error(errors: bytes) -> str:
    """The error's class alone: what follows it could be the report's text."""
    last = errors.decode(errors="replace").strip().rpartition("\n")[2]
    name = last.partition(":")[0]
    return name if name.replace(".", "").isidentifier() else "an unknown error"
