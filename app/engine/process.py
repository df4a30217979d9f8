"""One worker process, from its start to its end: it is believed only what it replies in time."""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

import app
from app.engine.limits import EngineLimits, Fault, fault
from app.engine.wire import receive, send

ROOT: Final = Path(app.__file__).resolve().parents[1]
COMMAND: Final = (sys.executable, "-m", "app.engine.worker")


class WorkerProcess:
    """A worker. Not thread-safe: its owner serialises the calls."""

    def __init__(self, limits: EngineLimits, command: Sequence[str] = COMMAND) -> None:
        """Start the process, which loads durable-rules meanwhile. Raises DecisionError (`start`)."""
        self._limits = limits
        self._answered = False
        self.known: set[int] = set()
        self.calls = 0
        self.facts = 0
        options: dict[str, Any] = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined,unused-ignore]
            if os.name == "nt"
            else {"start_new_session": True}  # Ctrl-C goes to the parent, which decides
        )
        try:
            # close_fds is the default: no socket of the server, no file of the database goes along.
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                [*command, str(limits.memory_mb)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback might hold a fact
                cwd=ROOT,
                **options,
            )
        except OSError as error:
            raise fault(Fault.START, type(error).__name__) from None
        assert self._process.stdin is not None  # noqa: S101 - both are pipes, see above
        assert self._process.stdout is not None  # noqa: S101
        self._requests: IO[bytes] = self._process.stdin
        self._replies: IO[bytes] = self._process.stdout

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def spent(self) -> bool:
        """Whether it has done enough to be replaced, so that no leak grows."""
        return (
            self.calls >= self._limits.calls_before_recycling
            or self.facts >= self._limits.facts_before_recycling
        )

    def ask(
        self, request: Mapping[str, Any], facts: int, meanwhile: Callable[[], None] = lambda: None
    ) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Send a request about so many facts; return the reply. After a DecisionError the process is gone.

        `meanwhile` is called while the worker works; the time that it takes counts towards the limit.
        """
        seconds = (
            self._limits.seconds if self._answered else self._limits.seconds + self._limits.start_seconds
        )
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        reply: Any = None
        why = Fault.DIED
        try:
            send(self._requests, request)
            meanwhile()
            reply = receive(self._replies)
        except OSError:
            pass  # nobody reads any more: told below
        except (ValueError, RecursionError):
            why = Fault.PROTOCOL
        except BaseException:
            self.end()  # Ctrl-C: what the worker still replies must not answer the next request
            raise
        finally:
            timer.cancel()
        if reply is None:
            self.end()
            raise fault(Fault.TIME if late.is_set() else why)
        self._answered = True
        self.calls += 1
        self.facts += facts
        return reply

    def kill(self) -> None:
        """Kill the process from any thread: one that asks it gets its DecisionError. Twice is no fault."""
        self._process.kill()

    def end(self, patience: float = 0.0) -> None:
        """End the process, by force unless it ends within `patience` seconds. Twice is no fault."""
        with contextlib.suppress(OSError):
            self._requests.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._replies.close()
