"""Which places the ledger knows: few, and found without reading the entries."""

from typing import Final

from app.ledger.database import Session

# From one place in the index to the next: as many steps as there are places, whatever the number of entries.
_DISTINCT: Final = """
WITH RECURSIVE known(place) AS (
    SELECT min(place) FROM entry
    UNION ALL
    SELECT (SELECT min(e.place) FROM entry e WHERE e.place > known.place)
    FROM known WHERE known.place IS NOT NULL
)
SELECT place FROM known WHERE place IS NOT NULL
"""


async def places_within(session: Session, place: str) -> list[str]:
    """Return the places that entries name and that are `place` or lie in it; "" is everywhere."""
    known = [row[0] for row in await session.rows(_DISTINCT)]
    return sorted(name for name in known if not place or name == place or name.startswith(place + "/"))
