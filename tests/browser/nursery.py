"""A process that has imported the application and makes a server out of itself whenever it is asked to.

`python -m tests.browser.nursery` reads a line of JSON for each server, forks, and writes the child's process id. So a
server starts in the time of a fork: importing everything takes seconds. What a module's `make` gives is kept too, so
that a community is declared and peopled once and each server starts with it fresh.
"""

import gc
import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import TypedDict

from app import plugins
from app.i18n import LANGUAGES, PSEUDO, Translator

Run = Callable[[int], None]
ENDED = "nursery: ended"
"""What a server's log says last, however it ended."""


class Asked(TypedDict):
    """A server: what `module.make(*arguments)` gives, on `port`, writing to the file `log`."""

    module: str
    arguments: list[str]
    port: int
    log: str


def main() -> None:
    plugins.load(others=False)  # as each process does at its start
    for language in (*LANGUAGES, PSEUDO):  # the catalogues are read at the first word
        Translator(language)("app-name")
    made: dict[tuple[str, ...], Run] = {}
    children: list[int] = []
    for line in sys.stdin:
        asked: Asked = json.loads(line)
        key = (asked["module"], *asked["arguments"])
        if key not in made:
            made[key] = importlib.import_module(asked["module"]).make(*asked["arguments"])
        gc.collect()
        gc.freeze()
        child = os.fork()
        if child == 0:
            _become(made[key], asked)
            return
        children.append(child)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
    for child in children:
        os.waitpid(child, 0)


def _become(run: Run, asked: Asked) -> None:
    signal.signal(signal.SIGTERM, _end)
    log = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(ours, theirs)
    try:
        run(asked["port"])
    except Exception:
        traceback.print_exc()
        raise
    finally:
        print(ENDED, flush=True)  # noqa: T201 - into the server's log


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    main()
