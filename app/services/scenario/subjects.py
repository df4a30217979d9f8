"""Whom a scenario is about: subjects with a file each (households), their addresses, and what becomes of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, product
from random import Random

from app.services.scenario.answers import Compiler, Fields, Moment, condition, stream, within
from app.services.scenario.people import Roster
from app.services.scenario.reading import Node
from app.services.scenario.world import Draft, World, digits_of

DAY = timedelta(days=1)
OFFICE_HOURS = (9 * 60, 17 * 60)


@dataclass(slots=True)
class Subject:
    """A described subject: the answers of its file by the day since which they hold, until it left (exclusive)."""

    id: str
    place: str
    address: Mapping[str, object]
    versions: list[tuple[date, dict[str, object]]]
    until: date | None = None

    def on(self, day: date) -> dict[str, object] | None:
        """Return the answers in force on a day; None before it came and after it left."""
        if day < self.versions[0][0] or (self.until is not None and day >= self.until):
            return None
        for since, answers in reversed(self.versions):
            if since <= day:
                return answers
        return None


class Addresses:
    """The doors of each place of a level, shuffled once and taken one by one."""

    def __init__(self, world: World, node: Node, seed: int, community: str) -> None:
        """List the doors: every combination of the numbered parts, named by a text with slots."""
        level = node["level"].text()
        parts = [(name, range(low, high + 1)) for name, (low, high) in _pairs(node["parts"])]
        naming = {name: how.text() for name, how in node["names"].items()}
        only = node["places"].texts() if "places" in node else None
        self.places = world.places_of(community, level, only)
        self._free: dict[str, list[dict[str, str]]] = {}
        for place in self.places:
            known = {"title": world.title(place), "number": digits_of(place)}
            doors = []
            for numbers in product(*(numbers for _, numbers in parts)):
                slots = {**known, **dict(zip((name for name, _ in parts), numbers, strict=True))}
                doors.append({name: how.format_map(slots) for name, how in naming.items()})
            stream(seed, "addresses", node.path, place).shuffle(doors)
            self._free[place] = doors

    def take(self, place: str, many: int) -> list[dict[str, str]]:
        """Take doors of a place. Raises ValueError when it hasn't so many left."""
        free = self._free[place]
        if len(free) < many:
            raise ValueError("there are fewer doors than subjects")
        taken, self._free[place] = free[:many], free[many:]
        return taken


def _pairs(node: Node) -> Iterator[tuple[str, tuple[int, int]]]:
    for name, numbers in node.items():
        yield name, numbers.pair()


def spread(total: int, places: list[str]) -> dict[str, int]:
    """Share a total out over places: evenly over those above, then evenly within each. The sum is the total."""
    above: dict[str, list[str]] = {}
    for place in places:
        above.setdefault(place.rpartition("/")[0], []).append(place)
    shares = zip(above.values(), _evenly(total, len(above)), strict=True)
    return {
        place: part
        for inner, share in shares
        for place, part in zip(inner, _evenly(share, len(inner)), strict=True)
    }


def _evenly(total: int, parts: int) -> list[int]:
    return [total // parts + (1 if at < total % parts else 0) for at in range(parts)]


@dataclass(slots=True)
class Population:
    """One kind of subject: made at the start, then changed, moved out and replaced as the scenario says."""

    world: World
    node: Node
    compiler: Compiler
    roster: Roster
    addresses: Addresses | None
    hosts: Sequence[Subject]
    seed: int
    community: str
    first: date
    until: date
    subjects: list[Subject] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    _fields: Fields = field(init=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        """Make the subjects, bring a field to its total, then let the time pass."""
        self._fields = self.compiler.fields(self.node["answers"])
        started = self.node["at"]
        low, high = started["from"].day().toordinal(), started["to"].day().toordinal()
        for place, door, since in self._doors():
            rng = stream(self.seed, self.node.path, place, door)
            day = date.fromordinal(rng.randint(low, high))
            self._arrive(place, door, day if since is None else max(day, since), rng)
        if "total" in self.node:
            self._bring_to_total(self.node["total"])
        for subject in self.subjects:
            self._write(subject, *subject.versions[0], "1")
        for subject in list(self.subjects):
            self._live(subject)

    def _doors(self) -> Iterator[tuple[str, Mapping[str, object], date | None]]:
        """Yield where each subject is: at an address of its own, or so many at each subject of another kind.

        The latter come with the day since which that one is there.
        """
        if self.addresses is not None:
            for place, many in spread(self.node["count"].whole(), self.addresses.places).items():
                doors = self.addresses.take(place, many)
                for door in sorted(doors, key=lambda one: [str(part) for part in one.values()]):
                    yield place, door, None
            return
        kind = self.node["each_of"].text()
        for host in self.hosts:
            rng = stream(self.seed, self.node.path, host.id)
            for number in range(within(rng, *self.node["count"].pair())):
                own = {**host.address, kind: host.id, "number": number + 1}
                yield host.place, own, host.versions[0][0]

    def _arrive(self, place: str, door: Mapping[str, object], day: date, rng: Random) -> Subject:
        subject_id = self.node["id"].text().format(n=next(self._numbers))
        answers = self._made(self._fields, subject_id, place, door, day, rng, {})
        subject = Subject(subject_id, place, door, [(day, answers)])
        self.subjects.append(subject)
        return subject

    def _made(
        self,
        fields: Fields,
        subject: str,
        place: str,
        door: Mapping[str, object],
        day: date,
        rng: Random,
        before: Mapping[str, object],
    ) -> dict[str, object]:
        known = {**door, "subject": subject, "place": place, "above": place.rpartition("/")[0]}
        known["day"] = day.isoformat()
        moment = Moment(
            rng, self.world.local(day, rng.randint(*OFFICE_HOURS)), known, self.roster, dict(before)
        )
        return fields.make(moment)

    def _bring_to_total(self, node: Node) -> None:
        """Move a field up or down, one subject at a time, until its sum over all subjects is the wanted one."""
        name, wanted = node["field"].text(), node["sum"].whole()
        low, high = node["between"].pair()
        test = condition(node.get("where"))
        rng = stream(self.seed, node.path)
        chosen = [one.versions[0][1] for one in self.subjects if test(one.versions[0][1])]
        missing = wanted - sum(_whole(one.versions[0][1][name]) for one in self.subjects)
        step = 1 if missing > 0 else -1
        tries = 200 * len(self.subjects)
        while missing and tries:
            answers = chosen[rng.randrange(len(chosen))]
            moved = _whole(answers[name]) + step
            tries -= 1
            if low <= moved <= high:
                answers[name] = moved
                missing -= step
        if missing:
            raise node.fault("the sum can't be reached within these bounds")

    def _write(self, subject: Subject, day: date, answers: dict[str, object], suffix: str) -> None:
        rng = stream(self.seed, "file", subject.id, suffix)
        by = self.roster.holder(self.node["by"].text(), subject.place, day)
        if by is None:
            raise self.node["by"].fault("nobody holds this post when a file is written")
        at = self.world.local(day, rng.randint(*OFFICE_HOURS))
        form = self.node["form"].text()
        self.drafts.append(
            Draft(f"{subject.id}-f{suffix}", form, at, by.worker, self.community, subject.id, answers)
        )

    def _live(self, subject: Subject) -> None:
        """Change a subject's file as chance has it, and perhaps let it leave and another come to its door."""
        rng = stream(self.seed, "life", subject.id)
        since = max(subject.versions[0][0] + DAY * 20, self.first)
        days = (self.until - since).days
        if days <= 0:
            return
        leaves = self.node.get("departure")
        if leaves and rng.random() < leaves["per_year"].number() * days / 365:
            subject.until = since + DAY * rng.randrange(days)
        changes = [
            (since + DAY * rng.randrange(days), change)
            for change in (self.node["changes"].members() if "changes" in self.node else [])
            if rng.random() < change["per_year"].number() * days / 365
        ]
        changes.sort(key=lambda pair: pair[0])
        number = 2
        for day, change in changes:
            before = subject.on(day)
            if before is None or day <= subject.versions[-1][0] or not condition(change.get("where"))(before):
                continue
            fields = self.compiler.fields(change["answers"])
            answers = self._made(fields, subject.id, subject.place, subject.address, day, rng, before)
            subject.versions.append((day, answers))
            self._write(subject, day, answers, str(number))
            number += 1
        if leaves and subject.until:
            self._leave(leaves, subject, number, rng)

    def _leave(self, leaves: Node, subject: Subject, number: int, rng: Random) -> None:
        day = subject.until or self.until
        fields = self.compiler.fields(leaves["answers"])
        last = subject.versions[-1][1]
        left = self._made(fields, subject.id, subject.place, subject.address, day, rng, last)
        self._write(subject, day, left, str(number))
        if rng.random() >= leaves["replaced"].number():
            return
        arrives = day + DAY * rng.randint(*leaves["after"].pair())
        if arrives < self.until:
            arrived = self._arrive(subject.place, subject.address, arrives, rng)
            self._write(arrived, *arrived.versions[0], "1")


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a total is of whole numbers")
    return value
