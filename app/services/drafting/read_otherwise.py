"""What a draft makes of the entries and places that there are: how it would read them, beside how they are read now."""

import asyncio

from app.domain.entry import standing
from app.domain.form_changes import FormChange, form_changes
from app.domain.place_changes import PlaceChange, place_changes
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.ports import Ledger, Loaded, Revision

Changed = tuple[tuple[FormChange, ...], tuple[PlaceChange, ...]]
"""What becomes of entries, by form, and of places."""


class ReadOtherwise:
    """Reads the ledger as a draft would."""

    def __init__(self, ports: DraftPorts, drafting: RegulationDrafting, ledger: Ledger) -> None:
        """Keep the ports."""
        self._ports = ports
        self._drafting = drafting
        self._ledger = ledger
        self._kept: tuple[tuple[object, ...], Changed] = (), ((), ())

    async def of(self, place: str, loaded: Loaded, newest: Revision) -> Changed:
        """Return what a place's draft makes of its entries and places; nothing while it has errors.

        `loaded` is the draft, `newest` the publication that it would follow. The ledger is read where a form or a place
        changes, and once until there is more in it: whoever comes to a draft's gates passes them one by one.
        """
        after = loaded.regulation
        if after is None or loaded.revision == newest.hash:
            return (), ()
        before = (await self._drafting.check(place, newest.files, with_cases=False)).regulation
        if before is None:
            return (), ()
        moves = before.places != after.places
        if not moves and all(after.forms.get(name) == form for name, form in before.forms.items()):
            return (), ()
        now = self._ports.clock()
        number = await self._ledger.last_number(place)
        key = (place, newest.hash, loaded.revision, number, now if moves else None)
        if self._kept[0] != key:
            own = self._ledger.read(place, below=not before.is_above)
            stands = standing([stored.entry async for stored in own], now)

            def both() -> Changed:
                return form_changes(before, after, stands), place_changes(before, after, stands, now)

            self._kept = key, await asyncio.to_thread(both)
        return self._kept[1]
