"""Who works in a scenario: people, the posts that they hold and hand over, how they behave, when they are away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from app.services.scenario.answers import Compiler, Fields, Moment, stream
from app.services.scenario.reading import Node
from app.services.scenario.world import Draft, World

DAY = timedelta(days=1)
MORNING = (8 * 60 + 30, 10 * 60)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How somebody works: for each effort the chance that it is made; `default` for those that aren't named."""

    efforts: Mapping[str, float]
    default: float

    def chance(self, effort: str) -> float:
        """Return the chance that this effort is made."""
        return self.efforts.get(effort, self.default)


@dataclass(slots=True)
class Holder:
    """A person in a post at a place, in the days [since, until); `away` are spans of leave, half-open too."""

    post: str
    worker: str
    name: str
    role: str
    place: str
    behaviour: Behaviour
    since: date
    until: date | None = None
    away: list[tuple[date, date]] = field(default_factory=list)

    def holds(self, day: date) -> bool:
        """Whether the post is held on that day."""
        return self.since <= day and (self.until is None or day < self.until)

    def at_work(self, day: date) -> bool:
        """Whether the post is held on that day and its holder isn't on leave."""
        return self.holds(day) and not self.is_away(day)

    def is_away(self, day: date) -> bool:
        """Whether the day lies in a leave."""
        return any(start <= day < end for start, end in self.away)


class Roster:
    """All posts, by role and place. It knows who is present on a day."""

    def __init__(self, world: World) -> None:
        """Start empty."""
        self._world = world
        self._posts: dict[tuple[str, str], list[Holder]] = {}
        self._nearest: dict[tuple[str, str], list[Holder]] = {}

    def add(self, holder: Holder) -> None:
        """Add a post."""
        self._posts.setdefault((holder.role, holder.place), []).append(holder)
        self._nearest.clear()

    def all(self, role: str | None = None) -> Iterator[Holder]:
        """Yield the posts (of a role), in the order in which they were added."""
        for (held, _), holders in self._posts.items():
            if role in (None, held):
                yield from holders

    def holder(self, role: str, place: str, day: date) -> Holder | None:
        """Return who holds the role on that day at the place, or at the nearest place above that has the post."""
        key = role, place
        if key not in self._nearest:
            levels = (self._posts.get((role, above.id)) for above in self._world.places.ancestors(place))
            self._nearest[key] = next((holders for holders in levels if holders is not None), [])
        for holder in self._nearest[key]:
            if holder.holds(day):
                return holder
        return None

    def worker(self, worker: object, day: date) -> Holder | None:
        """Return a post that this person holds on that day, or None."""
        for holder in self.all():
            if holder.worker == worker and holder.holds(day):
                return holder
        return None

    def present(self, roles: Sequence[str], day: date, effort: str, rng: Random) -> list[str]:
        """Return the workers in these roles at work on that day who make the effort."""
        found = (one for role in roles for one in self.all(role))
        return [
            one.worker for one in found if one.at_work(day) and rng.random() < one.behaviour.chance(effort)
        ]

    def away(self, roles: Sequence[str], day: date) -> list[str]:
        """Return the workers in these roles who are on leave that day."""
        return [one.worker for role in roles for one in self.all(role) if one.holds(day) and one.is_away(day)]


def behaviours(node: Node) -> dict[str, Behaviour]:
    """Return the behaviours by name; `default` among the efforts stands for those that aren't named."""
    found = {}
    for name, efforts in node.items():
        chances = {key: chance.number() for key, chance in efforts.items()}
        found[name] = Behaviour(chances, chances.pop("default", 1.0))
    return found


@dataclass(slots=True)
class Staffing:
    """Fills the posts of a scenario and writes down who they are, what they hold, when they are on leave."""

    world: World
    node: Node
    compiler: Compiler
    seed: int
    community: str
    until: date
    roster: Roster = field(init=False)
    drafts: list[Draft] = field(default_factory=list)
    _behaviours: dict[str, Behaviour] = field(init=False)
    _person: Fields = field(init=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _author: str | None = None

    def __post_init__(self) -> None:
        """Fill the posts group by group, then hand some over, then send people on leave."""
        self.roster = Roster(self.world)
        self._behaviours = behaviours(self.node["behaviours"])
        self._person = self.compiler.fields(self.node["person"]["answers"])
        for group in self.node["groups"].members():
            self._fill(group)
        for handover in self._list("handovers"):
            self._hand_over(handover)
        for absence in self._list("absences"):
            self._absence(absence)

    def _list(self, key: str) -> list[Node]:
        found = self.node.get(key)
        return found.members() if found else []

    def _fill(self, group: Node) -> None:
        role, level = group["role"].text(), group["level"].text()
        only = group["places"].texts() if "places" in group else None
        places = self.world.places_of(self.community, level, only)
        each = group["count"].whole() if "count" in group else 1
        names = group["behave"].texts()
        own = self.compiler.fields(group.get("answers"))
        for at, place in enumerate(place for place in places for _ in range(each)):
            self._hire(role, place, self._behaviour(group, names[at % len(names)]), own, group["since"].day())

    def _behaviour(self, node: Node, name: str) -> Behaviour:
        if name not in self._behaviours:
            raise node.fault(f"there is no behaviour {name}")
        return self._behaviours[name]

    def _hire(self, role: str, place: str, behaviour: Behaviour, own: Fields, since: date) -> Holder:
        number = next(self._numbers)
        worker = self.node["person"]["id"].text().format(n=number)
        post = self.node["post"]["id"].text().format(n=number)
        self._author = self._author or worker
        rng = stream(self.seed, "person", worker)
        moment = Moment(rng, self.world.local(since, rng.randint(*MORNING)), {"worker": worker}, self.roster)
        self._person.make(moment)
        own.make(moment)
        holder = Holder(
            post, worker, str(moment[self.node["person"]["name"].text()]), role, place, behaviour, since
        )
        self.roster.add(holder)
        at, author = moment.at - DAY * 3, self._author
        form = self.node["person"]["form"].text()
        file = Draft(f"{worker}-file", form, at, author, self.community, worker, moment.answers)
        self.drafts += [file, self._post_draft(holder, "1", since, {})]
        return holder

    def _post_draft(self, holder: Holder, suffix: str, day: date, more: dict[str, object]) -> Draft:
        spec = self.node["post"]
        answers: dict[str, object] = {
            spec["worker"].text(): holder.worker,
            spec["role"].text(): holder.role,
            **more,
        }
        form, at, by = spec["form"].text(), self.world.local(day), self._author or holder.worker
        return Draft(f"{holder.post}-{suffix}", form, at, by, holder.place, holder.post, answers)

    def _hand_over(self, node: Node) -> None:
        role, day = node["role"].text(), node["at"].day()
        place = f"{self.community}/{node['place'].text()}"
        before = self.roster.holder(role, place, day)
        if before is None:
            raise node.fault("nobody holds this post")
        before.until = day
        ended: dict[str, object] = {self.node["post"]["ends"].text(): day.isoformat()}
        ended |= {key: value.data for key, value in node["leaving"].items()}
        self.drafts.append(self._post_draft(before, "2", day, ended))
        own = self.compiler.fields(node.get("answers"))
        self._hire(role, place, self._behaviour(node, node["behave"].text()), own, day)

    def _absence(self, node: Node) -> None:
        fields = self.compiler.fields(node["answers"])
        for holder in list(self.roster.all(node["role"].text() if "role" in node else None)):
            if "place" in node and holder.place != f"{self.community}/{node['place'].text()}":
                continue
            for number, (start, days) in enumerate(self._spans(node, holder), 1):
                self._leave(node, holder, fields, start, days, number)

    def _spans(self, node: Node, holder: Holder) -> Iterator[tuple[date, int]]:
        """Yield first day and number of days of each leave that this part of the scenario gives to a person."""
        if "from" in node:
            first = node["from"].day()
            if holder.holds(first):
                yield first, node["days"].whole()
            return
        low, high = node["days"].pair()
        first_year, last_year = node["years"].pair()
        for year in range(first_year, last_year + 1):
            rng = stream(self.seed, node.path, holder.worker, year)
            for _ in range(rng.randint(*node["each_year"].pair())):
                yield date(year, 1, 6) + DAY * rng.randint(0, 350), rng.randint(low, high)

    def _leave(self, node: Node, holder: Holder, fields: Fields, start: date, days: int, number: int) -> None:
        end = start + DAY * days
        clash = any(begun < end and start < over for begun, over in holder.away)
        if clash or not holder.holds(start) or start >= self.until:
            return
        rng = stream(self.seed, node.path, holder.worker, start)
        asked = self.world.local(
            start - DAY * rng.randint(*node["asked"].pair()), rng.randint(9 * 60, 17 * 60)
        )
        known = {"worker": holder.worker, "start": start.isoformat(), "end": end.isoformat()}
        moment = Moment(rng, asked, known, self.roster)
        answers = fields.make(moment)
        granted = node.get("granted")
        if granted is None or answers.get(granted.text()) is True:
            holder.away.append((start, end))
        entry_id = f"{node['id'].text()}-{holder.worker}-{start:%Y%m%d}-{number}"
        form = node["form"].text()
        self.drafts.append(
            Draft(entry_id, form, asked, holder.worker, self.community, holder.worker, answers)
        )
