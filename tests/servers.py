"""Throw-away PostgreSQL and Redis on loopback: real servers, on free ports, that keep nothing.

    python -m tests.servers COMMAND...

runs COMMAND with DATABASE_URL and BROKER_URL set to new servers, or to those that
TEST_DATABASE_URL and TEST_BROKER_URL name. Servers that run already are never touched.
As root each server runs as its own user, in a folder which that user owns.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

DEADLINE_SECONDS = 30


class Server:
    """One server process in a folder of its own; it can be stopped and started again."""

    user = ""
    command: Callable[[], list[str]]
    """How it is started; each kind has its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def prepare(self) -> None:
        """What must be done once before the first start."""

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **as_user(self.user),
            )
        wait_until(self.answers, f"{type(self).__name__} did not start: {self.folder / 'log'}")

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(DEADLINE_SECONDS)
            self.process = None

    def answers(self) -> bool:
        if self.process and self.process.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text())
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


class Postgres(Server):
    """A cluster without a disk's safety: nothing in it is worth keeping."""

    user = "postgres"

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def prepare(self) -> None:
        chosen = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(
            [postgres_program("initdb"), "-D", "data", *chosen],
            cwd=self.folder,
            check=True,
            capture_output=True,
            **as_user(self.user),
        )

    def command(self) -> list[str]:
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        chosen = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [postgres_program("postgres"), "-D", "data", *chosen]

    def answers(self) -> bool:
        ready = [postgres_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return super().answers() and subprocess.run(ready).returncode == 0


class Redis(Server):
    """A broker in memory."""

    user = "redis"

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]


SomeServer = TypeVar("SomeServer", bound=Server)


@contextlib.contextmanager
def running(kind: type[SomeServer]) -> Iterator[SomeServer]:
    """A new server of that kind, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"{kind.__name__.lower()}-"))
    if os.geteuid() == 0:
        shutil.chown(folder, kind.user, kind.user)
    server = kind(folder)
    try:
        server.prepare()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def as_user(name: str) -> dict:
    """How subprocess is told to run as that user; as nobody else when not root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(name)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def postgres_program(name: str) -> str:
    """Debian keeps PostgreSQL's programs out of the path, a folder a version."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if found:
        return str(found[-1])
    raise FileNotFoundError(f"PostgreSQL's {name} is not installed: run script/test.")


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def wait_until(true: Callable[[], bool], otherwise: str) -> None:
    """Asks every 50 ms until the answer is yes; raises TimeoutError after the deadline."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise)
        time.sleep(0.05)


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as stack:
        database = os.environ.get("TEST_DATABASE_URL")
        broker = os.environ.get("TEST_BROKER_URL")
        environ = os.environ | {
            "DATABASE_URL": database or stack.enter_context(running(Postgres)).url,
            "BROKER_URL": broker or stack.enter_context(running(Redis)).url,
        }
        return subprocess.run(command, env=environ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
