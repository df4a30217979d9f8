"""What can be picked and about whom one entry is, held to the registers: on the page and where it is stored."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.services.filling import RefusedError
from app.services.form_views import Wanted
from app.services.submitted import Submission
from tests.fakes.working import DIRECTOR, FILES, LEADER, PLACE, Working, codes

OUTING = """\
form: outing
title: {zh: 家访活动}
about: household
several: true
fields:
  building: {type: text}
  one: {type: ref, to: household, where: building == answers.building}
  grid: {type: ref, to: grid, where: {level: grid}}
  phone: {type: text, default: one.phone}
  guests:
    type: repeat
    fields:
      who: {type: ref, to: household, where: {special: {has: alone}}}
      gifts: {type: integer}
    totals: {gifts_in_all: {sum: gifts}}
"""
GIFTS = """\
indicator: gifts_given
per: household
every: year
measure: sum
of: {table: outing.guests, where: {gifts: {at_least: 2}}}
column: gifts
empty: zero
undecided: leave_out
"""
TEXTS = {**FILES, "forms/outing.yaml": OUTING, "rules/gifts_given.yaml": GIFTS}


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path, texts=TEXTS)
    await made.start()
    return made


def outing(answers: Mapping[str, Any], entry: str = "outing-0001", **more: Any) -> Submission:
    return Submission(entry, "outing", answers, "hh-1", **more)


async def refused(working: Working, submission: Submission) -> list[tuple[str, str | None]]:
    with pytest.raises(RefusedError) as fault:
        await working.work.submissions.submit(LEADER, submission)
    return [(one.problem.code, one.problem.field) for one in fault.value.faults]


async def test_the_page_offers_what_the_answers_leave_and_the_server_takes_nothing_else(
    working: Working,
) -> None:
    view = await working.work.submissions.open(LEADER, Wanted("outing", "hh-1"))
    assert list(view.fitting("one", {})) == []
    assert list(view.fitting("one", {"building": "1号楼"})) == ["hh-1", "hh-2"]
    assert list(view.fitting("grid", {})) == ["lakeside/g1"], "their own"
    assert list(view.fitting("guests.1.who", {"guests": [{}]})) == ["hh-1"]
    assert list(view.fitting("nothing", {})) == []
    assert await refused(working, outing({"building": "10号楼", "one": "hh-1"})) == [("E761", "one")]
    assert await refused(working, outing({"guests": [{"who": "hh-1"}, {"who": "hh-2"}]})) == [
        ("E761", "guests.2.who")
    ]
    assert await refused(working, outing({"guests": [{"who": "hh-99"}]})) == [("E703", "guests.1.who")]
    assert (await working.work.submissions.submit(LEADER, outing({"building": "1号楼", "one": "hh-2"}))).new


async def test_a_correction_may_keep_what_could_be_picked_once(working: Working) -> None:
    submissions = working.work.submissions
    await submissions.submit(LEADER, outing({"building": "1号楼", "one": "hh-2"}))
    moved = {"building": "1号楼旧址", "one": "hh-2"}
    receipt = await submissions.correct(LEADER, "outing-0001", outing(moved, "outing-0002"), "改楼名")
    assert receipt.entry.answers["one"] == "hh-2"
    other = {"building": "1号楼旧址", "one": "hh-1"}
    with pytest.raises(RefusedError) as fault:
        await submissions.correct(LEADER, "outing-0002", outing(other, "outing-0003"), "换一户")
    assert codes(fault.value) == ["E761"]


async def test_one_entry_about_several_counts_for_each_and_rows_are_read_by_an_indicator(
    working: Working,
) -> None:
    view = await working.work.submissions.open(LEADER, Wanted("outing", "hh-1"))
    assert sorted(view.others) == ["hh-2", "hh-3"], "others than the subject, of one's own grid"
    rows = [{"gifts": 3}, {"gifts": 1}]
    receipt = await working.work.submissions.submit(
        LEADER, outing({"guests": rows}, subjects=("hh-2", "hh-1"))
    )
    assert receipt.entry.subjects == ("hh-2",)
    assert receipt.entry.answers["gifts_in_all"] == 4
    evaluation = (await working.live.fresh(PLACE)).evaluation
    schema = evaluation.schema("gifts_given")
    about, value = schema.position("about"), schema.position("value")
    given = {row[about]: row[value] for row in evaluation.rows("gifts_given").values()}
    assert (given["hh-1"], given["hh-2"], given["hh-3"]) == (3, 3, 0)
    assert await refused(working, outing({}, "outing-0009", subjects=("hh-4",))) == [("E707", None)]


async def test_a_form_about_one_takes_no_further_ones(working: Working) -> None:
    answers = {"channel": "home", "condition": "well"}
    visit = Submission("visit-0001", "visit", answers, "hh-1", subjects=("hh-2",))
    assert await refused(working, visit) == [("E707", None)]
    view = await working.work.submissions.open(DIRECTOR, Wanted("visit", "hh-1"))
    assert view.others == {}


async def test_where_nobody_is_there_yet_a_form_says_which_one_registers_them(tmp_path: Path) -> None:
    made = Working(tmp_path)
    households = made.founding
    made.founding = lambda start: [one for one in households(start) if one.form != "household"]
    await made.start()
    view = await made.work.submissions.open(LEADER, Wanted("visit"))
    form = (await made.live.fresh(PLACE)).regulation.forms["household"]
    assert (view.pick, view.lacks) == ({}, ("household", form.heading.title))
