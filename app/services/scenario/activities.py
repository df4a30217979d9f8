"""What people do in a scenario: for each window and target, whether, when and by whom.

An activity is planned window by window, each with its own chance, so that a later end of the scenario changes
nothing of what came before. Nothing is planned for a day on which a person isn't in post or is on leave.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from app.domain.entry import Entry
from app.domain.windows import Window
from app.services.scenario.acts import (
    TRIES,
    Act,
    Chance,
    Habits,
    Hours,
    Recorder,
    chance_of,
    every_of,
    follow_ups,
    hours_of,
    instant_in,
)
from app.services.scenario.answers import Compiler, Fields, Test, condition, stream, weighted, within
from app.services.scenario.people import Holder, Roster
from app.services.scenario.reading import Node
from app.services.scenario.spans import span_of
from app.services.scenario.subjects import Subject
from app.services.scenario.world import MINUTE, Draft, World

DAY = timedelta(days=1)

END_OF_WINDOW = 0.25
"""The last part of a window, into which those who put things off put them."""


@dataclass(frozen=True, slots=True)
class Target:
    """Whom or what an activity is for in one window: a subject, or a post; `place` finds who does it."""

    place: str
    subject: Subject | None = None
    holder: Holder | None = None

    def is_there(self, day: date) -> bool:
        """Whether the subject has come and not left yet; a post has none."""
        return self.subject is None or self.subject.on(day) is not None


@dataclass(frozen=True, slots=True)
class Setting:
    """What all activities of a scenario share. What is planned lies in the days [first, until)."""

    world: World
    compiler: Compiler
    roster: Roster
    habits: Habits
    seed: int
    community: str
    first: date
    until: date


@dataclass(slots=True)
class Activity:
    """One activity of a scenario: `subjects` are those that it may be for."""

    setting: Setting
    node: Node
    subjects: list[Subject]
    _by: Callable[[Random], str] | None = field(init=False)
    _role: str | None = field(init=False)
    _author: str | None = field(init=False)
    _own: str | None = field(init=False)
    _during: tuple[date, date] = field(init=False)
    _test: Test = field(init=False)
    _fields: Fields = field(init=False)
    _hours: Hours = field(init=False)
    _recorder: Recorder = field(init=False)
    _chance: Chance = field(init=False)
    _late: Chance | None = field(init=False)
    _times: tuple[int, int] = field(init=False)
    _form: str = field(init=False)
    _about: str = field(init=False)
    _id: str = field(init=False)
    _number: int = 0

    def __post_init__(self) -> None:
        """Read once what is needed often."""
        node, setting = self.node, self.setting
        self._form, self._id = node["form"].text(), node["id"].text()
        self._role = node["for_each"]["post"].text() if "post" in node["for_each"] else None
        self._by = weighted(node["by"]) if "by" in node else None
        self._author = node["author"].text() if "author" in node else None
        self._own = node["by_own"].text() if "by_own" in node else None
        self._during = span_of(node.get("during"), setting.first, setting.until)
        self._about = node["subject"].text() if "subject" in node else "subject"
        self._test = condition(node["for_each"].get("where"))
        self._fields = setting.compiler.fields(node["answers"])
        self._hours = hours_of(node["hours"])
        self._times = node["times"].pair() if "times" in node else (1, 1)
        self._chance = chance_of(node.get("chance"), node.get("thin"))
        self._late = chance_of(node["late"]["chance"]) if "late" in node else None
        self._recorder = Recorder(
            setting.world,
            setting.roster,
            setting.habits,
            setting.community,
            self._next,
            setting.compiler.fields(node.get("mend")),
            follow_ups(node, setting.compiler, self._hours),
        )

    def entries(self) -> Iterator[Entry]:
        """Yield the activity's entries by (`at`, `id`), those of each window planned at once."""
        world, (first, until) = self.setting.world, self._during
        waiting: list[Draft] = []
        for window in world.windows(every_of(self.node["every"]), first, until + DAY * 400):
            if window.start >= world.local(until):
                break
            yield from self._sorted([draft for draft in waiting if draft.at < window.start])
            waiting = [draft for draft in waiting if draft.at >= window.start] + self._plan(window)
        yield from self._sorted(waiting)

    def _sorted(self, drafts: list[Draft]) -> Iterator[Entry]:
        for draft in sorted(drafts, key=lambda one: (one.at, one.id)):
            yield draft.entry(self.setting.world.revision)

    # ---- who, whether, when ------------------------------------------------------------------------------------
    def _plan(self, window: Window) -> list[Draft]:
        rng = stream(self.setting.seed, self.node.path, window.label)
        days = self._days_of(window)
        if not days:
            return []
        middle = days[len(days) // 2]
        drafts: list[Draft] = []
        rounds: dict[str, list[Target]] = {}
        in_rounds = "rounds" in self.node
        for target in self._targets(middle):
            holder = self._doer(rng, target, middle)
            if holder is None:
                continue
            for _ in range(within(rng, *self._times)):
                if rng.random() >= self._chance(holder, middle):
                    continue
                if in_rounds:
                    rounds.setdefault(holder.place, []).append(target)
                else:
                    drafts += self._once(rng, target, days, window)
        for place, targets in rounds.items():
            drafts += self._rounds(rng, place, targets, days)
        return drafts

    def _targets(self, day: date) -> Iterator[Target]:
        if self._role is not None:
            for holder in self.setting.roster.all(self._role):
                if holder.holds(day):
                    yield Target(holder.place, holder=holder)
            return
        for subject in self.subjects:
            answers = subject.on(day)
            if answers is not None and self._test(answers):
                yield Target(subject.place, subject)

    def _doer(self, rng: Random, target: Target, day: date) -> Holder | None:
        """Return who does it for a target on that day: the post's own holder, or its successor."""
        if target.holder is not None and target.holder.holds(day):
            return target.holder
        file = target.subject.on(day) if target.subject and self._own else None
        own = self.setting.roster.worker(file.get(self._own), day) if file and self._own else None
        return own or self._holder(rng, target.place, day)

    def _next(self, act: Act, day: date) -> Holder | None:
        """Return who goes on with an act: whose own it is as long as they hold a post, else whoever has the role."""
        if self._own and act.holder.holds(day):
            return act.holder
        return self._holder(act.rng, act.place, day)

    def _holder(self, rng: Random, place: str, day: date) -> Holder | None:
        role = self._by(rng) if self._by else self._role
        return self.setting.roster.holder(role, place, day) if role else None

    def _days_of(self, window: Window) -> list[date]:
        """Return the days of a window on which the activity may fall: any, working, free, or the last working one."""
        world = self.setting.world
        wanted = self.node["days"].text() if "days" in self.node else "any"
        start, end = max(world.day_of(window.start), self._during[0]), world.day_of(window.end - MINUTE) + DAY
        if "during" in self.node:
            end = min(end, self._during[1])
        days = [start + DAY * at for at in range((end - start).days)]
        if wanted == "any":
            return days
        found = [day for day in days if world.is_worked(day) is not (wanted == "free")]
        return found[-1:] if wanted == "last_working" else found

    def _a_day(self, rng: Random, days: list[date], holder: Holder) -> date:
        if rng.random() < holder.behaviour.chance(self.setting.habits.put_off):
            days = days[int(len(days) * (1 - END_OF_WINDOW)) :] or days
        return days[int(rng.random() * len(days))]

    def _once(self, rng: Random, target: Target, days: list[date], window: Window) -> list[Draft]:
        """Plan one thing on one day; somebody who is away does it on another."""
        for _ in range(TRIES):
            holder = self._doer(rng, target, days[-1])
            if holder is None:
                return []
            day = self._a_day(rng, days, holder)
            if self._late and rng.random() < self._late(holder, day):
                day = self.setting.world.day_of(window.end) + DAY * within(
                    rng, *self.node["late"]["days"].pair()
                )
            doer = self._doer(rng, target, day)
            if doer is not None and doer.at_work(day) and target.is_there(day):
                hours = self._hours_in(window, day)
                return self._done(rng, target, doer, instant_in(self.setting.world, rng, day, hours))
        return []

    def _hours_in(self, window: Window, day: date) -> Hours:
        """Return the spans of the day that lie in a window shorter than it; all of them for any other."""
        if window.end - window.start >= DAY:
            return self._hours
        world = self.setting.world
        inside = tuple(span for span in self._hours if window.start <= world.local(day, span[0]) < window.end)
        return inside or self._hours

    def _rounds(self, rng: Random, place: str, targets: list[Target], days: list[date]) -> list[Draft]:
        """Plan targets door after door: each round on a day of its own as far as there are days."""
        sizes, apart = self.node["rounds"]["size"].pair(), self.node["rounds"]["minutes"].pair()
        drafts: list[Draft] = []
        taken: set[date] = set()
        at = 0
        while at < len(targets):
            size = within(rng, *sizes)
            one_round, at = targets[at : at + size], at + size
            found = self._round_day(rng, place, days, taken)
            if found is None:
                continue
            holder, day = found
            taken.add(day)
            instant = instant_in(self.setting.world, rng, day, self._hours)
            for target in one_round:
                if target.is_there(day):
                    drafts += self._done(rng, target, holder, instant)
                    instant += MINUTE * within(rng, *apart)
        return drafts

    def _round_day(
        self, rng: Random, place: str, days: list[date], taken: set[date]
    ) -> tuple[Holder, date] | None:
        found: tuple[Holder, date] | None = None
        for _ in range(TRIES):
            middle = self._holder(rng, place, days[len(days) // 2])
            if middle is None:
                return None
            day = self._a_day(rng, days, middle)
            holder = self._holder(rng, place, day)
            if holder is not None and holder.at_work(day):
                found = holder, day
                if day not in taken:
                    return found
        return found

    def _done(self, rng: Random, target: Target, holder: Holder, at: datetime) -> list[Draft]:
        day = at.date()
        file = target.subject.on(day) if target.subject else None
        known: dict[str, object] = {
            "subject": target.subject.id if target.subject else None,
            "file": file or {},
            "place": holder.place,
            "place.title": self.setting.world.title(holder.place),
            "community": self.setting.community,
            "worker": holder.worker,
            "post": holder.post,
            "worker.name": holder.name,
            "author": holder.worker,
        }
        if self._author is not None:
            author = self.setting.roster.holder(self._author, target.place, day)
            known["author"] = author.worker if author else holder.worker
        of_file = self._about.removeprefix("subject.")
        subject = known.get(self._about) if of_file == self._about else (file or {}).get(of_file)
        self._number += 1
        act = Act(
            rng,
            holder,
            at,
            known,
            target.place,
            self._id.format(n=self._number, day=day.isoformat()),
            self._form,
            None if subject is None else str(subject),
            self._fields,
        )
        return self._recorder.record(act)
