"""The parent's side of printing: a process that can be ended, kept warm, and replaced before it grows."""

import contextlib
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Any, Final

import app
from app.domain.problem import Problem, ProblemError, Where
from app.printing.child import receive, send
from app.printing.files import Joining
from app.printing.setting import Made, Order

ROOT: Final = Path(app.__file__).resolve().parents[1]
COMMAND: Final = (sys.executable, "-m", "app.printing.child")
SECONDS: Final = 60.0
"""How much CPU an order may take, and so much more for each further document."""
MORE_SECONDS: Final = 10.0
_PATIENCE: Final = 20
"""How many times as long an order may take by the clock as it may take of CPU: the machine has other work too."""
_START: Final = 120.0
"""Seconds by the clock that the start of a process may take."""
_SPOILT: Final = frozenset({"late", "memory", "nested", "recursion", "library"})
"""Faults after which a process isn't used again."""
LARGEST_KB: Final = 320_000
"""How much memory a process may have had before the next order goes to a fresh one."""


class Press:
    """Prints orders one after another. Thread-safe: they wait for each other."""

    def __init__(self, largest_kb: int = LARGEST_KB) -> None:
        """Start nothing yet."""
        self._largest = largest_kb
        self._lock = threading.Lock()
        self._running: list[subprocess.Popen[bytes]] = []
        self._closed = False
        self.peak_kb = 0
        weakref.finalize(self, _ended, self._running)

    def make(self, order: Order, seconds: float = SECONDS) -> Made:
        """Return the PDFs of an order; `seconds` of CPU are for the first document.

        Raises ProblemError: E574 the template is at fault, E575 the process died.
        """
        with self._lock:
            reply = self._ask(order, seconds + MORE_SECONDS * (len(order.documents) - 1))
        if reply is None:
            raise ProblemError(Problem("E575"))
        fault = reply.get("fault")
        if fault is not None:
            reason, path, line, what = fault
            raise ProblemError(Problem("E574", Where(path, line), {"reason": reason, "what": what}))
        made: Made = reply["made"]
        return made

    def join(self, joining: Joining) -> None:
        """Write all pages of some PDFs into one. Raises ProblemError: E575 the process died, OSError the disk."""
        with self._lock:
            self.end()  # what a process has had for pages it keeps: a fresh one needs a third of the memory
            reply = self._ask(joining, SECONDS + len(joining.parts) * MORE_SECONDS)
            self.end()  # it has read all of them
        if reply is None or "fault" in reply:
            raise ProblemError(Problem("E575"))
        if "disk" in reply:
            raise OSError(*reply["disk"])

    def end(self) -> None:
        """End the process; the next order starts another one. Twice is no fault."""
        _ended(self._running)

    def close(self) -> None:
        """Print nothing any more, and kill the process, also from another thread than prints: that gets its E575."""
        self._closed = True
        for process in tuple(self._running):
            process.kill()

    def _ask(self, order: Order | Joining, seconds: float) -> dict[str, Any] | None:
        if self._closed:
            return None
        patience = _PATIENCE * seconds
        if not self._running or self._running[0].poll() is not None:
            self.end()
            self._running.append(self._started())
            patience += _START
        process = self._running[0]
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        timer = threading.Timer(patience, process.kill)
        timer.daemon = True
        timer.start()
        reply: dict[str, Any] | None = None
        try:
            send(process.stdin, (order, seconds))  # type: ignore[arg-type]
            reply = receive(process.stdout)  # type: ignore[arg-type]
        except OSError:
            reply = None  # it is gone
        except BaseException:
            self.end()
            raise
        finally:
            timer.cancel()
        memory = 0 if reply is None else int(reply.get("memory", 0))
        self.peak_kb = max(self.peak_kb, memory)
        spoilt = reply is None or reply.get("fault", ("",))[0] in _SPOILT
        if spoilt or memory > self._largest:
            self.end()
        return reply

    @staticmethod
    def _started() -> "subprocess.Popen[bytes]":
        options: dict[str, Any] = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined,unused-ignore]
            if os.name == "nt"
            else {"start_new_session": True}  # Ctrl-C goes to the parent, which decides
        )
        try:
            return subprocess.Popen(  # noqa: S603 - our own command, no shell
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                **options,
            )
        except OSError:
            raise ProblemError(Problem("E575")) from None


def _ended(running: "list[subprocess.Popen[bytes]]") -> None:
    """End the processes and forget them."""
    while running:
        process = running.pop()
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
