"""The shared parts: what they show, and what they call when pressed."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from nicegui import ui

from app.ui.frame import frame
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import (
    CapBar,
    ChoiceGroup,
    Count,
    CountFilter,
    DutyRow,
    FilterPill,
    Question,
    SaveBar,
    ScoreLine,
    Segments,
    StateChip,
    SyncNote,
    WeekGrid,
)
from app.ui.widgets.clause_quote import split_marked
from app.ui.widgets.state_chip import STATE_ICONS
from tests.ui.conftest import Stage


async def shown(stage: Stage, build: Callable[[], Any]) -> None:
    """Open a page that holds what `build` makes."""

    async def page(session: Session) -> None:
        assert session.actor.person == "w-1"
        with frame("⟦test⟧"):
            build()

    Shell(stage.community.services(), stage.settings).page("/one")(page)
    await stage.log_in()
    await stage.user.open("/one")


@pytest.mark.parametrize(
    ("wording", "marked", "pieces"),
    [
        ("每季度走访一次", ["走访"], [("每季度", False), ("走访", True), ("一次", False)]),
        ("走访走访", ["走访"], [("走访", True), ("走访", False)]),
        ("甲乙丙", ["丙", "甲"], [("甲", True), ("乙", False), ("丙", True)]),
        ("甲乙丙", ["甲乙", "乙丙"], [("甲乙", True), ("丙", False)]),
        ("甲", ["乙", ""], [("甲", False)]),
        ("", ["甲"], []),
    ],
)
def test_a_clause_is_cut_where_it_is_marked(
    wording: str, marked: list[str], pieces: list[tuple[str, bool]]
) -> None:
    assert split_marked(wording, marked) == pieces
    assert "".join(piece for piece, _ in pieces) == wording


async def test_every_state_has_its_word_and_an_unknown_one_is_a_mistake(stage: Stage) -> None:
    await shown(stage, lambda: [StateChip(state) for state in STATE_ICONS])
    for word in ("已办", "待办", "超期", "迟办", "漏办", "免办", "未到", "未定"):
        await stage.user.should_see(word)
    with stage.user, pytest.raises(KeyError):
        StateChip("done")


async def test_a_count_that_is_pressed_is_the_selected_one(stage: Stage) -> None:
    pressed: list[str] = []
    counts = (Count("all", "全部", 4), Count("overdue", "超期", 1, "overdue", "warning"))
    await shown(stage, lambda: CountFilter(counts, "all", pressed.append, "筛选").mark("counts"))
    buttons = [
        element for element in stage.user.find(kind=ui.element).elements if "td-count" in element.classes
    ]
    buttons.sort(key=lambda element: element.id)
    assert [button.props["aria-pressed"] for button in buttons] == ["true", "false"]
    assert [button.props["aria-label"] for button in buttons] == ["全部：4", "超期：1"]
    stage.user.find(marker="count-overdue").click()
    assert pressed == ["overdue"]
    assert [button.props["aria-pressed"] for button in buttons] == ["false", "true"]


def tick(group: ChoiceGroup, key: str, *, checked: bool) -> None:
    """Tell a change of one of its fields as the browser does."""
    for listener in group._event_listeners.values():
        if listener.type == "change":
            group._handle_event({"listener_id": listener.id, "args": {"value": key, "checked": checked}})


async def test_a_choice_of_many_tells_all_that_are_chosen(stage: Stage) -> None:
    told: list[list[str]] = []
    options = {"walk": "行动", "mood": "情绪"}
    await shown(stage, lambda: ChoiceGroup(options, ["walk"], told.append, "哪方面", many=True))
    group = next(iter(stage.user.find(ChoiceGroup).elements))
    for key, checked in (("mood", True), ("walk", False), ("what nobody offered", True)):
        tick(group, key, checked=checked)
    assert told == [["walk", "mood"], ["mood"]]


async def test_a_choice_of_one_tells_the_stored_value(stage: Stage) -> None:
    told: list[str] = []
    await shown(stage, lambda: ChoiceGroup({"self": "本人", "kin": "家属"}, None, told.append, "见到了谁"))
    tick(next(iter(stage.user.find(ChoiceGroup).elements)), "kin", checked=True)
    assert told == ["kin"]


async def test_a_fault_stands_under_its_question_and_goes_away(stage: Stage) -> None:
    made: list[Question] = []
    await shown(stage, lambda: made.append(Question("哪方面？", required=False)))
    await stage.user.should_see("选填")
    made[0].fault("这一项没有填。")
    await stage.user.should_see("这一项没有填。")
    made[0].fault("")
    await stage.user.should_not_see("这一项没有填。")


async def test_a_disabled_submit_says_why(stage: Stage) -> None:
    made: list[SaveBar] = []
    await shown(stage, lambda: made.append(SaveBar("提交", lambda: None)))
    made[0].note(lambda: SyncNote("waiting", n=3))
    made[0].disable("还有 1 项没有填")
    await stage.user.should_see("还有 1 项没有填")
    await stage.user.should_see("3 条待上传")
    assert not made[0].button.enabled
    made[0].disable("")
    await stage.user.should_not_see("还有 1 项没有填")
    assert made[0].button.enabled


async def test_a_note_of_syncing_changes_in_its_place(stage: Stage) -> None:
    made: list[SyncNote] = []
    await shown(stage, lambda: made.append(SyncNote("draft", "10:42")))
    await stage.user.should_see("10:42 已存草稿")
    made[0].change("synced", "10:43")
    await stage.user.should_see("已同步 10:43")
    await stage.user.should_not_see("10:42 已存草稿")


async def test_a_row_that_is_selected_says_so(stage: Stage) -> None:
    made: list[DutyRow] = []
    picked: list[str] = []
    words = {
        "plate": "1-402",
        "name": "陈桂芳",
        "duty": "每周联系",
        "detail": "",
        "fact": "",
        "action": "填写",
    }
    await shown(
        stage,
        lambda: made.append(
            DutyRow(**words, state="due", href="/record", on_select=lambda: picked.append("1-402"))
        ),
    )
    made[0].select(selected=True)
    assert (made[0].props["aria-current"], "sel" in made[0].classes) == ("true", True)
    made[0].select(selected=False)
    assert (made[0].props["aria-current"], "sel" in made[0].classes) == (None, False)


async def test_points_that_cant_be_computed_are_no_zero(stage: Stage) -> None:
    await shown(stage, lambda: ScoreLine("满意度", None, Fraction(10), largest=Fraction(40), note="没有测评"))
    await stage.user.should_see("—")
    await stage.user.should_not_see(CapBar)


async def test_a_bar_never_leaves_its_track(stage: Stage) -> None:
    bars: list[CapBar] = []

    def build() -> None:
        bars.append(CapBar(Fraction(13, 2), Fraction(5), Fraction(40), Fraction(90)))
        bars.append(CapBar(Fraction(-3), Fraction(5), Fraction(40)))
        bars.append(CapBar(Fraction(3), Fraction(0), Fraction(0)))

    await shown(stage, build)
    inner = [bar.default_slot.children[0].style["width"] for bar in bars]
    assert ([bar.style["width"] for bar in bars], inner) == (
        ["12.50%", "12.50%", "0"],
        ["100.00%", "0.00%", "0"],
    )


async def test_a_filter_is_taken_off_and_a_segment_chosen(stage: Stage) -> None:
    done: list[str] = []

    def build() -> None:
        FilterPill("第四季度", lambda: done.append("off")).mark("pill")
        Segments({"a": ("list", "紧凑"), "b": ("list", "舒适")}, "a", done.append, "密度")

    await shown(stage, build)
    stage.user.find(marker="pill").click()
    stage.user.find(marker="segment-b").click()
    assert done == ["off", "b"]


async def test_a_year_of_weeks_is_told_in_counts(stage: Stage) -> None:
    grids: list[WeekGrid] = []
    cells = [("1", "met"), ("2", "met"), ("3", "missed"), ("4", "late")]
    await shown(stage, lambda: grids.append(WeekGrid(cells, "每周联系")))
    label = grids[0].default_slot.children[0].props["aria-label"]
    assert label == "每周联系: 已办 2、迟办 1、漏办 1"
