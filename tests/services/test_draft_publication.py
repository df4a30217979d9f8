"""A draft's way into force: each gate, whom it asks, and what stands after a process dies on the way."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.drafting.drafts import DraftPorts, RegulationDrafting
from app.services.drafting.gates import Decision
from app.services.drafting.ports import DraftState
from app.services.drafting.publication import DraftPublication
from app.services.drafting.studio import Studio
from app.services.ports import Revision, Stored
from tests.declarations.community import FILES, PLACE
from tests.fakes.checkout import checkout, edit
from tests.fakes.deciders import PlainDecider
from tests.fakes.stores import FakeAccounts, FakeLedger, FakeRegulationDrafts, FakeRevisions
from tests.services.test_regulation_drafts import Copies

DUTY = "rules/monthly_call.yaml"
OWN = "config/places/lakeside/rules/monthly_call.yaml"
CASES = "rules/monthly_call.case.yaml"
PLACE_FILE = "config/places/lakeside/place.yaml"
ROLE = "config/roles/director.yaml"
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
DRAFTER, CHIEF, LEADER = ActorRef("drafter"), ActorRef("chief"), ActorRef("leader")
MAY = {DRAFTER: {Permission.PUBLISH}, CHIEF: {Permission.APPROVE}, LEADER: set()}
SHOWN = {"headlines": ["3 people lose points"]}
ALONE = "the committee decides itself"
MARCH = date(2025, 3, 1)
JUNE = date(2025, 6, 1)


class Desk:
    """A community with a revision in force: somebody drafts, the chief approves where the regulation says so."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = datetime(2025, 3, 1, 1, tzinfo=UTC)
        self.files = checkout(root, {**FILES, CASES: CASE})
        self.revisions = FakeRevisions()
        self.store = FakeRegulationDrafts(self.revisions)
        self.copies = Copies()
        self.ledger = FakeLedger()
        self.ports = DraftPorts(self.store, self.revisions, self.files, self.copies, self.resolve, self.clock)
        self.drafting = RegulationDrafting(self.ports)
        self.publication = DraftPublication(self.ports, self.drafting, self.ledger, PlainDecider)

    def clock(self) -> datetime:
        return self.now

    async def resolve(self, ref: ActorRef, now: datetime) -> Actor:
        post = Post("p-1", "director", PLACE, frozenset(MAY[ref]))
        return Actor(ref.account, ref.account, "马骏", PLACE, "zh", post, (post,))

    async def found(self, **files: str) -> Revision:
        together = {**FILES, CASES: CASE, **files}
        made = Revision(self.files.revision_of(together), PLACE, together, self.now, "first")
        await self.revisions.add(made)
        return made

    async def draft(self, old: str, new: str, path: str = DUTY) -> tuple[str, str]:
        """Open a draft in which a file says something else; return its id and its content."""
        draft = await self.drafting.open(DRAFTER)
        text = (await self.drafting.files(DRAFTER, draft.id)).files[path]
        assert old in text
        await self.drafting.save(DRAFTER, draft.id, path, text.replace(old, new), seen=1)
        return draft.id, (await self.publication.gates(DRAFTER, draft.id)).content

    async def through(self, draft: str, content: str, day: date = MARCH, why: str = "") -> Revision:
        """Go the whole way."""
        await self.publication.cases(DRAFTER, draft)
        await self.publication.see(DRAFTER, draft, content, SHOWN)
        await self.publication.approve(DRAFTER, draft, content, Decision("2025-3", day, why, ALONE))
        return await self.publication.publish(DRAFTER, draft, content)

    async def current(self) -> Revision | None:
        return await self.revisions.current(PLACE, self.now)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def refused(call: object) -> list[str]:
    with pytest.raises(ProblemError) as fault:
        await call  # type: ignore[misc]
    return [problem.code for problem in fault.value.problems]


async def test_a_draft_goes_through_each_gate_and_is_in_force_at_once(desk: Desk) -> None:
    first = await desk.found()
    desk.copies.note(PLACE, first.hash)
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    publication = desk.publication
    gates = await publication.gates(DRAFTER, draft)
    assert (gates.number, gates.unchanged, gates.behind, gates.errors, gates.answers) == (
        2,
        False,
        False,
        (),
        (),
    )
    assert (gates.cases, gates.seen, gates.approved, gates.approvers, gates.may_approve) == (
        None, None, None, (), True)  # fmt: skip
    assert await refused(publication.publish(DRAFTER, draft, content)) == ["E543"]
    assert [one.passed for one in await publication.cases(DRAFTER, draft)] == [True]
    assert await refused(publication.publish(DRAFTER, draft, content)) == ["E557"]
    decision = Decision(" 2025-3 ", MARCH, alone=ALONE)
    assert await refused(publication.approve(DRAFTER, draft, content, decision)) == ["E557"]
    assert await refused(publication.see(DRAFTER, draft, "another", {})) == ["E541"]
    assert await refused(publication.see(DRAFTER, draft, content, {})) == ["E557"]
    await publication.see(DRAFTER, draft, content, SHOWN)
    assert await refused(publication.publish(DRAFTER, draft, content)) == ["E549"]
    assert await refused(publication.approve(DRAFTER, draft, content, Decision(" ", MARCH))) == ["E936"]
    unsaid = Decision("2025-3", MARCH, alone="  ")
    assert await refused(publication.approve(DRAFTER, draft, content, unsaid)) == ["E548"]
    assert await refused(publication.approve(DRAFTER, draft, "another", decision)) == ["E541"]
    await publication.approve(DRAFTER, draft, content, decision)
    gates = await publication.gates(DRAFTER, draft)
    assert (gates.cases, gates.decision) == ((0, 1), Decision("2025-3", MARCH, alone=ALONE))
    assert gates.seen is not None
    assert gates.seen.value == SHOWN
    assert await refused(publication.publish(DRAFTER, draft, "another")) == ["E541"]
    desk.now += timedelta(minutes=1)
    made = await publication.publish(DRAFTER, draft, content)
    assert made == await desk.current()
    assert (made.resolution, made.effective, made.starts, made.based_on, made.published_by) == (
        "2025-3", MARCH, None, first.hash, "drafter")  # fmt: skip
    assert (made.alone, made.way, made.approved_by) == (ALONE, "", "")
    assert desk.store.drafts[draft].state is DraftState.PUBLISHED
    assert await refused(publication.gates(DRAFTER, draft)) == ["E547"]
    assert desk.files.read_files(PLACE) == made.files
    assert desk.copies.origin(PLACE) == made.hash
    assert await desk.drafting.take_disk(DRAFTER) is None


async def test_every_gate_is_of_one_content(desk: Desk) -> None:
    await desk.found()
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    await desk.publication.cases(DRAFTER, draft)
    await desk.publication.see(DRAFTER, draft, content, SHOWN)
    await desk.publication.approve(DRAFTER, draft, content, Decision("2025-3", MARCH, alone=ALONE))
    text = FILES[DUTY].replace("at_most: 4", "at_most: 3")
    await desk.drafting.save(DRAFTER, draft, OWN, text, seen=2)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert (gates.cases, gates.seen, gates.approved, gates.decision) == (None, None, None, None)
    assert await refused(desk.publication.publish(DRAFTER, draft, content)) == ["E541"]
    await desk.drafting.undo(DRAFTER, draft)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert gates.decision == Decision("2025-3", MARCH, alone=ALONE)
    assert (await desk.publication.publish(DRAFTER, draft, content)).hash == content


async def test_where_the_regulation_names_a_post_that_post_approves_and_no_other(desk: Desk) -> None:
    await desk.found(**{ROLE: FILES[ROLE].replace("administer]", "administer, approve]\ntitle: {zh: 主任}")})
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    await desk.publication.see(CHIEF, draft, content, SHOWN)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert (gates.approvers, gates.may_approve) == (({"zh": "主任"},), False)
    decision = Decision("2025-3", MARCH, alone=ALONE)
    with pytest.raises(DeniedError):
        await desk.publication.approve(DRAFTER, draft, content, decision)
    await desk.publication.approve(CHIEF, draft, content, decision)
    with pytest.raises(DeniedError):
        await desk.publication.publish(CHIEF, draft, content)
    with pytest.raises(DeniedError):
        await desk.drafting.save(CHIEF, draft, OWN, "duty: x\n", seen=2)
    for call in (desk.publication.gates(LEADER, draft), desk.drafting.drafts(LEADER)):
        with pytest.raises(DeniedError):
            await call
    made = await desk.publication.publish(DRAFTER, draft, content, despite_cases=True)
    assert (made.hash, made.alone) == (content, "")


async def test_what_was_decided_alone_is_approved_again_where_a_post_was_named_meanwhile(desk: Desk) -> None:
    await desk.found()
    naming, content = await desk.draft("administer]", "administer, approve]", ROLE)
    await desk.through(naming, content, JUNE)
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    await desk.publication.cases(DRAFTER, draft)
    await desk.publication.see(DRAFTER, draft, content, SHOWN)
    await desk.publication.approve(DRAFTER, draft, content, Decision("2025-4", JUNE, alone=ALONE))
    desk.now = datetime(2025, 6, 1, 1, tzinfo=UTC)
    assert await refused(desk.publication.publish(DRAFTER, draft, content)) == ["E549"]
    await desk.publication.approve(CHIEF, draft, content, Decision("2025-4", JUNE))
    made = await desk.publication.publish(DRAFTER, draft, content)
    assert (made.alone, made.published_by, made.approved_by) == ("", "drafter", "chief")


async def test_what_is_missing_is_told_gate_by_gate(desk: Desk) -> None:
    await desk.found()
    empty = await desk.drafting.open(DRAFTER)
    gates = await desk.publication.gates(DRAFTER, empty.id)
    assert gates.missing() == ("unchanged", "cases", "seen", "approved")
    visited = {"channel": "home", "minutes": 5}
    await desk.ledger.append([Entry("v-1", PLACE, "visit", desk.now, "w-1", desk.now, visited, "h1")], {})
    draft, content = await desk.draft("minutes: {type: integer", "minutes: {type: date", "forms/visit.yaml")
    await desk.publication.cases(DRAFTER, draft)
    await desk.publication.see(DRAFTER, draft, content, SHOWN)
    await desk.publication.approve(DRAFTER, draft, content, Decision("2025-4", MARCH, alone=ALONE))
    gates = await desk.publication.gates(DRAFTER, draft)
    assert gates.missing() == ("entries",)
    assert gates.missing(despite_entries=True) == ()


async def test_a_day_to_come_is_waited_for_and_the_files_say_it_already(desk: Desk) -> None:
    first = await desk.found()
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    later = await desk.through(draft, content, JUNE)
    assert later.starts == datetime(2025, 5, 31, 16, tzinfo=UTC)
    assert await desk.current() == first
    draft, content = await desk.draft("at_most: 5", "at_most: 3", OWN)
    gates = await desk.publication.gates(DRAFTER, draft)
    assert gates.scheduled == later
    await desk.publication.see(DRAFTER, draft, content, SHOWN)
    decide = desk.publication.approve
    assert await refused(decide(DRAFTER, draft, content, Decision("2025-4", MARCH, alone=ALONE))) == ["E556"]
    await decide(DRAFTER, draft, content, Decision("2025-4", MARCH, "the meeting wants it now", ALONE))
    await desk.publication.publish(DRAFTER, draft, content, despite_cases=True)
    current = await desk.current()
    assert current is not None
    assert (current.hash, current.why) == (content, "the meeting wants it now")


async def test_a_day_that_lies_back_needs_a_reason_that_stays_with_the_revision(desk: Desk) -> None:
    await desk.found()
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    assert "E556" in await refused(desk.through(draft, content, date(2025, 1, 1)))
    made = await desk.through(draft, content, date(2025, 1, 1), "agreed in January")
    assert (made.effective, made.why, made.starts) == (date(2025, 1, 1), "agreed in January", None)
    other, content = await desk.draft("at_most: 5", "at_most: 4", OWN)
    await desk.publication.see(DRAFTER, other, content, SHOWN)
    await desk.publication.approve(DRAFTER, other, content, Decision("2025-4", MARCH, alone=ALONE))
    desk.now += timedelta(days=2)
    call = desk.publication.publish(DRAFTER, other, content, despite_cases=True)
    assert await refused(call) == ["E556"]


async def test_faults_failing_cases_lost_entries_and_what_was_published_since_refuse(desk: Desk) -> None:
    await desk.found()
    broken, content = await desk.draft("every: month", "every: fortnigth")
    assert {one.code for one in (await desk.publication.gates(DRAFTER, broken)).errors} == {"E102"}
    assert await refused(desk.publication.publish(DRAFTER, broken, content)) == ["E102"]
    assert await refused(desk.publication.cases(DRAFTER, broken)) == ["E102"]
    failing, content = await desk.draft("every: month", "every: quarter")
    assert await refused(desk.through(failing, content)) == ["E543"]
    told = (await desk.publication.gates(DRAFTER, failing)).failing
    assert told == ({"zh": "a household is owed a call in each month"},)
    visited = {"channel": "home", "minutes": 5}
    await desk.ledger.append([Entry("v-1", PLACE, "visit", desk.now, "w-1", desk.now, visited, "h1")], {})
    losing, content = await desk.draft("minutes: {type: integer", "minutes: {type: date", "forms/visit.yaml")
    gates = await desk.publication.gates(DRAFTER, losing)
    assert [(one.form, one.left_out) for one in gates.answers] == [("visit", 1)]
    assert await refused(desk.through(losing, content)) == ["E544"]
    same, content = await desk.draft("at_most: 4", "at_most: 5")
    ready, ready_content = await desk.draft("zh: 湖畔社区", "zh: 湖东社区", PLACE_FILE)
    await desk.through(same, content)
    assert (await desk.publication.gates(DRAFTER, ready)).behind
    assert await refused(desk.through(ready, ready_content)) == ["E542"]
    await desk.drafting.rebase(DRAFTER, ready)
    content = (await desk.publication.gates(DRAFTER, ready)).content
    made = await desk.through(ready, content)
    assert "at_most: 5" in made.files[OWN]
    empty = await desk.drafting.open(DRAFTER)
    gates = await desk.publication.gates(DRAFTER, empty.id)
    assert (gates.unchanged, gates.answers) == (True, ())
    assert await refused(desk.publication.publish(DRAFTER, empty.id, gates.content)) == ["E949"]
    await desk.publication.see(DRAFTER, empty.id, gates.content, SHOWN)
    decision = Decision("2025-3", MARCH, alone=ALONE)
    assert await refused(desk.publication.approve(DRAFTER, empty.id, gates.content, decision)) == ["E949"]


async def test_what_a_draft_makes_sensitive_is_stored_apart_for_what_was_answered_before_too(
    desk: Desk,
) -> None:
    await desk.found()
    visited = {"channel": "home", "minutes": 5}
    await desk.ledger.append([Entry("v-1", PLACE, "visit", desk.now, "w-1", desk.now, visited, "h1")], {})
    draft, content = await desk.draft("minutes: {", "minutes: {sensitive: true, ", "forms/visit.yaml")
    assert desk.ledger.sensitive["v-1"] == frozenset()
    await desk.through(draft, content)
    assert desk.ledger.sensitive["v-1"] == {"minutes"}


async def test_the_ledger_is_read_where_forms_change_and_once_until_there_is_more_in_it(desk: Desk) -> None:
    reads = []

    class Counted(FakeLedger):
        async def read(self, place: str, after: int = 0, *, below: bool = True) -> AsyncIterator[Stored]:
            reads.append(place)
            async for stored in super().read(place, after, below=below):
                yield stored

    ledger = Counted()
    publication = DraftPublication(desk.ports, desk.drafting, ledger, PlainDecider)
    await desk.found()

    async def lost(draft: str) -> tuple[int, int]:
        return (await publication.gates(DRAFTER, draft)).lost, len(reads)

    async def record(name: str) -> None:
        answers = {"channel": "home", "minutes": 5}
        await ledger.append([Entry(name, PLACE, "visit", desk.now, "w-1", desk.now, answers, "h1")], {})

    await record("v-1")
    rules, _ = await desk.draft("at_most: 4", "at_most: 5")
    assert await lost(rules) == (0, 0)
    form, _ = await desk.draft("minutes: {type: integer", "minutes: {type: date", "forms/visit.yaml")
    assert await lost(form) == await lost(form) == (1, 1)
    await record("v-2")
    assert await lost(form) == (2, 2)


async def test_a_copy_that_stayed_behind_is_no_change_by_hand_and_catches_up_when_asked(desk: Desk) -> None:
    await desk.found()
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    made = await desk.through(draft, content)
    (desk.root / OWN).unlink()  # as a process leaves it that dies between the publication and its files
    desk.copies.known.clear()
    assert await desk.drafting.take_disk(DRAFTER) is None
    assert await desk.publication.catch_up(DRAFTER)
    assert desk.files.read_files(PLACE) == made.files
    assert not await desk.publication.catch_up(DRAFTER)
    with pytest.raises(DeniedError):
        await desk.publication.catch_up(LEADER)


async def test_files_with_changes_of_their_own_are_left_as_they_are(desk: Desk) -> None:
    await desk.found()
    draft, content = await desk.draft("zh: 湖畔社区", "zh: 湖东社区", PLACE_FILE)
    edit(desk.root, PLACE_FILE, "湖畔社区", "湖西社区")
    await desk.through(draft, content)
    assert "湖西社区" in desk.files.read_files(PLACE)[PLACE_FILE]
    assert desk.copies.origin(PLACE) is None


async def test_what_a_draft_takes_away_goes_from_the_disk_too(desk: Desk) -> None:
    await desk.found()
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    await desk.through(draft, content)
    other = await desk.drafting.open(DRAFTER)
    await desk.drafting.remove(DRAFTER, other.id, OWN)
    await desk.through(other.id, (await desk.publication.gates(DRAFTER, other.id)).content)
    assert OWN not in desk.files.read_files(PLACE)


async def test_somebody_who_changes_the_draft_at_the_last_moment_stops_its_publication(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await desk.found()
    draft, content = await desk.draft("at_most: 4", "at_most: 5")
    publish = FakeRegulationDrafts.publish

    async def late(store: FakeRegulationDrafts, draft_id: str, number: int, revision: Revision) -> bool:
        await desk.drafting.save(DRAFTER, draft_id, OWN, FILES[DUTY] + "# late\n", seen=number)
        return await publish(store, draft_id, number, revision)

    monkeypatch.setattr(FakeRegulationDrafts, "publish", late)
    assert await refused(desk.through(draft, content)) == ["E541"]
    assert await desk.current() == first
    assert desk.store.drafts[draft].state is DraftState.OPEN


async def test_a_grid_does_not_end_while_somebody_is_in_charge_of_it(desk: Desk) -> None:
    await desk.found()
    held = {"worker": "w1", "role": "grid_leader"}
    begins = datetime(2025, 1, 2, tzinfo=UTC)
    there = Entry("e-1", f"{PLACE}/g2", "appointment", begins, "w-1", begins, held, "p1")
    await desk.ledger.append([there], {})
    ending, content = await desk.draft("g2: {", "g2: {in_force: {until: 2025-04-01}, ", PLACE_FILE)
    gates = await desk.publication.gates(DRAFTER, ending)
    assert [(one.place, [left.many for left in one.posts]) for one in gates.places] == [(f"{PLACE}/g2", [1])]
    assert "places" in gates.missing(despite_cases=True, despite_entries=True)
    assert await refused(desk.through(ending, content)) == ["E599"]
    left = Entry(
        "e-2", there.place, "appointment", desk.now, "w-1", desk.now, {**held, "left_on": "2025-03-31"}, "p1"
    )
    await desk.ledger.append([left], {})
    assert "places" not in (await desk.publication.gates(DRAFTER, ending)).missing()
    assert (await desk.through(ending, content)).hash == content


async def test_a_grid_that_entries_name_is_ended_and_not_deleted(desk: Desk) -> None:
    await desk.found()
    home = Entry(
        "e-1", PLACE, "household", desk.now, "w-1", desk.now, {"grid": f"{PLACE}/g2", "special": []}, "h1"
    )
    await desk.ledger.append([home], {})
    gone, content = await desk.draft("  g2: {level: grid}\n", "", PLACE_FILE)
    assert await refused(desk.through(gone, content)) == ["E599"]


async def test_what_would_leave_nobody_to_administer_is_told_before_publication_and_refused(
    desk: Desk,
) -> None:
    async def forsaken(place: str, regulation: Regulation) -> Problem | None:
        assert place == PLACE
        return None if "administer" in regulation.roles["director"].may else Problem("E948")

    desk.publication = DraftPublication(desk.ports, desk.drafting, desk.ledger, PlainDecider, forsaken)
    await desk.found()
    draft, content = await desk.draft("may: [", "may: [see_scores, ", ROLE)
    await desk.through(draft, content)
    text = (await desk.drafting.files(DRAFTER, (await desk.drafting.open(DRAFTER)).id)).files
    path = next(path for path in text if path.endswith("roles/director.yaml"))
    draft, content = await desk.draft(", administer", "", path)
    assert [one.code for one in (await desk.publication.gates(DRAFTER, draft)).errors] == ["E948"]
    assert await refused(desk.publication.publish(DRAFTER, draft, content)) == ["E948"]


async def test_a_changed_print_template_is_told_as_such_and_not_as_one_that_another_stands_for(
    desk: Desk,
) -> None:
    made = await desk.found()
    desk.copies.note(PLACE, made.hash)
    own = f"{PLACE_FILE.rpartition('/')[0]}/print/appraisal.html"
    (desk.root / own).parent.mkdir(parents=True, exist_ok=True)
    (desk.root / own).write_text("<p>", "utf-8")
    draft = await desk.drafting.take_disk(DRAFTER)
    assert draft is not None
    shown = await Studio(desk.ports, desk.drafting, FakeAccounts()).draft(DRAFTER, draft.id)
    assert (shown.templates, shown.beneath) == ((own,), ())
