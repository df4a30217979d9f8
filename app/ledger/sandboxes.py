"""Throwing a sandbox away: the one thing that takes entries out of a ledger, since nothing in it ever happened."""

from typing import Final

from app.domain.sandbox import is_sandbox
from app.ledger.database import Database, Lock, Session

_WITHIN: Final = "(place = ? OR place LIKE ? ESCAPE '!')"
_TABLES: Final = (
    f"DELETE FROM mention WHERE number IN (SELECT number FROM entry WHERE {_WITHIN})",  # noqa: S608
    f"DELETE FROM standing WHERE {_WITHIN}",  # noqa: S608
    f"DELETE FROM tally WHERE {_WITHIN}",  # noqa: S608
    f"DELETE FROM entry WHERE {_WITHIN}",  # noqa: S608
    f"DELETE FROM draft WHERE account IN (SELECT id FROM account WHERE {_WITHIN})",  # noqa: S608
    f"DELETE FROM ticket WHERE account IN (SELECT id FROM account WHERE {_WITHIN})",  # noqa: S608
    f"DELETE FROM account WHERE {_WITHIN}",  # noqa: S608
    f"DELETE FROM revision WHERE {_WITHIN}",  # noqa: S608
    f"DELETE FROM closed_period WHERE {_WITHIN}",  # noqa: S608
    f"DELETE FROM remembered WHERE {_WITHIN}",  # noqa: S608
    f"DELETE FROM job WHERE {_WITHIN}",  # noqa: S608
)
"""In the order in which rows hang on one another; every text has the same two values."""


class StoredSandboxes:
    """Answers to `Sandboxes`."""

    def __init__(self, database: Database) -> None:
        """Take rows out of `database`."""
        self._database = database

    async def drop(self, place: str) -> None:
        """Take out everything of a sandbox, in one transaction. Raises ValueError for any other place."""
        if not is_sandbox(place):
            raise ValueError(place)

        async def work(session: Session) -> None:
            for sql in _TABLES:
                await session.execute(sql, [place, place.replace("_", "!_") + "/%"])

        await self._database.change(Lock.LEDGER, work)
