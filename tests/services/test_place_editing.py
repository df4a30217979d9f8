"""A community's places as its administrators keep them: in a draft, and what can't be said is answered at its field."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from app.domain.place_changes import Left
from app.domain.problem import ProblemError
from app.services.actor import DeniedError
from app.services.drafting.place_editing import PlaceEditing
from tests.declarations.community import PLACE
from tests.services.test_draft_publication import DRAFTER, LEADER, PLACE_FILE, Desk

G1, G2, B01 = f"{PLACE}/g1", f"{PLACE}/g2", f"{PLACE}/g1/b01"
JULY = date(2025, 7, 1)
TEXT = """\
# Our grids, as the residents' meeting decided
place: lakeside
level: community
title: {zh: 湖畔社区, en: Lakeside}
calendar: cn
places:
  g1: {level: grid, title: {zh: 第一网格, en: Grid 1}, places: {b01: {level: building, title: {zh: 1号楼}}}}
  g2: {level: grid} # the new houses
"""


class Office:
    """Somebody who keeps the places of a small community."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.places = PlaceEditing(desk.drafting, desk.files, desk.clock, self.there)
        self.draft = ""

    async def there(self, place: str) -> Mapping[str, tuple[tuple[str, ...], tuple[Left, ...]]]:
        assert place == PLACE
        return {G1: (("周敏",), (Left({"zh": "家庭档案"}, 3),))}

    async def text(self) -> str:
        return (await self.desk.drafting.files(DRAFTER, self.draft)).files[PLACE_FILE]

    async def told(self) -> list[tuple[str, str, date | None, date | None]]:
        view = await self.places.view(DRAFTER, self.draft)
        return [(row.id, row.title.get("zh", ""), row.since, row.until) for row in view.rows]


@pytest.fixture
async def office(tmp_path: Path) -> Office:
    made = Office(Desk(tmp_path))
    await made.desk.found(**{PLACE_FILE: TEXT})
    made.draft = (await made.desk.drafting.open(DRAFTER)).id
    return made


async def refused(call: object) -> list[tuple[str, str | None]]:
    with pytest.raises(ProblemError) as fault:
        await call  # type: ignore[misc]
    return [(problem.code, problem.field) for problem in fault.value.problems]


async def test_places_stand_in_their_order_with_whom_and_what_is_there(office: Office) -> None:
    view = await office.places.view(DRAFTER)
    assert [(row.id, row.depth, row.inline, row.is_new) for row in view.rows] == [
        (PLACE, 0, True, False),
        (G1, 1, True, False),
        (B01, 2, True, False),
        (G2, 1, True, False),
    ]
    assert (view.rows[1].people, view.rows[1].subjects) == (("周敏",), (Left({"zh": "家庭档案"}, 3),))
    assert (view.levels, view.problems, view.may_edit) == (
        {"community": ("grid",), "grid": ("building",)}, (), True)  # fmt: skip
    with pytest.raises(DeniedError):
        await office.places.view(LEADER)
    with pytest.raises(DeniedError):
        await office.places.end(LEADER, office.draft, G1, JULY)


async def test_a_grid_is_added_under_an_id_that_follows_and_nothing_else_of_the_file_differs(
    office: Office,
) -> None:
    await office.places.add(
        DRAFTER, office.draft, PLACE, "grid", {"zh": " 第三 网格 ", "en": "Grid 3", "es": ""}, JULY
    )
    line = "  g3: {level: grid, title: {zh: 第三 网格, en: Grid 3}, in_force: {from: 2025-07-01}}\n"
    assert await office.text() == TEXT + line
    await office.places.add(DRAFTER, office.draft, f"{PLACE}/g3", "building", {"zh": "9号楼"})
    await office.places.add(DRAFTER, office.draft, G1, "building", {"zh": "2号楼"})
    assert [one[:2] for one in await office.told()][1:] == [
        (G1, "第一网格"),
        (B01, "1号楼"),
        (f"{G1}/b02", "2号楼"),
        (G2, ""),
        (f"{PLACE}/g3", "第三 网格"),
        (f"{PLACE}/g3/building_1", "9号楼"),
    ]
    view = await office.places.view(DRAFTER, office.draft)
    assert {row.id: (row.is_new, row.there) for row in view.rows}[f"{PLACE}/g3"] == (True, False)


async def test_a_name_is_asked_for_short_and_not_another_places(office: Office) -> None:
    add, rename, draft = office.places.add, office.places.rename, office.draft
    assert await refused(add(DRAFTER, draft, PLACE, "grid", {"zh": "  "})) == [("E936", "title")]
    assert await refused(add(DRAFTER, draft, PLACE, "grid", {"zh": "网" * 61})) == [("E938", "title")]
    assert await refused(add(DRAFTER, draft, PLACE, "grid", {"zh": "三", "en": "Grid 1"})) == [
        ("E945", "title")
    ]
    assert await refused(rename(DRAFTER, draft, G2, {"zh": "第一网格"})) == [("E945", "title")]
    assert await refused(add(DRAFTER, draft, f"{PLACE}/g9", "building", {"zh": "一"})) == [("E707", "place")]
    await rename(DRAFTER, draft, G1, {"zh": "第一网格", "en": "First grid"})  # its own name is no other's
    await rename(DRAFTER, draft, G2, {"zh": "第二网格"})
    assert "  g2: {level: grid, title: {zh: 第二网格}} # the new houses\n" in await office.text()
    assert [one[:2] for one in await office.told() if one[0] == G2] == [(G2, "第二网格")]
    await office.places.end(DRAFTER, draft, G1, date(2025, 2, 1))
    await add(DRAFTER, draft, PLACE, "grid", {"zh": "第一网格"})  # what has ended gives its name free


async def test_an_end_is_said_put_off_and_taken_back(office: Office) -> None:
    end, draft = office.places.end, office.draft
    await end(DRAFTER, draft, G1, JULY)
    assert [one[3] for one in await office.told()] == [None, JULY, JULY, None]
    await end(DRAFTER, draft, G1, date(2025, 8, 1))
    assert [one[3] for one in await office.told()] == [None, date(2025, 8, 1), date(2025, 8, 1), None]
    await end(DRAFTER, draft, G1, None)
    assert await office.text() == TEXT
    await end(DRAFTER, draft, G1, None)  # nothing to take back
    await office.places.add(DRAFTER, draft, PLACE, "grid", {"zh": "新"}, JULY)
    assert await refused(end(DRAFTER, draft, f"{PLACE}/g3", JULY)) == [("E103", "until")]
    await end(DRAFTER, draft, f"{PLACE}/g3", date(2025, 9, 1))
    await end(DRAFTER, draft, f"{PLACE}/g3", None)
    assert (await office.told())[-1] == (f"{PLACE}/g3", "新", JULY, None)


async def test_what_moves_ends_where_it_was_and_begins_where_it_goes(office: Office) -> None:
    move, draft = office.places.move, office.draft
    await move(DRAFTER, draft, B01, G2, JULY)
    assert (await office.told())[1:] == [
        (G1, "第一网格", None, None),
        (B01, "1号楼", None, JULY),
        (G2, "", None, None),
        (f"{G2}/building_1", "1号楼", JULY, None),
    ]
    for place, to in ((G1, G2), (G1, PLACE), (B01, G1), (B01, B01), ("nowhere", G2), (B01, "nowhere")):
        assert await refused(move(DRAFTER, draft, place, to, JULY)) == [("E707", "to")]
    assert await refused(move(DRAFTER, draft, f"{G2}/building_1", G1, JULY)) == [("E103", "until")]


async def test_what_lies_in_a_place_goes_along_but_for_what_has_ended(office: Office) -> None:
    inside = (
        "g1: {level: grid, title: {zh: 一}, places: {"
        "b01: {level: building, title: {zh: 甲}, in_force: {from: 2025-01-01, until: 2026-01-01}, places: {"
        "u1: {level: unit, in_force: {until: 2025-02-01}}, "
        "u2: {level: unit, places: {f1: {level: floor, in_force: {from: 2025-03-01, until: 2025-12-01}}}}}}}}"
    )
    text = TEXT.split("  g1:", maxsplit=1)[0] + f"  {inside}\n  g2: {{level: grid, title: {{zh: 二}}}}\n"
    await office.desk.drafting.save(DRAFTER, office.draft, PLACE_FILE, text, seen=1)
    await office.places.move(DRAFTER, office.draft, B01, G2, JULY)
    told = {place: (since, until) for place, _, since, until in await office.told()}
    there = f"{G2}/building_1"
    assert {place: span for place, span in told.items() if place.startswith(there)} == {
        there: (JULY, None),
        f"{there}/u2": (JULY, None),
        f"{there}/u2/f1": (JULY, date(2025, 12, 1)),
    }


async def test_a_file_with_faults_says_them_and_shows_the_places_in_force(office: Office) -> None:
    await office.desk.drafting.save(
        DRAFTER, office.draft, PLACE_FILE, TEXT.replace("level: grid}", "levl: grid}"), seen=1
    )
    view = await office.places.view(DRAFTER, office.draft)
    assert ({one.code for one in view.problems}, len(view.rows)) == ({"E102", "E106"}, 4)
    await office.desk.drafting.save(DRAFTER, office.draft, PLACE_FILE, "place: [", seen=2)
    view = await office.places.view(DRAFTER, office.draft)
    assert view.problems
    assert not any(row.inline for row in view.rows)
    assert await refused(office.places.end(DRAFTER, office.draft, G1, JULY)) == [("E707", "place")]
