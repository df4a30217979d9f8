"""Opening what a command works with."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from app.cli.console import Console
from app.settings import Settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.exchange.files import FolderFiles
    from app.ledger import Store

T = TypeVar("T")


def with_store(settings: Settings, console: Console, work: "Callable[[Store], Awaitable[T]]") -> T:
    """Run `work` over the open store; close it after. Raises ProblemError."""
    from app.ledger import open_store  # noqa: PLC0415 - heavy; commands without a store don't pay

    async def run() -> T:
        async with open_store(settings.database, say=migrating(console)) as store:
            return await work(store)

    return asyncio.run(run())


def contents(settings: Settings) -> "FolderFiles":
    """Return the contents that answers refer to: photos."""
    from app.exchange.files import FolderFiles  # noqa: PLC0415 - only backup and restore need it

    return FolderFiles(settings.contents)


def with_wired(settings: Settings, console: Console, work: "Callable[[Wired], Awaitable[T]]") -> T:
    """Run `work` over the open store and everything wired to it; close both after. Raises ProblemError."""
    from app.bootstrap import wire  # noqa: PLC0415 - heavy; commands without a store don't pay
    from app.ledger import open_store  # noqa: PLC0415

    async def run() -> T:
        async with open_store(settings.database, say=migrating(console)) as store:
            wired = wire(settings, store)
            try:
                return await work(wired)
            finally:
                wired.close()

    return asyncio.run(run())


def migrating(console: Console) -> Callable[[str], None]:
    """Return what tells each step that brings a database to this version."""
    return lambda name: console.say("cli-migrating", name=name)
