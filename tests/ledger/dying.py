"""Publishes a draft in processes that kill themselves: `python -m tests.ledger.dying URL FOLDER DRAFT CONTENT`.

Each line read is a command: a number lets a process publish and die at that statement of it, or, past the last one, as
it begins to write the files back; `look` lets another process say which content is in force and what the draft is.
Processes are forked from this one, which has imported everything and has no threads.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any

from app.declarations.files import FileDeclarations
from app.ledger import open_store
from tests.declarations.community import PLACE, official
from tests.ledger.test_publication_killed import ANNA, NOW, publishing


class Dying(FileDeclarations):
    """Files that nobody lives to write."""

    def write_files(self, files: Mapping[str, str]) -> None:
        die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def publish(url: str, files: FileDeclarations, draft: str, content: str, at: int) -> None:
    left = at

    def count(_: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            die()

    async with open_store(url) as store:
        publication = publishing(store, files)[1]
        await store.database._context.db()._connection.set_trace_callback(count)
        await publication.publish(ANNA, draft, content, despite_cases=True)


async def look(url: str, draft: str) -> None:
    async with open_store(url) as store:
        current = await store.revisions.current(PLACE, NOW)
        found = await store.regulation_drafts.get(draft)
        say(f"{current and current.hash} {found and found.state.value}")


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def born(work: Coroutine[Any, Any, None]) -> int:
    """Let a process do it; return the signal that ended it, 0 for none."""
    child = os.fork()
    if not child:
        asyncio.run(work)
        os._exit(0)
    work.close()
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def main(url: str, root: str, draft: str, content: str) -> None:
    files = Dying(Path(root), official)
    for line in sys.stdin:
        command = line.strip()
        if command == "look":
            born(look(url, draft))
        else:
            say(str(born(publish(url, files, draft, content, int(command)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
