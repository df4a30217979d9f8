"""Servers in processes of their own, for tests in a real browser; nursery.py says how they start."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.browser.ended import ENDED

CHECKOUT = Path(__file__).parents[2]
_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `log` is the file that it writes to."""

    port: int
    process: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""


SHARED = "GRIDBOOK_NURSERY"
"""The variable that tells processes of a test run where the nursery is that another one keeps for all of them."""


class Nursery:
    """The process of nursery.py: one for all servers of a test run. It gets no variable of pytest or NiceGUI, which
    would make it think that it is being tested.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._path: str = ""

    def open(self) -> str:
        """Start it; return the path of its socket."""
        folder = tempfile.mkdtemp(prefix="gb-")  # short: the path of a socket has 107 characters at most
        self._path = f"{folder}/nursery"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.nursery", self._path],
            cwd=CHECKOUT,
            env={**own_variables(), "NICEGUI_STORAGE_PATH": f"{folder}/nicegui"},
            stdin=subprocess.PIPE,
        )
        return self._path

    def bear(self, module: str, arguments: Sequence[str], log: Path, *, once: bool = False) -> Server:
        """Make a server; it isn't ready yet."""
        path = os.environ.get(SHARED) or self._path or self.open()
        port = free_port()
        asked = {
            "module": module,
            "arguments": [*arguments],
            "port": port,
            "log": str(log),
            "once": once,
        }
        with self._call(path) as call, call.makefile("rw", encoding="utf-8") as spoken:
            print(json.dumps(asked), file=spoken, flush=True)
            child = spoken.readline()
        assert child, "the nursery has died"
        return Server(port, int(child), log)

    def _call(self, path: str) -> socket.socket:
        deadline = time.monotonic() + _PATIENCE
        while True:
            call = socket.socket(socket.AF_UNIX)
            try:
                call.connect(path)
            except (FileNotFoundError, ConnectionRefusedError):  # it is importing
                call.close()
                died = self._process is not None and self._process.poll() is not None
                assert not died, "the nursery has died"
                assert time.monotonic() < deadline, "the nursery did not start"
                time.sleep(0.05)
            else:
                return call

    def close(self) -> None:
        """Wait until every server has ended."""
        if self._process is not None:
            try:
                self._process.communicate(timeout=60)
            finally:
                self._process.kill()
                self._process = None
                shutil.rmtree(Path(self._path).parent, ignore_errors=True)
                self._path = ""


NURSERY = Nursery()


def own_variables() -> dict[str, str]:
    """Return the variables of a process of the product's that a test starts: none of what watches the test."""
    watching = ("PYTEST", "NICEGUI", "COVERAGE")
    return {name: value for name, value in os.environ.items() if not name.startswith(watching)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    module: str,
    arguments: Sequence[str],
    folder: Path,
    path: str = "/login",
    *,
    once: bool = False,
) -> Iterator[Server]:
    """Serve what `module.make(*arguments)` gives until the end, from when it answers at `path`.

    What is dear to make, and wanted `once` in a test run, doesn't keep other servers waiting.
    """
    server = NURSERY.bear(module, arguments, folder / "server.log", once=once)
    try:
        _wait(server, path)
        yield server
    finally:
        with suppress(ProcessLookupError):
            os.kill(server.process, signal.SIGTERM)


def _wait(server: Server, path: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(server.url + path, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if ENDED in server.said():
                break  # it died as it started
            time.sleep(0.02)
    raise AssertionError(f"the server did not start:\n{server.said()}")
