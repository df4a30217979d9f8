"""A question that gets another id gets it in the cases that answer it, in the same step."""

import re
from pathlib import Path

import pytest

from app.declarations.describing import language
from app.domain.edits import RenameKey, SetValue
from app.services.drafting.described import Named, leaves_of
from app.services.drafting.followed import renamed
from tests.declarations.community import FILES
from tests.services.test_regulation_drafts import ANNA, Desk

DUTY = "config/places/lakeside/rules/monthly_call.yaml"
CASES = "config/places/lakeside/rules/monthly_call.case.yaml"
TOLD = """\
# told by the leader
case: a call by phone counts
given:
  - {form: visit, at: 2025-03-04, subject: h1, by: w1, channel: phone}  # by phone
  - {form: meeting, at: 2025-03-05, channel: hall}
  - form: visit
    at: 2025-03-06
    channel: home
expect:
  - {in: visit, channel: phone}
  - {in: monthly_call, state: met}
"""


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    await made.publish({CASES: TOLD})
    return made


async def test_cases_follow_a_renamed_question_with_their_comments_and_are_undone_with_it(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    edits = [RenameKey(("fields", "channel"), "way")]
    saved = await desk.drafting.edit(ANNA, draft.id, "forms/visit.yaml", edits, seen=1)
    text = saved.files[CASES]
    assert text == TOLD.replace("by: w1, channel: phone", "by: w1, way: phone").replace(
        "    channel: home", "    way: home"
    ).replace("{in: visit, channel", "{in: visit, way")
    assert "met_by: {form: visit, where: {way: phone}}" in str(saved.files[DUTY])
    assert len(saved.files) == 3
    undone = await desk.drafting.undo(ANNA, draft.id)
    assert undone.files[CASES] == TOLD
    assert (await desk.drafting.draft(ANNA, draft.id)).step.files == {}


async def test_what_is_answered_in_repeated_rows_follows_as_well(desk: Desk) -> None:
    text = (
        FILES["forms/visit.yaml"] + "  people:\n    type: repeat\n    fields:\n      called: {type: text}\n"
    )
    given = "case: two\ngiven:\n  - {form: visit, at: 2025-03-04, people: [{called: A}, {called: B}]}\n"
    draft = await desk.drafting.open(ANNA)
    first = await desk.drafting.save(ANNA, draft.id, "forms/visit.yaml", text, seen=1)
    path = next(iter(first.files))
    second = await desk.drafting.save(ANNA, draft.id, CASES, given, seen=first.number)
    edits = [RenameKey(("fields", "people", "fields", "called"), "name")]
    saved = await desk.drafting.edit(ANNA, draft.id, path, edits, seen=second.number)
    assert saved.files[CASES] == given.replace("called", "name")


def test_only_questions_are_followed() -> None:
    edits = (RenameKey(("fields", "a", "choices", "x"), "y"), SetValue(("fields", "a", "title"), "z"))
    assert renamed(edits) == ()


REGISTER = """\
form: stall
describes: stall
label: [asked_name]
group_by: asked_kind
plate: asked_door
same_when:
  same_door: asked_door
  alike: {same: asked_kind, alike: asked_name}  # asked_name, as it is spoken
quality: {every: month, known: [asked_name]}
fields:
  grid: {type: ref, to: grid, required: true}
  asked_name: {type: text, required: true}
  asked_kind: {type: choice, from: [food, cloth]}
  asked_door: {type: text, relevant: {asked_kind: food}}
  left_on: {type: date}
ends: left_on
"""
SHIFT = """\
form: shift
about: stall
span: [asked_from, asked_until]
once_per: [asked_from]
checks:
  order: {require: "asked_until >= asked_from"}
fields:
  asked_from: {type: date, required: true}
  asked_until: {type: date, required: true}
  asked_hours: {type: integer, required: true}
  doubled: {type: integer, calculation: "asked_hours * 2"}
  clean: {type: boolean, relevant: {any: [{asked_hours: {over: 2}}, "asked_hours == 0"]}}
  crates:
    type: repeat
    fields:
      asked_count: {type: integer, required: true}
    totals:
      whole: {sum: asked_count}
      mean: {average: asked_count}
      least: {min: asked_count}
      most: {max: asked_count}
      sorts: {distinct: asked_count, where: {asked_count: {over: 0}}}
"""
OWN = "config/places/lakeside"
NAMING = {
    f"{OWN}/forms/stall.yaml": REGISTER,
    f"{OWN}/forms/shift.yaml": SHIFT,
    f"{OWN}/forms/stall_end.yaml": "form: stall_end\nabout: stall\nends: asked_day\nfields: {asked_day: {type: date}}",
    f"{OWN}/rules/food_stalls.yaml": (
        "table: food_stalls\nfrom: {form: shift, where: {asked_hours: {at_least: 1}, subject.asked_kind: food}}\n"
    ),
    f"{OWN}/rules/hours.yaml": (
        "indicator: hours\nper: stall\nevery: month\nmeasure: sum\nof: food_stalls\n"
        "column: asked_hours  # asked_hours are whole\nempty: not_applicable\n"
    ),
}
ASKED: list[tuple[str, list[tuple[str, ...]]]] = [
    (f"{OWN}/forms/stall.yaml", [("asked_name",), ("asked_kind",), ("asked_door",)]),
    (
        f"{OWN}/forms/shift.yaml",
        [("asked_from",), ("asked_until",), ("asked_hours",), ("crates", "fields", "asked_count")],
    ),
    (f"{OWN}/forms/stall_end.yaml", [("asked_day",)]),
]
ELSEWHERE = {("route", "of"), ("checklist", "each")}
"""Keys of other kinds that name a question; tests of the shipped regulations look at them."""


async def errors(desk: Desk, draft: str) -> list[str]:
    return [
        f"{one.where} {one.code}"
        for one in (await desk.drafting.checked(ANNA, draft)).problems
        if one.is_error
    ]


async def test_whatever_names_a_question_follows_it_and_one_undo_takes_all_of_it_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    await desk.publish(NAMING)
    draft = await desk.drafting.open(ANNA)
    assert await errors(desk, draft.id) == []
    for path, questions in ASKED:
        step = (await desk.drafting.draft(ANNA, draft.id)).step
        edits = [
            RenameKey(("fields", *question), question[-1].replace("asked", "told")) for question in questions
        ]
        saved = await desk.drafting.edit(ANNA, draft.id, path, edits, seen=step.number)
        assert not saved.conflicts
    found = (await desk.drafting.files(ANNA, draft.id)).files
    for path, text in NAMING.items():
        lines = [line.partition("#") for line in text.splitlines()]
        wanted = [one.replace("asked", "told") + mark + remark for one, mark, remark in lines]
        assert found[path].splitlines() == wanted
    assert await errors(desk, draft.id) == []
    for _ in ASKED:
        await desk.drafting.undo(ANNA, draft.id)
    assert (await desk.drafting.draft(ANNA, draft.id)).step.files == {}


def test_no_key_that_names_a_question_is_left_out_above() -> None:
    keys = {
        (group.id, key.id)
        for group in language().groups.values()
        for key in group.keys
        if any(Named.FIELD in leaf.names for leaf in leaves_of(key.shape))
    }
    written = {key for text in NAMING.values() for key in re.findall(r"(\w+):", text)}
    assert {(group, key) for group, key in keys if key not in written} <= ELSEWHERE
