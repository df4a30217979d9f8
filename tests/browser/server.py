"""A server in a process of its own, for tests in a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `log` is the file that it writes to."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(module: str, arguments: Sequence[str], folder: Path, path: str = "/login") -> Iterator[Server]:
    """Run `python -m module PORT arguments…` and wait until it answers at `path`; stop it at the end.

    The process gets no variable of pytest or NiceGUI, which would make it think that it is being tested.
    """
    port, log = free_port(), folder / "server.log"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "NICEGUI"))}
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(port), *arguments],
            cwd=CHECKOUT,
            env={**kept, "NICEGUI_STORAGE_PATH": str(folder / "nicegui")},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    server = Server(port, process, log)
    try:
        _wait(server, path)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(server: Server, path: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(server.url + path, timeout=5):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start:\n{server.said()}")
