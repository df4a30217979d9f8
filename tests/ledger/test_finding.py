"""A page of the ledger costs what it shows: the database goes along an index, and sorts nothing."""

import pytest

from app.ledger import Store
from app.ledger.finding import ordered, source_of
from app.services.ports import LedgerQuery
from tests.store_suite.support import NOON, OPEN, visit

PLACE = "demo/s1"


async def _plan(store: Store, query: LedgerQuery) -> str:
    async def work(session: object) -> str:
        source, values = source_of(session, query, [PLACE])  # type: ignore[arg-type]
        sql = f"EXPLAIN QUERY PLAN SELECT number {source} {ordered(query, descending=query.descending)}"
        rows = await session.rows(sql, [*values, query.limit, query.offset])  # type: ignore[attr-defined]
        return "\n".join(row["detail"] for row in rows)

    return await store.database.read(work)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (LedgerQuery(PLACE), "COVERING INDEX standing_at"),
        (LedgerQuery(PLACE, standing=False, descending=False), "COVERING INDEX standing_at"),
        (LedgerQuery(PLACE, order="recorded_at"), "COVERING INDEX standing_recorded_at"),
        (LedgerQuery(PLACE, forms=("visit",)), "COVERING INDEX standing_form"),
        (LedgerQuery(PLACE, since=NOON, until=NOON), "COVERING INDEX standing_at"),
        (LedgerQuery(PLACE, search="漏水"), "INDEX standing_at"),
        (LedgerQuery(PLACE, by=("w-01",)), "INDEX standing_"),
    ],
    ids=["all", "with history", "by recording", "a form", "a time", "a search", "a person"],
)
async def test_a_page_goes_along_an_index_and_sorts_nothing(
    real_store: Store, query: LedgerQuery, index: str
) -> None:
    await real_store.ledger.append([visit(f"v-{n}", n) for n in range(200)], OPEN)
    plan = await _plan(real_store, query)
    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN standing\n" not in plan + "\n"


async def test_a_subjects_entries_are_found_from_the_subject(real_store: Store) -> None:
    plan = await _plan(real_store, LedgerQuery(PLACE, subjects=("hh-1",)))
    assert "standing_subject" in plan
    assert "mention_subject" in plan
    assert "SEARCH standing USING INTEGER PRIMARY KEY" in plan


async def test_an_order_that_there_is_not_is_an_error(real_store: Store) -> None:
    await real_store.ledger.append([visit("v-1")], OPEN)
    with pytest.raises(KeyError):
        await real_store.ledger.find(LedgerQuery("demo", order="id; DROP TABLE entry"))
