"""Nothing in the code knows a community, a form or a clause by its name: the shipped files with other ids."""

import random
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.declarations.load import load
from app.domain.kinds.case import Case
from app.domain.kinds.planning import limited
from app.domain.period import parse_period
from app.domain.place import Place, PlaceTree
from app.domain.regulation import Regulation
from app.plugins.calendars import official_days
from app.services.evaluate import Evaluation
from tests.fakes.deciders import PlainDecider
from tests.fakes.shipped import declarations
from tests.fakes.shipped import regulation_of as shipped_regulation

PLACE = "demo/liuan"
"""Where the shipped regulation is in force; the test holds for any of them."""


def shipped() -> dict[str, str]:
    return dict(declarations().read_files(PLACE))


def regulation_of(files: Mapping[str, str]) -> Regulation:
    loaded = load(PLACE, files, official_days)
    assert loaded.regulation is not None, [(str(p.where), p.code) for p in loaded.problems if p.is_error]
    return loaded.regulation


def ids_of(regulation: Regulation) -> list[str]:
    """Return the ids of all definitions that a community chooses itself."""
    kinds = (
        regulation.forms, regulation.classes, regulation.duties, regulation.indicators, regulation.rules,
        regulation.sheets, regulation.appraisals, regulation.roles,
    )  # fmt: skip
    return [name for kind in kinds for name in kind]


def renamed(text: str, names: Mapping[str, str]) -> str:
    """Return `text` with every whole word that is an id replaced."""
    return re.sub(r"[A-Za-z_][A-Za-z0-9_]*", lambda found: names.get(found[0], found[0]), text)


def evaluated(regulation: Regulation, case: Case) -> Evaluation:
    """Return the case evaluated with the definitions alone that its expected rows are made of."""
    regulation = limited(regulation, [expected.table for expected in case.expect])
    places = [Place(key, level, {}) for key, level in case.places]
    own = replace(regulation, place=places[0], places=PlaceTree.of(places))
    made = Evaluation(own, parse_period(case.period, own.calendar), PlainDecider())
    made.load(case.given, case.as_of)
    return made


@pytest.mark.no_cover  # what it repeats is counted where it is tried once (docs/adr/0083)
def test_other_ids_for_everything_that_is_declared_give_the_isomorphic_outcome() -> None:
    files = shipped()
    before = shipped_regulation(PLACE, with_cases=True)
    chance = random.Random(20)  # noqa: S311 - names
    ids = ids_of(before)
    # What is also a column, a choice or a word of the language keeps its name: renaming it would say something else.
    taken = words_with_another_meaning(before)
    fresh = [f"x{number:03}_{chance.randrange(10**6)}" for number in range(len(ids))]
    chance.shuffle(fresh)
    names = {old: new for old, new in zip(ids, fresh, strict=True) if old not in taken}
    assert len(names) > len(ids) * 3 // 4
    moved = {renamed_path(path, names): renamed(text, names) for path, text in files.items()}
    after = regulation_of(moved)
    cases = {case.title: case for case in after.cases}
    back = {new: old for old, new in names.items()}
    compared = 0
    for case in before.cases:
        old, new = evaluated(before, case), evaluated(after, cases[renamed(case.title, names)])
        for table in old.result_tables():
            target = renamed(table, names)
            wanted = sorted(renamed(repr(row), names) for row in old.rows(table).values())
            assert sorted(repr(row) for row in new.rows(target).values()) == wanted
            columns = [column.name for column in new.schema(target).columns]
            assert columns == [renamed(column.name, names) for column in old.schema(table).columns]
            compared += len(wanted)
    assert compared > 100
    assert len(back) == len(names)


def renamed_path(path: str, names: Mapping[str, str]) -> str:
    folder, _, name = path.rpartition("/")
    stem, dot, rest = name.partition(".")
    return f"{folder}/{names.get(stem, stem)}{dot}{rest}"


def words_with_another_meaning(regulation: Regulation) -> set[str]:
    """Return the names of fields, choices, places, tiers, items and lines, and the words of the language."""
    words = {
        "praise",
        "worker",
        "role",
        "place",
        "holder",
        "subject",
        "form",
        "by",
        "at",
        "meeting",
        "class",
        "period",
        "leave",
    }
    for form in regulation.forms.values():
        words |= {form.describes or "", form.about or ""}
        for field in form.fields:
            words |= {field.id, *(choice.id for choice in field.choices)}
    for place in regulation.places.places.values():
        words |= {*place.id.split("/"), place.level}
    for duty in regulation.duties.values():
        words |= {tier.id for tier in duty.tiers}
    for sheet in regulation.sheets.values():
        words |= {item.id for item in (*sheet.items, *sheet.bonus)}
    return words
