"""Texts of other towns, trades and countries, whole in the language: each loads, and its own cases pass.

They are the drafts with which the language was designed, several definitions to a file. Where a draft had to be put
otherwise, it says so and ADR 107 says why.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.declarations.load import load
from app.engine import DurableDecider
from app.services.cases import run_cases
from tests.declarations.community import official
from tests.fakes.deciders import PlainDecider

HERE = Path(__file__).parent / "other_towns"
PLACE = "config/places/c1/place.yaml"
FOLDERS = {"form": "forms", "calendar": "config/calendars", "role": "config/roles"}
COMMUNITY = """\
place: c1
level: community
title: {zh: 社区}
calendar: cn
places: {g1: {level: grid}}
"""


def parts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the documents of a file, each with the path that it has in a folder of declared files."""
    cases = []
    for number, text in enumerate(re.split(r"(?m)^---\n", path.read_text(encoding="utf-8"))):
        found = re.search(r"(?m)^([a-z]+): *([^#\n]*)", text)
        assert found is not None, (path, number)
        kind, name = found[1], found[2].strip()
        if kind == "case":
            cases.append("  - " + text.rstrip("\n").replace("\n", "\n    "))
        else:
            yield PLACE if kind == "place" else f"{FOLDERS.get(kind, 'rules')}/{name}.yaml", text
    if cases:
        yield f"rules/{path.stem}.case.yaml", "cases:\n" + "\n".join(cases) + "\n"


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in HERE.glob("*.yaml") if not path.stem.startswith("common"))
)
def test_a_text_loads_and_its_own_cases_pass(name: str) -> None:
    files = {PLACE: COMMUNITY} | dict(parts(HERE / "common.yaml")) | dict(parts(HERE / f"{name}.yaml"))
    if any("review_course" in text for text in files.values()):
        files |= dict(parts(HERE / "common_year.yaml"))
    loaded = load("c1", files, official)
    assert [(str(one.where), one.code, one.values) for one in loaded.problems if one.is_error] == []
    assert loaded.regulation is not None
    results = run_cases(loaded.regulation, loaded.regulation.cases, PlainDecider())
    assert len(results) >= 2
    assert [(one.case.title, one.problems) for one in results if not one.passed] == []


def test_working_hours_and_times_up_to_each_row_hold_with_the_rules_engine_deciding() -> None:
    files = {PLACE: COMMUNITY} | dict(parts(HERE / "common.yaml")) | dict(parts(HERE / "working_time.yaml"))
    regulation = load("c1", files, official).regulation
    assert regulation is not None
    decider = DurableDecider()
    try:
        results = run_cases(regulation, regulation.cases, decider)
    finally:
        decider.close()
    assert [(one.case.title, one.problems) for one in results if not one.passed] == []
