"""Communities at work: what was stored is taken in, whoever stored it; what fails leaves nothing half done."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Post
from app.services.labels import Labels, SubjectLabel
from app.services.live import LiveCommunities
from app.services.other_periods import REMEMBERED
from app.services.people import People, posts_of, require, sees_place
from app.services.ports import Account, Answer, DecisionError, Loaded, Question, Revision, Stored
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider
from tests.fakes.loading import load
from tests.fakes.stores import FakeAccounts, FakeLedger, FakeRevisions
from tests.services.declared import PLACE, files_of

NOW = datetime(2025, 6, 1, 4, tzinfo=UTC)
DECLARED = """
duty: call
for_each: household
owed_by: leader
every: quarter
met_by: visit
---
rule: missed
for_each: call
when: {state: missed}
then: {finding: missed}
---
form: household
describes: household
label: [family]
plate: door
group_by: [building]
fields:
  grid: {type: ref, to: grid, required: true}
  family: {type: text}
  door: {type: text}
  building: {type: text}
  left_on: {type: date}
ends: left_on
---
role: director
level: community
may: [see_place, correct]
"""


class Files:
    """The port of declarations over files in memory."""

    def read_files(self, place: str) -> Mapping[str, str]:
        return files_of(DECLARED)

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        return load(place, files, official)

    def places(self) -> list[str]:
        return [PLACE]

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        raise NotImplementedError

    def remove_place(self, place: str) -> None:
        raise NotImplementedError


@dataclass
class Failing(PlainDecider):
    """Fails when told to."""

    broken: bool = False

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        if self.broken:
            raise DecisionError("broken")
        return super().decide(questions)


@dataclass
class Stage:
    """A place with a ledger, a clock to be moved, and the communities under test."""

    ledger: FakeLedger = field(default_factory=FakeLedger)
    revisions: FakeRevisions = field(default_factory=FakeRevisions)
    accounts: FakeAccounts = field(default_factory=FakeAccounts)
    decider: Failing = field(default_factory=Failing)
    now: datetime = NOW
    opened: int = 0

    def __post_init__(self) -> None:
        self.live = LiveCommunities(self.ledger, self.revisions, Files(), self.make, lambda: self.now)
        self.people = People(self.accounts, self.live)

    def make(self) -> Failing:
        self.opened += 1
        return self.decider

    async def publish(self, declared: str = DECLARED) -> None:
        files = files_of(declared)
        revision = load(PLACE, files, official).revision
        await self.revisions.add(Revision(revision, PLACE, files, self.now, "w9"))

    async def store(
        self, key: str, form: str, at: str, subject: str | None = None, place: str = PLACE, **answers: object
    ) -> None:
        instant = datetime.fromisoformat(at).replace(tzinfo=UTC)
        await self.ledger.append([Entry(key, place, form, instant, "w1", instant, answers, subject)], {})

    async def furnish(self) -> None:
        await self.publish()
        await self.store("p1", "appointment", "2024-01-01", "p1", "c1/g1", worker="w1", role="leader")
        await self.store(
            "h1", "household", "2024-01-01", "h1", grid="c1/g1", family="周", door="1-101", building="1"
        )

    async def states(self) -> list[object]:
        evaluation = (await self.live.fresh(PLACE)).evaluation
        at = evaluation.schema("call").position("state")
        return [row[at] for _, row in sorted(evaluation.rows("call").items(), key=str)]


async def furnished() -> Stage:
    stage = Stage()
    await stage.furnish()
    return stage


async def test_without_a_published_regulation_there_is_nothing_to_evaluate() -> None:
    with pytest.raises(ProblemError, match="E510"):
        await Stage().live.fresh(PLACE)


async def test_an_entry_that_anybody_stored_is_taken_in_by_the_next_one_to_ask() -> None:
    stage = await furnished()
    assert await stage.states() == ["missed", "due", "upcoming", "upcoming"]
    await stage.store("v1", "visit", "2025-05-10", "h1", channel="home")
    assert await stage.states() == ["missed", "met", "upcoming", "upcoming"]
    assert stage.opened == 1
    assert stage.live.known()[PLACE].place == PLACE


async def test_time_passes_a_minute_at_a_time() -> None:
    stage = await furnished()
    stage.now = datetime(2025, 6, 30, 15, 59, 30, tzinfo=UTC)
    assert (await stage.states())[1] == "due"
    stage.now += timedelta(seconds=30)
    assert (await stage.states())[1] == "due"
    stage.now += timedelta(seconds=31)
    assert (await stage.states())[1] == "missed"


async def test_what_is_stored_while_somebody_waits_for_the_ledger_has_happened_by_then() -> None:
    stage = await furnished()
    await stage.states()

    class Busy(FakeLedger):
        """While it is read, somebody stores a visit five seconds after who reads has looked at the clock."""

        async def read(self, place: str, after: int = 0, *, below: bool = True) -> AsyncIterator[Stored]:
            stage.now = NOW + timedelta(seconds=5)
            visit = Entry("v1", PLACE, "visit", stage.now, "w1", stage.now, {"channel": "home"}, "h1")
            await self.append([visit], {})
            async for stored in super().read(place, after, below=below):
                yield stored

    stage.live._ledger = Busy(stage.ledger.stored)
    assert await stage.states() == ["missed", "met", "upcoming", "upcoming"]


async def test_an_engine_that_fails_is_an_error_and_the_next_one_to_ask_reads_everything_anew() -> None:
    stage = await furnished()
    await stage.states()
    await stage.store("v1", "visit", "2025-05-10", "h1", channel="home")
    stage.decider.broken = True
    for _ in range(2):
        with pytest.raises(DecisionError):
            await stage.live.fresh(PLACE)
    stage.decider.broken = False
    assert await stage.states() == ["missed", "met", "upcoming", "upcoming"]


async def test_a_new_revision_is_in_force_without_a_restart_and_one_that_cannot_be_loaded_is_refused() -> (
    None
):
    stage = await furnished()
    await stage.states()
    stage.now += timedelta(hours=1)
    await stage.publish(DECLARED.replace("every: quarter", "every: half_year"))
    assert await stage.states() == ["due", "upcoming"]
    broken = files_of(DECLARED.replace("every: quarter", "every: fortnight"))
    await stage.revisions.add(Revision("broken", PLACE, broken, stage.now + timedelta(hours=1), "w9"))
    stage.now += timedelta(hours=2)
    with pytest.raises(ProblemError):
        await stage.live.fresh(PLACE)


async def test_with_the_new_year_the_tables_are_those_of_the_new_year() -> None:
    stage = await furnished()
    await stage.states()
    stage.now = datetime(2025, 12, 31, 16, tzinfo=UTC)
    assert (await stage.live.fresh(PLACE)).evaluation.period.label == "2026"


async def test_another_period_is_evaluated_when_asked_for_and_remembered() -> None:
    stage = await furnished()
    running = (await stage.live.fresh(PLACE)).evaluation
    assert await stage.live.other_period(PLACE, "2025") is running
    last = await stage.live.other_period(PLACE, "2024")
    assert {row[last.schema("call").position("state")] for row in last.rows("call").values()} == {"missed"}
    assert await stage.live.other_period(PLACE, "2024") is last
    stage.now += timedelta(hours=1)
    assert await stage.live.other_period(PLACE, "2024") is last
    assert last.as_of == stage.now
    for period in ("2023", "2025-Q1")[:REMEMBERED]:
        await stage.live.other_period(PLACE, period)
    assert await stage.live.other_period(PLACE, "2024") is not last
    with pytest.raises(ProblemError, match="E511"):
        await stage.live.other_period(PLACE, "some day")


async def test_an_entry_is_taken_in_by_another_periods_tables_without_working_them_out_anew() -> None:
    stage = await furnished()
    last = await stage.live.other_period(PLACE, "2024")
    before = dict(last.rows("call"))
    await stage.store("v1", "visit", "2024-05-02", "h1", channel="home")
    assert await stage.live.other_period(PLACE, "2024") is last
    assert last.rows("call") != before
    anew = Stage(stage.ledger, stage.revisions)
    assert last.rows("call") == (await anew.live.other_period(PLACE, "2024")).rows("call")


async def test_tables_that_a_thread_reads_stay_as_they_are() -> None:
    stage = await furnished()
    last = await stage.live.other_period(PLACE, "2024")
    with stage.live.held(last):
        before = dict(last.rows("call"))
        assert await stage.live.other_period(PLACE, "2024") is last
        await stage.store("v1", "visit", "2024-05-02", "h1", channel="home")
        newer = await stage.live.other_period(PLACE, "2024")
        assert newer is not last
        assert last.rows("call") == before != newer.rows("call")
    assert await stage.live.other_period(PLACE, "2024") is newer


async def test_a_community_that_is_forgotten_is_read_anew() -> None:
    stage = await furnished()
    before = await stage.live.fresh(PLACE)
    stage.live.forget([PLACE, "nowhere"])
    assert await stage.live.fresh(PLACE) is not before


async def test_who_holds_posts_is_told_without_working_out_what_follows() -> None:
    stage = await furnished()
    told = await stage.live.told(PLACE)
    assert not told.has("call")
    assert Labels(told, NOW).of("household", "h1").name == "周"
    assert posts_of("w1", told, told.regulation, NOW)[0].role == "leader"
    assert await stage.live.told(PLACE) is told
    await stage.store("p2", "appointment", "2024-02-01", "p2", "c1/g1", worker="w2", role="leader")
    later = await stage.live.told(PLACE)
    assert posts_of("w2", later, later.regulation, NOW)


async def test_once_a_community_is_at_work_its_own_tables_tell_who_holds_posts() -> None:
    stage = await furnished()
    await stage.live.told(PLACE)
    community = await stage.live.fresh(PLACE)
    assert await stage.live.told(PLACE) is community.evaluation
    assert await stage.states() == ["missed", "due", "upcoming", "upcoming"]


# ---- people --------------------------------------------------------------------------------------------------------
async def test_a_session_acts_in_the_post_that_it_names_else_in_the_one_that_may_most() -> None:
    stage = await furnished()
    await stage.store("p2", "appointment", "2025-01-01", "p2", worker="w1", role="director")
    await stage.accounts.save(Account("a1", "zhou", "w1", "周敏", PLACE, None))
    actor = await stage.people.resolve(ActorRef("a1"), stage.now)
    assert (actor.post.role, [post.role for post in actor.posts]) == ("director", ["director", "leader"])
    assert actor.post.may == {Permission.RECORD, Permission.SEE_PLACE, Permission.CORRECT}
    chosen = await stage.people.resolve(ActorRef("a1", actor.posts[1].entry), stage.now)
    assert (chosen.post.role, chosen.post.place) == ("leader", "c1/g1")


async def test_who_has_no_post_any_more_may_do_nothing() -> None:
    stage = await furnished()
    await stage.accounts.save(Account("a1", "zhou", "w1", "周敏", PLACE, None))
    await stage.store(
        "p1b", "appointment", "2025-03-01", "p1", "c1/g1", worker="w1", role="leader", left_on="2025-04-01"
    )
    with pytest.raises(DeniedError, match="no_post"):
        await stage.people.resolve(ActorRef("a1"), stage.now)
    community = await stage.live.fresh(PLACE)
    earlier = posts_of("w1", community.evaluation, community.regulation, datetime(2025, 3, 31, tzinfo=UTC))
    assert [post.role for post in earlier] == ["leader"]


@pytest.mark.parametrize("account", [None, Account("a1", "z", "w1", "周敏", PLACE, None, session_epoch=1),
                                     Account("a1", "z", "w1", "周敏", PLACE, None, disabled=True)])  # fmt: skip
async def test_a_session_of_nobody_or_of_before_the_logout_is_logged_out(account: Account | None) -> None:
    stage = await furnished()
    if account is not None:
        await stage.accounts.save(account)
    with pytest.raises(DeniedError, match="logged_out"):
        await stage.people.resolve(ActorRef("a1"), stage.now)


async def test_a_post_sees_its_own_place_and_more_only_if_it_may() -> None:
    stage = await furnished()
    regulation = (await stage.live.fresh(PLACE)).regulation

    def actor(place: str, *may: Permission) -> Actor:
        post = Post("p", "leader", place, frozenset(may))
        return Actor("a1", "w1", "周敏", PLACE, "zh", post, (post,))

    assert sees_place(actor("c1/g1"), "c1/g1", regulation)
    assert not sees_place(actor("c1/g1"), "c1/g2", regulation)
    assert sees_place(actor("c1/g1", Permission.SEE_PLACE), "c1/g2", regulation)
    assert not sees_place(actor("c1/g1", Permission.SEE_PLACE), "c2", regulation)
    require(actor("c1", Permission.PUBLISH), Permission.PUBLISH)
    with pytest.raises(DeniedError, match="not_permitted"):
        require(actor("c1"), Permission.PUBLISH)


# ---- labels --------------------------------------------------------------------------------------------------------
async def test_a_household_is_called_what_its_file_says_now() -> None:
    stage = await furnished()
    await stage.store(
        "h1b", "household", "2025-05-01", "h1", grid="c1/g2", family="吴", door="1-102", building="1"
    )
    await stage.store(
        "h1c", "household", "2025-08-01", "h1", grid="c1/g2", family="郑", door="1-103", building="1"
    )
    await stage.store("h2", "household", "2024-05-01", "h2", grid="c1/g1", left_on="2025-01-01")
    community = await stage.live.fresh(PLACE)
    labels = Labels(community.evaluation, stage.now)
    assert labels.of("household", "h1") == SubjectLabel("h1", "吴", "1-102", ("1",), "c1/g2")
    assert labels.of("household", "h2") == SubjectLabel("h2", "h2", "", ("",), "c1/g1", present=False)
    assert labels.of("household", "h9") == SubjectLabel("h9", "h9", "", (), "", present=False)
    assert labels.all("dog") == {}
    assert labels.place("c1/g1") == {"zh": "第一网格"}
    assert labels.place("c1/g7") == {"zh": "g7"}
