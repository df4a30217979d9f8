"""Drafts of a regulation: who may, two at once, taking back, and what becomes of the base's files."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.edits import AddKey, Remove, SetValue
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.drafting.changes import Files, Other
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.ports import DraftState, DraftStep, StepKind
from app.services.ports import Revision
from app.services.reasons.phrases import say
from tests.declarations.community import FILES, PLACE
from tests.fakes.checkout import checkout, edit, write
from tests.fakes.stores import FakeRegulationDrafts, FakeRevisions

DUTY = "rules/monthly_call.yaml"
OWN = "config/places/lakeside/rules/monthly_call.yaml"
ANNA, BEN, LEADER = ActorRef("anna"), ActorRef("ben"), ActorRef("leader")


@dataclass
class Copies:
    known: dict[str, str] = field(default_factory=dict)

    def origin(self, place: str) -> str | None:
        return self.known.get(place)

    def note(self, place: str, revision_hash: str) -> None:
        self.known[place] = revision_hash


ODD = "flag: odd\ntitle: {zh: 存疑}\n"


class Desk:
    """A community with its first revision in force, and two who may publish."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = datetime(2025, 3, 1, 1, tzinfo=UTC)
        self.files = checkout(root, FILES)
        self.revisions = FakeRevisions()
        self.store = FakeRegulationDrafts(self.revisions)
        self.copies = Copies()
        self.drafting = RegulationDrafting(
            DraftPorts(self.store, self.revisions, self.files, self.copies, self.resolve, self.clock)
        )

    def clock(self) -> datetime:
        return self.now

    async def resolve(self, ref: ActorRef, now: datetime) -> Actor:
        may = {Permission.RECORD, *([] if ref == LEADER else [Permission.PUBLISH])}
        post = Post("p-1", "director", PLACE, frozenset(may))
        return Actor(ref.account, ref.account, "马骏", PLACE, "zh", post, (post,))

    async def publish(self, changes: dict[str, str] | None = None) -> Revision:
        self.now += timedelta(minutes=1)
        newest = await self.revisions.current(PLACE, self.now)
        files = {**(FILES if newest is None else newest.files), **(changes or {})}
        based_on = None if newest is None else newest.hash
        made = Revision(self.files.revision_of(files), PLACE, files, self.now, "anna", based_on=based_on)
        await self.revisions.add(made)
        return made


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    await made.publish()
    return made


def codes(fault: pytest.ExceptionInfo[ProblemError]) -> list[str]:
    return [problem.code for problem in fault.value.problems]


TIMES = ("times", "value")


async def test_nobody_without_the_permission_reads_or_changes_a_draft(desk: Desk) -> None:
    drafting = desk.drafting
    draft = await drafting.open(ANNA)
    for call in (
        drafting.drafts(LEADER),
        drafting.open(LEADER),
        drafting.restore(LEADER, draft.step.base),
        drafting.disk_changes(LEADER),
        drafting.take_disk(LEADER),
        drafting.files(LEADER, draft.id),
        drafting.declared(LEADER, draft.id),
        drafting.steps(LEADER, draft.id),
        drafting.can(LEADER, draft.id),
        drafting.checked(LEADER, draft.id),
        drafting.checked_with(LEADER, draft.id, DUTY, ""),
        drafting.diff(LEADER, draft.id),
        drafting.edit(LEADER, draft.id, DUTY, [], seen=1),
        drafting.save(LEADER, draft.id, DUTY, "", seen=1),
        drafting.add(LEADER, draft.id, "rules/x.yaml", ""),
        drafting.remove(LEADER, draft.id, DUTY),
        drafting.undo(LEADER, draft.id),
        drafting.redo(LEADER, draft.id),
        drafting.rebase(LEADER, draft.id),
        drafting.discard(LEADER, draft.id),
    ):
        with pytest.raises(DeniedError):
            await call
    assert (await drafting.draft(ANNA, draft.id)).step.number == 1


async def test_a_draft_that_changes_nothing_is_not_listed_and_is_taken_again(desk: Desk) -> None:
    drafting = desk.drafting
    looked = await drafting.open(ANNA)
    assert await drafting.drafts(ANNA) == []
    assert (await drafting.open(ANNA)).id == looked.id
    assert (await drafting.open(ANNA, "calls")).id != looked.id
    await drafting.save(ANNA, looked.id, DUTY, FILES[DUTY] + "# looked\n", seen=1)
    assert [one.id for one in await drafting.drafts(ANNA)] == [looked.id]
    assert (await drafting.open(ANNA)).id != looked.id


async def test_a_draft_without_a_title_is_called_by_what_it_changes(desk: Desk) -> None:
    drafting = desk.drafting
    draft = await drafting.open(ANNA)
    await drafting.save(ANNA, draft.id, DUTY, FILES[DUTY] + "# looked\n", seen=1)
    named = await drafting.open(ANNA, "Calls")
    await drafting.save(ANNA, named.id, DUTY, FILES[DUTY] + "# named\n", seen=1)
    found = await drafting.about(ANNA, await drafting.drafts(ANNA))
    assert list(found) == [draft.id]
    assert len(found[draft.id]) == 1


async def test_a_changed_file_of_the_base_is_a_copy_of_the_places_own_that_stands_for_it(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA, "  more\n calls ")
    saved = await desk.drafting.edit(ANNA, draft.id, DUTY, [SetValue(TIMES, "2")], seen=1)
    assert saved.number == 2
    assert saved.files == {OWN: FILES[DUTY].replace("value: 1", "value: 2")}
    again = await desk.drafting.edit(ANNA, draft.id, OWN, [SetValue(TIMES, "3")], seen=2)
    assert again.files == {OWN: FILES[DUTY].replace("value: 1", "value: 3")}
    found = await desk.drafting.files(ANNA, draft.id)
    assert (found.draft.title, set(found.changed), found.behind) == ("more calls", {OWN}, False)
    assert found.files[DUTY] == FILES[DUTY]
    loaded = await desk.drafting.checked(ANNA, draft.id)
    assert loaded.regulation is not None
    times = loaded.regulation.duties["monthly_call"].times
    assert times is not None
    assert times.values[0][1] == 3
    shown = {one.id: one for one in await desk.drafting.declared(ANNA, draft.id)}
    assert (shown["monthly_call"].path, shown["monthly_call"].layer, shown["monthly_call"].kind) == (
        OWN, PLACE, "duty")  # fmt: skip
    assert shown["visit"].own == "config/places/lakeside/forms/visit.yaml"
    assert [(one.kind, one.path) for one in await desk.drafting.diff(ANNA, draft.id)] == [("changed", OWN)]
    gone = await desk.drafting.remove(ANNA, draft.id, OWN)
    assert gone.files == {OWN: None}
    assert (await desk.drafting.files(ANNA, draft.id)).changed == frozenset()


async def test_a_definition_that_is_taken_away_takes_its_cases_along_in_one_step(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    paths = ["config/places/lakeside/rules/odd.yaml", "config/places/lakeside/rules/odd.case.yaml"]
    for path, text in zip(paths, (ODD, "cases: []\n"), strict=True):
        await desk.drafting.add(ANNA, draft.id, path, text)
    await desk.drafting.remove(ANNA, draft.id, paths[1])
    assert (await desk.drafting.files(ANNA, draft.id)).changed == {paths[0]}  # its cases alone
    await desk.drafting.undo(ANNA, draft.id)
    assert (await desk.drafting.files(ANNA, draft.id)).changed == set(paths)
    await desk.drafting.remove(ANNA, draft.id, paths[0])
    assert (await desk.drafting.files(ANNA, draft.id)).changed == frozenset()
    await desk.drafting.undo(ANNA, draft.id)
    assert (await desk.drafting.files(ANNA, draft.id)).changed == set(paths)


async def test_two_who_change_different_leaves_at_once_both_keep_what_they_did(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    await desk.drafting.edit(ANNA, draft.id, DUTY, [SetValue(("every",), "quarter")], seen=1)
    typed = FILES[DUTY].replace("at_most: 4", "at_most: 5") + "# Ben's\n"
    saved = await desk.drafting.save(BEN, draft.id, DUTY, typed, seen=1)
    assert (saved.number, saved.merged, saved.conflicts) == (3, True, ())
    assert saved.files == {OWN: typed.replace("every: month", "every: quarter")}


async def test_whoever_goes_on_typing_while_others_are_merged_in_takes_nothing_of_theirs_back(
    desk: Desk,
) -> None:
    draft = await desk.drafting.open(ANNA)
    typed = FILES[DUTY].replace("every: month", "every: quarter")
    await desk.drafting.edit(BEN, draft.id, DUTY, [SetValue(TIMES, "2")], seen=1)
    first = await desk.drafting.save(ANNA, draft.id, DUTY, typed, seen=1)
    on = typed + "# typed since, without Ben's change on the screen\n"
    second = await desk.drafting.save(ANNA, draft.id, DUTY, on, seen=first.number, over=typed)
    assert second.files == {OWN: on.replace("value: 1", "value: 2")}
    assert second.merged


async def test_files_made_of_what_was_seen_are_merged_and_only_the_places_own_are_written(
    desk: Desk,
) -> None:
    draft = await desk.drafting.open(ANNA)
    path = "config/places/lakeside/plugins.yaml"

    def says(text: str) -> Callable[[Files], dict[str, str]]:
        return lambda _: {path: text}

    await desk.drafting.write(ANNA, draft.id, says("plugins: {a: {on: true}, b: {on: true}}\n"), seen=1)
    await desk.drafting.write(ANNA, draft.id, says("plugins: {a: {on: false}, b: {on: true}}\n"), seen=2)
    saved = await desk.drafting.write(
        BEN, draft.id, says("plugins: {a: {on: true}, b: {on: false}}\n"), seen=2
    )
    assert saved.files == {path: "plugins: {a: {on: false}, b: {on: false}}\n"}
    refused = await desk.drafting.write(BEN, draft.id, says("plugins: {a: {on: maybe}}\n"), seen=2)
    assert refused.conflicts
    with pytest.raises(ProblemError) as fault:
        await desk.drafting.write(ANNA, draft.id, lambda _: {DUTY: ""}, seen=3)
    assert codes(fault) == ["E558"]


async def test_the_same_leaf_changed_twice_is_a_conflict_and_only_a_decision_stores_it(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    await desk.drafting.edit(ANNA, draft.id, DUTY, [SetValue(TIMES, "2")], seen=1)
    edits = [SetValue(TIMES, "3"), SetValue(("every",), "quarter")]
    refused = await desk.drafting.edit(BEN, draft.id, DUTY, edits, seen=1)
    assert (refused.number, refused.files) == (2, {})
    [one] = refused.conflicts[0].conflicts
    assert (one.path, one.base, one.mine, one.theirs) == (TIMES, "1", "3", "2")
    assert refused.conflicts[0].others == (Other("", desk.now),)
    theirs = await desk.drafting.edit(BEN, draft.id, DUTY, edits, seen=1, prefer="theirs")
    assert theirs.files == {
        OWN: FILES[DUTY].replace("every: month", "every: quarter").replace("value: 1", "value: 2")
    }
    mine = await desk.drafting.edit(BEN, draft.id, DUTY, edits, seen=1, prefer="mine")
    assert mine.files[OWN] == FILES[DUTY].replace("every: month", "every: quarter").replace(
        "value: 1", "value: 3"
    )


async def test_a_conflict_names_who_made_the_other_change_and_when_and_the_language_in_words(
    desk: Desk,
) -> None:
    async def names(_place: str) -> dict[str, str]:
        return {"anna": "安娜"}

    drafting = RegulationDrafting(replace(desk.drafting._ports, names=names))
    draft = await drafting.open(ANNA)
    path = "config/places/lakeside/place.yaml"
    await drafting.edit(ANNA, draft.id, path, [SetValue(("title", "zh"), "湖东")], seen=1)
    changed = desk.now
    desk.now += timedelta(hours=1)
    await drafting.edit(BEN, draft.id, DUTY, [SetValue(TIMES, "2")], seen=2)
    refused = await drafting.edit(BEN, draft.id, path, [SetValue(("title", "zh"), "湖西")], seen=1)
    [one] = refused.conflicts
    assert [say(words, Translator("zh")) for words in one.words] == ["湖东·名称·中文"]
    assert one.others == (Other("安娜", changed),)
    mine = await drafting.edit(ANNA, draft.id, path, [SetValue(("title", "zh"), "湖西")], seen=1)
    assert mine.conflicts[0].others == (Other("安娜", changed, is_reader=True),)


async def test_what_one_removes_and_the_other_changes_is_a_conflict_of_the_file(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    path = "config/places/lakeside/rules/own.yaml"
    await desk.drafting.add(ANNA, draft.id, "rules/own.yaml", FILES[DUTY])
    await desk.drafting.remove(ANNA, draft.id, path)
    refused = await desk.drafting.save(BEN, draft.id, path, "duty: own\n", seen=2)
    assert [(one.path, one.conflicts[0].path) for one in refused.conflicts] == [(path, ())]
    kept = await desk.drafting.save(BEN, draft.id, path, "duty: own\n", seen=2, prefer="mine")
    assert kept.files == {path: "duty: own\n"}
    gone = await desk.drafting.save(BEN, draft.id, path, "duty: x\n", seen=2, prefer="theirs")
    assert gone.files == {path: "duty: own\n"}


async def test_taking_back_takes_back_ones_own_changes_and_leaves_what_others_did(desk: Desk) -> None:
    drafting = desk.drafting
    draft = await drafting.open(ANNA)
    assert await drafting.can(ANNA, draft.id) == (False, False)
    assert (await drafting.undo(ANNA, draft.id)).number == 1
    await drafting.edit(ANNA, draft.id, DUTY, [SetValue(("every",), "quarter")], seen=1)
    await drafting.edit(BEN, draft.id, DUTY, [SetValue(TIMES, "2")], seen=2)
    await drafting.edit(ANNA, draft.id, DUTY, [AddKey((), "notes", "x")], seen=3)
    first = await drafting.undo(ANNA, draft.id)
    assert "notes" not in str(first.files)
    second = await drafting.undo(ANNA, draft.id)
    assert second.files == {OWN: FILES[DUTY].replace("value: 1", "value: 2")}
    assert await drafting.can(ANNA, draft.id) == (False, True)
    assert await drafting.can(BEN, draft.id) == (True, False)
    again = await drafting.redo(ANNA, draft.id)
    assert again.files[OWN] == FILES[DUTY].replace("value: 1", "value: 2").replace("month\n", "quarter\n")
    await drafting.redo(ANNA, draft.id)
    assert await drafting.can(ANNA, draft.id) == (True, False)
    assert [step.kind for step in await drafting.steps(ANNA, draft.id)][4:] == [
        StepKind.UNDONE, StepKind.UNDONE, StepKind.REDONE, StepKind.REDONE]  # fmt: skip
    await drafting.undo(ANNA, draft.id)
    await drafting.edit(ANNA, draft.id, DUTY, [AddKey((), "notes", "y")], seen=9)
    assert await drafting.can(ANNA, draft.id) == (True, False)


async def test_taking_back_what_somebody_changed_since_is_a_conflict(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    await desk.drafting.edit(ANNA, draft.id, DUTY, [SetValue(TIMES, "2")], seen=1)
    await desk.drafting.edit(BEN, draft.id, DUTY, [SetValue(TIMES, "3")], seen=2)
    refused = await desk.drafting.undo(ANNA, draft.id)
    assert [one.theirs for one in refused.conflicts[0].conflicts] == ["3"]
    assert (await desk.drafting.files(ANNA, draft.id)).draft.step.number == 3


async def test_a_draft_is_brought_onto_what_was_published_since(desk: Desk) -> None:
    draft = await desk.drafting.open(ANNA)
    path = "config/places/lakeside/place.yaml"
    await desk.drafting.edit(ANNA, draft.id, path, [SetValue(("title", "zh"), "湖东")], seen=1)
    assert (await desk.drafting.rebase(ANNA, draft.id)).number == 2
    published = await desk.publish({path: FILES[path].replace("Grid 1", "North")})
    assert (await desk.drafting.files(ANNA, draft.id)).behind
    saved = await desk.drafting.rebase(ANNA, draft.id)
    assert saved.files == {path: published.files[path].replace("湖畔社区", "湖东")}
    found = await desk.drafting.files(ANNA, draft.id)
    assert (found.behind, found.draft.step.base, found.draft.step.kind) == (
        False, published.hash, StepKind.REBASED)  # fmt: skip
    await desk.publish({path: published.files[path].replace("湖畔社区", "湖西")})
    refused = await desk.drafting.rebase(ANNA, draft.id)
    assert [one.theirs for one in refused.conflicts[0].conflicts] == ["湖西"]
    assert refused.conflicts[0].others == (Other("", desk.now, is_reader=True),)
    assert "湖西" in str((await desk.drafting.rebase(ANNA, draft.id, "theirs")).files)


async def test_files_edited_by_hand_are_a_draft_on_the_revision_that_their_copy_came_from(desk: Desk) -> None:
    first = await desk.drafting.newest(PLACE)
    assert await desk.drafting.take_disk(ANNA) is None
    desk.copies.note(PLACE, first.hash)
    await desk.publish({"forms/extra.yaml": "form: extra\nfields: {a: {type: text}}\n"})
    edit(desk.root, DUTY, "every: month", "every: quarter")
    assert set(await desk.drafting.disk_changes(ANNA)) == {DUTY}
    draft = await desk.drafting.take_disk(ANNA, "by hand")
    assert draft is not None
    assert (draft.step.base, set(draft.step.files)) == (first.hash, {DUTY})
    assert (await desk.drafting.files(ANNA, draft.id)).behind
    assert await desk.drafting.take_disk(BEN) == draft
    saved = await desk.drafting.edit(ANNA, draft.id, DUTY, [SetValue(TIMES, "2")], seen=1)
    assert set(saved.files) == {DUTY}
    again = await desk.drafting.take_disk(
        ANNA, "once more"
    )  # the same files, though their draft says more by now
    assert again is not None
    assert (again.id, again.step.number) == (draft.id, 2)
    write(desk.root, {"rules/odd.yaml": "duty: odd\n"})
    (desk.root / "rules/odd.yaml").write_bytes(b"duty: \xff\n")
    other = await desk.drafting.take_disk(ANNA)
    assert other is not None
    assert other.step.files["rules/odd.yaml"] == "duty: ?\n"
    assert len(await desk.drafting.drafts(ANNA)) == 2


async def test_an_earlier_revision_comes_back_as_a_new_draft(desk: Desk) -> None:
    first = await desk.drafting.newest(PLACE)
    newest = await desk.publish({DUTY: FILES[DUTY] + "# more\n", "rules/x.yaml": "duty: x\n"})
    draft = await desk.drafting.restore(ANNA, first.hash)
    assert (draft.step.base, draft.step.files) == (newest.hash, {DUTY: FILES[DUTY], "rules/x.yaml": None})
    assert (await desk.drafting.files(ANNA, draft.id)).files == FILES
    with pytest.raises(ProblemError) as fault:
        await desk.drafting.restore(ANNA, "no such")
    assert codes(fault) == ["E547"]


async def test_what_cannot_be_done_is_refused_by_its_code(desk: Desk) -> None:
    drafting = desk.drafting
    draft = await drafting.open(ANNA)
    await drafting.save(ANNA, draft.id, "rules/monthly_call.yaml", "duty: [x\r\n", seen=1)
    for call, code in (
        (drafting.edit(ANNA, draft.id, DUTY, [Remove(("every",))], seen=2), "E104"),
        (drafting.edit(ANNA, draft.id, "forms/visit.yaml", [Remove(("evry",))], seen=2), "E545"),
        (drafting.edit(ANNA, draft.id, "forms/nothing.yaml", [], seen=2), "E545"),
        (drafting.edit(ANNA, draft.id, "config/places/other/place.yaml", [], seen=2), "E558"),
        (drafting.edit(ANNA, draft.id, "forms/../../x.yaml", [], seen=2), "E558"),
        (drafting.edit(ANNA, draft.id, "README.md", [], seen=2), "E558"),
        (drafting.add(ANNA, draft.id, "config/places/other/rules/x.yaml", ""), "E558"),
        (drafting.add(ANNA, draft.id, DUTY, ""), "E559"),
        (drafting.remove(ANNA, draft.id, "forms/visit.yaml"), "E558"),
        (drafting.remove(ANNA, draft.id, "config/places/lakeside/forms/visit.yaml"), "E545"),
        (drafting.save(ANNA, draft.id, DUTY, "x" * 500_001, seen=2), "E938"),
        (drafting.save(ANNA, draft.id, DUTY, "x", seen=7), "E547"),
        (drafting.files(ANNA, "no such"), "E547"),
    ):
        with pytest.raises(ProblemError) as fault:
            await call
        assert codes(fault) == [code]
    loaded = await drafting.checked(ANNA, draft.id)
    assert [(problem.code, str(problem.where)) for problem in loaded.problems if problem.is_error][:1] == [
        ("E104", f"{OWN}:2:1")]  # fmt: skip
    loaded = await drafting.checked_with(ANNA, draft.id, OWN, FILES[DUTY])
    assert loaded.regulation is not None
    await drafting.discard(ANNA, draft.id)
    assert desk.store.drafts[draft.id].state is DraftState.DISCARDED
    assert await drafting.drafts(ANNA) == []


@dataclass(slots=True)
class Beaten(FakeRegulationDrafts):
    """A store in which somebody else always saves first, so many times."""

    times: int = 0
    first: Callable[[int], Awaitable[object]] | None = None

    async def add(self, draft_id: str, step: DraftStep) -> bool:
        if self.times and self.first is not None:
            self.times -= 1
            first, self.first = self.first, None
            await first(step.number - 1)
            self.first = first
        return await FakeRegulationDrafts.add(self, draft_id, step)


@pytest.mark.parametrize("times", [1, 3, 8])
async def test_whoever_is_too_slow_tries_again_on_what_the_faster_ones_saved(desk: Desk, times: int) -> None:
    desk.store = Beaten(desk.revisions)
    desk.drafting = RegulationDrafting(
        DraftPorts(desk.store, desk.revisions, desk.files, desk.copies, desk.resolve, desk.clock)
    )
    draft = await desk.drafting.open(ANNA)

    async def faster(seen: int) -> None:
        await desk.drafting.edit(BEN, draft.id, DUTY, [SetValue(TIMES, str(seen + 1))], seen=seen)

    desk.store.times, desk.store.first = times, faster
    call = desk.drafting.edit(ANNA, draft.id, DUTY, [SetValue(("every",), "quarter")], seen=1)
    if times == 8:
        with pytest.raises(ProblemError) as fault:
            await call
        assert codes(fault) == ["E541"]
        return
    saved = await call
    assert (saved.number, saved.merged) == (times + 2, True)
    assert saved.files[OWN] == FILES[DUTY].replace("value: 1", f"value: {times + 1}").replace(
        "month\n", "quarter\n"
    )
