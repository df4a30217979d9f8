"""The shipped demo for tests: its regulation, its world, its scenario; run as a script it prints a hash."""

import hashlib
import sys
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

from app import plugins
from app.declarations.files import FileDeclarations
from app.declarations.scenario_file import read_scenario
from app.domain.entry import Entry, entry_to_json
from app.domain.regulation import Regulation
from app.plugins.calendars import official_days
from app.services.canonical import canonical_json
from app.services.scenario.scenario import Scenario, World, generate
from tests.fakes.counting import uncounted
from tests.fakes.shipped import regulation_of

ROOT = Path(__file__).parents[2]


@cache
def regulation() -> Regulation:
    return regulation_of("demo/liuan", with_cases=True)


def world(of: Regulation | None = None) -> World:
    found = of or regulation()
    return World(found.places, found.calendar)


@cache
def scenario() -> Scenario:
    return Scenario(read_scenario(ROOT, "demo/liuan") or {})


@cache
def the_year() -> tuple[Entry, ...]:
    with uncounted():
        return tuple(generate(world(), scenario(), date(2026, 1, 1)))


def digest(entries: Iterable[Entry]) -> str:
    whole = hashlib.sha256()
    for entry in entries:
        whole.update(canonical_json(entry_to_json(entry)).encode())
    return whole.hexdigest()


if __name__ == "__main__":
    plugins.load(others=False)  # as each process does at its start
    declarations = FileDeclarations(
        ROOT, official_days
    )  # loaded by this process, nothing that another one kept
    loaded = declarations.load("demo/liuan", declarations.read_files("demo/liuan")).regulation
    sys.stdout.write(digest(generate(world(loaded), scenario(), date.fromisoformat(sys.argv[1]))))
