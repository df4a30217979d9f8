"""Files of a draft edited as forms: what they say, what is wrong where, how a form looks, which clauses are carried."""

from pathlib import Path

import pytest

from app import plugins
from app.declarations.depicting import Depicting
from app.declarations.deployment import FIELD_TYPES
from app.domain.edits import AddKey, Edit, RenameKey, SetValue
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.coverage import Covered
from app.services.drafting.composer import Composed, Composer
from app.services.drafting.described import Named
from tests.services.test_regulation_drafts import ANNA, DUTY, OWN, Desk, codes

KINDS = """\
kinds:
  visit: {title: {zh: 走访}, carried_by: [duty], exercised: true}
  info: {title: {zh: 背景}, carried_by: [duty, form, place], information: true}
"""
TEXT = "手册\n第一条 每月打电话。\n第二条 做好记录。"


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    await made.publish()
    return made


@pytest.fixture
def composer(desk: Desk) -> Composer:
    depiction = Depicting(FIELD_TYPES, lambda: [("config/inventories/kinds.yaml", KINDS)])
    types = plugins.field_types(plugins.load(others=False))
    return Composer(desk.drafting, depiction, types, desk.clock)


async def opened(desk: Desk, composer: Composer, path: str = DUTY) -> Composed:
    draft = await desk.drafting.open(ANNA)
    return await composer.open(ANNA, draft.id, path)


async def test_a_file_is_opened_with_what_it_says_and_what_can_be_picked(
    desk: Desk, composer: Composer
) -> None:
    found = await opened(desk, composer)
    assert (found.kind, found.name, found.own, found.step) == ("duty", "monthly_call", True, 1)
    assert isinstance(found.data, dict)
    assert found.data["every"] == "month"
    assert found.offers.rows("household")
    assert found.language.kinds["duty"] == "duty"


async def test_what_is_added_to_a_form_can_be_picked_at_once_by_whoever_asks(
    desk: Desk, composer: Composer
) -> None:
    found = await opened(desk, composer, "forms/visit.yaml")
    new = AddKey(("fields",), "elderly", {"title": "有老人吗？", "type": "boolean"})
    saved = await composer.edit(ANNA, found, [new], found.step)
    path = next(iter(saved.files))
    asked = await composer.check(ANNA, found.draft.id, path, offers=True)
    assert asked.offers is not None
    assert "elderly" in [one.id for one in asked.offers.columns["visit"]]
    assert (await composer.check(ANNA, found.draft.id, path)).offers is None


@pytest.mark.parametrize(
    ("path", "edit"),
    [
        (DUTY, SetValue(("every",), "quarter")),
        ("config/calendars/cn.yaml", AddKey((), "workdays", ["2025-03-01"])),
        ("config/roles/grid_leader.yaml", SetValue(("level",), "community")),
    ],
)
async def test_a_file_of_the_base_is_found_under_its_name_after_the_place_has_a_copy(
    desk: Desk, composer: Composer, path: str, edit: Edit
) -> None:
    """The page's address names the base's file still, and is loaded again."""
    found = await opened(desk, composer, path)
    saved = await composer.edit(ANNA, found, [edit], found.step)
    again = await composer.open(ANNA, found.draft.id, path)
    assert [again.path] == list(saved.files)
    assert again.path.startswith("config/places/lakeside/")


async def test_a_file_that_is_not_there_is_told(desk: Desk, composer: Composer) -> None:
    draft = await desk.drafting.open(ANNA)
    with pytest.raises(ProblemError) as fault:
        await composer.open(ANNA, draft.id, "rules/nothing.yaml")
    assert codes(fault) == ["E545"]


async def test_an_edited_file_of_the_base_is_the_places_own_until_it_is_taken_back(
    desk: Desk, composer: Composer
) -> None:
    found = await opened(desk, composer)
    saved = await composer.edit(ANNA, found, [SetValue(("every",), "quarter")], found.step)
    after = await composer.after(ANNA, found, saved)
    assert (after.path, after.step) == (OWN, 2)
    assert isinstance(after.data, dict)
    assert after.data["every"] == "quarter"
    assert (await composer.open(ANNA, found.draft.id, DUTY)).path == OWN
    await desk.drafting.undo(ANNA, found.draft.id)
    again = await composer.again(ANNA, after)
    assert (again.path, again.data == found.data) == (DUTY, True)
    assert [(one.inside, one.stands_for) for one in (found, after, again)] == [
        (False, ""),
        (True, DUTY),
        (False, ""),
    ]
    saved = await composer.edit(ANNA, again, [SetValue(("every",), "year")], again.step)
    copied = await composer.open(ANNA, found.draft.id, DUTY)
    assert (copied.path, copied.inside, copied.stands_for) == (OWN, True, DUTY)
    other = [SetValue(("every",), "week")]
    assert (await composer.edit(ANNA, again, other, again.step)).conflicts
    await composer.edit(ANNA, again, other, again.step, "mine")
    assert "every: week" in (await composer.open(ANNA, found.draft.id, OWN)).text
    await composer.take_back(ANNA, copied)
    assert (await composer.open(ANNA, found.draft.id, DUTY)).data == found.data


async def test_what_is_wrong_is_told_at_the_path_where_it_stands(desk: Desk, composer: Composer) -> None:
    found = await opened(desk, composer)
    saved = await composer.edit(ANNA, found, [SetValue(("met_by", "form"), "vist")], found.step)
    after = await composer.after(ANNA, found, saved)
    checked = await composer.check(ANNA, found.draft.id, after.path)
    told = [(path, [one.code for one in group if one.is_error]) for path, group in checked.here.items()]
    assert (("met_by", "form"), ["E102"]) in told
    assert checked.errors >= 1
    assert checked.sentences is None


async def test_a_sound_file_is_said_in_sentences_and_a_form_can_be_tried(
    desk: Desk, composer: Composer
) -> None:
    found = await opened(desk, composer)
    checked = await composer.check(ANNA, found.draft.id, DUTY)
    assert checked.errors == 0
    assert checked.sentences
    assert checked.form is None
    assert any("每月" in str(part) for part in checked.sentences[0].parts(Translator("zh")))
    form = (await composer.check(ANNA, found.draft.id, "forms/visit.yaml")).form
    assert form is not None
    assert set(form.logic.asked({}, form.facts).relevant) == {"channel", "minutes"}


STOP = """\
form: stop
about: community
fields:
  said: {type: text}
"""
CASE = """\
cases:
  - case: a stop is noted
    title: {zh: 记下一次停留, en: a stop is noted, es: se anota una parada}
    as_of: 2025-03-20
    period: 2025-03
    places: {c1: community, c1/g1: grid}
    given:
      - {form: stop, at: "2025-03-07T10:00", by: w1, subject: c1, said: 你好}
    expect: []
"""


async def test_a_question_that_is_gone_tells_at_once_which_cases_still_answer_it(
    desk: Desk, composer: Composer
) -> None:
    own, cases = (f"config/places/lakeside/{name}" for name in ("forms/stop.yaml", "rules/stop.case.yaml"))
    await desk.publish({own: STOP, cases: CASE})
    found = await opened(desk, composer, own)
    sound = await composer.check(ANNA, found.draft.id, found.path)
    assert not [one for one in sound.elsewhere if one.where and one.where.path == cases]
    edits = [RenameKey(("fields", "said"), "told")]
    saved = await composer.edit(ANNA, found, edits, found.step)
    assert {*saved.files} == {own, cases}
    assert (await composer.after(ANNA, found, saved)).path == own
    renamed = await composer.check(ANNA, found.draft.id, own)
    assert not [one for one in renamed.elsewhere if one.is_error], "the cases call it so, too"
    await desk.drafting.undo(ANNA, found.draft.id)
    await desk.drafting.save(ANNA, found.draft.id, own, STOP.replace("said:", "told:"), seen=3)
    checked = await composer.check(ANNA, found.draft.id, own)
    assert [one.where.path for one in checked.elsewhere if one.is_error and one.where] == [cases]
    assert checked.form is not None, "the form can be tried all the same"
    assert len((await composer.check(ANNA, found.draft.id, cases)).here) == 1


def states(rows: list[Covered]) -> dict[str, str]:
    return {row.item.says["zh"]: row.state for row in rows}


async def test_a_pasted_text_is_kept_clause_by_clause_and_shows_what_nothing_carries(
    desk: Desk, composer: Composer
) -> None:
    found = await opened(desk, composer)
    saved = await composer.take_text(ANNA, found.draft.id, "handbook", "手册", TEXT)
    assert list(saved.files) == ["config/places/lakeside/inventories/handbook.yaml"]
    rows = await composer.clauses(ANNA, found.draft.id)
    assert states(rows) == {
        "手册": "missing",
        "第一条 每月打电话。": "missing",
        "第二条 做好记录。": "missing",
    }
    assert (await composer.check(ANNA, found.draft.id, DUTY)).errors == 0
    # A definition names the clause that it carries: from then on it is carried.
    now = await composer.open(ANNA, found.draft.id, DUTY)
    assert [one.id for one in now.offers.names[Named.ITEM]] == ["handbook-01", "handbook-02", "handbook-03"]
    clause = {"doc": "handbook", "items": ["handbook-02"]}
    await composer.edit(ANNA, now, [AddKey((), "clause", clause)], now.step)
    rows = await composer.clauses(ANNA, found.draft.id)
    assert states(rows)["第一条 每月打电话。"] == "carried"


async def test_a_text_is_called_as_its_document_is_declared_and_one_without_its_text_is_offered(
    desk: Desk, composer: Composer
) -> None:
    draft = (await opened(desk, composer)).draft.id
    declared = "documents:\n  handbook: {title: 工作手册}\n  D9: {title: 《走访办法》}\n"
    await desk.drafting.add(ANNA, draft, "rules/zz_documents.yaml", declared)
    assert await composer.untaken(ANNA, draft) == {"handbook": {"zh": "工作手册"}, "D9": {"zh": "走访办法"}}
    await composer.take_text(ANNA, draft, "handbook", "手册", TEXT)
    assert await composer.untaken(ANNA, draft) == {"D9": {"zh": "走访办法"}}
    assert {str(row.title) for row in await composer.clauses(ANNA, draft)} == {"{'zh': '工作手册'}"}


async def test_a_file_of_documents_has_no_name_of_its_own_and_is_called_by_what_is_in_it(
    desk: Desk, composer: Composer
) -> None:
    draft = (await opened(desk, composer)).draft.id
    declared = "documents:\n  D8: {title: 工作手册, short: 手册}\n  D9: {title: 走访办法}\n"
    await desk.drafting.add(ANNA, draft, "rules/zz_documents.yaml", declared)
    found = await composer.open(ANNA, draft, "rules/zz_documents.yaml")
    assert (found.kind, found.name) == ("documents", "")
    titles = {one.path: one.title for one in await desk.drafting.declared(ANNA, draft)}
    assert {"zh": "手册…"} in titles.values()


async def test_a_heading_needs_nothing_that_carries_it(desk: Desk, composer: Composer) -> None:
    draft = (await opened(desk, composer)).draft.id
    await composer.take_text(ANNA, draft, "handbook", "手册", TEXT)
    rows = {row.item.says["zh"]: row.item for row in await composer.clauses(ANNA, draft)}
    await composer.set_aside(ANNA, draft, rows["手册"], "只是标题")
    assert states(await composer.clauses(ANNA, draft)) == {
        "手册": "information",
        "第一条 每月打电话。": "missing",
        "第二条 做好记录。": "missing",
    }
    assert (await composer.check(ANNA, draft, DUTY)).errors == 0


async def test_a_clause_is_given_to_a_definition_where_it_is_listed(desk: Desk, composer: Composer) -> None:
    draft = (await opened(desk, composer)).draft.id
    await composer.take_text(ANNA, draft, "handbook", "手册", TEXT)
    rows = {row.item.says["zh"]: row.item for row in await composer.clauses(ANNA, draft)}
    offered = await composer.may_carry(ANNA, draft)
    assert DUTY in {one.path for one in offered[rows["手册"].kind]}
    await composer.carry(ANNA, draft, rows["第一条 每月打电话。"], DUTY)
    await composer.carry(ANNA, draft, rows["第二条 做好记录。"], DUTY)
    assert set(states(await composer.clauses(ANNA, draft)).values()) == {"missing", "carried"}
    data = (await composer.open(ANNA, draft, DUTY)).data
    assert isinstance(data, dict)
    assert data["clause"] == {
        "doc": "handbook",
        "text": "第一条 每月打电话。",
        "items": ["handbook-02", "handbook-03"],
    }
    assert (await composer.check(ANNA, draft, OWN)).errors == 0


@pytest.mark.parametrize(("name", "text", "code"), [("Über", TEXT, "E101"), ("h", "  \n", "E106")])
async def test_a_text_without_a_name_or_without_words_is_not_taken(
    desk: Desk, composer: Composer, name: str, text: str, code: str
) -> None:
    draft = await desk.drafting.open(ANNA)
    with pytest.raises(ProblemError) as fault:
        await composer.take_text(ANNA, draft.id, name, "", text)
    assert codes(fault) == [code]


async def test_texts_are_listed_and_said_in_further_languages(desk: Desk, composer: Composer) -> None:
    found = await opened(desk, composer)
    step, texts = await composer.texts(ANNA, found.draft.id)
    title = next(one for one in texts if one.file.endswith("lakeside/place.yaml") and one.path == ("title",))
    assert title.lacks(("zh", "en", "es")) == ("es",)
    saved = await composer.translate(ANNA, found.draft.id, title, "es", "La Ribera", step)
    assert "title: {zh: 湖畔社区, en: Lakeside, es: La Ribera}" in str(saved.files[title.file])
    again = await composer.translate(ANNA, found.draft.id, title, "zh", "湖边", saved.number)
    assert "zh: 湖边" in str(again.files[title.file])


async def test_a_calendar_is_shown_as_it_will_be(desk: Desk, composer: Composer) -> None:
    found = await opened(desk, composer, "config/calendars/cn.yaml")
    calendar = (await composer.check(ANNA, found.draft.id, found.path)).calendar
    assert calendar is not None
    assert len(calendar.holidays) == 1


async def test_files_are_listed_by_what_they_are_called_before_one_is_opened(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    titles = {one.id: one.title for one in await desk.drafting.declared(ANNA, draft.id)}
    assert titles["lakeside"] == {"zh": "湖畔社区", "en": "Lakeside"}
    assert titles["visit"] == {}  # it has none
    await desk.drafting.save(ANNA, draft.id, "forms/visit.yaml", "form: visit\nfields: [\n", seen=1)
    assert {one.id: one.title for one in await desk.drafting.declared(ANNA, draft.id)}["visit"] == {}


async def test_a_file_of_cases_is_called_as_what_it_lies_beside_and_names_its_cases(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    case = "{case: nobody called, as_of: 2026-01-05, period: 2025, expect: [{in: monthly_call, rows: 0}]}"
    duty = DUTY.removesuffix(".yaml")
    await desk.drafting.save(ANNA, draft.id, DUTY, TITLED, seen=1)
    added = await desk.drafting.add(ANNA, draft.id, f"{duty}.case.yaml", f"cases:\n  - {case}\n")
    declared = {one.path: one for one in await desk.drafting.declared(ANNA, draft.id)}
    [path] = added.files
    assert (declared[path].title, declared[path].cases) == ({"zh": "每月电话"}, ({"zh": "nobody called"},))
    assert declared[OWN].cases == ()


async def test_a_file_of_cases_stays_the_one_that_is_looked_at(desk: Desk, composer: Composer) -> None:
    draft = await desk.drafting.open(ANNA)
    case = "{case: x, as_of: 2026-01-05, period: 2025, expect: [{in: monthly_call, rows: 0}]}"
    paths: list[str] = []
    for name in ("rules/a_first", DUTY.removesuffix(".yaml")):
        added = await desk.drafting.add(ANNA, draft.id, f"{name}.case.yaml", f"cases:\n  - {case}\n")
        paths += added.files
    for path in paths:
        found = await composer.open(ANNA, draft.id, path)
        assert (await composer.again(ANNA, found)).path == path


TITLED = """\
duty: monthly_call
title: {zh: 每月电话}
for_each: household
every: month
met_by: visit
"""
