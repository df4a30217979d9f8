"""A process that has imported the application and makes a server out of itself whenever it is asked to.

`python -m tests.browser.nursery SOCKET` reads a line of JSON for each server from whoever calls there, forks, and
answers with the child's process id, until its standard input ends. So a server starts in the time of a fork: importing
everything takes seconds. What a module's `make` gives is kept too, so that a community is declared and peopled once and
each server starts with it fresh, whichever process of a test run asks.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import TypedDict

from app import plugins
from app.i18n import LANGUAGES, PSEUDO, Translator
from tests.browser.ended import ENDED

Run = Callable[[int], None]
IMPORTED_LATE = (
    "anyio._backends._asyncio",
    "nicegui.ui_run",
    "nicegui.elements.number",
    "nicegui.elements.table",
    "nicegui.elements.textarea",
    "nicegui.elements.timer",
    "nicegui.elements.upload",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.wsproto_impl",
)
"""What each server would import as it starts and at its first page."""


class Asked(TypedDict):
    """A server: what `module.make(*arguments)` gives, on `port`, writing to the file `log`.

    What is wanted `once` is made in the server's own process: no other server waits for it, nor carries its memory
    along.
    """

    module: str
    arguments: list[str]
    port: int
    log: str
    once: bool


def main() -> None:
    gc.set_threshold(50_000, 20, 50)  # what is imported here stays; a server has thresholds of its own
    plugins.load(others=False)  # as each process does at its start
    for language in (*LANGUAGES, PSEUDO):  # the catalogues are read at the first word
        Translator(language)("app-name")
    for name in IMPORTED_LATE:
        importlib.import_module(name)
    made: dict[tuple[str, ...], Run] = {}
    children: list[int] = []
    calls = socket.socket(socket.AF_UNIX)
    calls.bind(sys.argv[1])
    calls.listen()
    while calls in select.select([calls, sys.stdin], [], [])[0]:
        caller, _ = calls.accept()
        with caller, caller.makefile("rw", encoding="utf-8") as spoken:
            asked: Asked = json.loads(spoken.readline())
            key = (asked["module"], *asked["arguments"])
            if key not in made and not asked["once"]:
                made[key] = _make(asked)
            child = os.fork()
            if child:
                children.append(child)
                spoken.write(f"{child}\n")
                continue
        calls.close()
        _become(made.get(key), asked)
        return
    for child in children:
        os.waitpid(child, 0)


def _make(asked: Asked) -> Run:
    made: Run = importlib.import_module(asked["module"]).make(*asked["arguments"])
    gc.collect()
    gc.freeze()
    return made


def _become(run: Run | None, asked: Asked) -> None:
    signal.signal(signal.SIGTERM, _end)
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    try:
        (run or _make(asked))(asked["port"])
    except Exception:
        traceback.print_exc()
        raise
    finally:
        print(ENDED, flush=True)  # noqa: T201 - into the server's log


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
