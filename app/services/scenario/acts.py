"""What becomes of one thing that somebody did: its entry, recorded late, mended or withdrawn; and what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from app.domain.entry import RETRACTION
from app.domain.workdays import Every
from app.services.scenario.answers import Compiler, Fields, Moment, Test, condition, within
from app.services.scenario.people import Holder, Roster
from app.services.scenario.reading import Node
from app.services.scenario.world import MINUTE, Draft, World

DAY = timedelta(days=1)
TRIES = 8
"""How often another day is tried when somebody is away; then the thing isn't done."""

Chance = Callable[[Holder, date], float]
"""The chance that somebody does something on a day."""

Hours = tuple[tuple[int, int], ...]
"""Spans of a day, in minutes from midnight, both included."""

FindHolder = Callable[["Act", date], Holder | None]
"""Finds who goes on with an act on a day."""


def chance_of(node: Node | None, thin: Node | None = None) -> Chance:
    """Return the chance that a scenario says: a number, or an effort of the person; thinned out in some years."""
    thinned = {int(year): share.number() for year, share in thin.items()} if thin else {}
    if node is not None and isinstance(node.data, str):
        effort = node.data
        return lambda holder, day: holder.behaviour.chance(effort) * thinned.get(day.year, 1.0)
    fixed = 1.0 if node is None else node.number()
    return lambda _, day: fixed * thinned.get(day.year, 1.0)


def hours_of(node: Node) -> Hours:
    """Return the spans of a day that a scenario lists."""
    return tuple(one.hours() for one in node.members())


def instant_in(world: World, rng: Random, day: date, hours: Hours) -> datetime:
    """Draw a minute of one of the spans of a day."""
    low, high = hours[int(rng.random() * len(hours))]
    return world.local(day, within(rng, low, high))


@dataclass(frozen=True, slots=True)
class Habits:
    """What happens to entries of all activities: recorded later, corrected, withdrawn; put off within a window."""

    minutes: tuple[int, int]
    late: str
    late_days: tuple[int, int]
    mistake: str
    mended_after: tuple[int, int]
    withdrawn: float
    withdrawal: Fields
    put_off: str


def habits_of(node: Node, compiler: Compiler) -> Habits:
    """Read the habits of a scenario."""
    return Habits(
        minutes=node["recorded_after"].pair(),
        late=node["late"]["effort"].text(),
        late_days=node["late"]["days"].pair(),
        mistake=node["mistake"]["effort"].text(),
        mended_after=node["mistake"]["mended_after"].pair(),
        withdrawn=node["withdrawn"]["chance"].number(),
        withdrawal=compiler.fields(node["withdrawn"].get("answers")),
        put_off=node["put_off"].text(),
    )


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody does something at an instant: who, what is known, and how its entry is named."""

    rng: Random
    holder: Holder
    at: datetime
    known: Mapping[str, object]
    place: str
    id: str
    form: str
    subject: str | None
    fields: Fields
    refers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What comes after an entry: the same thing again (up to `again` times), or an entry of another form.

    `otherwise` comes instead where chance left it out; `by` is the role that does it where it isn't the activity's own;
    `about_it` says that the entry is about the same subject as the one that it follows. With `every` it waits for the
    next window of that spacing, from the day on that `days` gives. What `refers` names is the entry that it follows, or
    the one that a step before it has named so: all steps on a matter refer to the matter.
    """

    test: Test
    chance: Chance
    minutes: tuple[int, int] | None
    days: tuple[int, int]
    hours: Hours
    every: Every | None = None
    id: str = ""
    form: str | None = None
    fields: Fields | None = None
    refers: str | None = None
    again: int = 0
    by: str | None = None
    about_it: bool = False
    then: tuple["FollowUp", ...] = ()
    otherwise: tuple["FollowUp", ...] = ()


def every_of(node: Node) -> Every:
    """Return a spacing: a unit, or one day of each week, moved as `if_holiday` says where it isn't worked."""
    if "day" not in node:
        return Every(node.text())
    moved = node["if_holiday"].text() if "if_holiday" in node else None
    return Every("week", weekday=node["day"].text(), if_holiday=moved)


def follow_ups(node: Node, compiler: Compiler, hours: Hours, key: str = "then") -> tuple[FollowUp, ...]:
    """Read what follows; `hours` are those of what it follows, for parts that name none."""
    return tuple(_follow_up(one, compiler, hours) for one in node[key].members()) if key in node else ()


def _follow_up(node: Node, compiler: Compiler, hours: Hours) -> FollowUp:
    after = node["after"]
    return FollowUp(
        test=condition(node.get("when")),
        chance=chance_of(node.get("chance")),
        minutes=after["minutes"].pair() if "minutes" in after else None,
        days=after["days"].pair() if "days" in after else (0, 0),
        hours=hours_of(after["hours"]) if "hours" in after else hours,
        every=every_of(after["next"]) if "next" in after else None,
        id=node["id"].text() if "id" in node else "",
        form=node["form"].text() if "form" in node else None,
        fields=compiler.fields(node["answers"]) if "answers" in node else None,
        refers=node["refers"].text() if "refers" in node else None,
        again=node["again"].whole() if "again" in node else 0,
        by=node["by"].text() if "by" in node else None,
        about_it="about_it" in node and node["about_it"].data is True,
        then=follow_ups(node, compiler, hours),
        otherwise=follow_ups(node, compiler, hours, "otherwise"),
    )


@dataclass(frozen=True, slots=True)
class Recorder:
    """Turns acts into drafts of entries, with all that comes of them."""

    world: World
    roster: Roster
    habits: Habits
    community: str
    find: FindHolder
    mend: Fields
    then: tuple[FollowUp, ...]

    def record(self, act: Act) -> list[Draft]:
        """Return the act's entry, its correction or withdrawal if it has one, and what follows from it."""
        draft = self._draft(act)
        drafts = [draft, *self._mended(act, draft)]
        for follow in self.then:
            drafts += self._followed(act, draft, follow)
        return drafts

    def _draft(self, act: Act, after: Draft | None = None) -> Draft:
        """Return an entry that was recorded some time after it happened, never before the one that it follows."""
        answers = act.fields.make(Moment(act.rng, act.at, act.known, self.roster, dict(act.refers)))
        delay = MINUTE * within(act.rng, *self.habits.minutes)
        if act.rng.random() < act.holder.behaviour.chance(self.habits.late):
            delay = DAY * within(act.rng, *self.habits.late_days) + MINUTE * within(act.rng, 0, 180)
        if after is not None:
            delay = max(delay, after.at + after.delay + MINUTE - act.at)
        by = str(act.known["author"])
        return Draft(act.id, act.form, act.at, by, self.community, act.subject, answers, delay)

    def _mended(self, act: Act, draft: Draft) -> list[Draft]:
        """Return the correction of an entry, or its withdrawal, or nothing: mostly nothing."""
        drawn = act.rng.random()
        later = draft.delay + MINUTE * within(act.rng, *self.habits.mended_after)
        by, place, about = draft.by, draft.place, draft.subject
        if drawn < self.habits.withdrawn:
            at = draft.at + later
            answers = self.habits.withdrawal.make(Moment(act.rng, at, act.known, self.roster))
            return [Draft(f"{draft.id}-x", RETRACTION, at, by, place, about, answers, supersedes=draft.id)]
        if drawn > self.habits.withdrawn + act.holder.behaviour.chance(self.habits.mistake):
            return []
        answers = self.mend.make(Moment(act.rng, draft.at, act.known, self.roster, dict(draft.answers)))
        if answers == draft.answers:
            return []
        return [Draft(f"{draft.id}-c", draft.form, draft.at, by, place, about, answers, later, draft.id)]

    def _followed(self, act: Act, before: Draft, follow: FollowUp, turn: int = 1) -> list[Draft]:
        if not follow.test(before.answers):
            return []
        if act.rng.random() >= follow.chance(act.holder, before.at.date()):
            return [one for other in follow.otherwise for one in self._followed(act, before, other)]
        found = self._when(act, before, follow)
        if found is None:
            return []
        doer, at = found
        known = {**act.known, "worker": doer.worker, "author": doer.worker}
        if follow.form is None or follow.fields is None:
            name = f"{before.id.partition('~')[0]}~{turn + 1}"
            next_act = Act(act.rng, doer, at, known, act.place, name, act.form, act.subject, act.fields)
            made = self._draft(next_act, before)
            more = self._followed(next_act, made, follow, turn + 1) if turn < follow.again else []
            return [made, *more]
        refers = {follow.refers: before.id, **act.refers} if follow.refers else act.refers
        name = f"{before.id}-{follow.id}"
        about = act.subject if follow.about_it else None
        next_act = Act(act.rng, doer, at, known, act.place, name, follow.form, about, follow.fields, refers)
        made = self._draft(next_act, before)
        return [made, *(one for further in follow.then for one in self._followed(next_act, made, further))]

    def _when(self, act: Act, before: Draft, follow: FollowUp) -> tuple[Holder, datetime] | None:
        """Return who does it next and when: after minutes the same person, after days whoever is at work then."""
        if follow.minutes is not None:
            doer = self._doer(act, follow, before.at.date()) if follow.by else act.holder
            at = before.at + MINUTE * within(act.rng, *follow.minutes)
            return None if doer is None else (doer, at)
        day = before.at.date() + DAY * within(act.rng, *follow.days)
        if follow.every is not None:
            found = self.world.windows(follow.every, day, day + DAY * 60)
            day = next((start for one in found if (start := self.world.day_of(one.start)) >= day), day)
        for _ in range(TRIES):
            doer = self._doer(act, follow, day)
            at = instant_in(self.world, act.rng, day, follow.hours)
            if doer is not None and doer.at_work(day) and at > before.at:
                return doer, at
            day += DAY
        return None

    def _doer(self, act: Act, follow: FollowUp, day: date) -> Holder | None:
        return self.roster.holder(follow.by, act.place, day) if follow.by else self.find(act, day)
