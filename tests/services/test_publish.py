"""Publishing: who may, what refuses, and that every process over the store follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.drafting.publish import Publishing
from app.services.live import LiveCommunities
from app.services.ports import COMMAND, Revision
from tests.declarations.community import FILES, PLACE
from tests.fakes.checkout import checkout, edit, write
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeLedger, FakeRevisions

DUTY = "rules/monthly_call.yaml"
FORM = "forms/visit.yaml"
CASES = "rules/monthly_call.case.yaml"
PUBLISHER, LEADER = ActorRef("a-1"), ActorRef("a-2")
CASE = """\
cases:
  - case: a household is owed a call in each month
    as_of: 2025-03-01
    period: 2025-02
    places: {lakeside: community, lakeside/g1: grid}
    given:
      - {form: household, at: 2024-01-01, subject: h1, grid: lakeside/g1, special: []}
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_leader, place: lakeside/g1}
    expect:
      - {in: monthly_call, subject: h1, window: 2025-02, state: missed}
"""


@dataclass
class Copies:
    """What this machine remembers of where its copy came from."""

    known: dict[str, str] = field(default_factory=dict)

    def origin(self, place: str) -> str | None:
        return self.known.get(place)

    def note(self, place: str, revision_hash: str) -> None:
        self.known[place] = revision_hash


class Desk:
    """A machine with a copy of the files and a publisher at it; several may share one store."""

    def __init__(self, root: Path, revisions: FakeRevisions, ledger: FakeLedger) -> None:
        self.root = root
        self.revisions = revisions
        self.now = datetime(2025, 3, 1, 1, tzinfo=UTC)
        self.declarations = checkout(root, {**FILES, CASES: CASE})
        self.publishing = Publishing(
            self.declarations, revisions, Copies(), PlainDecider, self.resolve, self.clock
        )
        self.live = LiveCommunities(ledger, revisions, self.declarations, PlainDecider, self.clock)

    def clock(self) -> datetime:
        return self.now

    async def resolve(self, ref: ActorRef, now: datetime) -> Actor:
        may = {Permission.RECORD, *([Permission.PUBLISH] if ref == PUBLISHER else [])}
        post = Post("p-1", "director", PLACE, frozenset(may))
        return Actor(ref.account, f"w-{ref.account}", "马骏", PLACE, "zh", post, (post,))

    async def publish(self, resolution: str = "") -> Revision:
        """Look, then publish what was looked at; a minute goes by."""
        self.now += timedelta(minutes=1)
        standing = await self.publishing.standing_for(PUBLISHER)
        return await self.publishing.publish(PLACE, "w-a-1", resolution, seen=standing.revision)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "one", FakeRevisions(), FakeLedger())


def windows(rows: Mapping[Any, tuple[Any, ...]]) -> set[str]:
    return {key[1] for key in rows}


async def refused(desk: Desk) -> list[str]:
    with pytest.raises(ProblemError) as fault:
        await desk.publish()
    return [problem.code for problem in fault.value.problems]


async def test_nobody_without_the_permission_sees_or_does_anything_of_it(desk: Desk) -> None:
    publishing = desk.publishing
    for call in (
        publishing.standing_for(LEADER),
        publishing.history_for(LEADER),
    ):
        with pytest.raises(DeniedError):
            await call
    assert desk.revisions.revisions == []


async def test_what_is_published_says_who_when_and_by_which_resolution(desk: Desk) -> None:
    first = await desk.publish("2025-1")
    assert (first.published_by, first.published_at, first.resolution) == ("w-a-1", desk.now, "2025-1")
    assert first.way == COMMAND
    assert first.based_on is None
    edit(desk.root, DUTY, "every: month", "every: quarter")
    edit(desk.root, CASES, "window: 2025-02", "window: 2025-Q1")
    edit(desk.root, CASES, "period: 2025-02", "period: 2025-Q1")
    edit(desk.root, CASES, "as_of: 2025-03-01", "as_of: 2025-05-01")
    second = await desk.publish("2025-2")
    assert second.based_on == first.hash
    history = await desk.publishing.history_for(PUBLISHER)
    assert [revision.resolution for revision in history] == ["2025-2", "2025-1"]


async def test_what_becomes_sensitive_is_stored_apart_for_what_was_answered_before_too(desk: Desk) -> None:
    ledger = FakeLedger()
    desk.publishing = Publishing(
        desk.declarations, desk.revisions, Copies(), PlainDecider, desk.resolve, desk.clock, ledger=ledger
    )
    await desk.publish()
    visited = {"channel": "home", "minutes": 5}
    await ledger.append([Entry("v-1", PLACE, "visit", desk.now, "w-1", desk.now, visited, "h1")], {})
    edit(desk.root, FORM, "minutes: {", "minutes: {sensitive: true, ")
    await desk.publish()
    assert ledger.sensitive["v-1"] == {"minutes"}


async def test_where_the_regulation_names_who_approves_an_operator_is_told(desk: Desk) -> None:
    assert not await desk.publishing.needs_approval(PLACE)
    role = "config/roles/director.yaml"
    edit(desk.root, role, "administer]", "administer, approve]")
    await desk.publish()
    assert await desk.publishing.needs_approval(PLACE)


async def test_what_is_published_over_a_revision_that_waits_for_its_day_waits_with_it(desk: Desk) -> None:
    first = await desk.publish()
    later = replace(first, hash="later", starts=desk.now + timedelta(days=9), published_at=desk.now)
    desk.revisions.revisions.append(replace(later, based_on=first.hash))
    edit(desk.root, DUTY, "at_most: 4", "at_most: 5")
    made = await desk.publishing.publish(PLACE, "w-1", force=True)
    assert (made.starts, made.based_on) == (later.starts, "later")
    assert await desk.revisions.current(PLACE, desk.now) == first


async def test_files_that_are_in_force_already_are_no_publication(desk: Desk) -> None:
    first = await desk.publish("2025-1")
    assert await desk.publish("2025-2") == first
    assert len(desk.revisions.revisions) == 1


async def test_a_standing_names_each_changed_file_with_its_lines(desk: Desk) -> None:
    await desk.publish()
    edit(desk.root, DUTY, "every: month", "every: quarter")
    (desk.root / CASES).unlink()
    write(desk.root, {"forms/note.yaml": "form: note\nfields: {said: {type: text}}\n"})
    standing = await desk.publishing.standing(PLACE)
    assert [(change.kind, change.path) for change in standing.changes] == [
        ("added", "forms/note.yaml"), ("removed", CASES), ("changed", DUTY)]  # fmt: skip
    lines = standing.changes[-1].lines
    assert [line for line in lines if line[0] in "+-"] == ["-every: month", "+every: quarter"]
    assert standing.can_be_published


async def test_files_at_fault_are_refused_with_their_place_and_the_old_revision_stays(desk: Desk) -> None:
    first = await desk.publish()
    edit(desk.root, DUTY, "every: month", "every: fortnigth")
    standing = await desk.publishing.standing(PLACE)
    assert not standing.can_be_published
    assert [str(problem.where).rsplit(":", 1)[0] for problem in standing.errors] == [f"{DUTY}:4"]
    assert await refused(desk) == [problem.code for problem in standing.errors]
    assert await desk.revisions.current(PLACE, desk.now) == first


async def test_files_that_changed_since_they_were_looked_at_are_refused(desk: Desk) -> None:
    await desk.publish()
    edit(desk.root, DUTY, "every: month", "every: quarter")
    looked = (await desk.publishing.standing(PLACE)).revision
    edit(desk.root, DUTY, "every: quarter", "every: week")
    with pytest.raises(ProblemError) as fault:
        await desk.publishing.publish(PLACE, "w-1", seen=looked)
    assert [problem.code for problem in fault.value.problems] == ["E541"]
    assert len(desk.revisions.revisions) == 1


async def test_a_copy_older_than_the_revision_in_force_is_refused_unless_it_is_forced(
    desk: Desk, tmp_path: Path
) -> None:
    await desk.publish()
    other = Desk(tmp_path / "two", desk.revisions, FakeLedger())
    other.now = desk.now
    await other.publishing.standing(PLACE)  # the other machine's copy equals what is in force
    edit(desk.root, FORM, "minutes:", "length:")
    newest = await desk.publish()
    other.now = desk.now
    assert (await other.publishing.standing(PLACE)).behind  # an untouched copy, but an old one
    edit(other.root, FORM, "minutes:", "duration:")
    assert await refused(other) == ["E542"]
    assert await desk.revisions.current(PLACE, desk.now) == newest
    forced = await other.publishing.publish(PLACE, "w-9", force=True)
    assert forced.based_on == newest.hash


async def test_failing_cases_refuse_unless_it_is_said_that_the_change_is_meant(desk: Desk) -> None:
    await desk.publish()
    edit(desk.root, DUTY, "every: month", "every: quarter")
    assert [case.passed for case in await desk.publishing.cases(PLACE)] == [False]
    assert await refused(desk) == ["E543"]
    assert len(desk.revisions.revisions) == 1
    standing = await desk.publishing.standing(PLACE)
    published = await desk.publishing.publish(PLACE, "w-1", seen=standing.revision, despite_cases=True)
    assert await desk.revisions.current(PLACE, desk.now) == published


async def test_cases_are_run_again_after_a_change_only(desk: Desk) -> None:
    first = await desk.publishing.cases(PLACE)
    assert await desk.publishing.cases(PLACE) is first
    edit(desk.root, CASES, "state: missed", "state: met")
    assert [case.passed for case in await desk.publishing.cases(PLACE)] == [False]


async def test_what_one_process_publishes_is_in_force_in_another_one_without_a_restart(
    desk: Desk, tmp_path: Path
) -> None:
    ledger = FakeLedger()
    other = Desk(tmp_path / "two", desk.revisions, ledger)
    at = datetime(2024, 1, 1, tzinfo=UTC)
    await desk.publish()
    other.now = desk.now
    for key, form, place, answers in (
        ("h1", "household", PLACE, {"grid": f"{PLACE}/g1", "special": []}),
        ("p1", "appointment", f"{PLACE}/g1", {"worker": "w1", "role": "grid_leader"}),
    ):
        await ledger.append([Entry(key, place, form, at, "w9", at, answers, key)], {})
    before = (await other.live.fresh(PLACE)).evaluation.rows("monthly_call")
    edit(desk.root, DUTY, "every: month", "every: quarter")
    standing = await desk.publishing.standing(PLACE)
    published = await desk.publishing.publish(PLACE, "w-1", seen=standing.revision, despite_cases=True)
    community = await other.live.fresh(PLACE)
    after = community.evaluation.rows("monthly_call")
    assert community.regulation.revision == published.hash
    assert windows(before) == {f"2025-{month:02}" for month in range(1, 13)}
    assert windows(after) == {f"2025-Q{quarter}" for quarter in range(1, 5)}


async def test_broken_files_are_told_in_the_log_once_by_code_and_place(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.publish()
    edit(desk.root, DUTY, "every: month", "every: fortnigth")
    await desk.publishing.look()
    await desk.publishing.look()
    assert [PLACE in record.getMessage() and DUTY in record.getMessage() for record in caplog.records] == [
        True
    ]


# ---- forms that change, and the answers that there are --------------------------------------------------------------
VISITS = "forms/visit.yaml"
SORT = "  sort: {type: choice, from: [a, b]}\n"
LEVEL = "  level: {type: integer}\n"
FLOOR = "  floor: {type: integer, required: true}\n"


def entry(name: str, day: int, **answers: object) -> Entry:
    at = datetime(2025, 1, day, 2, tzinfo=UTC)
    return Entry(name, PLACE, "visit", at, "w-1", at, answers, "hh-1")


async def at_work(desk: Desk, ledger: FakeLedger) -> None:
    path = desk.root / VISITS
    path.write_text(path.read_text(encoding="utf-8") + SORT + LEVEL, encoding="utf-8")
    given = (
        entry("e1", 2, channel="home", sort="a", level=20),
        entry("e2", 3, channel="phone", sort="b"),
        entry("e3", 4, channel="fax", sort="b"),
    )
    await ledger.append(given, {})
    await desk.publish()


@pytest.fixture
async def kept(tmp_path: Path) -> Desk:
    ledger = FakeLedger()
    desk = Desk(tmp_path / "one", FakeRevisions(), ledger)
    desk.publishing = Publishing(
        desk.declarations, desk.revisions, Copies(), PlainDecider, desk.resolve, desk.clock, ledger
    )
    await at_work(desk, ledger)
    return desk


def changed(desk: Desk, old: str, new: str) -> None:
    path = desk.root / VISITS
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (LEVEL, LEVEL + FLOOR.replace("true}", "true, in_force: {from: 2025-06-01}}"), ["new floor 2"]),
        (LEVEL, "  spent: {type: integer, was: level}\n", ["carried spent 1"]),
        (LEVEL, "  level: {type: text}\n", ["otherwise level 1"]),
        (LEVEL, "", ["gone level 1"]),
        (LEVEL, LEVEL + FLOOR, ["left_out floor 2"]),
        ("[a, b]", "[a]", ["left_out sort 1"]),
        (LEVEL, "  level: {type: date}\n", ["left_out level 1"]),
        ("[a, b]", "{a: {}, b: {title: B, retired: true}}", []),
        (LEVEL, LEVEL + "# a remark\n", []),
    ],
)
async def test_a_change_of_a_form_tells_how_many_entries_it_touches_and_what_becomes_of_them(
    kept: Desk, old: str, new: str, told: list[str]
) -> None:
    """The entry that could never be read (a fax) is no part of it."""
    changed(kept, old, new)
    found = [
        f"{one.fate} {one.question} {one.entries}"
        for change in await kept.publishing.answers(PLACE)
        for one in change.questions
    ]
    assert found == told
    lost = [one for one in told if one.startswith("left_out")]
    assert await refused(kept) == ["E544"] if lost else await kept.publish()


async def test_entries_that_would_count_no_more_are_told_at_their_place_and_go_when_it_is_meant(
    kept: Desk,
) -> None:
    changed(kept, "[a, b]", "[a]")
    with pytest.raises(ProblemError) as fault:
        await kept.publish()
    (problem,) = fault.value.problems
    assert (str(problem.where), dict(problem.values)) == (
        f"{VISITS}:6:3",
        {"what": "visit/fields/sort", "entries": 1},
    )
    standing = await kept.publishing.standing_for(PUBLISHER)
    done = await kept.publishing.publish(PLACE, "w-1", seen=standing.revision, despite_entries=True)
    assert done.hash == standing.revision


async def test_a_form_that_is_gone_leaves_its_entries_out(kept: Desk) -> None:
    (kept.root / VISITS).unlink()
    for path in (kept.root / "rules").glob("*.yaml"):
        path.unlink()
    (change,) = await kept.publishing.answers(PLACE)
    assert (change.form, change.left_out, change.questions[0].question) == ("visit", 3, "")


async def test_without_a_publication_or_a_change_there_is_nothing_to_tell(desk: Desk, kept: Desk) -> None:
    assert await desk.publishing.answers(PLACE) == ()
    assert await kept.publishing.answers(PLACE) == ()
