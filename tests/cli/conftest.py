"""A month of the demo community's ledger, and a place to run commands in."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from app.declarations.files import FileDeclarations
from app.declarations.scenario_file import read_scenario
from app.exchange.jsonl import entry_line
from app.plugins.calendars import official_days
from app.services.scenario import Scenario, generate
from app.services.scenario_world import World

ROOT = Path(__file__).parents[2]
PLACE = "demo/liuan"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's entries until 5 February 2025, as JSON Lines in the order of their making."""
    declarations = FileDeclarations(ROOT, official_days)
    regulation = declarations.load(PLACE, declarations.read_files(PLACE), with_cases=False).regulation
    assert regulation is not None
    scenario = Scenario(read_scenario(ROOT, PLACE) or {})
    world = World(regulation.places, regulation.calendar, regulation.revision)
    path = tmp_path_factory.mktemp("ledger") / "month.jsonl"
    path.write_bytes(b"".join(entry_line(entry) for entry in generate(world, scenario, date(2025, 2, 5))))
    return path


@pytest.fixture(scope="session")
def shuffled(month: Path) -> Path:
    """The same lines in another order."""
    lines = month.read_bytes().splitlines(keepends=True)
    random.Random(7).shuffle(lines)  # noqa: S311 - an order, no secret
    path = month.with_name("shuffled.jsonl")
    path.write_bytes(b"".join(lines))
    return path


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command as a process of its own, with an empty data folder, speaking English."""

    def run(
        *arguments: str, variables: Mapping[str, str] | None = None, given: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        environment = {
            **os.environ,
            "GRIDBOOK_DATA": str(tmp_path / "data"),
            "LC_ALL": "en_GB.UTF-8",
            "PYTHONIOENCODING": "utf-8",
            **(variables or {}),
        }
        command: Sequence[str] = (sys.executable, "-P", "-m", "app.cli", *arguments)
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            input=given,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=180,
        )

    return run


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The shipped files, to be changed."""
    target = tmp_path / "files"
    for folder in ("forms", "rules", "config"):
        shutil.copytree(ROOT / folder, target / folder)
    return target
