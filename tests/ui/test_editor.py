"""The editor of one file draws again what has become something else, and nothing beside it."""

import asyncio
from collections.abc import Sequence

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement
from nicegui.testing import User

from app.declarations.describing import language
from app.domain.edits import Data, Edit, SetValue, edited
from app.i18n import Translator
from app.services.drafting.composing import value_at
from app.services.drafting.described import Named
from app.services.drafting.offered import Offer, Offers
from app.ui.compose import Editor
from app.ui.compose.changing import Nothing, Opened, Told
from app.ui.compose.desk import at
from app.ui.compose.presses import control_at
from app.ui.compose.rows import begun
from app.ui.widgets import box

FORM: Data = {
    "form": "visit",
    "title": "走访",
    "fields": {
        "how": {"title": "怎么联系的？", "type": "text"},
        "when": {"title": "什么时候？", "type": "date"},
        "note": {"title": "备注", "type": "text"},
    },
}
TYPES = Offers({Named.FIELD_TYPE: (Offer("text", {"zh": "文字"}), Offer("date", {"zh": "日期"}))}, {})


class Desk:
    """An editor on a page, over a file in memory; `meanwhile` is what somebody else stores before the next edit."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.meanwhile: list[Edit] = []
        self.refuses = False
        self.tried = 0

    async def apply(self, edits: Sequence[Edit]) -> Data | None:
        self.tried += 1
        await asyncio.sleep(0.01)
        if self.refuses:
            return None
        for edit in (*self.meanwhile, *edits):
            self.data = edited(self.data, edit)
        self.meanwhile = []
        return self.data

    async def open(self, user: User, kind: str = "form", offers: Offers = TYPES) -> "Desk":
        @ui.page("/editor")
        def page() -> None:
            with box("") as self.holder:
                file = Opened(Translator("zh"), language(), offers, kind, self.data)
                self.editor = Editor(file, self.apply, Nothing())
                self.editor.build()

        await user.open("/editor")
        return self

    def at(self, *path: str | int) -> ui.element:
        return next(one for one in self.holder.descendants() if one.props.get("data-at") == at(path))

    def line(self, label: str, *path: str | int) -> ui.input:
        every = (one for one in self.at(*path).descendants() if isinstance(one, ui.input))
        return next(one for one in every if one.props["aria-label"] == label)

    async def type(self, value: str, label: str, *path: str | int) -> None:
        """Type something over what stands in a line, and wait until it is stored."""
        self.line(label, *path).set_value(value)
        await asyncio.sleep(0.05)

    def words(self, *path: str | int) -> list[str]:
        return [one.text for one in self.at(*path).descendants() if isinstance(one, TextElement)]

    @property
    def lines(self) -> list[int]:
        """Which lines to type into there are."""
        return [one.id for one in self.holder.descendants() if isinstance(one, ui.input)]

    @property
    def rows(self) -> list[str]:
        """The questions, in the order in which they are drawn."""
        every = (
            str(one.props.get("data-at", "")) for one in self.holder.descendants() if "ed-item" in one.classes
        )
        return [one.removeprefix("fields/") for one in every if one.count("/") == 1]


async def test_what_is_typed_changes_what_its_row_is_called_and_leaves_every_control_as_it_is(
    user: User,
) -> None:
    desk = await Desk(FORM).open(user)
    for name in ("how", "when"):
        desk.editor.show(("fields", name, "title"))
    before = desk.lines
    await desk.type("怎样联系？", "名称 · 中文", "fields", "how")
    assert value_at(desk.data, ("fields", "how", "title")) == "怎样联系？"
    assert "怎样联系？" in desk.words("fields", "how")
    assert desk.lines == before


async def test_a_text_wraps_and_stays_in_one_line_of_the_file_unless_it_has_more_there(user: User) -> None:
    desk = await Desk({"form": "visit", "title": {"zh": "走访\n", "en": "A\nB"}, "fields": {}}).open(user)
    assert desk.line("名称 · 中文", "title").props["type"] == "textarea"
    assert desk.line("名称 · 中文", "title").value == "走访"
    await desk.type("上门\n走访", "名称 · 中文", "title")
    await desk.type("A\nC", "名称 · English", "title")
    assert value_at(desk.data, ("title",)) == {"zh": "上门 走访\n", "en": "A\nC"}


async def test_a_text_gets_a_second_language_and_keeps_it_when_the_first_is_typed_over(user: User) -> None:
    desk = await Desk(FORM).open(user)
    desk.editor.show(("fields", "how", "title"))
    await desk.type("How?", "名称 · English", "fields", "how")
    await desk.type("怎样？", "名称 · 中文", "fields", "how")
    assert value_at(desk.data, ("fields", "how", "title")) == {"zh": "怎样？", "en": "How?"}


async def test_rows_that_move_come_or_go_leave_the_others_as_they_are(user: User) -> None:
    desk = await Desk(FORM).open(user)
    desk.editor.show(("fields", "when", "title"))
    typed_in = desk.line("名称 · 中文", "fields", "when").id
    await desk.editor._move(("fields", "when"), -1)
    assert desk.rows == ["when", "how", "note"]
    await desk.editor.clear(("fields", "how"))
    assert desk.rows == ["when", "note"]
    assert list(value_at(desk.data, ("fields",)) or ()) == ["when", "note"]
    assert desk.line("名称 · 中文", "fields", "when").id == typed_in


async def test_what_somebody_else_changed_meanwhile_is_drawn_and_what_is_typed_here_stays(user: User) -> None:
    desk = await Desk(FORM).open(user)
    for name in ("how", "when"):
        desk.editor.show(("fields", name, "title"))
    mine = desk.line("名称 · 中文", "fields", "how").id
    desk.meanwhile = [SetValue(("fields", "when", "title"), "哪一天？")]
    await desk.type("怎样？", "名称 · 中文", "fields", "how")
    assert desk.line("名称 · 中文", "fields", "when").value == "哪一天？"
    assert desk.line("名称 · 中文", "fields", "how").id == mine


async def test_two_edits_at_once_are_made_one_after_the_other(user: User) -> None:
    desk = await Desk(FORM).open(user)
    await asyncio.gather(
        desk.editor.put(("fields", "how", "title"), "一"), desk.editor.put(("fields", "when", "title"), "二")
    )
    assert desk.editor.data == desk.data
    assert [value_at(desk.data, ("fields", name, "title")) for name in ("how", "when")] == ["一", "二"]


async def test_a_value_that_another_hangs_on_changes_its_row_alone(user: User) -> None:
    desk = await Desk(FORM).open(user)
    for name in ("how", "when"):
        desk.editor.show(("fields", name, "title"))
    other = desk.line("名称 · 中文", "fields", "when").id
    await desk.editor.put(("fields", "how", "type"), "date", anew=True)
    chosen = [
        one.value for one in desk.at("fields", "how", "type").descendants() if isinstance(one, ui.select)
    ]
    assert chosen == ["date"]
    assert desk.line("名称 · 中文", "fields", "when").id == other


async def test_what_is_emptied_keeps_its_line_for_something_else(user: User) -> None:
    desk = await Desk(FORM).open(user)
    desk.editor.show(("fields", "how", "hint"))
    await desk.type("进门先问", "提示 · 中文", "fields", "how")
    await desk.type("", "提示 · 中文", "fields", "how")
    assert value_at(desk.data, ("fields", "how", "hint")) is None
    await desk.type("先问好", "提示 · 中文", "fields", "how")
    assert value_at(desk.data, ("fields", "how", "hint")) == "先问好"


async def test_a_shut_file_shows_again_what_it_says_after_somebody_tried_to_change_it(user: User) -> None:
    desk = await Desk(FORM).open(user)
    desk.editor.shut = True
    desk.editor.show(("fields", "how", "title"))
    assert desk.line("名称 · 中文", "fields", "how").props["readonly"] is True
    await desk.type("怎样？", "名称 · 中文", "fields", "how")
    assert (desk.tried, desk.line("名称 · 中文", "fields", "how").value) == (0, "怎么联系的？")


async def test_a_condition_that_is_added_asks_for_a_column_and_for_an_expression_only_when_that_is_wanted(
    user: User,
) -> None:
    desk = await Desk(FORM).open(user)
    spot = ("fields", "how", "relevant")
    desk.editor.show(spot)
    assert [one for one in desk.at(*spot).descendants() if isinstance(one, ui.input)] == []
    user.find(kind=ui.button, content="写成算式").click()
    assert len([one for one in desk.at(*spot).descendants() if isinstance(one, ui.input)]) == 1


async def test_what_sums_rows_up_is_a_function_and_a_condition_with_its_values_to_pick(user: User) -> None:
    where: Data = {"step": "mediated", "level": {"one_of": ["yard", "grid"]}}
    tally: Data = {"of": "step", "set": {"low": {"count": "rows", "where": where}}}
    desk = await Desk({"table": "work", "rows": "request", "steps": [{"tally": tally}]}).open(user, "table")
    spot = ("steps", 0, "tally", "set", "low")
    desk.editor.show(spot)
    labels = [one.props.get("aria-label", "") for one in desk.at(*spot).descendants()]
    assert any(label.endswith("· 个数") for label in labels)
    assert any("只算哪些 · level" in label for label in labels)
    assert not [one for one in desk.at(*spot).descendants() if "ed-yaml" in one.classes]


async def test_a_fault_is_told_where_it_stands_and_goes_when_it_is_mended(user: User) -> None:
    desk = await Desk(FORM).open(user)
    desk.editor.show(("fields", "how", "title"))
    desk.editor.tell({("fields", "how", "title"): [Told("太长了", is_error=True)]})
    assert "太长了" in desk.words("fields", "how", "title")
    desk.editor._toggle(("fields", "how"))
    assert "太长了" in desk.words("fields", "how")
    desk.editor.tell({})
    assert "太长了" not in desk.words("fields", "how")


async def test_a_file_that_begins_with_its_rows_has_each_of_them_to_change(user: User) -> None:
    """The key by which a file's kind is told holds its id as a rule, which stays; documents stand there themselves."""
    data: Data = {"documents": {"D1": {"title": "走访办法"}, "D2": {"title": "考核办法"}}}
    desk = await Desk(data).open(user, "documents")
    assert "走访办法" in desk.words("documents", "D1")
    assert not any("{" in word for word in desk.words("documents"))


async def test_a_places_fact_that_is_a_range_is_typed_end_by_end_and_can_become_one_number(
    user: User,
) -> None:
    data: Data = {"place": "lakeside", "level": "community", "profile": {"households": ["150", "200"]}}
    spot = ("profile", "households")
    desk = await Desk(data).open(user, "place")
    assert "150 至 200" in desk.words(*spot)
    desk.editor.show(spot)
    assert not [one for one in desk.at(*spot).descendants() if "ed-yaml" in one.classes]
    await desk.type("250", "households · 到", *spot)
    assert value_at(desk.data, spot) == ["150", "250"]
    user.find(kind=ui.button, content="只写一个值").click()
    await asyncio.sleep(0.05)
    assert value_at(desk.data, spot) == "150"
    presses = {one.props.get("data-press") for one in desk.at(*spot).descendants()}
    assert "more_horiz" in presses
    await desk.editor.put(spot, ["150", "150"], anew=True)
    user.find(kind=ui.button, content="再加一个值").click()
    await asyncio.sleep(0.05)
    assert value_at(desk.data, spot) == ["150", "150", "150"]
    taken_out = [one for one in desk.at(*spot).descendants() if one.props.get("data-press") == "close"]
    assert len(taken_out) == 3


async def test_a_row_of_single_values_is_called_by_the_first_of_them_and_not_by_any(user: User) -> None:
    change: Data = {"path": "visit/times", "to": "2", "over": "1", "why": "x"}
    desk = await Desk({"overlay": "lakeside", "changes": [change]}).open(user, "overlay")
    assert "1 visit/times" in desk.words("changes", 0)


async def test_a_new_question_with_options_or_questions_of_its_own_begins_with_titles_and_ids_of_its_own(
    user: User,
) -> None:
    choice: dict[str, Data] = {"from": {"option_1": {}, "option_2": {}}}
    group: dict[str, Data] = {"fields": {"field_1": {"type": "text"}}}
    desk = await Desk({"form": "visit", "fields": {"field_1": {"title": "甲", "type": "text"}}}).open(user)
    assert begun(desk.editor, choice, "field_2") == {
        "from": {"option_1": {"zh": "选项 1"}, "option_2": {"zh": "选项 2"}}
    }
    assert begun(desk.editor, group, "field_2") == {
        "fields": {"field_3": {"title": {"zh": "未命名"}, "type": "text"}}
    }
    assert begun(desk.editor, {"to": "worker"}, "field_2") == {"to": "worker"}


async def test_a_new_question_has_an_id_that_no_question_in_rows_or_groups_has(user: User) -> None:
    inner: Data = {"field_1": {"title": "乙", "type": "text"}}
    rows: Data = {"people": {"title": "甲", "type": "repeat", "fields": inner}}
    offers = Offers({Named.FIELD_TYPE: (Offer("text", {"zh": "文字"}),)}, {})
    desk = await Desk({"form": "visit", "fields": rows}).open(user, offers=offers)
    user.find(kind=ui.button, content="加一条：题目").click()
    await asyncio.sleep(0.05)
    assert list(value_at(desk.data, ("fields",)) or ()) == ["people", "field_2"]


async def test_the_values_that_lower_levels_choose_from_are_listed_typed_over_and_taken_out(
    user: User,
) -> None:
    duty: Data = {"duty": "call", "for_each": "household", "times": {"value": "2", "open": {"at_most": "4"}}}
    desk = await Desk(duty).open(user, "duty", Offers({}, {}))
    spot = ("times",)

    async def press(word: str) -> None:
        user.find(kind=ui.button, content=word).click()
        await asyncio.sleep(0.05)

    await press("让下级从几个值里选")
    assert value_at(desk.data, spot) == {"value": "2", "open": {"at_most": "4", "one_of": ["2"]}}
    await press("再加一个值")
    label = next(
        str(one.props["aria-label"])
        for one in desk.at(*spot).descendants()
        if isinstance(one, ui.input) and str(one.props["aria-label"]).endswith("下级可选的值 · 2")
    )
    await desk.type("3", label, *spot)
    assert value_at(desk.data, (*spot, "open", "one_of")) == ["2", "3"]
    for left in (["3"], None):
        out = next(one for one in desk.at(*spot).descendants() if one.props.get("data-press") == "close")
        out.mark(f"out-{left}")
        user.find(marker=f"out-{left}").click()
        await asyncio.sleep(0.05)
        assert value_at(desk.data, (*spot, "open", "one_of")) == left


async def test_a_fact_of_a_place_is_called_by_its_title_and_one_without_by_its_id(user: User) -> None:
    facts = (Offer("homes", {"zh": "户数"}), Offer("lifts"))
    place: Data = {"place": "lakeside", "level": "community", "profile": {"homes": "400", "lifts": "3"}}
    desk = await Desk(place).open(user, "place", Offers({Named.FACT: facts}, {}))
    assert "户数" in desk.words("profile", "homes")
    assert desk.words("profile", "lifts")[0] == "lifts"


def test_a_row_that_is_moved_keeps_the_keyboard_on_its_button_and_a_part_of_a_condition_leads_to_the_condition() -> (
    None
):
    moved = control_at(("fields", "how"), "arrow_downward").split(" || ")
    assert moved[0].endswith(
        """('[data-at="fields/how"] button[data-press="arrow_downward"]:not([disabled])')"""
    )
    assert '[data-at="part"] :is(input,textarea,button)' in control_at(("part", "known")).split(" || ")[1]
    assert " || " not in control_at(("part", "it's"), above=False)
    assert "it's" not in control_at(("part", "it's"))
