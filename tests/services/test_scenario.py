"""The generator's own language: small scenarios, their draws and their faults."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.entry import RETRACTION, Entry
from app.domain.place import Place, PlaceTree
from app.domain.workdays import Calendar
from app.services.scenario.answers import Compiler, Moment, check_digit, invented_id, stream
from app.services.scenario.reading import Node
from app.services.scenario.scenario import Scenario, ScenarioError, World, generate
from app.services.scenario.subjects import spread
from app.services.scenario.world import digits_of

ZONE = ZoneInfo("Asia/Shanghai")
PLACES = ("c", "c/g1", "c/g1/b01", "c/g1/b02", "c/g2", "c/g2/b03")
LEVELS = ("community", "grid", "building")
WORLD = World(
    PlaceTree.of(Place(one, LEVELS[one.count("/")], {"zh": one.upper()}) for one in PLACES),
    Calendar("plain", "Asia/Shanghai"),
)


class Nobody:
    def present(self, *_: object) -> list[str]:
        return []

    def away(self, *_: object) -> list[str]:
        return []


def a_scenario(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "place": "c",
        "seed": 1,
        "from": "2025-01-01",
        "until": "2026-12-31",
        "people": {
            "person": {"form": "pers", "id": "w{n}", "name": "nom", "answers": {"nom": "N"}},
            "post": {"form": "job", "id": "p{n}", "worker": "who", "role": "what", "ends": "gone"},
            "groups": [
                {"role": "boss", "level": "community", "since": "2024-01-01", "behave": ["keen"]},
                {"role": "guard", "level": "grid", "since": "2024-01-01", "behave": ["keen", "idle"]},
            ],
            "behaviours": {"keen": {"seen": 1, "default": 0}, "idle": {"seen": 0.3, "default": 0}},
        },
        "addresses": {
            "doors": {"level": "building", "parts": {"n": [1, 9]}, "names": {"door": "{number}-{n}"}},
        },
        "subjects": {
            "flat": {
                "form": "file",
                "id": "h{n:03}",
                "count": 12,
                "address": "doors",
                "by": "guard",
                "at": {"from": "2024-02-01", "to": "2024-06-30"},
                "answers": {"door": {"copy": "door"}, "kind": {"pick": {"a": 1, "b": 1}}},
            },
        },
        "habits": {
            "recorded_after": [1, 5],
            "late": {"effort": "late", "days": [1, 2]},
            "mistake": {"effort": "mistake", "mended_after": [10, 20]},
            "withdrawn": {"chance": 0},
            "put_off": "put_off",
        },
        "activities": {
            "seeing": {
                "id": "s{n}",
                "form": "look",
                "for_each": {"subject": "flat"},
                "by": {"guard": 1},
                "every": "month",
                "chance": "seen",
                "hours": ["09:00-11:00"],
                "answers": {"ok": True},
            },
        },
    }
    return {**found, **changes}


def entries(
    data: Mapping[str, object], today: date = date(2025, 7, 1), seed: int | None = None
) -> list[Entry]:
    return list(generate(WORLD, Scenario(data), today, seed))


def of(form: str, found: list[Entry]) -> list[Entry]:
    return [entry for entry in found if entry.form == form]


def made(how: object, **answers: object) -> object:
    moment = Moment(
        stream(1, "x"), datetime(2025, 3, 17, 9, 10, tzinfo=ZONE), {"worker": "w1"}, Nobody(), dict(answers)
    )
    return Compiler(Node({"pool": ["nothing", "of {worker}"]})).value(Node(how))(moment)


# ---- answers
def test_a_text_is_filled_in_from_earlier_answers_and_from_what_is_known() -> None:
    assert made("{worker} at {door}", door="3-2-501") == "w1 at 3-2-501"


def test_a_pick_gives_keys_in_about_their_weights() -> None:
    pick = Compiler(None).value(Node({"pick": {"a": 9, "b": 1}}))
    moment = Moment(stream(1, "y"), datetime(2025, 3, 17, tzinfo=ZONE), {}, Nobody())
    drawn = [pick(moment) for _ in range(1000)]
    assert 860 < drawn.count("a") < 940
    assert set(drawn) == {"a", "b"}


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (7, 7),
        ({"pick": {"3": 1}, "whole": True}, 3),
        ({"pick_list": {"a": 1}}, ["a"]),
        ({"some": {"a": 1.0, "b": 0.0, "c": 1.0}}, ["a", "c"]),
        ({"chance": 1.0}, True),
        ({"number": [4, 4]}, 4),
        ({"join": ["a", {"number": [1, 1]}]}, "a1"),
        ({"maybe": 0.0, "of": "x"}, None),
        ({"if": {"k": "v"}, "then": "yes", "else": "no"}, "yes"),
        ({"if": {"k": {"not": "v"}}, "then": "yes"}, None),
        ({"if": {"many": {"has": "m"}}, "then": "yes"}, "yes"),
        ({"if": {"many": {"filled": False}}, "then": "yes", "else": "no"}, "no"),
        ({"match": "k", "of": {"v": "found"}}, "found"),
        ({"match": "k", "of": {"w": "found"}}, None),
        ({"day": [3, 3]}, "2025-03-20"),
        ({"day": {"from": "2024-02-29", "to": "2024-02-29"}}, "2024-02-29"),
        ({"instant": [-40, -40]}, "2025-03-17T08:30:00+08:00"),
        ({"copy": "worker"}, "w1"),
    ],
)
def test_each_way_of_saying_an_answer(how: object, expected: object) -> None:
    assert made(how, k="v", many=["m"]) == expected


def test_a_pool_gives_its_members_filled_in() -> None:
    assert made({"text": "pool"}) in {"nothing", "of w1"}


@pytest.mark.parametrize(
    ("number", "sex"), [("770000198001020017", "male"), ("770000198001020025", "female")]
)
def test_what_an_id_number_tells_is_taken_from_it(number: str, sex: str) -> None:
    day = {"day": {"from": "1950-05-05", "to": "1950-05-05"}}
    assert made({"born_in": "id", "else": day}, id=number) == "1980-01-02"
    assert made({"sex_in": "id", "else": "other"}, id=number) == sex
    assert made({"born_in": "id", "else": day}) == "1950-05-05"
    assert made({"sex_in": "id", "else": "other"}) == "other"
    assert made({"born_in": "id"}) is None


def test_the_answers_after_an_id_number_are_the_same_with_and_without_one() -> None:
    how = {"sex_in": "id", "else": {"pick": {"male": 1, "female": 1}}}
    after = [
        made({"join": [how, {"number": [1, 10**9]}]}, **known) for known in ({}, {"id": "770000198001020017"})
    ]
    assert after[0].removeprefix("fe").removeprefix("male") == after[1].removeprefix("male")  # type: ignore[attr-defined]


@given(st.integers(0, 10**6), st.dates(date(1930, 1, 1), date(2010, 12, 31)))
def test_an_invented_id_has_a_right_check_digit_and_no_real_area(seed: int, born: date) -> None:
    number = invented_id(stream(seed, "id"), born)
    assert len(number) == 18
    assert number.startswith("77")
    assert number[6:14] == f"{born:%Y%m%d}"
    assert check_digit(number[:17]) == number[17]


def test_the_check_digit_is_that_of_the_standards_example() -> None:
    assert check_digit("11010519491231002") == "X"  # GB 11643-1999, its own example
    assert check_digit("44052418800101001") == "4"


# ---- sharing out
@given(st.integers(0, 5000))
def test_what_is_shared_out_over_places_adds_up_and_differs_by_one_within_a_place(total: int) -> None:
    shares = spread(total, [place for place in PLACES if place.count("/") == 2])
    assert sum(shares.values()) == total
    assert max(shares["c/g1/b01"], shares["c/g1/b02"]) - min(shares["c/g1/b01"], shares["c/g1/b02"]) <= 1


def test_the_number_of_a_place_is_that_at_the_end_of_its_id() -> None:
    assert [digits_of(one) for one in ("demo/x/g1/b07", "c/b40", "c/hall")] == ["7", "40", "0"]


# ---- the whole
def test_everybody_is_filed_and_appointed_and_every_subject_has_a_file_at_its_door() -> None:
    found = entries(a_scenario())
    assert {entry.subject for entry in of("pers", found)} == {"w1", "w2", "w3"}
    assert {(entry.place, entry.answers["what"]) for entry in of("job", found)} == {
        ("c", "boss"),
        ("c/g1", "guard"),
        ("c/g2", "guard"),
    }
    doors = [str(entry.answers["door"]) for entry in of("file", found)]
    assert len(set(doors)) == 12
    assert {door.partition("-")[0] for door in doors} == {"1", "2", "3"}


def test_who_is_keen_sees_every_subject_each_month_and_who_is_idle_does_not() -> None:
    seen = of("look", entries(a_scenario()))
    by = {worker: [entry for entry in seen if entry.by == worker] for worker in ("w2", "w3")}
    assert len(by["w2"]) == 6 * 6
    assert 3 <= len(by["w3"]) <= 20


def test_what_was_done_keeps_to_its_hours_and_is_recorded_minutes_later() -> None:
    for entry in of("look", entries(a_scenario())):
        at = entry.at.astimezone(ZONE)
        assert (9, 0) <= (at.hour, at.minute) <= (11, 0)
        assert 60 <= (entry.recorded_at - entry.at).total_seconds() <= 300


def test_a_later_day_only_adds_entries() -> None:
    data = a_scenario()
    early, late = entries(data, date(2025, 3, 10)), entries(data, date(2025, 7, 1))
    border = datetime(2025, 3, 10, tzinfo=ZONE)
    assert early == [entry for entry in late if entry.recorded_at < border]


def test_another_seed_gives_other_entries_of_the_same_people() -> None:
    first, second = entries(a_scenario(), seed=1), entries(a_scenario(), seed=2)
    assert first != second
    assert {entry.subject for entry in of("pers", first)} == {entry.subject for entry in of("pers", second)}


def test_after_a_handover_the_successor_does_the_work_and_the_old_post_is_ended() -> None:
    data = a_scenario()
    data["people"]["handovers"] = [
        {"role": "guard", "place": "g1", "at": "2025-04-10", "behave": "keen", "leaving": {"why": "moved"}}
    ]
    found = entries(data)
    ended = [entry for entry in of("job", found) if "gone" in entry.answers]
    assert [(entry.subject, entry.answers["gone"], entry.answers["why"]) for entry in ended] == [
        ("p2", "2025-04-10", "moved")
    ]
    border = datetime(2025, 4, 10, tzinfo=ZONE)
    assert all(entry.at < border for entry in of("look", found) if entry.by == "w2")
    assert all(entry.at >= border for entry in of("look", found) if entry.by == "w4")
    assert of("look", found)


def test_nobody_does_anything_during_a_granted_leave_and_an_unasked_one_changes_nothing() -> None:
    data = a_scenario()
    leave = {"id": "l", "form": "off", "role": "guard", "place": "g1", "asked": [3, 3], "days": 40}
    granted = {**leave, "from": "2025-03-01", "granted": "yes", "answers": {"yes": True}}
    refused = {**leave, "from": "2025-05-01", "granted": "yes", "answers": {"yes": False}}
    data["people"]["absences"] = [granted, refused]
    found = entries(data)
    days = [entry.at.astimezone(ZONE).date() for entry in of("look", found) if entry.by == "w2"]
    assert not [day for day in days if date(2025, 3, 1) <= day < date(2025, 4, 10)]
    assert [day for day in days if date(2025, 5, 1) <= day < date(2025, 6, 10)]
    assert len(of("off", found)) == 2


def test_rounds_go_door_after_door_on_one_day() -> None:
    data = a_scenario()
    data["activities"]["seeing"]["rounds"] = {"size": [6, 6], "minutes": [10, 10]}
    in_january = [entry for entry in of("look", entries(data, date(2025, 2, 1))) if entry.by == "w2"]
    assert len({entry.at.astimezone(ZONE).date() for entry in in_january}) == 1
    gaps = {(after.at - before.at).seconds for before, after in pairwise(in_january)}
    assert gaps == {600}


def test_what_follows_refers_to_what_it_follows_and_is_never_recorded_before_it() -> None:
    data = a_scenario()
    data["activities"]["seeing"]["then"] = [
        {
            "id": "a",
            "form": "step",
            "refers": "of",
            "after": {"days": [1, 3]},
            "answers": {"n": 1},
            "then": [{"id": "b", "form": "step", "after": {"minutes": [5, 5]}, "answers": {"n": 2}}],
        }
    ]
    found = entries(data)
    by_id = {entry.id: entry for entry in found}
    assert len(of("step", found)) > 40
    for step in of("step", found):
        first = by_id[str(step.answers["of"])]
        assert first.form == "look"
        assert step.at > first.at
        assert step.recorded_at > first.recorded_at


def test_what_follows_can_wait_for_the_next_monday_moved_as_holidays_move_it() -> None:
    data = a_scenario()
    spacing = {"day": "monday", "if_holiday": "next_working_day_same_week"}
    data["activities"]["seeing"]["then"] = [
        {"id": "a", "form": "step", "after": {"days": [1, 1], "next": spacing}, "answers": {}}
    ]
    found = entries(data)
    day_of = {entry.id: entry.at.astimezone(ZoneInfo("Asia/Shanghai")).date() for entry in found}
    waited = {day_of[step.id]: day_of[step.id.removesuffix("-a")] for step in of("step", found)}
    assert len(waited) > 3
    for day, before in waited.items():
        assert day.weekday() == 0
        assert timedelta(0) < day - before <= timedelta(days=7)


def test_what_chance_leaves_out_is_done_otherwise() -> None:
    data = a_scenario()
    data["activities"]["seeing"]["then"] = [
        {
            "id": "a",
            "form": "quick",
            "chance": 0,
            "after": {"days": [0, 1]},
            "answers": {},
            "otherwise": [{"id": "b", "form": "slow", "after": {"days": [2, 3]}, "answers": {}}],
        }
    ]
    found = entries(data)
    assert not of("quick", found)
    assert of("slow", found)


def test_nobody_there_means_coming_again_as_often_as_is_said() -> None:
    data = a_scenario()
    data["activities"]["seeing"]["answers"] = {"ok": False}
    data["activities"]["seeing"]["then"] = [{"when": {"ok": False}, "after": {"days": [1, 2]}, "again": 2}]
    found = of("look", entries(data))
    assert {entry.id.partition("~")[2] for entry in found} == {"", "2", "3"}


def test_a_mistake_is_corrected_and_a_withdrawn_entry_is_superseded_by_a_retraction() -> None:
    data = a_scenario()
    data["people"]["behaviours"]["keen"]["mistake"] = 1.0
    data["activities"]["seeing"]["mend"] = {"ok": False}
    found = of("look", entries(data))
    corrected = {entry.supersedes for entry in found if entry.supersedes}
    assert corrected == {entry.id for entry in found if entry.by == "w2" and not entry.supersedes}
    data["habits"]["withdrawn"] = {"chance": 1.0}
    found = entries(data)
    kept = {entry.id for entry in of("look", found)}
    assert {entry.supersedes for entry in of(RETRACTION, found)} <= kept
    assert len(of(RETRACTION, found)) > len(kept) * 0.9


def test_a_field_is_brought_to_its_total() -> None:
    data = a_scenario()
    flat = data["subjects"]["flat"]
    flat["answers"]["many"] = {"number": [1, 4]}
    flat["total"] = {"field": "many", "sum": 47, "between": [1, 5]}
    assert sum(int(entry.answers["many"]) for entry in of("file", entries(data))) == 47


def test_subjects_change_leave_and_are_replaced_at_the_same_door() -> None:
    data = a_scenario()
    flat = data["subjects"]["flat"]
    flat["departure"] = {
        "per_year": 3.0,
        "replaced": 1.0,
        "after": [5, 5],
        "answers": {"left": {"day": [0, 0]}},
    }
    flat["changes"] = [{"per_year": 3.0, "answers": {"kind": "c"}}]
    files = of("file", entries(data, date(2026, 12, 1)))
    left = [entry for entry in files if "left" in entry.answers]
    assert len(left) == 12
    assert any(entry.answers["kind"] == "c" for entry in files)
    doors = {entry.subject: entry.answers["door"] for entry in files}
    assert len(doors) == 12 + len(
        [entry for entry in files if int(str(entry.subject)[1:]) > 12 and entry.id[-1] == "1"]
    )
    assert len(set(doors.values())) == 12


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("place",), "nowhere", "scenario/place"),
        (("seed",), None, "scenario/seed"),
        (("subjects", "flat", "by"), "stranger", "scenario/subjects/flat/by"),
        (("subjects", "flat", "answers", "kind"), {"odd": 1}, "scenario/subjects/flat/answers/kind"),
        (("people", "groups", 0, "behave"), ["unheard_of"], "scenario/people/groups/0"),
        (("activities", "seeing", "hours"), ["late"], "scenario/activities/seeing/hours/0"),
        (("habits", "recorded_after"), [5, 1], "scenario/habits/recorded_after"),
        (("subjects", "flat", "at", "from"), "spring", "scenario/subjects/flat/at/from"),
        (("subjects", "flat", "answers", "kind"), {"text": "none"}, "scenario/subjects/flat/answers/kind"),
        (("subjects", "flat", "count"), "many", "scenario/subjects/flat/count"),
    ],
)
def test_a_fault_is_told_with_its_path_and_without_its_value(
    path: tuple[str | int, ...], value: object, where: str
) -> None:
    data: Any = a_scenario()
    inner = data
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = value
    with pytest.raises(ScenarioError) as told:
        entries(data)
    assert told.value.path == where
    assert str(value) not in str(told.value) or value is None


def test_a_missing_key_is_told() -> None:
    data = a_scenario()
    del data["habits"]
    with pytest.raises(ScenarioError, match="habits"):
        entries(data)


def near_today(**during: object) -> dict[str, Any]:
    data = a_scenario()
    seeing = data["activities"]["seeing"]
    data["activities"]["seeing"] = {
        **seeing,
        "id": "s{n}-{day}",
        "chance": 1,
        "every": "week",
        "during": during,
    }
    return data


def test_what_hangs_on_today_happens_so_long_before_it_and_is_called_by_its_day() -> None:
    during = {"from": {"before_today": 3}, "until": {"before_today": 2}}
    for today in (date(2025, 5, 7), date(2025, 6, 1)):
        found = of("look", entries(near_today(**during), today))
        days = {entry.at.astimezone(ZONE).date() for entry in found}
        assert days == {today - timedelta(days=3)}
        assert all(entry.id.endswith(f"-{today - timedelta(days=3)}") for entry in found)


def test_what_goes_on_from_something_waits_for_its_day() -> None:
    during = {"from": {"before_today": 3}, "until": {"before_today": 2}, "after": "2025-05-10"}
    assert of("look", entries(near_today(**during), date(2025, 5, 12))) == []
    assert of("look", entries(near_today(**during), date(2025, 5, 13)))


def test_a_bound_that_is_neither_a_day_nor_so_long_before_today_is_refused() -> None:
    for wrong in ({"before": 3}, {"before_today": "three"}, "soon"):
        with pytest.raises(ScenarioError):
            entries(near_today(**{"from": wrong, "until": {"before_today": 2}}))
