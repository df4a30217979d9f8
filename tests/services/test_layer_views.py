"""Layers as admins see and change them: choices in a draft, ground that moved, a change brought up for all."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.declarations.begun import said
from app.domain.merging import ABSENT
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.drafting.drafts import DraftPorts, RegulationDrafting, Saved
from app.services.layers.views import LayersService
from app.services.ports import Revision
from app.services.reasons.paths import inside
from app.services.reasons.phrases import say
from tests.declarations.community import FILES
from tests.fakes.checkout import checkout
from tests.fakes.stores import FakeRegulationDrafts, FakeRevisions
from tests.fakes.working import codes
from tests.services.test_layers import BROOK, EAST, LAKE, MINE, TREE
from tests.services.test_regulation_drafts import Copies

if TYPE_CHECKING:
    from app.domain.edits import Data

HERE, SISTER, STREET = "hill/east/brook", "hill/east/lake", "hill/east"
OVERLAY = f"{BROOK}/overlay.yaml"
TIMES = "monthly_call/times"
OFFICE, READER, NOBODY = ActorRef("office"), ActorRef("reader"), ActorRef("nobody")
MAY = {OFFICE: {Permission.PUBLISH}, READER: {Permission.APPROVE}, NOBODY: set()}
NOW = datetime(2025, 3, 1, 1, tzinfo=UTC)


class Town:
    """Two communities of a street, each with a regulation in force."""

    def __init__(self, root: Path, more: Mapping[str, str]) -> None:
        self.files = checkout(root, {**FILES, **TREE, **more})
        self.revisions = FakeRevisions()
        self.store = FakeRegulationDrafts(self.revisions)
        ports = DraftPorts(self.store, self.revisions, self.files, Copies(), self.resolve, lambda: NOW)
        self.drafting = RegulationDrafting(ports)
        self.layers = LayersService(ports, self.drafting, self.files)

    async def resolve(self, ref: ActorRef, now: datetime) -> Actor:
        post = Post("p-1", "director", HERE, frozenset(MAY[ref]))
        return Actor(ref.account, ref.account, "马骏", HERE, "zh", post, (post,))

    async def found(self, *places: str) -> None:
        for place in places:
            files = self.files.read_files(place)
            await self.revisions.add(Revision(self.files.revision_of(files), place, files, NOW, "first"))

    async def draft(self) -> str:
        return (await self.drafting.open(OFFICE)).id

    async def overlay(self, draft: str) -> str:
        return (await self.drafting.files(OFFICE, draft)).files[OVERLAY]


async def town(root: Path, more: Mapping[str, str]) -> Town:
    made = Town(root, more)
    await made.found(HERE, SISTER)
    return made


async def test_what_is_open_is_chosen_in_the_overlay_and_given_back(tmp_path: Path) -> None:
    made = await town(tmp_path, {})
    layers, draft = made.layers, await made.draft()
    [times] = (await layers.figures(OFFICE, draft, "monthly_call")).values()
    assert (times.path, times.value, times.bounds.at_least, times.bounds.at_most) == (TIMES, "1", "1", "4")
    for value, why, code in (
        ("9", "many", "E131"),
        ("2", " ", "E936"),
        (" ", "few", "E936"),
        ("many", "x", "E131"),
        ("{2025-01-01: 1", "a brace is missing", "E131"),
    ):
        with pytest.raises(ProblemError) as fault:
            await layers.choose(OFFICE, draft, TIMES, value, why)
        assert codes(fault.value) == [code]
    assert OVERLAY not in (await made.drafting.files(OFFICE, draft)).files
    await layers.choose(OFFICE, draft, TIMES, "2", "meeting 3")
    await layers.choose(OFFICE, draft, TIMES, "3", "meeting 4")
    assert await made.overlay(draft) == (
        "overlay: brook\nchanges: [{path: monthly_call/times, to: 3, why: meeting 4, over: 1}]\n"
    )
    view = await layers.view(OFFICE, draft)
    [chosen] = [one for group in view.groups for one in group.figures if one.path == TIMES]
    assert (chosen.value, chosen.layer, view.above, view.may_edit) == ("3", HERE, (STREET, "hill"), True)
    await layers.choose(OFFICE, draft, TIMES, "{2025-01-01: 1, 2025-06-01: 2}", "by steps")
    assert "to: {2025-01-01: 1, 2025-06-01: 2}" in await made.overlay(draft)
    await layers.choose(
        OFFICE, draft, TIMES, "{2025-01-01: 1, soon: 2}", "what is typed is told of, not dropped"
    )
    assert "soon: 2" in await made.overlay(draft)
    assert (await layers.view(OFFICE, draft)).problems
    await layers.choose(OFFICE, draft, TIMES, "3", "meeting 5")
    await layers.leave(OFFICE, draft, TIMES)
    assert await made.overlay(draft) == "overlay: brook\n"
    with pytest.raises(ProblemError) as fault:
        await layers.leave(OFFICE, draft, TIMES)
    assert codes(fault.value) == ["E598"]


async def test_a_form_gains_and_a_definition_is_off_in_the_overlay_while_the_file_above_stays(
    tmp_path: Path,
) -> None:
    off = FILES["rules/monthly_call.yaml"] + "open: {off: true}\n"
    made = await town(tmp_path, {"rules/monthly_call.yaml": off})
    layers, draft = made.layers, await made.draft()
    refused: tuple[tuple[str, Data, str, str], ...] = (
        ("visit/fields/floor", {"title": {"zh": "楼层"}, "type": "integer"}, " ", "E936"),
        ("visit/fields/minutes", {"title": {"zh": "分钟"}, "type": "integer"}, "it is there", "E131"),
        ("household/describes", "person", "no form gains that", "E131"),
    )
    for what, given, why, code in refused:
        with pytest.raises(ProblemError) as fault:
            await layers.gain(OFFICE, draft, what, given, why)
        assert codes(fault.value) == [code]
    await layers.gain(
        OFFICE, draft, "visit/fields/floor", {"title": {"zh": "楼层"}, "type": "integer"}, "lift"
    )
    await layers.gain(OFFICE, draft, "visit/fields/channel/from/letter", {"title": {"zh": "信"}}, "letters")
    with pytest.raises(ProblemError) as fault:
        await layers.switch_off(OFFICE, draft, "visit", "not left open")
    assert codes(fault.value) == ["E131"]
    await layers.switch_off(OFFICE, draft, "monthly_call", "meeting 7")
    files = (await made.drafting.files(OFFICE, draft)).files
    assert files["forms/visit.yaml"] == FILES["forms/visit.yaml"]
    regulation = made.files.check(HERE, files, with_cases=False).regulation
    assert regulation is not None
    assert [one.id for one in regulation.forms["visit"].fields] == ["channel", "minutes", "floor"]
    assert regulation.duties == {}
    # A choice stands on its question, and says over which it was laid; a question that names no other on none.
    overlay = next(
        text for path, text in files.items() if path.endswith("/overlay.yaml") and "letter" in text
    )
    over = {one["path"]: "over" in one for one in said(overlay)["changes"]}  # type: ignore[index,call-overload]
    assert over == {
        "visit/fields/floor": False,
        "visit/fields/channel/from/letter": True,
        "monthly_call": True,
    }
    gained = await layers.figures(OFFICE, draft, "visit")
    assert gained["visit/fields/floor"].levels[0].title == {"zh": "楼层"}
    assert (await layers.figures(OFFICE, draft, "monthly_call"))["monthly_call"].levels[0].sort == "off"
    await layers.leave(OFFICE, draft, "visit/fields/floor")
    await layers.leave(OFFICE, draft, "monthly_call")
    assert "floor" not in await made.overlay(draft)
    assert "letter" in await made.overlay(draft)


async def test_two_who_choose_at_once_both_keep_what_they_chose_and_the_same_figure_is_a_conflict(
    tmp_path: Path,
) -> None:
    over = (
        "# Ours.\noverlay: brook\nchanges:\n  # of the meeting\n"
        "  - {path: monthly_call/times, to: 2, why: meeting}  # twice\n"
    )
    base = FILES["rules/monthly_call.yaml"]
    more = {OVERLAY: over, "rules/call.yaml": base.replace("monthly_call", "call")}
    made = await town(tmp_path, more)
    layers, draft = made.layers, await made.draft()
    seen = (await layers.view(OFFICE, draft)).number
    await layers.choose(OFFICE, draft, "call/times", "3", "a colleague's", seen=seen)
    saved = await layers.choose(OFFICE, draft, TIMES, "4", "ours", seen=seen)
    assert saved.conflicts == ()
    assert await made.overlay(draft) == over.replace("to: 2, why: meeting}", "to: 4, why: ours, over: 1}") + (
        "  - {path: call/times, to: 3, why: a colleague's, over: 1}\n"
    )
    for refused in (
        await layers.choose(OFFICE, draft, TIMES, "1", "too late", seen=seen),
        await layers.leave(OFFICE, draft, TIMES, seen=seen),
        await layers.settle(OFFICE, draft, TIMES, seen=seen),
    ):
        [conflict] = refused.conflicts[0].conflicts
        assert (conflict.base, conflict.theirs, refused.conflicts[0].path) == ("2", "4", OVERLAY)
    assert "to: 4" in await made.overlay(draft)
    assert (await layers.leave(OFFICE, draft, TIMES, seen=seen, prefer="theirs")).conflicts == ()
    assert "to: 4" in await made.overlay(draft)
    await layers.leave(OFFICE, draft, "call/times", seen=saved.number)
    lost = await layers.choose(OFFICE, draft, "call/times", "1", "gone meanwhile", seen=saved.number)
    assert lost.conflicts[0].conflicts[0].theirs == ABSENT
    await layers.choose(OFFICE, draft, TIMES, "1", "decided", seen=seen, prefer="mine")
    assert "to: 1, why: decided" in await made.overlay(draft)


async def test_whoever_is_faster_is_heard_before_a_choice_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await town(tmp_path, {})
    draft, write = await made.draft(), made.drafting.write
    others = iter(("2", *["3", "4"] * 9))

    async def late(*of: Any, **named: Any) -> Saved:
        with monkeypatch.context() as usual:
            usual.setattr(made.drafting, "write", write)
            await made.layers.choose(OFFICE, draft, TIMES, next(others), "colleague")
        return await write(*of, **named)

    monkeypatch.setattr(made.drafting, "write", late)
    saved = await made.layers.choose(OFFICE, draft, TIMES, "1", "mine", seen=1)
    assert [str(one.theirs) for one in saved.conflicts[0].conflicts] == ["2"]
    assert [say(words, Translator("zh")) for words in saved.conflicts[0].words] == ["几次"]
    with pytest.raises(ProblemError) as fault:
        await made.layers.choose(OFFICE, draft, TIMES, "1", "mine")
    assert codes(fault.value) == ["E541"]


async def test_ground_that_moved_is_listed_until_somebody_has_looked(tmp_path: Path) -> None:
    over = MINE.replace("to: 3,", "to: 3, over: 2,").replace(
        "changes:", "over: {tea: 0123456789ab}\nchanges:"
    )
    made = await town(tmp_path, {OVERLAY: over})
    draft = await made.draft()
    view = await made.layers.view(OFFICE, draft)
    assert {(one.what, one.reason) for one in view.moved} == {(TIMES, "figure"), ("tea", "gone")}
    for one in view.moved:
        await made.layers.settle(OFFICE, draft, one.what)
    assert (await made.layers.view(OFFICE, draft)).moved == ()
    text = await made.overlay(draft)
    assert "# agreed in March" in text
    assert ("over: 1" in text, "tea" in text) == (True, False)
    with pytest.raises(ProblemError) as fault:
        await made.layers.settle(OFFICE, draft, "visit")
    assert codes(fault.value) == ["E598"]


async def test_a_definition_of_its_own_that_lies_over_another_ground_is_settled_too(tmp_path: Path) -> None:
    call = FILES["rules/monthly_call.yaml"].replace("every: month", "every: week")
    over = "overlay: brook\nover: {monthly_call: 0123456789ab}\n"
    made = await town(tmp_path, {OVERLAY: over, f"{BROOK}/rules/monthly_call.yaml": call})
    draft = await made.draft()
    [moved] = (await made.layers.view(OFFICE, draft)).moved
    assert (moved.what, moved.reason) == ("monthly_call", "definition")
    await made.layers.settle(OFFICE, draft, "monthly_call")
    view = await made.layers.view(OFFICE, draft)
    assert (view.moved, [name for name, _ in view.own]) == ((), ["monthly_call"])


async def test_a_change_brought_up_is_a_draft_in_each_community_and_in_force_in_none(tmp_path: Path) -> None:
    made = await town(tmp_path, {OVERLAY: MINE})
    raised = await made.layers.promotion(OFFICE, "", TIMES, STREET)
    here, sister = raised.sisters
    assert (here.place, here.moves, here.problems) == (HERE, (), ())
    assert (sister.place, sister.moves, sister.keeps) == (SISTER, ((TIMES, "1", "3"),), False)
    assert not raised.errors
    for _ in range(2):  # once more opens nothing more
        assert await made.layers.propose(OFFICE, "", TIMES, STREET, "for all") == (HERE, SISTER)
    [mine] = await made.store.of_place(HERE)
    [theirs] = await made.store.of_place(SISTER)
    assert set(mine.step.files) == {OVERLAY, f"{EAST}/overlay.yaml"}
    assert set(theirs.step.files) == {f"{EAST}/overlay.yaml"}
    assert (theirs.title, theirs.opened_by) == ("for all", "office")
    assert len(made.revisions.revisions) == 2


async def test_posts_that_a_form_gains_are_named_by_title_here_and_where_it_is_brought_up(
    tmp_path: Path,
) -> None:
    director = "config/roles/director.yaml"
    more = {
        "forms/visit.yaml": FILES["forms/visit.yaml"] + "filled_by: [grid_leader]\n",
        director: FILES[director] + "title: {zh: 主任, en: Director}\n",
        OVERLAY: "overlay: brook\nchanges:\n  - {path: visit/filled_by, add: [director], why: meeting 8}\n",
    }
    made = await town(tmp_path, more)
    path = "visit/filled_by"
    gained = (await made.layers.figures(OFFICE, "", "visit"))[path]
    assert [level.posts for level in gained.levels] == [({"zh": "主任", "en": "Director"},)]
    raised = await made.layers.promotion(OFFICE, "", path, STREET)
    sister = next(one for one in raised.sisters if one.place == SISTER)
    assert sister.moves == ((path, "", "[director]"),)
    assert sister.added[path].posts == gained.levels[0].posts


async def test_a_question_that_is_brought_up_is_called_by_its_title_though_no_sister_knows_it_yet(
    tmp_path: Path,
) -> None:
    floor = "visit/fields/floor"
    gain = f"{{path: {floor}, add: {{title: {{zh: 楼层}}, type: integer}}, why: meeting 9}}"
    more = f"overlay: brook\nchanges: [{gain}]\n"
    raised = await (await town(tmp_path, {OVERLAY: more})).layers.promotion(OFFICE, "", floor, STREET)
    assert say(inside(floor, raised.members), Translator("zh")) == "楼层"


async def test_a_sister_is_told_which_definitions_it_gains(tmp_path: Path) -> None:
    tea = FILES["rules/monthly_call.yaml"].replace("duty: monthly_call", "duty: tea\ntitle: {zh: 喝茶}", 1)
    counted = "indicator: teas\ntitle: {zh: 茶次}\nper: household\nevery: year\nmeasure: count\nof: tea\n"
    made = await town(tmp_path, {f"{BROOK}/rules/tea.yaml": tea, f"{BROOK}/rules/teas.yaml": counted})
    raised = await made.layers.promotion(OFFICE, "", "teas", STREET)
    assert [(one.place, one.gains) for one in raised.sisters] == [
        (HERE, ()),
        (SISTER, ({"zh": "喝茶"}, {"zh": "茶次"})),
    ]
    assert raised.along == ({"zh": "喝茶"},)


async def test_a_sister_with_a_choice_of_its_own_keeps_it_and_one_that_would_break_stops_all(
    tmp_path: Path,
) -> None:
    own = "overlay: lake\nchanges:\n  - {path: monthly_call/times, to: 2, why: few}\n"
    made = await town(tmp_path, {OVERLAY: MINE, f"{LAKE}/overlay.yaml": own})
    [_, sister] = (await made.layers.promotion(OFFICE, "", TIMES, STREET)).sisters
    assert (sister.moves, sister.keeps) == ((), True)
    theirs = MINE.replace("overlay: brook", "overlay: lake")
    broken = await town(tmp_path / "more", {OVERLAY: MINE, f"{LAKE}/overlay.yaml": theirs})
    assert (await broken.layers.promotion(OFFICE, "", "visit/fields/floor", STREET)).errors
    with pytest.raises(ProblemError) as fault:
        await broken.layers.propose(OFFICE, "", "visit/fields/floor", STREET, "for all")
    assert codes(fault.value) == ["E131"]
    for place in (HERE, SISTER):
        assert await broken.store.of_place(place) == []


async def test_who_approves_reads_and_nobody_else_does_anything(tmp_path: Path) -> None:
    made = await town(tmp_path, {OVERLAY: MINE})
    assert not (await made.layers.view(READER)).may_edit
    for call in (
        made.layers.view(NOBODY),
        made.layers.promotion(READER, "", TIMES, STREET),
        made.layers.choose(READER, "x", TIMES, "2", "why"),
    ):
        with pytest.raises(DeniedError):
            await call
    for to in ("hill/west", HERE):
        with pytest.raises(ProblemError) as fault:
            await made.layers.promotion(OFFICE, "", TIMES, to)
        assert codes(fault.value) == ["E597"]


async def test_files_at_fault_tell_their_faults_beside_the_figures_with_what_was_chosen_since(
    tmp_path: Path,
) -> None:
    made = await town(tmp_path, {})
    draft = await made.draft()
    await made.drafting.add(OFFICE, draft, "rules/tea.yaml", "duty: tea\nevery: fortnigth\n")
    view = await made.layers.view(OFFICE, draft)
    figures = [one for group in view.groups for one in group.figures if one.is_open]
    assert [one.code for one in view.problems] == ["E106"]
    assert figures
    await made.layers.choose(OFFICE, draft, TIMES, "2", "two figures are changed together")
    view = await made.layers.view(OFFICE, draft)
    assert [one.value for group in view.groups for one in group.figures if one.path == TIMES] == ["2"]
