"""What every ledger does: the real one on each database, and the fake."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from app.domain.answer_filter import AnswerFilter
from app.domain.entry import RETRACTION
from app.domain.problem import ProblemError
from app.services.ports import Appended, Belonging, IdTakenError, LedgerQuery
from tests.store_suite.support import APART, MINUTE, NOON, OPEN, AnyStore, everything, ids, visit


async def test_an_entry_comes_back_as_it_was_given(store: AnyStore) -> None:
    given = visit(
        "v-1",
        subject="hh-1",
        subjects=("hh-2", "hh-3"),
        revision="r" * 64,
        source="phone",
        answers={
            "channel": "home",
            "people": ["甲", "乙"],
            "count": 3,
            "when": "2025-03-17",
            "ok": True,
            "no": None,
        },
    )
    assert await store.ledger.append([given], OPEN) == [Appended("v-1", new=True)]
    assert await store.ledger.get("v-1") == given
    assert await store.ledger.get("v-2") is None


async def test_nothing_to_append_is_no_work(store: AnyStore) -> None:
    assert await store.ledger.append([], OPEN) == []


async def test_an_instant_keeps_its_microsecond_and_loses_its_zone(store: AnyStore) -> None:
    china = timezone(timedelta(hours=8))
    at = datetime(2025, 1, 1, 0, 0, 0, 1, tzinfo=china)
    first = replace(visit("v-1"), at=at.astimezone(UTC))
    second = replace(visit("v-2"), at=(at + timedelta(microseconds=1)).astimezone(UTC))
    await store.ledger.append([second, first], OPEN)
    assert (await store.ledger.get("v-1")) == first
    edge = LedgerQuery("demo", since=first.at, until=second.at)
    assert ids(await store.ledger.find(edge)) == ["v-1"]
    assert ids(await store.ledger.find(LedgerQuery("demo", descending=False))) == ["v-1", "v-2"]


async def test_the_same_entry_twice_is_stored_once(store: AnyStore) -> None:
    given = visit("v-1", answers={"channel": "home"})
    assert await store.ledger.append([given, given], OPEN) == [
        Appended("v-1", new=True),
        Appended("v-1", new=False),
    ]
    assert await store.ledger.append([given], OPEN) == [Appended("v-1", new=False)]
    assert await everything(store.ledger) == [given]


async def test_a_submission_sent_again_under_a_newer_revision_is_the_same_one(store: AnyStore) -> None:
    given = visit("v-1", revision="old")
    again = replace(given, recorded_at=given.recorded_at + MINUTE, revision="new")
    await store.ledger.append([given], OPEN)
    assert await store.ledger.append([again], OPEN) == [Appended("v-1", new=False)]
    assert await store.ledger.get("v-1") == given


async def test_another_content_under_a_taken_id_stores_nothing_of_its_batch(store: AnyStore) -> None:
    await store.ledger.append([visit("v-1")], OPEN)
    with pytest.raises(IdTakenError):
        await store.ledger.append([visit("v-2"), visit("v-1", by="w-02")], OPEN)
    assert [entry.id for entry in await everything(store.ledger)] == ["v-1"]
    with pytest.raises(IdTakenError):
        await store.ledger.append([visit("v-3"), visit("v-3", answers={"a": "b"})], OPEN)
    assert await store.ledger.get("v-3") is None


async def test_entries_arrive_in_the_order_in_which_they_were_appended(store: AnyStore) -> None:
    await store.ledger.append([visit("b", 5), visit("a", 9)], OPEN)
    await store.ledger.append([visit("c", 1)], OPEN)
    stored = [found async for found in store.ledger.read("demo/s1")]
    assert [found.entry.id for found in stored] == ["b", "a", "c"]
    assert [found.number for found in stored] == sorted(found.number for found in stored)
    rest = [found.entry.id async for found in store.ledger.read("demo/s1", after=stored[0].number)]
    assert rest == ["a", "c"]
    assert await store.ledger.last_number("demo/s1") == stored[-1].number


async def test_a_place_holds_what_lies_in_it_and_nothing_beside(store: AnyStore) -> None:
    places = ["demo/s1", "demo/s1/g1", "demo/s10", "demo", "other"]
    await store.ledger.append([visit(place, place=place) for place in places], OPEN)
    assert [entry.id for entry in await everything(store.ledger, "demo/s1")] == ["demo/s1", "demo/s1/g1"]
    assert ids(await store.ledger.find(LedgerQuery("demo/s1", descending=False))) == ["demo/s1", "demo/s1/g1"]
    assert (await store.ledger.find(LedgerQuery(""))).total == 5
    assert (await store.ledger.find(LedgerQuery("nowhere"))).total == 0
    assert await everything(store.ledger, "nowhere") == []
    assert await store.ledger.last_number("nowhere") == 0
    assert await store.ledger.last_number("other") == await store.ledger.last_number("")


async def test_a_corrected_entry_no_longer_stands_nor_does_a_withdrawn_one(store: AnyStore) -> None:
    await store.ledger.append([visit("v-1"), visit("v-2", 1), visit("v-3", 2)], OPEN)
    await store.ledger.append(
        [visit("v-4", 3, supersedes="v-1"), visit("v-5", 4, form=RETRACTION, supersedes="v-2")], OPEN
    )
    assert ids(await store.ledger.find(LedgerQuery("demo"))) == ["v-4", "v-3"]
    both = await store.ledger.find(LedgerQuery("demo", standing=False))
    assert ids(both) == ["v-5", "v-4", "v-3", "v-2", "v-1"]


async def test_a_correction_that_arrives_before_what_it_corrects_counts_all_the_same(store: AnyStore) -> None:
    await store.ledger.append([visit("v-2", 1, supersedes="v-1")], OPEN)
    await store.ledger.append([visit("v-1")], OPEN)
    assert ids(await store.ledger.find(LedgerQuery("demo"))) == ["v-2"]
    await store.ledger.append([visit("v-4", 3, supersedes="v-3"), visit("v-3", 2)], OPEN)
    assert ids(await store.ledger.find(LedgerQuery("demo"))) == ["v-4", "v-2"]


async def test_a_chain_holds_all_that_corrections_connect(store: AnyStore) -> None:
    await store.ledger.append(
        [
            visit("v-1"),
            visit("v-2", 1, supersedes="v-1"),
            visit("v-3", 2, supersedes="v-2"),
            visit("v-4", 3, supersedes="v-1"),
            visit("w-1", 4),
            visit("w-2", 5, supersedes="gone"),
            visit("w-3", 6, supersedes="gone"),
        ],
        OPEN,
    )
    for name in ("v-1", "v-2", "v-3", "v-4"):
        assert [entry.id for entry in await store.ledger.chain(name)] == ["v-1", "v-2", "v-3", "v-4"]
    assert [entry.id for entry in await store.ledger.chain("w-1")] == ["w-1"]
    assert [entry.id for entry in await store.ledger.chain("w-2")] == ["w-2", "w-3"]
    assert await store.ledger.chain("gone") == []


async def test_entries_that_correct_each_other_make_no_endless_chain(store: AnyStore) -> None:
    await store.ledger.append([visit("a", supersedes="b"), visit("b", 1, supersedes="a")], OPEN)
    assert [entry.id for entry in await store.ledger.chain("a")] == ["a", "b"]


async def test_sensitive_answers_are_read_by_id_and_never_found(store: AnyStore) -> None:
    given = visit("h-1", form="household", answers={"name": "张三", "illness": "高血压"})
    await store.ledger.append([given, visit("v-1", answers={"illness": "不是敏感字段"})], APART)
    assert await store.ledger.get("h-1") == given
    assert given in await everything(store.ledger)
    assert await store.ledger.chain("h-1") == [given]
    page = await store.ledger.find(LedgerQuery("demo", forms=("household",)))
    assert [entry.answers for entry in page.entries] == [{"name": "张三"}]
    assert (await store.ledger.find(LedgerQuery("demo", search="高血压"))).total == 0
    assert (await store.ledger.find(LedgerQuery("demo", answers={"illness": "高血压"}))).total == 0
    assert ids(await store.ledger.find(LedgerQuery("demo", search="敏感"))) == ["v-1"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("漏水", ["v-1"]),
        ("水", ["v-3", "v-1"]),
        ("LEAK", ["v-2"]),
        ("straße", ["v-3"]),
        ("STRASSE", ["v-3"]),
        ("１２", ["v-2"]),
        ("leak 12", ["v-2"]),
        ("  ", ["v-3", "v-2", "v-1"]),
        ("%", []),
        ("_", []),
        ("水漏", []),
        ("7", ["v-1"]),
    ],
)
async def test_search_finds_parts_of_words_without_case(
    store: AnyStore, search: str, found: list[str]
) -> None:
    await store.ledger.append(
        [
            visit("v-1", answers={"note": "厨房漏水，已报修", "count": 7}),
            visit("v-2", 1, answers={"note": "Leak at 12 Lake Road"}),
            visit("v-3", 2, answers={"notes": ["Straße", {"part": "水表"}]}),
        ],
        OPEN,
    )
    assert ids(await store.ledger.find(LedgerQuery("demo", search=search))) == found


async def test_filters_narrow_together(store: AnyStore) -> None:
    await store.ledger.append(
        [
            visit("v-1", 0, subject="hh-1"),
            visit("v-2", 1, subject="hh-2", by="w-02", subjects=("hh-1",)),
            visit("p-1", 2, form="patrol", by="w-02"),
            visit("m-1", 3, form="meeting", subjects=("hh-9", "hh-1")),
        ],
        OPEN,
    )

    async def found(**query: object) -> list[str]:
        return ids(await store.ledger.find(LedgerQuery("demo", descending=False, **query)))  # type: ignore[arg-type]

    assert await found(forms=("visit",)) == ["v-1", "v-2"]
    assert await found(forms=("visit", "patrol")) == ["v-1", "v-2", "p-1"]
    assert await found(by=("w-02",)) == ["v-2", "p-1"]
    assert await found(subjects=("hh-1",)) == ["v-1", "v-2", "m-1"]
    assert await found(subjects=("hh-1",), by=("w-02",)) == ["v-2"]
    assert await found(subjects=("hh-2", "hh-9")) == ["v-2", "m-1"]
    assert await found(since=NOON + MINUTE, until=NOON + 3 * MINUTE) == ["v-2", "p-1"]
    assert await found(subjects=("nobody",)) == []


async def test_answers_are_compared_whole_whatever_their_type(store: AnyStore) -> None:
    await store.ledger.append(
        [
            visit("v-1", answers={"channel": "home", "count": 1, "ok": True}),
            visit("v-2", 1, answers={"channel": "phone", "count": 10, "ok": False, "with": ["甲", "乙"]}),
            visit("v-3", 2, answers={"other": "home", "note": "长" * 400, "odd": "a\nb"}),
            visit("v-4", 3, answers={"channel": "homes", "photo": {"name": "home"}}),
        ],
        OPEN,
    )

    async def found(**answers: str) -> list[str]:
        return ids(await store.ledger.find(LedgerQuery("demo", descending=False, answers=answers)))

    assert await found(channel="home") == ["v-1"]
    assert await found(count="1") == ["v-1"]
    assert await found(ok="true") == ["v-1"]
    assert await found(ok="false", count="10") == ["v-2"]
    assert await found(**{"with": "乙"}) == ["v-2"]
    assert await found(note="长" * 400) == ["v-3"]
    assert await found(odd="a\nb") == ["v-3"]
    assert await found(odd="a") == []
    assert await found(photo="home") == []


async def test_conditions_on_answers_go_through_all_pages(
    store: AnyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ledger.finding._READ", 3)
    batch = [visit(f"v-{n}", n // 2, answers={"minutes": n}) for n in range(20)]
    await store.ledger.append(batch, OPEN)
    wanted = (AnswerFilter("minutes", low=Decimal(4), high=Decimal(15)),)
    page = await store.ledger.find(LedgerQuery("demo/s1", filters=wanted, limit=3, offset=2))
    assert (ids(page), page.total) == (["v-13", "v-12", "v-11"], 12)
    first = await store.ledger.find(LedgerQuery("demo/s1", filters=wanted, limit=2, descending=False))
    assert ids(first) == ["v-4", "v-5"]
    renamed = (AnswerFilter("spent", low=Decimal(18), was=("minutes",)),)
    assert ids(await store.ledger.find(LedgerQuery("demo/s1", filters=renamed))) == ["v-19", "v-18"]


async def test_pages_follow_each_other_and_know_how_many_there_are(store: AnyStore) -> None:
    names = [f"v-{number:02}" for number in range(23)]
    await store.ledger.append([visit(name, at) for at, name in enumerate(names)], OPEN)
    for descending in (False, True):
        seen: list[str] = []
        for offset in range(0, 30, 5):
            page = await store.ledger.find(LedgerQuery("demo", offset=offset, limit=5, descending=descending))
            assert page.total == 23
            seen += ids(page)
        assert seen == (names[::-1] if descending else names)
    assert await store.ledger.find(LedgerQuery("demo", offset=23)) == await store.ledger.find(
        LedgerQuery("demo", offset=99)
    )
    assert (await store.ledger.find(LedgerQuery("demo", limit=0))).total == 23
    searched = await store.ledger.find(LedgerQuery("demo", search="绝无此文", offset=50))
    assert (searched.entries, searched.total) == ((), 0)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"descending": False},
        {"order": "recorded_at"},
        {"standing": False},
        {"search": "正常"},
        {"subjects": ("hh-1",)},
        {"filters": (AnswerFilter("minutes", low=Decimal(4), high=Decimal(15)),)},
        {"forms": ("nothing",)},
    ],
    ids=str,
)
async def test_stretches_are_what_pages_are_and_go_on_after_what_comes_in(
    store: AnyStore, query: dict[str, Any]
) -> None:
    batch = [
        replace(
            visit(f"v-{n:02}", n // 3, answers={"minutes": n, "note": "正常" if n % 2 else ""}),
            subject=f"hh-{n % 2}",
            recorded_at=NOON + (n % 5) * MINUTE,
            supersedes=f"v-{n - 1:02}" if n % 7 == 6 else None,
        )
        for n in range(20)
    ]
    await store.ledger.append(batch, OPEN)
    wanted = LedgerQuery("demo", limit=3, **query)
    whole = ids(await store.ledger.find(replace(wanted, limit=100)))
    seen: list[str] = []
    after = None
    for step in range(30):
        found = await store.ledger.follow(wanted, after)
        seen += [entry.id for entry in found.entries]
        after = found.after
        if after is None:
            break
        if step == 1:  # by the next offset this would show one of them twice, or leave one out
            newest = -1000 if wanted.descending is False else 1000
            await store.ledger.append([visit("came in", newest)], OPEN)
    assert seen == whole


async def test_a_search_is_paged_like_everything_else(store: AnyStore) -> None:
    await store.ledger.append([visit(f"v-{at}", at, answers={"note": "正常"}) for at in range(7)], OPEN)
    page = await store.ledger.find(LedgerQuery("demo", search="正常", offset=5, limit=5))
    assert (ids(page), page.total) == (["v-1", "v-0"], 7)
    assert (await store.ledger.find(LedgerQuery("demo", search="正常", offset=7))).total == 7
    assert (await store.ledger.find(LedgerQuery("demo", search="正常", limit=0))).total == 7


async def test_the_order_can_be_that_of_recording(store: AnyStore) -> None:
    late = replace(visit("late", 0), recorded_at=NOON + 60 * MINUTE)
    await store.ledger.append([late, visit("prompt", 5)], OPEN)
    assert ids(await store.ledger.find(LedgerQuery("demo"))) == ["prompt", "late"]
    assert ids(await store.ledger.find(LedgerQuery("demo", order="recorded_at"))) == ["late", "prompt"]


async def test_entries_of_one_instant_keep_the_order_of_their_arrival(store: AnyStore) -> None:
    names = ["c", "a", "b"]
    for name in names:
        await store.ledger.append([visit(name)], OPEN)
    assert ids(await store.ledger.find(LedgerQuery("demo", descending=False))) == names
    assert ids(await store.ledger.find(LedgerQuery("demo"))) == names[::-1]


async def test_many_appends_of_one_id_at_once_make_one_entry(store: AnyStore) -> None:
    given = visit("v-1", answers={"channel": "home"})
    results = await asyncio.gather(*(store.ledger.append([given], OPEN) for _ in range(12)))
    assert sum(appended[0].new for appended in results) == 1
    assert await everything(store.ledger) == [given]


async def test_of_two_contents_for_one_id_one_is_stored_and_the_other_refused(store: AnyStore) -> None:
    results = await asyncio.gather(
        *(store.ledger.append([visit("v-1", by=f"w-{number}")], OPEN) for number in range(6)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, IdTakenError) for result in results) == 5
    assert len(await everything(store.ledger)) == 1


@pytest.mark.parametrize(
    "given",
    [
        visit(""),
        visit("v\x00"),
        visit("v" * 256),
        visit("v-1", place="p" * 256),
        visit("v-1", place="p\x00"),
        visit("v-1", subjects=("ok", "")),
        visit("v-1", answers={"note": "\ud83d"}),
        visit("\ud83d"),
    ],
    ids=[
        "empty",
        "nul",
        "long",
        "long place",
        "nul in place",
        "empty subject",
        "half a pair",
        "half a pair in the id",
    ],
)
async def test_text_that_no_database_takes_is_refused_before_it_gets_there(
    real_store: AnyStore, given: object
) -> None:
    with pytest.raises(ProblemError) as refused:
        await real_store.ledger.append([visit("fine"), given], OPEN)  # type: ignore[list-item]
    assert [problem.code for problem in refused.value.problems] == ["E410"]
    assert await everything(real_store.ledger) == []


async def test_odd_but_legal_text_survives(store: AnyStore) -> None:
    given = visit(
        "v-'\"%_\\",
        answers={"note": "NUL \x00, tab \t, line\u2028end, 😀, 𠮷, é", "空": "'; DROP TABLE entry; --"},
    )
    await store.ledger.append([given], OPEN)
    assert await store.ledger.get(given.id) == given
    assert ids(await store.ledger.find(LedgerQuery("demo", search="𠮷"))) == [given.id]
    assert ids(await store.ledger.find(LedgerQuery("demo", answers={"空": "'; DROP TABLE entry; --"}))) == [
        given.id
    ]


async def test_a_part_of_a_place_is_what_is_stored_there_about_it_by_its_people_or_ones_own(
    store: AnyStore,
) -> None:
    await store.ledger.append(
        [
            visit("there", 0, place="demo/s1/g1"),
            visit("about", 1, subject="hh-1"),
            visit("mentions", 2, subject="hh-9", subjects=("hh-1",)),
            visit("by", 3, by="w-02"),
            visit("by-about-another", 4, by="w-02", subject="hh-9"),
            visit("own", 5, by="w-03", subject="hh-9"),
            visit("none", 6, by="w-04"),
        ],
        OPEN,
    )

    async def found(**part: Any) -> list[str]:
        query = LedgerQuery("demo", descending=False, belonging=Belonging(**part))
        page = await store.ledger.find(query)
        assert page.total == len(page.entries)
        return ids(page)

    assert await found(places=("demo/s1/g1",)) == ["there"]
    assert await found(subjects=("hh-1", "hh-2")) == ["about", "mentions"]
    assert await found(people=("w-02",)) == ["by"]
    assert await found(own="w-03") == ["own"]
    together = await found(places=("demo/s1/g1",), subjects=("hh-1",), people=("w-02",), own="w-03")
    assert together == ["there", "about", "mentions", "by", "own"]
    assert await found() == []


async def test_a_search_finds_the_entries_of_a_subject_by_its_name(store: AnyStore) -> None:
    await store.ledger.append(
        [
            visit("words", 0, answers={"note": "灯坏了"}),
            visit("named", 1, subject="hh-1"),
            visit("neither", 2, subject="hh-2"),
        ],
        OPEN,
    )
    query = LedgerQuery("demo", search="灯", named=("hh-1",), descending=False)
    assert ids(await store.ledger.find(query)) == ["words", "named"]
    assert ids(await store.ledger.find(replace(query, forms=("other",)))) == []


async def test_a_word_is_held_by_a_choice_whose_title_has_it(store: AnyStore) -> None:
    await store.ledger.append(
        [
            visit("chosen", 0, answers={"channel": "home", "note": "灯坏了"}),
            visit("among", 1, answers={"channel": ["phone", "home"]}),
            visit("typed", 2, answers={"note": "上门看灯"}),
            visit("other", 3, answers={"channel": "phone"}),
            visit("elsewhere", 4, form="patrol", answers={"channel": "home"}),
        ],
        OPEN,
    )
    meant = {"上门": (("visit", "channel", "home"),)}
    query = LedgerQuery("demo", search="上门", meant=meant, descending=False)
    assert ids(await store.ledger.find(query)) == ["chosen", "among", "typed"]
    assert ids(await store.ledger.find(replace(query, search="上门 灯"))) == ["chosen", "typed"]


async def test_a_name_and_a_word_find_what_was_done_for_that_name(store: AnyStore) -> None:
    await store.ledger.append(
        [
            visit("both", 0, subject="hh-1", answers={"note": "灯坏了"}),
            visit("name", 1, subject="hh-1", answers={"note": "很好"}),
            visit("mentioned", 2, subject="hh-2", subjects=("hh-1",), answers={"note": "灯坏了"}),
            visit("word", 3, subject="hh-2", answers={"note": "灯坏了"}),
        ],
        OPEN,
    )
    query = LedgerQuery("demo", search="陈 灯", called={"陈": ("hh-1",)}, descending=False)
    assert ids(await store.ledger.find(query)) == ["both", "mentioned"]


async def test_what_became_sensitive_is_set_apart_and_says_the_same(store: AnyStore) -> None:
    said = {"note": "很好", "how": "solved", "spent": 1.5, "secret": "x"}
    await store.ledger.append(
        [
            visit("both", 0, answers=said),
            visit("none", 1, answers={"note": "solved"}),
            visit("other", 2, form="patrol", answers={"how": "solved"}),
        ],
        {"visit": frozenset({"secret"})},
    )
    before = [stored.entry async for stored in store.ledger.read("demo")]
    sensitive = {"visit": frozenset({"secret", "how", "never"}), "patrol": frozenset[str]()}
    assert await store.ledger.set_apart("demo", sensitive) == 1
    assert await store.ledger.set_apart("demo", sensitive) == 0
    assert await store.ledger.set_apart("elsewhere", sensitive) == 0
    assert [stored.entry async for stored in store.ledger.read("demo")] == before
    found = await store.ledger.find(LedgerQuery("demo", search="solved", descending=False))
    assert ids(found) == ["none", "other"]
    assert (
        ids(await store.ledger.find(LedgerQuery("demo", forms=("visit",), answers={"how": "solved"}))) == []
    )
    page = await store.ledger.find(LedgerQuery("demo", search="很好"))
    assert page.entries[0].answers == {"note": "很好", "spent": 1.5}
    (again,) = await store.ledger.append([visit("both", 0, answers=said)], {"visit": frozenset({"how"})})
    assert not again.new
