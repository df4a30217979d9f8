"""The process that prints, until its input ends. Started by `app.printing.press`, never by hand.

A template that loops, takes all memory or crashes a library ends at most this process. It has no database, no socket,
and nothing of the app but this package.
"""

import contextlib
import os
import pickle
import signal
import struct
import sys
import tempfile
from collections.abc import Iterator
from types import FrameType
from typing import Any, BinaryIO, Final

MOST_DATA_MB: Final = 700
"""Megabytes that this process may take for itself, where the system has such a bound."""
_LENGTH: Final = struct.Struct(">Q")


def send(stream: BinaryIO, message: object) -> None:
    """Write a message."""
    data = pickle.dumps(message, protocol=5)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:  # noqa: ANN401 - whatever was sent
    """Return the next message; None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None  # noqa: S301 - from our own process, over a pipe


def answer(order: Any, seconds: float) -> dict[str, Any]:  # noqa: ANN401 - an Order, or a call to join
    """Return what became of an order: `made`, or `fault` with reason, file, line and name."""
    from app.printing.files import Joining, join  # noqa: PLC0415 - limits first

    if isinstance(order, Joining):
        try:
            join(order)
        except OSError as fault:
            return {"disk": (fault.errno, "")}
        except Exception as fault:  # noqa: BLE001 - a library's
            return {"fault": ("", "", 0, type(fault).__name__)}
        return {"made": None, "memory": peak_kb()}
    from app.printing.sandbox import LateError, TemplateFaultError, fault_of  # noqa: PLC0415 - limits first
    from app.printing.setting import make  # noqa: PLC0415

    name = order.files.get(f"{order.template}.html", (order.template, ""))[0]
    try:
        with within(seconds, LateError):
            made = make(order)
    except TemplateFaultError as fault:
        return _told(fault)
    except (LateError, MemoryError, RecursionError) as fault:
        return _told(TemplateFaultError(fault_of(fault, name).reason, name, 0))
    except Exception as fault:  # noqa: BLE001 - a library's; its text may quote what people wrote
        return _told(TemplateFaultError("library", name, 0, type(fault).__name__))
    return {"made": made, "memory": peak_kb()}


def _told(fault: Any) -> dict[str, Any]:  # noqa: ANN401 - a TemplateFaultError, which is imported late
    return {"fault": (fault.reason, fault.name, fault.line, fault.what)}


@contextlib.contextmanager
def within(seconds: float, error: type[Exception]) -> Iterator[None]:
    """Raise `error` inside when so many seconds of CPU are spent, where the system counts them.

    The parent looks at the clock besides.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise error

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def peak_kb() -> int:
    """Return how much memory this process has had at most, in kB; 0 where that isn't told."""
    # What `getrusage` tells begins, on Linux, with what the parent had when it started this one.
    with contextlib.suppress(OSError, ValueError), open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def limit_data(megabytes: int) -> None:
    """Bound what this process may take for itself."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))


def main() -> None:
    """Serve orders until the input ends."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with tempfile.TemporaryFile() as nothing:
        os.dup2(nothing.fileno(), 1)  # what a library prints must not look like a reply
    limit_data(MOST_DATA_MB)
    quiet()
    ready()
    with requests, replies:
        while (request := receive(requests)) is not None:
            order, seconds = request
            send(replies, answer(order, seconds))


def ready() -> None:
    """Load what printing needs, so that no order's time goes into it; what is missing shows with the order."""
    with contextlib.suppress(ImportError, OSError):
        import weasyprint  # noqa: F401, PLC0415 - it loads Pango

        import app.printing.setting  # noqa: F401, PLC0415


def quiet() -> None:
    """Keep the libraries' notes to themselves: they quote what they print."""
    import logging  # noqa: PLC0415

    for name in ("weasyprint", "fontTools", "pikepdf"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


if __name__ == "__main__":
    main()
