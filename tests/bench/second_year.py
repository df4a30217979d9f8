"""A year of the second regulation's entries beside those of the demo community: the same each time, nobody perfect."""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.entry import RETRACTION, Entry

PERSONS, ITEMS, DISPUTES, ANSWERS = 420, 2_400, 500, 3_000
_START = datetime(2025, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)


class _Writer:
    def __init__(self) -> None:
        self.chance = random.Random(20250101)  # noqa: S311 - the same entries each time
        self.number = 0

    def within(self, first: float, last: float) -> timedelta:
        return timedelta(minutes=self.chance.randrange(int(first * 60), int(last * 60)))

    def entry(self, form: str, place: str, at: datetime, subject: str | None, **answers: Any) -> Entry:
        self.number += 1
        recorded = at + self.within(0.1, 30 if self.chance.random() < 0.2 else 1)
        return Entry(
            f"x-{self.number:05}", place, form, at, f"w-{self.chance.randrange(1, 30):02}", recorded, answers, subject,
            source="demo",
        )  # fmt: skip


def second_year(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries; households and grids are those of `entries`."""
    writer = _Writer()
    homes = {
        entry.subject: entry.answers["grid"]
        for entry in entries
        if entry.form == "household" and entry.subject
    }
    houses = sorted(homes)
    for number in range(PERSONS):
        yield from _person(writer, f"cp-{number:04}", homes[houses[number * 3]])
    for _ in range(ITEMS):
        yield from _item(writer, homes[writer.chance.choice(houses)])
    for _ in range(DISPUTES):
        house = writer.chance.choice(houses)
        kind = writer.chance.choice(["on_the_spot", "several"])
        at = _START + writer.within(0, 24 * 364)
        dispute = writer.entry("neighbour_dispute", homes[house], at, house, **{"class": kind})
        yield dispute
        if writer.chance.random() < 0.9:
            step = "agreed" if kind == "on_the_spot" else "council"
            yield writer.entry(
                "dispute_step", homes[house], at + writer.within(1, 30 if kind == "on_the_spot" else 160), None,
                dispute=dispute.id, step=step,
            )  # fmt: skip
    for _ in range(ANSWERS):
        house = writer.chance.choice(houses)
        at = _START + writer.within(0, 24 * 364)
        yield writer.entry(
            "satisfaction", homes[house], at, house, grade=writer.chance.choice([2, 3, 4, 4, 5, 5])
        )


def _person(writer: _Writer, person: str, grid: str) -> Iterator[Entry]:
    chance = writer.chance
    came = _START - _DAY * chance.randrange(-200 if chance.random() < 0.1 else 10, 300)
    answers: dict[str, Any] = {
        "grid": grid,
        "care": chance.choice(["alone", "alone", "disabled", "released"]),
    }
    if chance.random() < 0.08:
        answers["left_on"] = (_START + _DAY * chance.randrange(220, 360)).date().isoformat()
    yield writer.entry("cared_person", grid, came, person, **answers)
    diligence = chance.choice([0.7, 0.92, 0.97])
    for week in range(53):
        if chance.random() < diligence:
            called = writer.entry(
                "care_contact", grid, _START + 7 * _DAY * week + writer.within(0, 160), person,
                channel="phone", reached=chance.random() < 0.95,
            )  # fmt: skip
            yield called
            if chance.random() < 0.005:
                yield Entry(
                    f"{called.id}-r", grid, RETRACTION, called.at, called.by, called.recorded_at + _DAY,
                    {"reason": "mistake"}, source="demo", supersedes=called.id,
                )  # fmt: skip
    for month in range(12):
        for _ in range(2):
            if chance.random() < diligence:
                yield writer.entry(
                    "care_contact", grid, _START + 30.4 * _DAY * month + writer.within(0, 700), person,
                    channel="home", reached=chance.random() < 0.9,
                )  # fmt: skip


def _item(writer: _Writer, grid: str) -> Iterator[Entry]:
    chance = writer.chance
    kind = chance.choice(["complex", "general", "general", "urgent"])
    at = _START - 5 * _DAY + writer.within(0, 24 * 372)
    item = writer.entry("care_item", grid, at, f"cp-{chance.randrange(PERSONS):04}", **{"class": kind})
    yield item

    def step(name: str, after: timedelta) -> Entry:
        return writer.entry("care_step", grid, at + after, None, item=item.id, step=name)

    if kind == "complex":
        asked = writer.within(2, 70)
        if chance.random() < 0.4:
            yield step("asked", asked)
            if chance.random() < 0.8:
                yield step("received", asked + writer.within(5, 140))
        if chance.random() < 0.93:
            yield step("forwarded", asked + writer.within(30, 260))
    elif chance.random() < 0.95:
        urgent = kind == "urgent"
        after = timedelta(minutes=chance.randrange(3, 40)) if urgent else writer.within(1, 28)
        yield step("arrived" if urgent else "feedback", after)
