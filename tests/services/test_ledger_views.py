"""What each reader finds in the ledger, page by page, and what an entry's own page tells whom."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.entry import Entry
from app.domain.kinds.duty import State
from app.domain.problem import ProblemError
from app.services.actor import ActorRef, DeniedError
from app.services.books.views import Wanted, csv_line
from app.services.ports import Account, Revision
from app.services.submitted import Submission
from tests.fakes.books import entry_views, ledger_views, staffing
from tests.fakes.examples import examples
from tests.fakes.working import DIRECTOR, FILES, LEADER, NEIGHBOUR, NOW, PLACE, Working, codes

DAY = timedelta(days=1)


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path)
    await made.start()
    return made


async def record(
    working: Working,
    name: str,
    form: str = "visit",
    subject: str | None = "hh-1",
    by: str = "w-1",
    at: datetime = NOW - DAY,
    answers: Mapping[str, Any] | None = None,
    **more: Any,
) -> None:
    said = {"channel": "home", "condition": "well"} if answers is None else answers
    entry = Entry(name, PLACE, form, at, by, more.pop("recorded_at", at), dict(said), subject, **more)
    sensitive = {"visit": frozenset({"concern"}), "household": frozenset({"id_card", "phone", "special"})}
    await working.store.ledger.append([entry], sensitive)


async def ids(working: Working, ref: ActorRef, **wanted: Any) -> list[str]:
    page = await ledger_views(working).page(ref, Wanted(**wanted))
    return [row.id for row in page.rows]


# ---- rights -------------------------------------------------------------------------------------------------------
async def test_a_grid_leader_finds_its_own_grid_and_its_own_acts_and_nothing_else(working: Working) -> None:
    await record(working, "mine")
    await record(working, "standing-in", subject="hh-4")
    await record(working, "theirs", subject="hh-4", by="w-2")
    await record(working, "their-visit-here", subject="hh-2", by="w-2")
    await record(working, "their-patrol", "patrol", None, "w-2", answers={})
    found = await ids(working, LEADER, size=100)
    assert {"mine", "standing-in", "their-visit-here", "household-hh-1"} <= set(found)
    assert not {"theirs", "their-patrol", "household-hh-4", "worker_file-w-2"} & set(found)
    assert "their-patrol" in await ids(working, NEIGHBOUR, form="patrol")
    assert {"theirs", "their-patrol"} <= set(await ids(working, DIRECTOR, size=100))


async def test_a_filter_does_not_widen_what_a_reader_may_see(working: Working) -> None:
    await record(working, "theirs", subject="hh-4", by="w-2")
    assert await ids(working, LEADER, subject="hh-4") == []
    assert await ids(working, LEADER, person="w-2") == []
    for place in (f"{PLACE}/g2", PLACE, "hilltop", "nowhere"):
        with pytest.raises(DeniedError):
            await ids(working, LEADER, place=place)
    with pytest.raises(DeniedError):
        await ids(working, DIRECTOR, place="hilltop")


async def test_the_wrong_community_is_refused(working: Working) -> None:
    await working.store.revisions.add(Revision("r", "hilltop", FILES, NOW - DAY, "w-9"))
    await working.store.accounts.save(Account("a-hill", "hill", "w-9", "江海涛", "hilltop", None))
    with pytest.raises(ProblemError):  # the files of the test are another place's
        await ids(working, ActorRef("a-hill"))
    foreign = Entry("foreign", "hilltop", "visit", NOW - DAY, "w-3", NOW - DAY, {}, "hh-1")
    await working.store.ledger.append([foreign], {})
    assert "foreign" not in await ids(working, DIRECTOR, size=100)
    with pytest.raises(DeniedError):
        await entry_views(working).entry(DIRECTOR, "foreign")


async def test_a_demotion_ends_what_an_open_tab_may_see(working: Working) -> None:
    await record(working, "theirs-0", subject="hh-4", by="w-2")
    views = ledger_views(working)
    assert "theirs-0" in [row.id for row in (await views.page(DIRECTOR, Wanted())).rows]
    now = working.now
    said = {"worker": "w-3", "role": "leader"}
    demoted = Entry("demoted", f"{PLACE}/g1", "appointment", now, "w-3", now, said, "p-w-3")
    await working.store.ledger.append([demoted], {})
    assert "theirs-0" not in [row.id for row in (await views.page(DIRECTOR, Wanted(size=100))).rows]
    for act in (
        views.page(DIRECTOR, Wanted(place=f"{PLACE}/g2")),
        entry_views(working).entry(DIRECTOR, "theirs-0"),
        staffing(working).view(DIRECTOR),
    ):
        with pytest.raises(DeniedError) as fault:
            await act
        assert fault.value.code == "not_permitted"


async def test_a_session_that_ended_finds_nothing(working: Working) -> None:
    with pytest.raises(DeniedError) as fault:
        await ids(working, replace(LEADER, epoch=7))
    assert fault.value.code == "logged_out"


# ---- finding ------------------------------------------------------------------------------------------------------
async def test_a_search_looks_in_answers_names_and_plates_but_not_in_what_is_sensitive(
    working: Working,
) -> None:
    await record(working, "words", subject="hh-2", answers={"channel": "home", "notes": "灯坏了"})
    await record(
        working, "hidden", subject="hh-3", answers={"condition": "attention", "concern": ["illness"]}
    )
    assert await ids(working, LEADER, search="灯坏") == ["words"]
    assert await ids(working, LEADER, search="陈桂芳", form="household") == ["household-hh-1"]
    assert set(await ids(working, LEADER, search="10-1-101")) == {"hidden", "household-hh-3"}
    assert await ids(working, LEADER, search="illness") == []
    assert await ids(working, LEADER, search="13800000000") == []


async def test_a_row_tells_what_a_search_was_found_in_and_nothing_of_what_is_sensitive(
    working: Working,
) -> None:
    said = {"channel": "home", "notes": "灯坏了", "concern": ["illness"], "_reason": "灯写错了"}
    await record(working, "words", subject="hh-1", answers=said)

    async def hits(search: str) -> list[str]:
        page = await ledger_views(working).page(LEADER, Wanted(form="visit", search=search))
        return [
            hit.answer.field if hit.answer else hit.reason or "elsewhere"
            for row in page.rows
            for hit in row.hits
        ]

    assert await hits("灯") == ["notes", "灯写错了"]
    assert await hits("上门") == ["channel"]
    assert await hits("上门 灯坏") == ["channel", "notes"]
    assert await hits("陈桂芳") == []  # the row itself tells the name
    assert await hits("陈桂芳 灯坏") == ["notes"]
    assert await hits("illness") == []


async def test_a_word_of_a_choice_finds_those_who_chose_it_but_none_of_a_sensitive_question(
    working: Working,
) -> None:
    await record(working, "home", answers={"channel": "home", "concern": ["illness"]})
    await record(working, "phone", answers={"channel": "phone"})
    assert await ids(working, LEADER, search="上门", form="visit") == ["home"]
    form = (await working.live.fresh(PLACE)).regulation.forms["visit"]
    field = form.field("concern")
    assert field is not None
    assert field.sensitive
    for choice in field.choices:
        assert await ids(working, LEADER, search=choice.title["zh"], form="visit") == []


async def test_a_question_is_narrowed_to_those_who_answered_it_or_did_not(working: Working) -> None:
    await record(working, "said", answers={"channel": "home", "notes": "灯坏了"})
    await record(working, "silent", answers={"channel": "phone"})
    await record(working, "neither", answers={})

    async def found(name: str, text: str) -> set[str]:
        return set(await ids(working, LEADER, form="visit", fields=((name, text),)))

    assert await found("notes", "!none") == {"silent", "neither"}
    assert await found("notes", "!any") == {"said"}
    assert await found("channel", "!none,home") == {"said", "neither"}
    assert await found("channel", "!any,home") == {"said", "silent"}
    assert await found("channel", "!any,!none") == {"said", "silent", "neither"}


async def test_a_period_is_of_the_places_zone(working: Working) -> None:
    await record(working, "before", at=datetime(2026, 9, 30, 15, 59, tzinfo=UTC))
    await record(working, "within", at=datetime(2026, 9, 30, 16, 0, tzinfo=UTC))
    assert await ids(working, LEADER, form="visit", period="2026-Q4") == ["within"]
    assert await ids(working, LEADER, form="visit", period="2026-Q3") == ["before"]
    with pytest.raises(ProblemError) as fault:
        await ids(working, LEADER, period="last year")
    assert codes(fault.value) == ["E511"]


async def test_corrected_and_withdrawn_entries_show_when_asked_for_with_what_became_of_them(
    working: Working,
) -> None:
    await record(working, "first-00", answers={"channel": "home", "condition": "well"})
    await working.work.submissions.correct(
        LEADER,
        "first-00",
        Submission("second-0", "visit", {"channel": "phone", "condition": "well"}, "hh-1"),
        "记错了",
    )
    await record(working, "third-00", at=NOW - 2 * DAY)
    await working.work.submissions.withdraw(LEADER, "third-00", "重复", "gone-000")
    assert await ids(working, LEADER, form="visit") == ["second-0"]
    page = await ledger_views(working).page(LEADER, Wanted(standing=False, period="2026-11"))
    assert {row.id: row.state for row in page.rows} == {
        "first-00": "corrected",
        "second-0": "correction",
        "third-00": "withdrawn",
        "gone-000": "withdrawal",
    }


async def test_what_is_put_back_after_a_withdrawal_is_no_correction(working: Working) -> None:
    await record(working, "third-00")
    await working.work.submissions.withdraw(LEADER, "third-00", "重复", "gone-000")
    working.now += timedelta(minutes=1)
    await record(working, "back-000", recorded_at=working.now, supersedes="gone-000")
    page = await ledger_views(working).page(LEADER, Wanted(form="visit"))
    assert {row.id: row.state for row in page.rows} == {"back-000": "restored"}
    detail = await entry_views(working).entry(LEADER, "back-000")
    assert [link.state for link in detail.chain] == ["withdrawn", "withdrawal", "restored"]
    # Held against what it was, not against the act of taking it back.
    assert [(link.changes, link.moved, link.reason) for link in detail.chain] == [
        ((), False, ""),
        ((), False, "重复"),
        ((), False, ""),
    ]
    assert detail.may_change


async def test_a_page_past_the_end_is_the_last(working: Working) -> None:
    for number in range(30):
        await record(working, f"v-{number:02}", at=NOW - DAY - timedelta(minutes=number))
    page = await ledger_views(working).page(LEADER, Wanted(form="visit", page=99))
    assert (page.page, page.pages, page.total, len(page.rows)) == (2, 2, 30, 5)


VISITS = st.lists(
    st.tuples(
        st.sampled_from(["hh-1", "hh-2", "hh-4"]),
        st.sampled_from(["w-1", "w-2", "w-3"]),
        st.integers(0, 60),
        st.sampled_from(["", "灯", "灯坏了", "水"]),
    ),
    max_size=60,
)


@examples(15)
@given(
    visits=VISITS,
    reader=st.sampled_from(["leader", "director"]),
    person=st.sampled_from(["", "w-1", "w-2"]),
    subject=st.sampled_from(["", "hh-1", "hh-4"]),
    search=st.sampled_from(["", "灯"]),
    descending=st.booleans(),
)
def test_pages_together_are_what_a_naive_filter_finds(
    tmp_path_factory: pytest.TempPathFactory,
    visits: list[tuple[str, str, int, str]],
    reader: str,
    person: str,
    subject: str,
    search: str,
    descending: bool,
) -> None:
    async def run() -> None:
        working = Working(tmp_path_factory.getbasetemp())
        await working.start()
        for number, (about, by, minutes, notes) in enumerate(visits):
            at = NOW - DAY - timedelta(minutes=minutes)
            await record(working, f"v-{number:02}", subject=about, by=by, at=at, answers={"notes": notes})
        naive = [
            (NOW - DAY - timedelta(minutes=minutes), number)
            for number, (about, by, minutes, notes) in enumerate(visits)
            if (reader == "director" or about in {"hh-1", "hh-2"} or by == "w-1")
            and person in {"", by}
            and subject in {"", about}
            and search in notes
        ]
        expected = [f"v-{number:02}" for _, number in sorted(naive, reverse=descending)]
        ref = LEADER if reader == "leader" else DIRECTOR
        wanted = Wanted("visit", "", person, subject, "", search, descending=descending)
        found: list[str] = []
        page = 1
        while True:
            given_page = await ledger_views(working).page(ref, replace(wanted, page=page))
            assert given_page.total == len(expected)
            found += [row.id for row in given_page.rows]
            page += 1
            if page > given_page.pages:
                break
        assert found == expected
        exported = [row.id async for row in ledger_views(working).rows(ref, wanted)]
        assert exported == expected

    asyncio.run(run())


async def test_choices_are_those_of_the_readers_part(working: Working) -> None:
    mine, all_of_it = (
        await ledger_views(working).choices(LEADER),
        await ledger_views(working).choices(DIRECTOR),
    )
    assert [option.id for option in mine.people] == ["w-1"]
    assert not mine.places
    assert [option.id for option in all_of_it.places] == [f"{PLACE}/g1", f"{PLACE}/g2"]
    assert {option.id for option in all_of_it.people} == {"w-1", "w-2", "w-3"}
    assert "concern" not in {option.id for option in mine.columns["visit"]}
    assert all_of_it.periods.years == ("2026", "2025")
    assert all_of_it.periods.quarters == ("2026-Q4", "2026-Q3", "2026-Q2", "2026-Q1")


# ---- taking it along ----------------------------------------------------------------------------------------------
def test_no_cell_of_an_export_is_a_formula() -> None:
    assert csv_line(["=1+1", "  @SUM(A1)"]) == '"\'=1+1","\'  @SUM(A1)"\r\n'


def test_a_cell_with_quotes_and_lines_stays_one_cell() -> None:
    assert (
        csv_line(["a", 'he said "no"\nand left', "1-1-101"]) == '"a","he said ""no""\nand left","1-1-101"\r\n'
    )


# ---- one entry ----------------------------------------------------------------------------------------------------
async def test_an_entry_names_what_it_counted_for(working: Working) -> None:
    await record(working, "visit-01")
    detail = await entry_views(working).entry(LEADER, "visit-01")
    assert [(item.duty, item.window, item.state, item.owner) for item in detail.counted] == [
        ("home_visit", "2026-Q4", State.MET, "周敏")
    ]
    assert detail.other_period == ""


async def test_an_entry_of_another_year_tells_its_year_and_counts_there(working: Working) -> None:
    await record(working, "visit-01", at=datetime(2025, 11, 20, 4, 0, tzinfo=UTC))
    views = entry_views(working)
    detail = await views.entry(LEADER, "visit-01")
    assert (detail.counted, detail.other_period) == ((), "2025")
    assert [item.window for item in await views.counted(LEADER, "visit-01", "2025")] == ["2025-Q4"]


async def test_sensitive_answers_are_for_those_who_may_and_the_one_who_gave_them(working: Working) -> None:
    said = {"channel": "home", "condition": "attention", "concern": ["illness"]}
    await record(working, "visit-01", answers=said)
    files = {path: text.replace(", see_sensitive", "") for path, text in FILES.items()}
    await working.store.revisions.add(Revision("other", PLACE, files, working.now, "w-3"))
    detail = await entry_views(working).entry(DIRECTOR, "visit-01")
    assert detail.hidden == 1
    assert "concern" not in {answer.field for answer in detail.answers}
    own = await entry_views(working).entry(LEADER, "visit-01")
    assert own.hidden == 0
    assert "concern" in {answer.field for answer in own.answers}


async def test_a_correction_is_told_question_by_question_and_hides_what_is_sensitive(
    working: Working,
) -> None:
    await record(working, "first-00", answers={"channel": "home", "condition": "well", "notes": "甲"})
    answers = {"channel": "phone", "condition": "well", "notes": "甲"}
    await working.work.submissions.correct(
        DIRECTOR, "first-00", Submission("second-0", "visit", answers, "hh-1"), "是电话"
    )
    detail = await entry_views(working).entry(LEADER, "first-00")
    first, second = detail.chain
    assert (detail.row.state, detail.may_change) == ("corrected", False)
    assert (first.changes, second.reason, second.by) == ((), "是电话", "沈若兰")
    [change] = second.changes
    assert change.before is not None
    assert change.after is not None
    assert (change.before.words, change.after.words) == (
        ({"zh": "上门", "en": "At home", "es": "En casa"},),
        ({"zh": "电话", "en": "By telephone", "es": "Por teléfono"},),
    )


async def test_a_question_left_empty_before_and_after_is_no_change(working: Working) -> None:
    await record(working, "first-00", answers={"channel": "home", "condition": "well", "notes": ""})
    answers = {"channel": "phone", "condition": "well"}
    await working.work.submissions.correct(
        DIRECTOR, "first-00", Submission("second-0", "visit", answers, "hh-1"), "是电话"
    )
    views = entry_views(working)
    _, second = (await views.entry(LEADER, "first-00")).chain
    assert [change.title["zh"] for change in second.changes] == ["怎么联系的？"]
    told = (await views.versions(LEADER, "first-00")).rows
    assert [row.title["zh"] for row in told if any(row.changed)] == ["怎么联系的？"]


async def test_only_ones_own_entry_can_be_changed_without_the_permission(working: Working) -> None:
    await record(working, "mine-000")
    await record(working, "theirs-0", by="w-2")
    views = entry_views(working)
    assert (await views.entry(LEADER, "mine-000")).may_change
    assert not (await views.entry(LEADER, "theirs-0")).may_change
    assert (await views.entry(DIRECTOR, "theirs-0")).may_change


async def test_an_entry_that_is_not_there_is_refused_like_one_that_is_anothers(working: Working) -> None:
    await record(working, "theirs-0", subject="hh-4", by="w-2")
    for name in ("theirs-0", "never-was"):
        with pytest.raises(DeniedError) as fault:
            await entry_views(working).entry(LEADER, name)
        assert fault.value.code == "not_permitted"


async def test_what_was_recorded_days_later_says_so(working: Working) -> None:
    await record(working, "late-000", at=NOW - 3 * DAY, recorded_at=NOW)
    detail = await entry_views(working).entry(LEADER, "late-000")
    assert detail.row.late_days == 3


# ---- by answers ---------------------------------------------------------------------------------------------------
async def test_entries_are_narrowed_by_any_answer_of_the_chosen_form(working: Working) -> None:
    await record(working, "short", answers={"channel": "home", "condition": "well", "minutes": 5})
    await record(
        working,
        "long",
        answers={"channel": "phone", "condition": "attention", "again_on": "2026-12-01", "minutes": 45,
                 "notes": "楼道漏水"},
    )  # fmt: skip

    async def found(*fields: tuple[str, str]) -> list[str]:
        return await ids(working, LEADER, form="visit", fields=fields)

    assert await found(("minutes", "10..")) == ["long"]
    assert await found(("minutes", "..5")) == ["short"]
    assert await found(("minutes", "5..45"), ("channel", "home,phone")) == ["long", "short"]
    assert await found(("channel", "phone")) == ["long"]
    assert await found(("notes", "漏水")) == ["long"]
    assert await found(("again_on", "2026-12-01..2026-12-31")) == ["long"]
    assert await found(("again_on", "2026-12-02..")) == []
    assert await found(("minutes", "many..")) == ["long", "short"], "what can't be read is no condition"
    assert await found(("gone", "x"), ("notes", "  ")) == ["long", "short"]
    assert {"long", "short"} <= set(await ids(working, LEADER, fields=(("minutes", "10.."),))), "of no form"


async def test_sensitive_answers_narrow_nothing_for_anybody(working: Working) -> None:
    await record(
        working, "ill", answers={"channel": "home", "condition": "attention", "concern": ["illness"]}
    )
    for reader in (LEADER, DIRECTOR):
        with pytest.raises(DeniedError):
            await ids(working, reader, form="visit", fields=(("concern", "illness"),))
        choices = await ledger_views(working).choices(reader)
        offered = {one.field: one for one in choices.filters["visit"]}
        assert "concern" not in offered
        assert offered["channel"].sort == "one_of"
        assert (offered["minutes"].sort, offered["again_on"].sort, offered["notes"].sort) == (
            "number",
            "date",
            "words",
        )
        assert "photos" not in offered


async def test_references_are_offered_by_name_as_far_as_one_sees_them(working: Working) -> None:
    choices = await ledger_views(working).choices(NEIGHBOUR)
    grid = next(one for one in choices.filters["household"] if one.field == "grid")
    assert next(iter(grid.options.values()))["zh"] == "第一网格"
    who = next(one for one in choices.filters["appointment"] if one.field == "worker")
    assert list(who.options) == ["w-2"], "of one's own grid"
    assert "role" in [one.field for one in choices.filters["appointment"]]


# ---- versions ------------------------------------------------------------------------------------------------
async def test_versions_stand_side_by_side_with_what_changed_and_sensitive_answers_are_counted(
    tmp_path: Path,
) -> None:
    working = Working(tmp_path)
    await working.start()
    at = NOW - DAY
    said = {"channel": "home", "condition": "attention", "concern": ["illness"]}
    first = Entry("v-1", PLACE, "visit", at, "w-1", at, said, "hh-1")
    better = {**said, "channel": "phone", "concern": ["money"], "_reason": "是电话", "_by": "w-3"}
    second = replace(first, id="v-2", recorded_at=at + DAY / 4, supersedes="v-1", answers=better)
    taken = {"form": "retraction", "by": "w-3", "answers": {"reason": "重复"}}
    gone = replace(second, id="v-3", recorded_at=at + DAY / 3, supersedes="v-2", **taken)  # type: ignore[arg-type]
    await working.store.ledger.append([first, second, gone], {"visit": frozenset({"concern"})})
    views = entry_views(working)
    found = await views.versions(LEADER, "v-2")
    assert [(one.id, one.state, one.by, one.reason) for one in found.versions] == [
        ("v-1", "corrected", "周敏", ""),
        ("v-2", "withdrawn", "沈若兰", "是电话"),
        ("v-3", "withdrawal", "沈若兰", "重复"),
    ]
    told = {row.title["zh"]: (row.changed, [a and a.value for a in row.answers]) for row in found.rows}
    assert told == {
        "怎么联系的？": ((False, True, False), ["home", "phone", None]),
        "家里怎么样？": ((False, False, False), ["attention", "attention", None]),
        "哪方面？": ((False, True, False), [["illness"], ["money"], None]),
    }
    assert (found.hidden, found.hidden_changes) == (0, 0)
