"""Assessors who can't mark: excused with a reason, so that the year goes on; what is missing then, and who is told."""

from typing import Any

import pytest

from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.actor import DeniedError
from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.prints.record import comments_of
from app.services.year.year import Board
from tests.fakes.year import DIRECTOR, FILES, HAN, MA, STREET, ZHOU, WorkingYear
from tests.services.walking import Walk, codes

TEXTS = {
    **FILES,
    "forms/vote.yaml": FILES["forms/vote.yaml"].replace("[leader, director]", "[leader, director, street]"),
    "rules/votes.yaml": FILES["rules/votes.yaml"].replace("[leader, director]", "[leader, director, street]"),
}
"""The director and the officer of the street mark the three leaders."""


async def marking(tmp_path: Any, texts: dict[str, str]) -> Walk:
    """Return a year in which the director has marked all, and the officer of the street one of three."""
    here = WorkingYear(tmp_path, texts=texts)
    await here.start()
    walk = Walk(here)
    await walk.step("open")
    await walk.sum_up(ZHOU, MA, HAN)
    await walk.step("mark")
    for about in ("w-1", "w-2", "w-4"):
        await walk.mark(DIRECTOR, about, "80")
    await walk.mark(STREET, "w-1", "70")
    return walk


@pytest.fixture
async def walk(tmp_path: Any) -> Walk:
    return await marking(tmp_path, TEXTS)


async def board_of(walk: Walk) -> Board:
    board = await walk.here.year.board(DIRECTOR, "final", "2025")
    assert board is not None
    return board


async def left(walk: Walk) -> list[tuple[Any, int, tuple[Any, ...]]]:
    return [(one.who, one.n, one.whom) for one in (await board_of(walk)).missing]


async def excuse(walk: Walk, whom: str | None = None) -> str:
    wanted = await walk.here.year.excuse(DIRECTOR, "final", "2025", "w-5")
    return await walk.send(DIRECTOR, wanted, whom=whom, reason="长期病假")


async def test_the_year_waits_for_an_assessor_until_an_excuse_and_again_once_it_is_withdrawn(
    walk: Walk,
) -> None:
    assert await left(walk) == [("卢静", 2, ("马骏", "韩冬"))]
    await excuse(walk, "w-2")
    assert await left(walk) == [("卢静", 1, ("韩冬",))]
    (sheet,) = await walk.here.year.marks(STREET, "2025")
    assert [(one.name, one.given, one.excused) for one in sheet.people] == [
        ("周敏", True, False),
        ("马骏", False, True),
        ("韩冬", False, False),
    ]
    tasks = await walk.here.year.own_tasks(STREET, "2025")
    assert [one.n for one in tasks if one.sort == "marks"] == [1]
    assert [one.whom for one in tasks if one.sort == "excused"] == ["马骏"]
    from_all = await excuse(walk)
    assert await left(walk) == []
    board = await board_of(walk)
    assert [(one.name, one.whom_name, one.reason, one.by) for one in board.excuses] == [
        ("卢静", "马骏", "长期病假", "沈若兰"),
        ("卢静", "", "长期病假", "沈若兰"),
    ]
    assert board.without_marks == ("not_applicable",)
    told = (await walk.here.work.notices.notices(STREET)).unseen
    assert {one.title["zh"] for one in told if "免评" in one.title["zh"]} == {
        "2025 年度考核：您已免评马骏，不用再给这一位评分",
        "2025 年度考核：您已免评，不用再评分",
    }
    others = (await walk.here.work.notices.notices(ZHOU)).unseen
    assert not [one for one in others if "免评" in one.title["zh"]]
    await walk.withdraw(DIRECTOR, from_all)
    assert await left(walk) == [("卢静", 1, ("韩冬",))]


async def test_what_is_missing_then_is_told_without_a_name_where_marks_are_anonymous(walk: Walk) -> None:
    given = await excuse(walk)
    await walk.step("publish")
    told = await walk.here.year.person(MA, None, "2025")
    assert told is not None
    assert [(one.name, one.reason, one.assessor) for one in told.record.excused] == [("", "", "")]
    assert [note.heading for note in comments_of(told.record, Translator("zh"))] == ["匿名评价", "匿名评价"]
    marked = await walk.here.year.person(ZHOU, None, "2025")
    assert marked is not None
    assert marked.record.excused == ()  # there is a mark all the same
    for late in (
        walk.withdraw(DIRECTOR, given),
        walk.send(DIRECTOR, Wanted("excuse", "w-5"), period="2025", reason="病"),
    ):
        with pytest.raises(RefusedError) as refused:
            await late
        assert codes(refused.value) in (["E785 passed"], ["E786 stage"])
    assert not (await board_of(walk)).may_excuse


async def test_where_marks_bear_names_an_excuse_bears_its_own(tmp_path: Any) -> None:
    votes = TEXTS["rules/votes.yaml"].replace("anonymous: true", "anonymous: false")
    walk = await marking(tmp_path, {**TEXTS, "rules/votes.yaml": votes})
    await excuse(walk, "w-2")
    told = await walk.here.year.person(DIRECTOR, "w-2", "2025")
    assert told is not None
    assert [(one.name, one.reason) for one in told.record.excused] == [("卢静", "长期病假")]
    other = await walk.here.year.person(DIRECTOR, "w-4", "2025")
    assert other is not None
    assert other.record.excused == ()


@pytest.mark.parametrize(
    ("ref", "assessor", "whom", "found"),
    [
        (STREET, "w-5", None, "E786 own"),
        (DIRECTOR, "w-1", None, "E786 nobody"),
        (DIRECTOR, "w-5", "w-3", "E786 whom"),
    ],
)
async def test_an_excuse_is_held_to_who_marks_whom(
    walk: Walk, ref: Any, assessor: str, whom: str | None, found: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        await walk.send(ref, Wanted("excuse", assessor), period="2025", whom=whom, reason="病假")
    assert codes(refused.value) == [found]


async def test_the_form_is_opened_by_its_posts_for_those_who_mark(walk: Walk) -> None:
    with pytest.raises(DeniedError):
        await walk.here.year.excuse(ZHOU, "final", "2025", "w-5")
    with pytest.raises(ProblemError):
        await walk.here.year.excuse(DIRECTOR, "final", "2025", "nobody")


async def test_a_part_that_nobody_marked_is_said_not_to_apply_where_its_line_says_so(tmp_path: Any) -> None:
    here = WorkingYear(tmp_path)
    await here.start()
    view = await here.scores.overview(ZHOU, None, "2025")
    assert [(part.path, part.state) for part in view.parts] == [
        (("duties",), "computed"),
        (("votes",), "not_applicable"),
    ]


async def test_an_assessor_is_excused_from_the_board_of_every_appraisal_that_waits_for_the_marks(
    tmp_path: Any,
) -> None:
    """Two appraisals go through one course, and the marks of the one hold up the other, too."""
    final = FILES["rules/final.yaml"]
    votes = next(line for line in final.splitlines(keepends=True) if line.startswith("  votes:"))
    other = final.replace("appraisal: final", "appraisal: other").replace(votes, "").replace("80%", "100%")
    other = other.replace(", excused_by: excuse", "").replace("table: final", "table: other")
    walk = await marking(tmp_path, {**TEXTS, "rules/other.yaml": other})
    board = await walk.here.year.board(DIRECTOR, "other", "2025")
    assert board is not None
    assert [(one.who, one.appraisal) for one in board.missing if one.sort == "marks"] == [("卢静", "final")]
    assert board.may_excuse == {"final"}
