"""Appends entries until it is killed, and says which were acknowledged: `-m tests.store_suite.crasher URL RUN`."""

import asyncio
import sys
from itertools import count

from app.ledger import open_store
from tests.store_suite.support import OPEN, visit


async def main(url: str, run: str) -> None:
    async with open_store(url) as store:
        for number in count():
            names = [f"{run}-{number}-{part}" for part in range(3)]
            await store.ledger.append([visit(name, supersedes=f"{name}-before") for name in names], OPEN)
            sys.stdout.write(" ".join(names) + "\n")
            sys.stdout.flush()


asyncio.run(main(*sys.argv[1:]))
