"""A month of the demo community's ledger, and a place to run commands in."""

import io
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from app.cli.main import main
from app.declarations.files import FileDeclarations
from app.declarations.scenario_file import read_scenario
from app.exchange.jsonl import entry_line
from app.plugins.calendars import official_days
from app.services.scenario import Scenario, generate
from app.services.scenario_world import World
from tests.fakes.counting import uncounted, uncounted_variables

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
    with uncounted():
        lines = [entry_line(entry) for entry in generate(world, scenario, date(2025, 2, 5))]
    path.write_bytes(b"".join(lines))
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
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, with an empty data folder, speaking English.

    What a process of its own does otherwise (signals, pipes, a start of Python's) is for `process`.
    """

    def run(
        *arguments: str, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        # Texts and bytes: a result that goes on to a program is written as bytes.
        said, told = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
        with monkeypatch.context() as machine, redirect_stdout(said), redirect_stderr(told):
            machine.chdir(tmp_path)
            for name, value in (_of(tmp_path) | dict(variables or {})).items():
                machine.setenv(name, value)
            try:
                code: object = main(arguments)
            except SystemExit as end:  # the reader of options ends so
                code = end.code
        assert isinstance(code, int), code
        return subprocess.CompletedProcess(arguments, int(code), _text(said), _text(told))

    return run


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Runs a command as a process of its own, uncounted, with an empty data folder, speaking English."""

    def process(
        *arguments: str, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        environment = {
            **uncounted_variables(),
            **_of(tmp_path),
            "PYTHONIOENCODING": "utf-8",
            **(variables or {}),
        }
        command: Sequence[str] = (sys.executable, "-P", "-m", "app.cli", *arguments)
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=180,
        )

    return process


def _text(stream: io.TextIOWrapper) -> str:
    found = stream.buffer
    assert isinstance(found, io.BytesIO)
    return found.getvalue().decode("utf-8")


def _of(folder: Path) -> dict[str, str]:
    return {"GRIDBOOK_DATA": str(folder / "data"), "LC_ALL": "en_GB.UTF-8"}


def copied(target: Path, *left_out: str) -> Path:
    """Copy the shipped files, but those whose names match one of the patterns."""
    for folder in ("forms", "rules", "config"):
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns(*left_out))
    return target


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The shipped files, to be changed; of the cases those of one duty, as all take seconds to run."""
    found = copied(tmp_path / "files", "*.case.yaml")
    shutil.copy(ROOT / "rules" / "home_visit.case.yaml", found / "rules")
    return found


@pytest.fixture
def whole_files(tmp_path: Path) -> Path:
    """The shipped files with all cases, to be changed."""
    return copied(tmp_path / "files")
