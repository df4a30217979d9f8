"""Nothing in the code knows a community, a form or a clause by its name: the shipped files with other ids everywhere.

Renamed is every word of a file that is the id of something declared (definitions, fields, choices, tiers, items, lines,
parts, grades, states, steps, places, levels): wherever it stands, in every file, the cases among them. What stays is
what the code has as a word of its own, such as `state`, `worker` or `met`: read from the code itself, so that a name
that crept into it is seen here, since definitions that stay must be listed.
"""

import ast
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from app.declarations.load import load
from app.domain.kinds.case import Case
from app.domain.kinds.planning import limited
from app.domain.period import parse_period
from app.domain.place import Place, PlaceTree
from app.domain.regulation import Regulation
from app.engine import DurableDecider
from app.plugins.calendars import official_days
from app.services.evaluate import Evaluation
from app.services.ports import Decider
from tests.fakes.counting import uncounted
from tests.fakes.deciders import PlainDecider
from tests.fakes.shipped import declarations
from tests.fakes.shipped import regulation_of as kept_regulation_of

ROOT = Path(__file__).parents[2]
PLACES = ("demo/hengjie", "demo/liuan", "demo/xinglin", "demo/zaoyuan")
WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
SYSTEM = ROOT / "app/declarations/system"
STAYING = frozenset({"measure", "praise", *(path.stem for path in SYSTEM.glob("*.yaml"))})
"""System forms, and definitions that are words of the language; another that stays is one that the code knows."""
FEW = 5
"""Cases of each place that are evaluated; which ones is drawn."""


def shipped(place: str) -> dict[str, str]:
    return dict(declarations().read_files(place))


def regulation_of(files: Mapping[str, str], place: str) -> Regulation:
    loaded = load(place, files, official_days)
    assert loaded.regulation is not None, [(str(p.where), p.code) for p in loaded.problems if p.is_error]
    return loaded.regulation


# ---- what has a name -------------------------------------------------------------------------------------------------
@cache
def language() -> frozenset[str]:
    """Return the words that the code itself has: texts in it that could be ids, and the keys of its models."""
    found = set()
    for folder in ("domain", "declarations", "plugins"):
        for path in (ROOT / "app" / folder).rglob("*.py"):
            models = path.is_relative_to(ROOT / "app/declarations/schema")
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {node.value} if WORD.fullmatch(node.value) else set()
                elif models and isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    found.add(node.target.id)
    system = {word for path in SYSTEM.glob("*.yaml") for word in WORD.findall(path.read_text("utf-8"))}
    return frozenset(found | system)


def definitions_of(regulation: Regulation) -> list[str]:
    """Return the ids of all definitions."""
    kinds = (
        regulation.forms, regulation.classes, regulation.duties, regulation.indicators, regulation.rules,
        regulation.sheets, regulation.appraisals, regulation.roles, regulation.procedures,
    )  # fmt: skip
    return [name for kind in kinds for name in kind]


def ids_of(regulation: Regulation) -> list[str]:
    """Return the ids of everything that is declared, those within definitions among them."""
    return list(dict.fromkeys([*definitions_of(regulation), *_inner(regulation), *_places(regulation)]))


def _places(regulation: Regulation) -> Iterator[str]:
    for place in regulation.places.places.values():
        yield from place.id.split("/")[1:]
        yield place.level


def _inner(regulation: Regulation) -> Iterator[str]:
    for form in regulation.forms.values():
        yield from (one for one in (form.describes, form.about) if one)
        for field in form.fields:
            for one in (field, *field.columns):
                yield one.id
                yield from (choice.id for choice in one.choices)
    for duty in regulation.duties.values():
        yield from (tier.id for tier in duty.tiers)
    for sheet in regulation.sheets.values():
        for item in (*sheet.items, *sheet.bonus):
            for part in (item, *item.items):
                yield part.id
                yield from (line.id for line in part.lines)
    for appraisal in regulation.appraisals.values():
        yield from (weighed.id for weighed in appraisal.parts)
        yield from (grade.id for grade in appraisal.grades)
    for rule in regulation.rules.values():
        yield from (fact.id for fact in rule.facts)


def fresh(ids: list[str]) -> dict[str, str]:
    """Return a new name for each, in no order that has to do with the old one."""
    chance = random.Random(20)  # noqa: S311 - names
    made = [f"x{number:04}_{chance.randrange(10**6)}" for number in range(len(ids))]
    chance.shuffle(made)
    names = dict(zip(ids, made, strict=True))
    # A part's column is called after it, and so is how far a fact's run goes at least.
    parts = {f"part_{old}": f"part_{new}" for old, new in names.items()}
    return names | parts | {f"{old}_least": f"{new}_least" for old, new in names.items()}


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Return `text` with every whole word that is an id replaced."""
    return WORD.sub(lambda found: names.get(found[0], found[0]), text)


def renamed_path(path: str, names: Mapping[str, str]) -> str:
    return "/".join(renamed(part, names) for part in path.split("/"))


# ---- the same, by other names ----------------------------------------------------------------------------------------
def evaluated(regulation: Regulation, case: Case, decider: Decider) -> Evaluation:
    """Return the case evaluated with the definitions alone that its expected rows are made of."""
    regulation = limited(regulation, [expected.table for expected in case.expect])
    places = [Place(key, level, {}) for key, level in case.places]
    own = replace(regulation, place=places[0], places=PlaceTree.of(places))
    made = Evaluation(own, parse_period(case.period, own.calendar), decider)
    made.load(case.given, case.as_of)
    return made


@pytest.mark.uncounted  # what it repeats is counted where it is tried once (docs/adr/0083)
@pytest.mark.parametrize("place", PLACES)
def test_other_ids_for_everything_that_is_declared_give_the_isomorphic_outcome(place: str) -> None:
    files = shipped(place)
    before = kept_regulation_of(place, with_cases=True)
    ids = ids_of(before)
    names = fresh([name for name in ids if name not in language()])
    assert set(definitions_of(before)) - set(names) <= STAYING
    assert len(names) // 2 > len(ids) * 2 // 3
    moved = {renamed_path(path, names): renamed(text, names) for path, text in files.items()}
    after = regulation_of(moved, renamed(place, names))
    cases = {case.title: case for case in after.cases}
    chosen = random.Random(7).sample(before.cases, min(FEW, len(before.cases)))  # noqa: S311 - a choice
    decider: Decider = DurableDecider() if place == "demo/zaoyuan" else PlainDecider()
    compared = 0
    try:
        with uncounted():
            for case in chosen:
                old = evaluated(before, case, decider)
                new = evaluated(after, cases[renamed(case.title, names)], decider)
                compared += isomorphic(old, new, names)
    finally:
        if isinstance(decider, DurableDecider):
            decider.close()
    assert compared > FEW


def isomorphic(old: Evaluation, new: Evaluation, names: Mapping[str, str]) -> int:
    """See that the tables are the same but for the names; return how many rows there are."""
    compared = 0
    for table in old.result_tables():
        target = renamed(table, names)
        wanted = sorted(renamed(repr(row), names) for row in old.rows(table).values())
        assert sorted(repr(row) for row in new.rows(target).values()) == wanted, table
        columns = [column.name for column in new.schema(target).columns]
        assert columns == [renamed(column.name, names) for column in old.schema(table).columns]
        compared += len(wanted)
    return compared
