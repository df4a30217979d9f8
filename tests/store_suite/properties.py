"""What holds for every ledger, whatever happens in whatever order."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.answer_filter import AnswerFilter
from app.domain.entry import RETRACTION, Entry, standing
from app.exchange.entry_lines import read_jsonl
from app.exchange.jsonl import export_jsonl
from app.ledger import Store
from app.services.ports import LedgerQuery
from tests.fakes.stores import FakeLedger
from tests.store_suite.support import MINUTE, NOON, everything, ids, visit
from tests.store_suite.whole import derived

_places = count()
_numbers = st.integers(0, 9)
_json = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9**20) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def _entry(draw: st.DrawFn) -> Entry:
    number = draw(_numbers)
    corrected = draw(st.none() | _numbers)
    return visit(
        f"v-{number}",
        draw(st.integers(0, 4)) * draw(st.sampled_from([1, 7 * 24 * 60])),
        form=draw(st.sampled_from(["visit", "household", RETRACTION])),
        by=draw(st.sampled_from(["w-01", "w-02"])),
        subject=draw(st.none() | st.sampled_from(["hh-1", "hh-2"])),
        subjects=tuple(draw(st.lists(st.sampled_from(["hh-1", "hh-2", "hh-3"]), max_size=2))),
        supersedes=None if corrected is None else f"v-{corrected}",
        answers=draw(st.dictionaries(st.sampled_from(["note", "illness", "n"]), _json, max_size=2)),
    )


_batches = st.lists(st.lists(_entry(), min_size=1, max_size=4), max_size=6)
_APART = {"household": frozenset({"illness"})}
_several = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _moved(entry: Entry, place: str) -> Entry:
    """Return the entry as of another place: each example has one of its own in the same store."""
    changed = None if entry.supersedes is None else f"{place}/{entry.supersedes}"
    return replace(entry, id=f"{place}/{entry.id}", place=place, supersedes=changed)


_queries = [
    LedgerQuery(""),
    LedgerQuery("", standing=False, descending=False),
    LedgerQuery("", forms=("visit",), by=("w-01",)),
    LedgerQuery("", subjects=("hh-1", "hh-3"), limit=2, offset=1),
    LedgerQuery("", limit=2, offset=1),
    LedgerQuery("", limit=3, offset=2, descending=False, order="recorded_at", standing=False),
    LedgerQuery("", forms=("visit", "household"), limit=1, offset=3),
    LedgerQuery("", limit=0),
    LedgerQuery("", offset=99),
    LedgerQuery("", filters=(AnswerFilter("n", low=Decimal(0)),), limit=2),
    LedgerQuery("", filters=(AnswerFilter("note", words="a"),), offset=1, descending=False),
    LedgerQuery("", filters=(AnswerFilter("n", one_of=("1", "true")),), order="recorded_at", standing=False),
    LedgerQuery("", search="a"),
    LedgerQuery("", answers={"n": "1"}),
    LedgerQuery("", since=NOON + MINUTE, until=NOON + 3 * MINUTE, order="recorded_at"),
]


@_several
@given(_batches)
async def test_any_appends_with_duplicates_and_corrections_end_like_the_reference(
    real_store: Store, batches: list[list[Entry]]
) -> None:
    place = f"any-{next(_places)}"
    reference = FakeLedger()
    for batch in batches:
        moved = [_moved(entry, place) for entry in batch]
        outcomes = []
        for ledger in (real_store.ledger, reference):
            try:
                outcomes.append(repr(await ledger.append(moved, _APART)))
            except Exception as error:  # noqa: BLE001 - the kind is what is compared
                outcomes.append(type(error).__name__)
        assert outcomes[0] == outcomes[1]
    entries = await everything(real_store.ledger, place)
    assert entries == await everything(reference, place)
    for query in _queries:
        there = replace(query, place=place)
        found = await real_store.ledger.find(there)
        assert found == await reference.find(there)
    now = max((entry.recorded_at for entry in entries), default=NOON)
    page = await real_store.ledger.find(LedgerQuery(place, limit=99))
    assert sorted(ids(page)) == sorted(entry.id for entry in standing(entries, now))


@_several
@given(_batches)
async def test_a_rebuild_never_changes_what_is_derived(real_store: Store, batches: list[list[Entry]]) -> None:
    place = f"rebuilt-{next(_places)}"
    for number, batch in enumerate(batches):
        # other places and ids at each step, so that nothing is refused
        await real_store.ledger.append(
            list({entry.id: _moved(entry, f"{place}/{number}") for entry in batch}.values()), _APART
        )
    before = await derived(real_store)
    await real_store.rebuild()
    assert await derived(real_store) == before


@_several
@given(st.lists(_entry(), max_size=5, unique_by=lambda entry: entry.id))
async def test_json_lines_give_back_what_went_out(real_store: Store, entries: list[Entry]) -> None:
    place = f"lines-{next(_places)}"
    moved = [_moved(entry, place) for entry in entries]
    await real_store.ledger.append(moved, _APART)
    out = BytesIO()
    await export_jsonl(real_store.ledger, place, out)
    out.seek(0)
    assert [line.entry for line in read_jsonl(out, print)] == moved
