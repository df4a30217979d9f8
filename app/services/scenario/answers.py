"""How a scenario's answers are made: a small language of choices, ranges and texts, compiled once, drawn often.

| written | gives |
|---|---|
| a text with `{names}` | the text, filled in from the answers before it and what is known of the moment |
| any other scalar or list | itself |
| `{pick: {a: 3, b: 1}}` | one key, by weight |
| `{pick: {"3": 1}, whole: true}` | the same as a whole number |
| `{pick_list: {a: 3, b: 1}}` | a list of one key, by weight |
| `{some: {a: 0.1, b: 0.05}}` | a list of keys, each by its own chance |
| `{number: [1, 6]}` | a whole number of the range |
| `{text: pool}` | a member of a pool, filled in |
| `{join: [...]}` | texts after one another |
| `{chance: 0.2}` | true or false |
| `{maybe: 0.2, of: ...}` | the value, or no answer |
| `{if: {field: value}, then: ..., else: ...}` | by an earlier answer |
| `{match: field, of: {value: ..., other: ...}}` | by the value of an earlier answer; none for others |
| `{day: [2, 9]}` | a date so many days from now; `{day: {from: , to: }}` any of the range |
| `{instant: [-60, -25]}` | an instant so many minutes from now |
| `{copy: name}` | what is known: `subject`, `subject.door`, `worker`, `place`, … |
| `{phone: prefix}` | a number that was never issued |
| `{id_card: {from: 1940-01-01, to: 1999-12-31}}` | a number with a right check digit and an area that doesn't exist |
| `{born_in: field, else: ...}` | the date of birth in the ID number of an earlier answer; `else` where there is none |
| `{sex_in: field, else: ...}` | `male` or `female`, as such a number says; `else` where there is none |
| `{workers: {roles: [...], effort: key}}` | the ids of those in post and not away, by their behaviour |
| `{worker: [role, ...]}` | the id of one of those in post and not away, or no answer |
| `{one_of: kind}` | the id of one of the subjects of a kind that are there on that day, or no answer |
| `{near: ["36.65", "117.12"], metres: 200}` | a position as a phone says it, around a spot in degrees |
| `{away: {roles: [...]}}` | the ids of those in post who are on leave |
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate
from math import cos, radians
from random import Random
from typing import Protocol

from app.services.scenario.reading import Node

NO_AREA = "77"
"""The first two digits of an ID number name a province: no province has 77."""

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
METRES_A_DEGREE = 111_320
"""Of latitude; of longitude at the equator."""

_SLOT = re.compile(r"\{([a-z_.]+)\}")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


class Present(Protocol):
    """Who is in post on a day; the roster gives it."""

    def present(self, roles: Sequence[str], day: date, effort: str, rng: Random) -> list[str]:
        """Return the workers in these roles who are not away and take the trouble."""
        ...

    def away(self, roles: Sequence[str], day: date) -> list[str]:
        """Return the workers in these roles who are on leave."""
        ...


class Described(Protocol):
    """A subject of the scenario: who or what has a file."""

    id: str

    def on(self, day: date) -> Mapping[str, object] | None:
        """Return the answers of its file on a day; None when it isn't there."""
        ...


@dataclass(slots=True)
class Moment:
    """What is known while an entry's answers are made: chance, the local instant, names, the answers so far."""

    rng: Random
    at: datetime
    known: Mapping[str, object]
    people: Present
    answers: dict[str, object] = field(default_factory=dict)

    def __getitem__(self, name: str) -> object:
        """Return the earlier answer of this name, or what is known by it; KeyError when nothing is."""
        found = self.answers.get(name)
        if found is not None:
            return found
        of_subject = name.removeprefix("subject.")
        if of_subject != name:
            file = self.known["file"]
            return file.get(of_subject) if isinstance(file, Mapping) else None
        return self.known[name]


Make = Callable[[Moment], object]
"""Makes an answer; None is no answer."""

Test = Callable[[Mapping[str, object]], bool]
"""Whether answers meet a condition."""


def stream(seed: int, *parts: object) -> Random:
    """Return the chance of one part of the generation: the same parts draw the same, whatever else is generated."""
    return Random("/".join(map(str, (seed, *parts))))  # noqa: S311 -- invents a demo, guards nothing


def within(rng: Random, low: int, high: int) -> int:
    """Draw a whole number from `low` to `high`, both included: small ranges, where this is faster than randint."""
    return low + int(rng.random() * (high - low + 1))


def weighted(node: Node) -> Callable[[Random], str]:
    """Return a draw of one key of a mapping from key to weight."""
    pairs = [(key, weight.number()) for key, weight in node.items()]
    if not pairs:
        raise node.fault("at least one choice is needed")
    keys = [key for key, _ in pairs]
    reached = list(accumulate(weight for _, weight in pairs))

    total = reached[-1]

    def draw(rng: Random) -> str:
        return keys[bisect_right(reached, rng.random() * total)]

    return draw


def condition(node: Node | None) -> Test:
    """Return the test of a mapping from field to a value, or to a mapping: `filled`, `has`, `one_of` or `not`."""
    if node is None:
        return lambda _: True
    tests = [_column_test(key, wanted) for key, wanted in node.items()]
    if len(tests) == 1:
        return tests[0]
    return lambda answers: all(test(answers) for test in tests)


def _column_test(key: str, wanted: Node) -> Test:
    if "filled" in wanted:
        filled = wanted["filled"].data is True
        return lambda answers: bool(answers.get(key)) is filled
    if "has" in wanted:
        member = wanted["has"].data
        return lambda answers: member in _members(answers.get(key))
    if "one_of" in wanted:
        values = wanted["one_of"].texts()
        return lambda answers: answers.get(key) in values
    if "not" in wanted:
        refused = wanted["not"].data
        return lambda answers: answers.get(key) != refused
    return lambda answers: answers.get(key) == wanted.data


def _members(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


@dataclass(frozen=True, slots=True)
class Fields:
    """The answers of a form, made in their order; those that come out as None are left out."""

    makers: tuple[tuple[str, Make], ...]

    def make(self, moment: Moment) -> dict[str, object]:
        """Make all answers, each seeing the ones before it."""
        for name, make in self.makers:
            value = make(moment)
            if value is None:
                moment.answers.pop(name, None)
            else:
                moment.answers[name] = value
        return moment.answers


class Compiler:
    """Turns the scenario's way of saying answers into functions; `pools` are its named lists of texts."""

    def __init__(self, pools: Node | None, subjects: Mapping[str, Sequence[Described]] | None = None) -> None:
        """Compile the pools first: their members may have slots. `subjects` are looked up when an answer is made."""
        self._subjects = {} if subjects is None else subjects
        self._pools: dict[str, tuple[Make, ...]] = {}
        for name, pool in pools.items() if pools else ():
            self._pools[name] = tuple(map(_template, pool.texts()))
        self._kinds: Mapping[str, Callable[[Node], Make]] = {
            "pick": self._pick,
            "pick_list": self._pick_list,
            "chance": self._chance,
            "some": self._some,
            "number": self._number,
            "text": self._text,
            "join": self._join,
            "maybe": self._maybe,
            "if": self._if,
            "match": self._match,
            "day": self._day,
            "instant": self._instant,
            "copy": self._copy,
            "phone": self._phone,
            "id_card": self._id_card,
            "born_in": lambda node: self._from_id(node, "born_in", _born_in),
            "sex_in": lambda node: self._from_id(node, "sex_in", _sex_in),
            "workers": self._workers,
            "away": self._away,
            "worker": self._worker,
            "one_of": self._one_of,
            "near": self._near,
        }

    def fields(self, node: Node | None) -> Fields:
        """Return the answers of a mapping from field to how it is made."""
        return Fields(tuple((key, self.value(how)) for key, how in node.items()) if node else ())

    def value(self, node: Node) -> Make:
        """Return how one answer is made. Raises ScenarioError."""
        if isinstance(node.data, str):
            return _template(node.data)
        if not isinstance(node.data, Mapping):
            fixed = node.data
            return lambda _: fixed
        for kind, compiled in self._kinds.items():
            if kind in node:
                return compiled(node)
        raise node.fault(f"one of {', '.join(self._kinds)} is needed")

    def _pick(self, node: Node) -> Make:
        draw = weighted(node["pick"])
        if "whole" in node:
            return lambda moment: int(draw(moment.rng))
        return lambda moment: draw(moment.rng)

    def _pick_list(self, node: Node) -> Make:
        draw = weighted(node["pick_list"])
        return lambda moment: [draw(moment.rng)]

    def _chance(self, node: Node) -> Make:
        chance = node["chance"].number()
        return lambda moment: moment.rng.random() < chance

    def _some(self, node: Node) -> Make:
        chances = [(key, chance.number()) for key, chance in node["some"].items()]
        return lambda moment: [key for key, chance in chances if moment.rng.random() < chance]

    def _number(self, node: Node) -> Make:
        low, high = node["number"].pair()
        return lambda moment: within(moment.rng, low, high)

    def _text(self, node: Node) -> Make:
        name = node["text"].text()
        if not self._pools.get(name):
            raise node.fault(f"there is no pool {name}")
        pool = self._pools[name]
        return lambda moment: pool[int(moment.rng.random() * len(pool))](moment)

    def _join(self, node: Node) -> Make:
        parts = [self.value(part) for part in node["join"].members()]
        return lambda moment: "".join(str(part(moment)) for part in parts)

    def _maybe(self, node: Node) -> Make:
        chance, of = node["maybe"].number(), self.value(node["of"])
        return lambda moment: of(moment) if moment.rng.random() < chance else None

    def _if(self, node: Node) -> Make:
        test, then = condition(node["if"]), self.value(node["then"])
        other = node.get("else")
        otherwise: Make = self.value(other) if other else lambda _: None
        return lambda moment: then(moment) if test(moment.answers) else otherwise(moment)

    def _match(self, node: Node) -> Make:
        name = node["match"].text()
        makes = {key: self.value(how) for key, how in node["of"].items()}

        def make(moment: Moment) -> object:
            how = makes.get(str(moment[name]))
            return how(moment) if how else None

        return make

    def _day(self, node: Node) -> Make:
        days = node["day"]
        if isinstance(days.data, Mapping):
            first, last = days["from"].day().toordinal(), days["to"].day().toordinal()
            return lambda moment: date.fromordinal(moment.rng.randint(first, last)).isoformat()
        low, high = days.pair()
        return lambda moment: (moment.at.date() + DAY * within(moment.rng, low, high)).isoformat()

    def _instant(self, node: Node) -> Make:
        low, high = node["instant"].pair()
        return lambda moment: (moment.at + MINUTE * within(moment.rng, low, high)).isoformat()

    def _copy(self, node: Node) -> Make:
        name = node["copy"].text()
        return lambda moment: moment[name]

    def _phone(self, node: Node) -> Make:
        prefix = node["phone"].text()
        missing = 11 - len(prefix)
        return lambda moment: prefix + str(moment.rng.randrange(10**missing)).zfill(missing)

    def _id_card(self, node: Node) -> Make:
        born = node["id_card"]
        first, last = born["from"].day().toordinal(), born["to"].day().toordinal()
        return lambda moment: invented_id(moment.rng, date.fromordinal(moment.rng.randint(first, last)))

    def _from_id(self, node: Node, kind: str, read: Callable[[str], str]) -> Make:
        """What an ID number tells. `else` is drawn in any case, so that the answers after it are the same for all."""
        name, other = node[kind].text(), node.get("else")
        otherwise: Make = self.value(other) if other else lambda _: None

        def make(moment: Moment) -> object:
            number, instead = moment.answers.get(name), otherwise(moment)
            return read(number) if isinstance(number, str) else instead

        return make

    def _near(self, node: Node) -> Make:
        """A position as a phone says it, up to `metres` north or south and east or west of a spot."""
        lat, lon = (float(one) for one in node["near"].texts())
        away = node["metres"].number()

        def make(moment: Moment) -> object:
            north, east = (moment.rng.uniform(-away, away) / METRES_A_DEGREE for _ in range(2))
            there = (format(lat + north, ".6f"), format(lon + east / cos(radians(lat)), ".6f"))
            return {"lat": there[0], "lon": there[1], "by": "device", "accuracy": within(moment.rng, 8, 40)}

        return make

    def _workers(self, node: Node) -> Make:
        roles, effort = node["workers"]["roles"].texts(), node["workers"]["effort"].text()
        return lambda moment: moment.people.present(roles, moment.at.date(), effort, moment.rng)

    def _away(self, node: Node) -> Make:
        roles = node["away"]["roles"].texts()
        return lambda moment: moment.people.away(roles, moment.at.date())

    def _worker(self, node: Node) -> Make:
        roles = node["worker"].texts()
        return lambda moment: _any_of(
            moment.rng, moment.people.present(roles, moment.at.date(), "", moment.rng)
        )

    def _one_of(self, node: Node) -> Make:
        kind = node["one_of"].text()

        def make(moment: Moment) -> object:
            day = moment.at.date()
            there = [one.id for one in self._subjects.get(kind, ()) if one.on(day) is not None]
            return _any_of(moment.rng, there)

        return make


def _any_of(rng: Random, found: Sequence[str]) -> str | None:
    return found[int(rng.random() * len(found))] if found else None


def _born_in(number: str) -> str:
    return date.fromisoformat(number[6:14]).isoformat()


def _sex_in(number: str) -> str:
    """The 17th digit is odd for men (GB 11643-1999)."""
    return "male" if int(number[16]) % 2 else "female"


def _template(text: str) -> Make:
    """Return how a text with `{names}` is filled in; a name may have a dot (`{place.title}`)."""
    parts = _SLOT.split(text)
    if len(parts) == 1:
        return lambda _: text

    def make(moment: Moment) -> object:
        return "".join(str(moment[part]) if at % 2 else part for at, part in enumerate(parts))

    return make


def invented_id(rng: Random, born: date) -> str:
    """Return an ID number whose check digit is right and whose area doesn't exist, so that it is nobody's.

    Source of the check digit: GB 11643-1999, ISO 7064 MOD 11-2.
    """
    body = f"{NO_AREA}{rng.randrange(10_000):04d}{born:%Y%m%d}{rng.randrange(1_000):03d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return the last character of an ID number that starts with these 17 digits."""
    return _ID_CHECKS[sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True)) % 11]
