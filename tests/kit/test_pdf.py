import io
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from kit.pdf import RenderFailed, RenderRefused, render_pdf
from kit.render import explained

ROOT = Path(__file__).resolve().parents[2]
PAGE = "<!doctype html><html lang='en-GB'><body><h1>Returns</h1><p>{}</p></body></html>"
SLOW = PAGE.format("<table>" + "<tr><td>one<td>two" * 60_000 + "</table>")


def rendered(body="44 of 83", css="", page=PAGE, **limits):
    wanted = {"timeout": 60, "memory_mb": 1024} | limits
    return render_pdf(page.replace("{}", body), css=css, title="Monthly report", **wanted)


def read(document):
    return PdfReader(io.BytesIO(document))


def streams(found):
    """The bytes of everything that the file holds, a file within it too."""
    objects = (found.get_object(number) for number in range(1, found.trailer["/Size"]))
    return [thing.get_data() for thing in objects if hasattr(thing, "get_data")]


def children(pid):
    """The processes that `pid` has started and not yet buried."""
    return [
        int(child)
        for listing in Path(f"/proc/{pid}/task").glob("*/children")
        for child in listing.read_text().split()
    ]


@pytest.fixture
def renderers():
    """The processes started since, beside those that the test runner keeps for itself."""
    before = set(children(os.getpid()))
    return lambda: [child for child in children(os.getpid()) if child not in before]


def is_running(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def wait_until(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def test_the_same_page_gives_the_same_bytes_in_two_processes():
    css = "@page { size: A4 } body { font-family: Inter, sans-serif; font-weight: 600 }"
    first = rendered("<svg width='9' height='9'><title>T</title><rect width='9'/></svg>", css)
    again = rendered("<svg width='9' height='9'><title>T</title><rect width='9'/></svg>", css)
    assert first == again
    assert rendered("45 of 83", css) != first


def test_a_pdf_is_tagged_and_tells_its_language_title_and_bookmarks():
    found = read(rendered())
    catalogue = found.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "en-GB"
    assert found.metadata.title == "Monthly report"
    assert [mark.title for mark in found.outline] == ["Returns"]


def test_the_file_names_nobody_no_date_and_no_path():
    page = (
        "<html><head><meta name='author' content='Somebody'>"
        "<meta name='dcterms.created' content='2023-11-01'></head><body>{}</body></html>"
    )
    document = rendered(page=page)
    assert set(read(document).metadata) == {"/Title", "/Producer"}
    assert b"Somebody" not in document
    assert str(ROOT).encode() not in document


def test_a_strange_text_is_printed_as_it_is():
    """Also where no font has the face: a reader's search finds it still."""
    document = rendered("Zo\u00eb\u2019s &lt;script&gt; \U0001f600 \ud800 \0 \x0b")
    as_read = subprocess.run(
        ["pdftotext", "-", "-"], input=document, capture_output=True, check=True
    )
    assert "Zo\u00eb\u2019s <script> \U0001f600" in as_read.stdout.decode()


HOSTILE = [
    "<img src='{where}'>",
    "<link rel='stylesheet' href='{where}'>",
    "<link rel='attachment' href='{where}'>",
    "<a rel='attachment' href='{where}'>x</a>",
    "<style>@import url('{where}');</style>",
    "<style>@font-face {{ font-family: X; src: url('{where}') }} p {{ font-family: X }}</style>",
    "<p style='background: url({where})'>x</p>",
    "<p style='content: url({where})'>x</p>",
    "<svg width='9' height='9'><image href='{where}' width='9' height='9'/></svg>",
    "<svg width='9' height='9'><use href='{where}#x'/></svg>",
    "<object data='{where}'>x</object>",
    "<embed src='{where}'>",
    "<iframe src='{where}'></iframe>",
    "<base href='{where}'><img src='x.png'>",
]


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def visitors(server):
    try:
        server.accept()[0].close()
    except TimeoutError:
        return 0
    return 1


@pytest.mark.parametrize("hostile", [*HOSTILE, ""])
def test_a_hostile_text_reaches_no_address(listener, hostile):
    where = f"http://127.0.0.1:{listener.getsockname()[1]}/x.svg"
    css = "" if hostile else f"@import url('{where}'); p {{ background: url('{where}') }}"
    assert read(rendered(hostile.format(where=where), css)).pages
    assert visitors(listener) == 0


def test_a_hostile_text_reaches_no_file(tmp_path):
    fill = "<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>Qx7Zsecret</text></svg>"
    (tmp_path / "x.svg").write_text(fill)
    where = (tmp_path / "x.svg").as_uri()
    found = read(rendered("".join(hostile.format(where=where) for hostile in HOSTILE)))
    assert found.attachments == {}
    assert "Qx7Zsecret" not in "".join(page.extract_text() for page in found.pages)
    assert not any(b"Qx7Zsecret" in stream for stream in streams(found))


def test_a_slow_page_is_stopped_at_its_time_and_leaves_no_process(renderers):
    with pytest.raises(RenderFailed, match=r"not finished within 1\.5 seconds"):
        rendered(page=SLOW, timeout=1.5)
    assert renderers() == []


def test_too_little_memory_is_said_in_a_sentence():
    with pytest.raises(RenderFailed, match=r"^The PDF needs more than the 240 MB it may use"):
        rendered("x " * 30_000_000, memory_mb=240)
    with pytest.raises(RenderFailed, match="100 MB"):
        rendered(memory_mb=100)


def test_the_parent_hears_every_second_that_it_takes():
    beats = []
    with pytest.raises(RenderFailed):
        rendered(page=SLOW, timeout=2.5, on_wait=lambda: beats.append(time.monotonic()))
    assert len(beats) >= 2
    assert 0.9 < beats[1] - beats[0] < 2


class LeaseLost(Exception):
    pass


def test_work_stops_when_the_heartbeat_finds_its_lease_lost(renderers):
    def lose():
        raise LeaseLost

    with pytest.raises(LeaseLost):
        rendered(page=SLOW, on_wait=lose)
    assert renderers() == []


def test_the_renderer_knows_no_secret_of_its_parent(monkeypatch, renderers):
    monkeypatch.setenv("SECRET_KEY", "Qx7Zsecret")
    monkeypatch.setenv("DATABASE_URL", "postgres://Qx7Zsecret")
    seen = []

    def look():
        [child] = renderers()
        seen.append(Path(f"/proc/{child}/environ").read_bytes())
        raise LeaseLost

    with pytest.raises(LeaseLost):
        rendered(page=SLOW, on_wait=look)
    assert b"PATH=" in seen[0]
    assert b"Qx7Zsecret" not in seen[0]


def test_the_renderer_dies_with_a_parent_that_is_killed():
    work = "import test_pdf; test_pdf.rendered(page=test_pdf.SLOW)"
    found = os.environ | {"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"}
    parent = subprocess.Popen([sys.executable, "-c", work], env=found)
    wait_until(lambda: children(parent.pid))
    [child] = children(parent.pid)
    # By the time it draws it has long asked to die with its parent.
    wait_until(lambda: b"libpango" in Path(f"/proc/{child}/maps").read_bytes())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    wait_until(lambda: not is_running(child))


def test_a_library_that_cannot_be_loaded_is_named_with_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "libpango-1.0.so.0").touch()
    monkeypatch.setenv("LD_LIBRARY_PATH", str(tmp_path))
    with pytest.raises(RenderRefused) as refusal:
        rendered()
    assert "libpango" in str(refusal.value)
    assert "run script/setup, or install libpango-1.0-0" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_package_is_named():
    with pytest.raises(ModuleNotFoundError) as module:
        __import__("weasyprint_that_is_not_there")
    assert "weasyprint_that_is_not_there is missing: run script/setup" in explained(module.value)


@pytest.mark.parametrize(
    "module", ["kit.render", "kit.pdf", "kit.charts", "kit.months", "kit.shares", "kit.sheets"]
)
def test_what_draws_and_writes_needs_no_django(module):
    code = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
