"""Publishing: who may, what refuses, and that every process over the store follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.live import LiveCommunities
from app.services.ports import Revision
from app.services.publish import Publishing
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
        return await self.publishing.publish_for(PUBLISHER, standing.revision, resolution)


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
    revision = (await publishing.standing(PLACE)).revision
    for call in (
        publishing.standing_for(LEADER),
        publishing.history_for(LEADER),
        publishing.cases_for(LEADER),
        publishing.publish_for(LEADER, revision, "2025-1"),
    ):
        with pytest.raises(DeniedError):
            await call
    assert desk.revisions.revisions == []


async def test_what_is_published_says_who_when_and_by_which_resolution(desk: Desk) -> None:
    first = await desk.publish("2025-1")
    assert (first.published_by, first.published_at, first.resolution) == ("w-a-1", desk.now, "2025-1")
    assert first.based_on is None
    edit(desk.root, DUTY, "every: month", "every: quarter")
    edit(desk.root, CASES, "window: 2025-02", "window: 2025-Q1")
    edit(desk.root, CASES, "period: 2025-02", "period: 2025-Q1")
    edit(desk.root, CASES, "as_of: 2025-03-01", "as_of: 2025-05-01")
    second = await desk.publish("2025-2")
    assert second.based_on == first.hash
    history = await desk.publishing.history_for(PUBLISHER)
    assert [revision.resolution for revision in history] == ["2025-2", "2025-1"]


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
        await desk.publishing.publish_for(PUBLISHER, looked, "")
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
    assert [case.passed for case in await desk.publishing.cases_for(PUBLISHER)] == [False]
    assert await refused(desk) == ["E543"]
    assert len(desk.revisions.revisions) == 1
    standing = await desk.publishing.standing(PLACE)
    published = await desk.publishing.publish_for(PUBLISHER, standing.revision, "", despite_cases=True)
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
