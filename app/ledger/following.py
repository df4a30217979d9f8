"""All entries of a query, a stretch at a time: each begins where the one before ended, whatever comes in meanwhile.

Nothing is counted, and no stretch reads what lies before it: the last of a million entries cost what the first do.
"""

import json
from typing import Any

from app.ledger.database import Session
from app.ledger.finding import ORDERS, ordered, page_of, source_of
from app.ledger.places import places_within
from app.services.ports import After, LedgerQuery, Stretch


async def follow(session: Session, query: LedgerQuery, after: After | None) -> Stretch:
    """Return the next `query.limit` entries after a key; its `offset` doesn't count. Raises KeyError as `find` does."""
    places = await places_within(session, query.place)
    if not places:
        return Stretch((), None)
    source, values = source_of(session, query, places)
    column = ORDERS[query.order]
    beyond = "<" if query.descending else ">"
    answers = ", (SELECT answers FROM entry WHERE entry.number = standing.number)" if query.filters else ""
    further = "" if after is None else f" AND ({column}, number) {beyond} (?, ?)"
    sql = f"SELECT number, {column}{answers} {source}{further} {ordered(query, descending=query.descending)}"
    limit = max(query.limit, 1)
    rows = await session.rows(sql, [*values, *(after or ()), limit, 0])
    fitting = [row for row in rows if not query.filters or _fits(query, row[2])]
    page = await page_of(session, [(row[0],) for row in fitting], len(fitting))
    return Stretch(page.entries, (rows[-1][1], rows[-1][0]) if len(rows) == limit else None)


def _fits(query: LedgerQuery, told: Any) -> bool:  # noqa: ANN401 - the database's text
    said = json.loads(told)
    return all(one.fits(said) for one in query.filters)
