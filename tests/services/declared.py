"""Regulations as files in a test: loaded, evaluated on given entries, and evaluated again entry by entry."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from textwrap import dedent, indent
from typing import Any

from app.domain.core.values import Value
from app.domain.entry import Entry
from app.domain.outcome import Outcome
from app.domain.period import parse_period
from app.domain.place import Place, PlaceTree
from app.domain.regulation import Regulation
from app.services.canonical import outcome_text
from app.services.evaluate import Evaluation, evaluate, ledger_hash
from app.services.ports import Decider
from tests.declarations.community import official
from tests.fakes.counting import uncounted
from tests.fakes.deciders import PlainDecider
from tests.fakes.examples import is_long
from tests.fakes.loading import load

PLACE = "c1"
FILES: Mapping[str, str] = {
    "config/places/c1/place.yaml": """\
place: c1
level: community
title: {zh: 湖畔社区}
calendar: cn
places: {g1: {level: grid, title: {zh: 第一网格}}, g2: {level: grid, title: {zh: 第二网格}}}
""",
    "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\nholidays: [2025-01-01]\n",
    "config/roles/leader.yaml": "role: leader\nlevel: grid\nmay: [record]\n",
    "forms/household.yaml": """\
form: household
describes: household
fields:
  grid: {type: ref, to: grid, required: true}
  special: {type: boolean}
  left_on: {type: date}
ends: left_on
""",
    "forms/appointment.yaml": """\
form: appointment
describes: holder
fields:
  worker: {type: ref, to: worker, required: true}
  role: {type: ref, to: role, required: true}
  left_on: {type: date}
ends: left_on
""",
    "forms/visit.yaml": """\
form: visit
about: household
fields:
  channel: {type: choice, from: [home, phone], required: true}
  met: {type: boolean}
""",
    "forms/report.yaml": "form: report\nfields: {pages: {type: integer}}\n",
    "forms/leave.yaml": """\
form: leave
about: worker
fields:
  start: {type: date, required: true}
  end: {type: date, required: true}
  approved: {type: boolean}
span: [start, end]
""",
    "forms/mark.yaml": """\
form: mark
about: worker
fields: {points: {type: number}, kind: {type: choice, from: [good, bad], required: true}}
""",
}
ORDERS = (1, 2, 3) if is_long() else (1,)
"""The orders in which entries come one by one, beside all at once."""
LEADER = "- {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: leader, place: c1/g1}"


def files_of(declared: str) -> dict[str, str]:
    """Return the files of several declarations, divided by `---`; kind and id stand in the first line."""
    found = dict(FILES)
    for text in re.split(r"^---$", dedent(declared), flags=re.MULTILINE):
        kind, _, name = text.strip().partition("\n")[0].partition(": ")
        folder = {"form": "forms", "role": "config/roles", "plugins": "config"}.get(kind, "rules")
        name = "plugins" if kind == "plugins" else name
        found[f"{folder}/{name}.yaml"] = text.strip() + "\n"
    return found


def regulation_of(files: Mapping[str, str]) -> Regulation:
    loaded = load(PLACE, files, official)
    assert loaded.regulation is not None, [(str(fault.where), fault.code) for fault in loaded.problems]
    return loaded.regulation


@dataclass(frozen=True)
class Told:
    """A regulation and what was given to it."""

    regulation: Regulation
    entries: tuple[Entry, ...]
    as_of: datetime
    period: str
    decider: Decider

    def evaluation(self) -> Evaluation:
        made = Evaluation(self.regulation, parse_period(self.period), self.decider)
        made.load(self.entries, self.as_of)
        return made

    def outcome(self) -> Outcome:
        return evaluate(self.entries, self.regulation, parse_period(self.period), self.as_of, self.decider)

    def rows(self, table: str, **wanted: Value) -> list[dict[str, Value]]:
        """Return the rows of a table with these values, after making sure that the way there doesn't matter."""
        records = self._ascertained.tables[table].records()
        return [row for row in records if all(row[name] == value for name, value in wanted.items())]

    @cached_property
    def _ascertained(self) -> Outcome:
        """The outcome, made in different ways, once for all questions of a test.

        The first is counted: what changes reach is counted in the tests of the dataflow and of evaluations.
        """
        outcome = self.outcome()
        told = outcome_text(outcome)
        with uncounted():
            assert all(self.bit_by_bit(order) == told for order in ORDERS)
        return outcome

    def row(self, table: str, **wanted: Value) -> dict[str, Value]:
        """Return the one row with these values."""
        (found,) = self.rows(table, **wanted)
        return found

    def column(self, table: str, name: str, **wanted: Value) -> list[Value]:
        return [row[name] for row in self.rows(table, **wanted)]

    def bit_by_bit(self, seed: int) -> str:
        """Return the outcome's text after the entries came shuffled and one by one while time went by."""
        chance = random.Random(seed)  # noqa: S311 - an order, not a secret
        entries = list(self.entries)
        chance.shuffle(entries)
        cut = chance.randrange(len(entries) + 1)
        made = Evaluation(self.regulation, parse_period(self.period), self.decider)
        at = self.as_of - timedelta(days=400)
        made.load(entries[:cut], at)
        for entry in entries[cut:]:
            at = min(self.as_of, at + timedelta(days=chance.randrange(60)))
            made.apply([entry], at if chance.random() < 0.7 else None)
        made.apply([], self.as_of)
        return outcome_text(made.outcome(ledger_hash(self.entries)))


def told(
    declared: str,
    given: str = "",
    *,
    as_of: str = "2026-01-05",
    period: str = "2025",
    decider: Decider | None = None,
    files: Mapping[str, str] | None = None,
    leader: bool = True,
) -> Told:
    """Return declarations and given entries (a YAML list, as in a case), checked and ready to be evaluated."""
    together = {**files_of(declared), **(files or {})}
    lines = [LEADER] if leader else []
    # An answer without a value is one that wasn't given.
    lines += [re.sub(r", \w+: (?=[,}])", "", line) for line in dedent(given).strip().splitlines() if line]
    table = next(
        path.split("/")[1][:-5]
        for path, text in together.items()
        if path.startswith("rules/") and not text.startswith("class:")
    )
    together["rules/given.case.yaml"] = (
        "cases:\n"
        f"  - case: given\n    as_of: {as_of}\n    period: {period}\n"
        "    places: {c1: community, c1/g1: grid, c1/g2: grid}\n"
        f"    given:\n{indent(chr(10).join(lines), ' ' * 6)}\n"
        f"    expect:\n      - {{in: {table}, rows: 0}}\n"
    )
    regulation = regulation_of(together)
    (case,) = regulation.cases
    places = PlaceTree.of(
        replace(regulation.places.places.get(key) or Place(key, level, {}), level=level)
        for key, level in case.places
    )
    return Told(
        replace(regulation, place=places.places[PLACE], places=places, cases=()),
        case.given,
        case.as_of,
        case.period,
        decider or PlainDecider(),
    )


def marks(values: Sequence[Any]) -> list[str]:
    """Return values as texts, marks as their reason."""
    return [str(getattr(value, "reason", value)) for value in values]
