"""The hash of the entries that prints are made from: one for each community, until another entry comes."""

import asyncio

from app.services.appraising.opened import Opened
from app.services.evaluate import ledger_hash


class LedgerHashes:
    """Hashes of ledgers as far as they were read."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[str, tuple[int, str]] = {}

    async def of(self, opened: Opened) -> str:
        """Return the hash of the entries that the evaluation has taken in; of a closed year that of its closing."""
        if opened.ledger:
            return opened.ledger
        place, number = opened.community.place, opened.community.number
        known = self._known.get(place)
        if known is None or known[0] != number:
            entries = list(opened.community.entries.values())
            known = self._known[place] = number, await asyncio.to_thread(ledger_hash, entries)
        return known[1]
