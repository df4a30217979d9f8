"""One's own drafts: found again, opened where they were, kept apart where a form has changed under them, never lost."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.problem import ProblemError
from app.services.actor import ActorRef, DeniedError
from app.services.form_views import FormView, Wanted
from app.services.ports import Draft, Revision
from app.services.submitted import Submission
from app.services.today import Item
from tests.fakes.working import FILES, LEADER, NEIGHBOUR, PLACE, DeclaredHere, Working

FORM = """\
form: look
title: {zh: 查看, en: Look}
about: household
filled_by: [leader]
fields:
  how: {title: {zh: 怎么样？}, type: choice, from: {fine: {zh: 很好}, letter: {zh: 信件}}}
  some: {title: {zh: 哪些？}, type: choices, from: {cat: {zh: 猫}, bird: {zh: 鸟}}}
  size: {title: {zh: 多大？}, type: text}
  note: {title: {zh: 说明}, type: text, sensitive: true}
  plan: {title: {zh: 打算}, type: text, default: '"没有"'}
  rows: {type: repeat, fields: {sort: {type: text, title: {zh: 哪种？}}, colour: {type: text, title: {zh: 颜色}}}}
"""
TYPED: dict[str, Any] = {
    "how": "letter",
    "some": ["cat", "bird"],
    "size": "很大",
    "note": "膝盖疼",
    "plan": "没有",
    "rows": [{"sort": "旧的", "colour": "红"}, {"sort": "新的"}],
}
SMALLER = """\
form: look
title: {zh: 查看, en: Look}
about: household
filled_by: [leader]
fields:
  how: {title: {zh: 怎么样？}, type: choice, from: {fine: {zh: 很好}}}
  some: {title: {zh: 哪些？}, type: choices, from: {cat: {zh: 猫}}}
  size: {title: {zh: 几平方米？}, type: integer}
  rows: {type: repeat, fields: {sort: {type: text, title: {zh: 哪种？}}}}
"""
OTHER = SMALLER.replace("form: look", "form: glance").replace("查看", "看一看")


@pytest.fixture
async def working(tmp_path: Path) -> Working:
    made = Working(tmp_path, declarations=DeclaredHere({**FILES, "forms/look.yaml": FORM}))
    await made.start()
    return made


async def publish(working: Working, files: dict[str, str]) -> None:
    declared = working.declarations
    assert isinstance(declared, DeclaredHere)
    declared.files = files
    working.now += timedelta(minutes=1)
    loaded = declared.load(PLACE, files)
    assert loaded.regulation is not None, loaded.problems
    await working.store.revisions.add(Revision(loaded.revision, PLACE, files, working.now, "w-3"))
    working.now += timedelta(minutes=1)


async def typed(working: Working, answers: dict[str, Any] = TYPED, **more: Any) -> FormView:
    view = await working.work.submissions.open(LEADER, Wanted("look", "hh-1", **more))
    await working.work.submissions.save_draft(LEADER, view, answers)
    return view


async def due(working: Working) -> Item:
    today = await working.work.today.today(LEADER)
    return next(one for one in (*today.late, *today.soon, *today.later) if one.duty == "home_visit")


def left(view: FormView) -> dict[str, str]:
    return {one.title["zh"]: str([word["zh"] for word in one.words] or one.value) for one in view.left}


async def test_the_list_names_form_and_household_newest_first_and_nothing_that_was_answered(
    working: Working,
) -> None:
    drafts = working.work.doorstep.drafts
    assert await drafts.list(LEADER) == ()
    await typed(working)
    working.now += timedelta(minutes=1)
    other = await working.work.submissions.open(LEADER, Wanted("visit", "hh-3"))
    await working.work.submissions.save_draft(LEADER, other, {"notes": "膝盖疼"})
    found = await drafts.list(LEADER)
    assert [(one.title["zh"], one.plate, one.name, one.open) for one in found] == [
        ("走访记录", "10-1-101", "梁玉珍", True),
        ("查看", "1-1-101", "陈桂芳", True),
    ]
    assert "膝盖疼" not in repr(found)
    assert await drafts.keys(LEADER) == tuple(one.key for one in found)
    assert await drafts.list(NEIGHBOUR) == ()
    for call in (drafts.open, drafts.read, drafts.discard, drafts.begun):
        with pytest.raises(ProblemError, match="E768"):
            await call(NEIGHBOUR, found[0].key)


async def test_a_draft_opens_where_it_was_even_when_what_it_was_for_is_done(working: Working) -> None:
    item = await due(working)
    submissions, drafts = working.work.submissions, working.work.doorstep.drafts
    view = await submissions.open(LEADER, Wanted("visit", None, item.duty, item.of, item.window))
    await submissions.save_draft(LEADER, view, {"notes": "写到一半"})
    (line,) = await drafts.list(LEADER)
    assert line.window == item.window
    again = await drafts.open(LEADER, line.key)
    assert again is not None
    assert (again.answers["notes"], again.why is not None) == ("写到一半", True)
    done = Submission("visit-0001", "visit", {"channel": "home", "condition": "well"}, item.of)
    await submissions.submit(LEADER, done)
    later = await drafts.open(LEADER, line.key)
    assert later is not None
    assert (later.answers["notes"], later.key, later.subject) == ("写到一半", line.key, item.of)


async def test_what_a_changed_form_no_longer_asks_is_kept_apart_in_its_words(working: Working) -> None:
    key = (await typed(working)).key
    await publish(working, {**FILES, "forms/look.yaml": SMALLER})
    view = await working.work.doorstep.drafts.open(LEADER, key)
    assert view is not None
    taken = {name: value for name, value in view.answers.items() if not name.startswith("_")}
    assert taken == {"some": ["cat"], "rows": [{"sort": "旧的"}, {"sort": "新的"}]}
    told = left(view)
    assert told["怎么样？"] == "['信件']"
    assert told["哪些？"] == "['鸟']"
    assert (told["多大？"], told["说明"]) == ("很大", "膝盖疼")
    assert "打算" not in told, "nobody typed that: it was the default"
    assert [one.rows[0][0].value for one in view.left if one.rows] == ["红"]
    # It stays through another save and another change, and comes back with its question.
    await working.work.submissions.save_draft(LEADER, view, view.answers)
    await publish(working, {**FILES, "forms/look.yaml": FORM})
    back = await working.work.doorstep.drafts.open(LEADER, key)
    assert back is not None
    assert (back.answers["size"], back.answers["note"], back.answers["how"]) == ("很大", "膝盖疼", "letter")


async def test_a_number_half_typed_into_its_own_question_stays_there(working: Working) -> None:
    await publish(working, {**FILES, "forms/look.yaml": SMALLER})
    key = (await typed(working, {"size": "1e"})).key
    await publish(working, {**FILES, "forms/look.yaml": SMALLER.replace("几平方米", "多少平方米")})
    view = await working.work.doorstep.drafts.open(LEADER, key)
    assert view is not None
    assert (view.answers, view.left) == ({"size": "1e"}, ())


async def test_what_was_typed_into_a_form_that_is_gone_is_read_in_its_words_and_gone_on_with(
    working: Working,
) -> None:
    key = (await typed(working)).key
    await publish(working, {**FILES, "forms/glance.yaml": OTHER})
    drafts = working.work.doorstep.drafts
    (line,) = await drafts.list(LEADER)
    assert (line.title["zh"], line.name, line.open) == ("查看", "陈桂芳", False)
    assert await drafts.open(LEADER, key) is None
    found = await drafts.read(LEADER, key)
    said = {one.title["zh"]: [word["zh"] for word in one.words] or one.value for one in found.answers}
    assert said["怎么样？"] == ["信件"]
    assert said["说明"] == "膝盖疼"
    assert [(one.form, one.n) for one in found.successors] == [("glance", 2)], "the others go along apart"
    there = (await drafts.go_on(LEADER, key, "glance")).key
    view = await drafts.open(LEADER, there)
    assert view is not None
    assert (view.form.id, view.subject, view.answers["some"]) == ("glance", "hh-1", ["cat"])
    assert left(view)["说明"] == "膝盖疼"
    assert left(view)["多大？"] == "很大"
    assert [one.key for one in await drafts.list(LEADER)] == [there]


CAMERA = """\
form: FORM
title: {zh: 拍照, en: Pictures}
about: household
filled_by: [leader]
fields:
  note: {title: {zh: 说明}, type: text}
"""
BEFORE = (
    CAMERA.replace("FORM", "snaps")
    + """\
  door: {title: {zh: 门口}, type: photo}
  inside: {title: {zh: 屋内}, type: photo, sensitive: true}
  sign: {title: {zh: 签名}, type: signature}
"""
)
AFTER = (
    CAMERA.replace("FORM", "album")
    + """\
  ill: {title: {zh: 病历}, type: photo, relevant: "note == '病'"}
  paper: {title: {zh: 文件}, type: file}
  pictures: {title: {zh: 照片}, type: photo, options: {max_count: 2}}
"""
)


def picture(n: int) -> dict[str, object]:
    return {"sha256": f"{n:064x}", "name": f"{n}.png", "type": "image/png", "size": 10}


async def test_files_go_along_into_questions_of_another_name_that_take_them(working: Working) -> None:
    await publish(working, {**FILES, "forms/snaps.yaml": BEFORE})
    view = await working.work.submissions.open(LEADER, Wanted("snaps", "hh-1"))
    door = [picture(n) for n in range(3)]
    given = {"note": "楼道", "door": door, "inside": [picture(8)], "sign": [picture(9)]}
    await working.work.submissions.save_draft(LEADER, view, given)
    await publish(working, {**FILES, "forms/album.yaml": AFTER})
    drafts = working.work.doorstep.drafts
    found = await drafts.read(LEADER, view.key)
    assert (found.successors[0].form, found.successors[0].n) == ("album", 3)
    gone = await drafts.go_on(LEADER, view.key, "album")
    there = await drafts.open(LEADER, gone.key)
    assert there is not None
    assert there.answers["pictures"] == door[:2], "two at most; a question that isn't asked takes none"
    assert there.answers["paper"] == door[2:]
    assert "ill" not in there.answers
    assert {one.field: one.value for one in there.left} == {
        "inside": [picture(8)],  # nothing here keeps it from everybody's eyes
        "sign": [picture(9)],  # a drawing is of what it was drawn for
    }
    assert gone.files == {"door": "pictures"}, "what still waits on the device goes the same way"


async def test_files_of_a_form_that_nobody_knows_any_more_go_where_files_are_asked_for(
    working: Working,
) -> None:
    await publish(working, {**FILES, "forms/album.yaml": AFTER})
    drafts, key = working.work.doorstep.drafts, "snaps:0123456789abcdef01234567"
    await drafts.take(LEADER, key, {"answers": {"door": [picture(1)]}})
    gone = await drafts.go_on(LEADER, key, "album")
    there = await drafts.open(LEADER, gone.key)
    assert there is not None
    assert (there.answers["paper"], there.left, gone.files) == ([picture(1)], (), {"": "paper"})


async def test_going_on_where_another_draft_is_keeps_both_answers(working: Working) -> None:
    files = {**FILES, "forms/look.yaml": FORM, "forms/glance.yaml": OTHER}
    await publish(working, files)
    key = (await typed(working)).key
    there = await working.work.submissions.open(LEADER, Wanted("glance", "hh-1"))
    await working.work.submissions.save_draft(LEADER, there, {"rows": [{"sort": "自己的"}]})
    drafts = working.work.doorstep.drafts
    view = await drafts.open(LEADER, (await drafts.go_on(LEADER, key, "glance")).key)
    assert view is not None
    assert (view.answers["some"], view.answers["rows"]) == (["cat"], [{"sort": "自己的"}])
    assert any("旧的" in repr(one) for one in view.left)


async def test_a_draft_from_before_drafts_told_where_they_are_can_be_read(working: Working) -> None:
    view = await working.work.submissions.open(LEADER, Wanted("look", "hh-1"))
    await working.work.submissions.save_draft(LEADER, view, TYPED)
    key = view.key
    row = working.store.drafts.drafts["a-zhoumin", key]
    assert row.begun is not None
    lost = Draft(row.account, key, row.entry_id, row.answers, row.saved_at)
    working.store.drafts.drafts["a-zhoumin", key] = lost
    drafts = working.work.doorstep.drafts
    assert await drafts.open(LEADER, key) is None, "nobody knows whom it was about"
    assert {one.field for one in (await drafts.read(LEADER, key)).answers} == TYPED.keys()


async def test_what_is_discarded_comes_back_but_not_over_another(working: Working) -> None:
    key = (await typed(working)).key
    drafts = working.work.doorstep.drafts
    thrown = await drafts.discard(LEADER, key)
    assert await drafts.list(LEADER) == ()
    assert await drafts.put_back(LEADER, thrown)
    (line,) = await drafts.list(LEADER)
    assert line.key == key
    assert not await drafts.put_back(LEADER, thrown)
    with pytest.raises(DeniedError):
        await drafts.put_back(NEIGHBOUR, thrown)


async def test_what_only_a_phone_had_is_taken_in(working: Working) -> None:
    drafts, key = working.work.doorstep.drafts, "look:0123456789abcdef01234567"
    await drafts.take(
        LEADER, key, {"answers": {"note": "路上写的"}, "begun": {"form": "look", "subject": "hh-2"}}
    )
    found = await drafts.read(LEADER, key)
    assert (found.line.name, [one.value for one in found.answers]) == ("何建国", ["路上写的"])
    await drafts.take(LEADER, key, {"answers": {"size": "大"}})
    assert {one.value for one in (await drafts.read(LEADER, key)).answers} == {"路上写的", "大"}
    for strange in ("look", "../look:0123456789abcdef01234567", "look:" + "g" * 24):
        with pytest.raises(ProblemError, match="E768"):
            await drafts.take(LEADER, strange, {"answers": {"note": "x"}})


async def test_a_stairwell_and_files_for_later_have_pages_of_their_own_and_are_read_when_those_are_over(
    working: Working,
) -> None:
    item = await due(working)
    several = await working.work.doorstep.several.open(LEADER, item.duty, item.of, item.window)
    await working.work.submissions.save_draft(
        LEADER, several.view, {"notes": "整栋", "_whom": ["hh-1", "hh-2"]}
    )
    drafts = working.work.doorstep.drafts
    (line,) = await drafts.list(LEADER)
    assert (line.several, line.name) == (True, "")
    assert await drafts.open(LEADER, line.key) is None
    answers = (await drafts.read(LEADER, line.key)).answers
    assert [word["zh"] for word in answers[-1].words] == ["1-1-101 陈桂芳", "1-1-201 何建国"]


async def test_files_for_later_are_listed_as_that_and_their_draft_is_taken_up(working: Working) -> None:
    stored = {"channel": "home", "condition": "well"}
    await working.work.submissions.submit(LEADER, Submission("visit-0001", "visit", stored, "hh-1"))
    attaching = working.work.doorstep.attaching
    view = await attaching.open(LEADER, "visit-0001")
    photo = await working.work.files.keep(LEADER, "a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    await working.work.submissions.save_draft(LEADER, view, {**view.answers, "photos": [photo]})
    (line,) = await working.work.doorstep.drafts.list(LEADER)
    assert (line.files, line.corrects, line.name) == (True, False, "陈桂芳")
    begun = await working.work.doorstep.drafts.begun(LEADER, line.key)
    assert begun is not None
    assert begun.opening == {"entry": "visit-0001", "batch": "files"}
    assert (await attaching.open(LEADER, "visit-0001")).answers["photos"] == [photo]


async def test_a_correction_offers_no_other_form(working: Working) -> None:
    await working.work.submissions.submit(LEADER, Submission("look-000001", "look", {"size": "小"}, "hh-1"))
    view = await working.work.submissions.open(LEADER, Wanted(entry="look-000001"))
    await working.work.submissions.save_draft(LEADER, view, {"size": "更小"})
    drafts = working.work.doorstep.drafts
    (line,) = await drafts.list(LEADER)
    assert line.corrects
    again = await drafts.open(LEADER, line.key)
    assert again is not None
    assert again.corrects is not None
    await working.work.submissions.withdraw(LEADER, "look-000001", "记错了")
    assert await drafts.open(LEADER, line.key) is None
    found = await drafts.read(LEADER, line.key)
    assert (found.successors, [one.value for one in found.answers]) == ((), ["更小"])


async def test_a_form_opened_in_another_community_takes_no_draft(working: Working) -> None:
    view = await working.work.submissions.open(LEADER, Wanted("look", "hh-1"))
    assert view.begun is not None
    with pytest.raises(DeniedError):
        await working.work.submissions.save_draft(ActorRef("a-nobody"), view, {})


@pytest.mark.parametrize(
    "begun",
    [
        {
            "form": "look",
            "subject": 5,
            "opening": {"duty": ["x"], "window": 3, "entry": {"a": 1}, "answers": "no"},
        },
        {"form": ["x"], "revision": {"a": 1}, "opening": {"answers": {"how": ["x"], "size": "1"}}},
        {"form": "look", "opening": {"entry": "nobody", "window": "never"}},
        "x",
        None,
    ],
)
async def test_whatever_a_phone_says_it_kept_is_listed_and_read(working: Working, begun: object) -> None:
    drafts, key = working.work.doorstep.drafts, "look:0123456789abcdef01234567"
    strange = {
        "note": "x",
        "how": {"a": 1},
        "some": [{"a": 1}, "cat"],
        "_left": [{"name": 1, "value": {}, "form": 2, "revision": 3}, "y"],
        "_whom": "abc",
        "_subjects": 5,
    }
    await drafts.take(LEADER, key, {"answers": strange, "begun": begun})
    (line,) = await drafts.list(LEADER)
    assert line.key == key
    await drafts.open(LEADER, key)
    assert "x" in [one.value for one in (await drafts.read(LEADER, key)).answers]
    there = await drafts.open(LEADER, (await drafts.go_on(LEADER, key, "look")).key)
    assert there is not None
    assert (there.answers["note"], there.answers["some"]) == ("x", ["cat"])
    with pytest.raises(ProblemError, match="E768"):
        await drafts.take(LEADER, key, {"answers": 3})
