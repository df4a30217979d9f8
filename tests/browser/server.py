"""Servers in processes of their own, for tests in a real browser; nursery.py says how they start."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.browser.nursery import ENDED

CHECKOUT = Path(__file__).parents[2]
_PATIENCE = 120.0


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


class Nursery:
    """The process of nursery.py: one for all servers of a worker. It gets no variable of pytest or NiceGUI, which
    would make it think that it is being tested.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def bear(self, module: str, arguments: Sequence[str], log: Path) -> Server:
        """Make a server; it isn't ready yet."""
        if self._process is None:
            kept = {
                name: text for name, text in os.environ.items() if not name.startswith(("PYTEST", "NICEGUI"))
            }
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.nursery"],
                cwd=CHECKOUT,
                env={**kept, "NICEGUI_STORAGE_PATH": str(log.parent / "nicegui")},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        port = free_port()
        asked = {"module": module, "arguments": [*arguments], "port": port, "log": str(log)}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        child = self._process.stdout.readline()
        assert child, "the nursery has died"
        return Server(port, int(child), log)

    def close(self) -> None:
        """Wait until every server has ended."""
        if self._process is not None:
            try:
                self._process.communicate(timeout=60)
            finally:
                self._process.kill()
                self._process = None


NURSERY = Nursery()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(module: str, arguments: Sequence[str], folder: Path, path: str = "/login") -> Iterator[Server]:
    """Serve what `module.make(*arguments)` gives until the end, from when it answers at `path`."""
    server = NURSERY.bear(module, arguments, folder / "server.log")
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
