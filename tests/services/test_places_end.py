"""Places that begin and end: who owes what for them, who can be appointed there, and what may not happen to them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.domain.entry import Entry
from app.domain.period import parse_period
from app.domain.place import Place, PlaceTree
from app.domain.place_changes import Left, PlaceChange, PlaceFate, place_changes
from app.domain.problem import ProblemError
from app.domain.regulation import Regulation
from app.services.evaluate import Evaluation
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.occupants import OccupantsNow
from app.services.submitted import Submission
from tests.declarations.community import FILES, PLACE, loaded, told
from tests.fakes.books import staffing
from tests.fakes.deciders import PlainDecider
from tests.fakes.working import DIRECTOR, Working
from tests.fakes.working import FILES as WORKING

FILE = f"config/places/{PLACE}/place.yaml"
SWEPT = "duty: swept\nfor_each: grid\nevery: month\nmet_by: meeting\n"
G1, G2, B01 = f"{PLACE}/g1", f"{PLACE}/g2", f"{PLACE}/g1/b01"
NOW = datetime(2025, 12, 1, tzinfo=UTC)


def regulation(g2: str = "g2: {level: grid}", g1: str = "", **files: str) -> Regulation:
    text = FILES[FILE].replace("g2: {level: grid}", g2)
    text = text.replace("g1: {level: grid,", f"g1: {{level: grid, {g1}") if g1 else text
    found = loaded({FILE: text, **files}).regulation
    assert found is not None
    return found


def windows(one: Regulation, place: str) -> list[str]:
    evaluation = Evaluation(one, parse_period("2025"), PlainDecider())
    evaluation.load([], datetime(2026, 1, 5, tzinfo=UTC))
    schema = evaluation.schema("swept")
    of, window = schema.position("subject"), schema.position("window")
    return sorted(row[window] for row in evaluation.rows("swept").values() if row[of] == place)


def test_a_grid_owes_for_the_windows_in_which_it_is_there() -> None:
    one = regulation(
        "g2: {level: grid, in_force: {from: 2025-03-01, until: 2025-07-01}}", **{"rules/swept.yaml": SWEPT}
    )
    assert windows(one, G2) == ["2025-03", "2025-04", "2025-05", "2025-06"]
    assert len(windows(one, G1)) == 12


@pytest.mark.parametrize(("until", "last"), [("2025-06-10", "2025-05"), ("2025-06-20", "2025-06")])
def test_a_window_in_which_a_grid_ends_is_owed_if_it_was_there_for_half_of_it(until: str, last: str) -> None:
    one = regulation(f"g2: {{level: grid, in_force: {{until: {until}}}}}", **{"rules/swept.yaml": SWEPT})
    assert windows(one, G2)[-1] == last


def test_what_lies_in_a_place_is_there_no_longer_than_it_is() -> None:
    june, july, may = date(2025, 6, 1), date(2025, 7, 1), date(2025, 5, 1)
    tree = PlaceTree.of(
        [
            Place("a", "street", {}, since=may, until=july),
            Place("a/b", "grid", {}, until=date(2026, 1, 1)),
            Place("a/c", "grid", {}, since=june, until=june),
        ]
    )
    assert (tree.span("a/b"), tree.span("nowhere")) == ((may, july), (None, None))
    assert [tree.there("a/b", day) for day in (date(2025, 4, 30), may, date(2025, 6, 30), july)] == [
        False, True, True, False]  # fmt: skip
    assert not tree.there("a/c", june)
    assert not tree.there("nowhere", june)


def test_an_end_before_the_beginning_is_told_where_it_stands() -> None:
    text = FILES[FILE].replace(
        "g2: {level: grid}", "g2: {level: grid, in_force: {from: 2025-07-01, until: 2025-07-01}}"
    )
    assert told(loaded({FILE: text})) == [f"{FILE}:7:57 E103"]
    text = FILES[FILE].replace(
        "g2: {level: grid}", "g2: {level: grid, in_force: {from: 2025-07-01, until: July}}"
    )
    assert [one.partition(" ")[2] for one in told(loaded({FILE: text}))] == ["E103"]
    assert loaded({FILE: text.replace("until: July", "until: 2025-07-02")}).regulation is not None


# ---- what becomes of whom is there ----------------------------------------------------------------------------------
def entry(number: str, form: str, answers: Mapping[str, Any], place: str = PLACE, subject: str = "") -> Entry:
    at = datetime(2025, 1, 2, tzinfo=UTC)
    return Entry(number, place, form, at, "w9", at, answers, subject or None)


THERE = [
    entry("e1", "household", {"grid": G2, "special": []}, subject="h1"),
    entry("e2", "household", {"grid": G2, "special": [], "left_on": "2025-03-01"}, subject="h2"),
    entry("e3", "household", {"grid": G1, "special": []}, subject="h3"),
    entry("e4", "appointment", {"worker": "w1", "role": "grid_leader"}, G2, "p1"),
    entry("e5", "appointment", {"worker": "w2", "role": "grid_leader", "left_on": "2025-08-01"}, G2, "p2"),
    entry("e6", "meeting", {"present": ["w1"]}, subject=PLACE),
]


def changes(after: Regulation) -> dict[str, PlaceChange]:
    return {one.place: one for one in place_changes(regulation(), after, THERE, NOW)}


def test_who_would_still_be_in_charge_and_who_would_still_live_there_is_counted() -> None:
    (found,) = changes(regulation("g2: {level: grid, in_force: {until: 2026-01-01}}")).values()
    assert (found.fate, found.until, found.refused) == (PlaceFate.ENDS, date(2026, 1, 1), True)
    assert [one.many for one in found.posts] == [1]
    assert found.subjects == (Left({}, 1),)
    (earlier,) = changes(regulation("g2: {level: grid, in_force: {until: 2025-02-01}}")).values()
    assert ([one.many for one in earlier.posts], earlier.subjects) == ([2], (Left({}, 2),))


def test_a_place_that_entries_name_cannot_just_go() -> None:
    text = FILES[FILE].replace("  g2: {level: grid}\n", "")
    gone = loaded({FILE: text}).regulation
    assert gone is not None
    (found,) = changes(gone).values()
    assert (found.place, found.fate, found.entries, found.refused) == (G2, PlaceFate.GONE, 4, True)


def test_a_place_is_named_by_texts_within_answers_and_by_nothing_else() -> None:
    text = FILES[FILE].replace("  g2: {level: grid}\n", "")
    gone = loaded({FILE: text}).regulation
    assert gone is not None
    rows = entry("e1", "meeting", {"present": ["w1"], "minutes": 40, "rounds": [{"where": f"{G2}/b09"}]})
    other = entry("e2", "meeting", {"present": ["w1"], "minutes": 40, "where": f"{G2}0"})
    (found,) = place_changes(regulation(), gone, [rows, other], NOW)
    assert found.entries == 1, "a place within it is named; one whose name begins alike isn't it"


def test_where_nobody_lives_and_no_form_appoints_an_end_leaves_nobody() -> None:
    ended = FILES[FILE].replace("g2: {level: grid}", "g2: {level: grid, in_force: {until: 2026-01-01}}")
    before, after = (
        loaded({FILE: text}, without=("forms/appointment.yaml",)).regulation for text in (FILES[FILE], ended)
    )
    assert before is not None
    assert after is not None
    (found,) = place_changes(before, after, [], NOW)
    assert (found.posts, found.subjects, found.refused) == ((), (), False)


def test_an_end_is_told_of_what_ends_and_not_of_all_in_it() -> None:
    ended = changes(regulation(g1="in_force: {until: 2026-02-01},"))
    assert {one.place: (one.fate, one.refused) for one in ended.values()} == {G1: (PlaceFate.ENDS, False)}
    other = changes(regulation("g2: {level: grid, title: 二网}\n  g3: {level: grid}"))
    assert {place: one.fate for place, one in other.items()} == {
        G2: PlaceFate.RENAMED,
        f"{PLACE}/g3": PlaceFate.NEW,
    }
    assert changes(regulation()) == {}


def test_what_ends_and_begins_elsewhere_on_the_same_day_is_told_once_as_a_move() -> None:
    """Of what else begins that day, or is called so elsewhere, nothing is said of a move."""
    named = "title: {zh: 一单元}, level: building"
    was = "g2: {level: grid, places: {u1: {" + named + "}, u2: {title: {zh: 二单元}, level: building}}}"
    ends, begins = "in_force: {until: 2026-01-01}", "in_force: {from: 2026-01-01}"
    after = regulation(
        was.replace(named, f"{named}, {ends}")
        + "\n  g3: {level: grid, title: {zh: 三格}, places: {"
        + f"n1: {{{named}, {begins}}}, n2: {{title: {{zh: 三单元}}, level: building, {begins}}}}}}}"
    )
    day = date(2026, 1, 1)
    found = place_changes(regulation(was), after, THERE, NOW)
    assert [(one.place.removeprefix(PLACE), one.fate, one.since, one.until, one.into) for one in found] == [
        ("/g2/u1", PlaceFate.ENDS, None, day, {"zh": "三格"}),
        ("/g3", PlaceFate.NEW, None, None, {}),
    ]
    g5 = "\n  g5: {level: grid, title: {zh: 五格}"
    into = was.replace(named, f"{named}, {ends}") + f"{g5}, places: {{n1: {{{named}, {begins}}}}}}}"
    (only,) = place_changes(regulation(was + g5 + "}"), regulation(into), THERE, NOW)
    assert (only.place, only.into) == (f"{G2}/u1", {"zh": "五格"})
    (later,) = place_changes(
        regulation(was), regulation(was + f"\n  g4: {{level: grid, {begins}}}"), THERE, NOW
    )
    assert (later.fate, later.since) == (PlaceFate.NEW, day)


def test_an_end_that_is_taken_back_or_put_off_leaves_nobody() -> None:
    was = regulation("g2: {level: grid, in_force: {until: 2026-01-01}}")
    for text in ("g2: {level: grid}", "g2: {level: grid, in_force: {until: 2026-03-01}}"):
        (found,) = place_changes(was, regulation(text), THERE, NOW)
        assert (found.fate, found.posts, found.subjects) == (PlaceFate.GOES_ON, (), ())


# ---- at work --------------------------------------------------------------------------------------------------------
@pytest.fixture
async def working(tmp_path: Path) -> Working:
    ended = WORKING[FILE].replace("g2: {level: grid,", "g2: {level: grid, in_force: {until: 2026-11-22},")
    made = Working(tmp_path, texts={**WORKING, FILE: ended})
    await made.start()
    return made


async def test_nobody_is_appointed_at_a_place_that_has_ended(working: Working) -> None:
    service = staffing(working)
    with pytest.raises(ProblemError) as fault:
        await service.appoint(DIRECTOR, "w-1", "leader", G2)
    (problem,) = fault.value.problems
    assert (problem.code, problem.field, problem.values) == (
        "E764",
        "place",
        {"reason": "ended", "day": "2026-11-22"},
    )
    assert await service.appoint(DIRECTOR, "w-1", "leader", G2, date(2026, 11, 21))
    seats = [one for one in (await service.view(DIRECTOR)).seats if one.place == G2]
    assert [(one.role, one.missing, one.room, one.ended) for one in seats] == [
        ("leader", 0, False, date(2026, 11, 22))]  # fmt: skip


async def test_a_file_is_not_moved_to_a_place_that_has_ended_and_one_that_is_there_may_stay(
    working: Working,
) -> None:
    submissions = working.work.submissions
    view = await submissions.open(DIRECTOR, Wanted("household"))
    assert list(view.options["grid"]) == [G1]
    answers = {"grid": G2, "building": "1号楼", "door": "1", "head": "王芳", "members": 1, "special": []}
    with pytest.raises(RefusedError) as fault:
        await submissions.submit(DIRECTOR, Submission(view.entry_id, "household", answers))
    assert [(one.problem.code, one.problem.field) for one in fault.value.faults] == [("E764", "grid")]
    earlier = Submission(view.entry_id, "household", answers, at=datetime(2026, 11, 20, tzinfo=UTC))
    await submissions.submit(DIRECTOR, earlier)
    later = await submissions.open(DIRECTOR, Wanted("household", entry=view.entry_id))
    assert G2 in later.options["grid"]  # what it says already may stand


async def test_who_and_what_is_where_is_told_as_of_now(working: Working) -> None:
    there = await OccupantsNow(working.live, working.clock)(PLACE)
    assert there[G1][0] == ("周敏",)
    assert [one.many for one in there[G1][1]] == [3]
