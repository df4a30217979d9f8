"""A month of the demo community's ledger, and a place to run commands in."""

import asyncio
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from datetime import date
from functools import cache
from pathlib import Path
from typing import TextIO

import pytest

from app.cli.main import main
from app.declarations.scenario_file import read_scenario
from app.exchange.entry_lines import entry_line
from app.ledger import file_url, open_store
from app.services.scenario.scenario import Scenario, generate
from app.services.scenario.world import World
from tests.fakes.counting import uncounted, uncounted_variables
from tests.fakes.shipped import regulation_of, share_loads

ROOT = Path(__file__).parents[2]
PLACE = "demo/liuan"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's entries until 16 January 2025, as JSON Lines in the order of their making."""
    return ledger_until(date(2025, 1, 16), tmp_path_factory.mktemp("ledger") / "month.jsonl")


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's whole year, as JSON Lines in the order of their making."""
    return ledger_until(date(2026, 1, 5), tmp_path_factory.mktemp("ledger") / "year.jsonl")


def ledger_until(day: date, path: Path) -> Path:
    """Write the demo's entries until a day (exclusive) into a file."""
    regulation = regulation_of(PLACE)
    scenario = Scenario(read_scenario(ROOT, PLACE) or {})
    world = World(regulation.places, regulation.calendar, regulation.revision)
    with uncounted():
        lines = [entry_line(entry) for entry in generate(world, scenario, day)]
    path.write_bytes(b"".join(lines))
    return path


@pytest.fixture(scope="session")
def shuffled(month: Path) -> Path:
    """The same lines in another order."""
    return in_other_order(month)


def in_other_order(ledger: Path) -> Path:
    """Write the lines of a file in another order beside it."""
    lines = ledger.read_bytes().splitlines(keepends=True)
    random.Random(7).shuffle(lines)  # noqa: S311 - an order, no secret
    path = ledger.with_name("shuffled.jsonl")
    path.write_bytes(b"".join(lines))
    return path


@cache
def empty_database() -> bytes:
    """Return the file of a database with our tables and nothing in them."""

    async def make(path: Path) -> None:
        async with open_store(file_url(path)):
            pass

    with tempfile.TemporaryDirectory() as folder, uncounted():
        path = Path(folder) / "gridbook.sqlite3"
        asyncio.run(make(path))
        return path.read_bytes()


def lay_down(database: bytes, data: Path) -> None:
    """Put a database into a data folder that a test has not begun to use."""
    if not data.exists():
        data.mkdir()
        path = data / "gridbook.sqlite3"
        path.touch(mode=0o600)
        path.write_bytes(database)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, with an empty database, speaking English.

    Making its tables takes longer than most commands: a start from nothing is for `process`, as is what a process of
    its own does otherwise (signals, pipes, a start of Python's).
    """

    def run(
        *arguments: str, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        told = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        lay_down(empty_database(), tmp_path / "data")
        code, said = _ended(arguments, monkeypatch, tmp_path, variables or {}, told)
        return subprocess.CompletedProcess(arguments, code, said, _text(told))

    return run


@pytest.fixture
def watched(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command as `run` does, before a pseudo-terminal: what that was sent is its standard error."""
    if sys.platform == "win32":  # it has no such thing
        return run

    def watched(
        *arguments: str, variables: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        reading, writing = os.openpty()
        seen: list[bytes] = []

        def read() -> None:  # a terminal that nobody reads stops who writes
            with suppress(OSError):  # how a terminal ends
                while got := os.read(reading, 4096):
                    seen.append(got)

        reader = threading.Thread(target=read)
        reader.start()
        try:
            with os.fdopen(writing, "w", encoding="utf-8") as terminal:
                asked = {"TERM": "xterm", "COLUMNS": "80", **(variables or {})}
                code, said = _ended(arguments, monkeypatch, tmp_path, asked, terminal)
        finally:
            reader.join()
            os.close(reading)
        sent = b"".join(seen).decode().replace("\r\n", "\n")
        return subprocess.CompletedProcess(arguments, code, said, sent)

    return watched


def _ended(
    arguments: Sequence[str],
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
    variables: Mapping[str, str],
    told: TextIO,
) -> tuple[int, str]:
    """Run a command to its end, what it tells going to `told`; return its code and its result."""
    # Texts and bytes: a result that goes on to a program is written as bytes.
    said = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with monkeypatch.context() as machine, redirect_stdout(said), redirect_stderr(told):
        machine.chdir(folder)
        for name, value in (_of(folder) | dict(variables)).items():
            machine.setenv(name, value)
        try:
            code: object = main(arguments)
        except SystemExit as end:  # the reader of options ends so
            code = end.code
    assert isinstance(code, int), code
    return int(code), _text(said)


def shows(done: "subprocess.CompletedProcess[str]", *steps: str) -> bool:
    """Whether a bar stood before the terminal of `watched` at these steps, in this order, and not among the results."""
    if sys.platform == "win32":
        return True
    places = [done.stderr.find(step) for step in steps]
    bar = "\N{BOX DRAWINGS HEAVY HORIZONTAL}"
    return -1 not in places and places == sorted(places) and bar in done.stderr and bar not in done.stdout


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
            timeout=600,  # for what never ends; a machine at work takes its time
        )

    return process


def _text(stream: io.TextIOWrapper) -> str:
    found = stream.buffer
    assert isinstance(found, io.BytesIO)
    return found.getvalue().decode("utf-8")


def _of(folder: Path) -> dict[str, str]:
    share_loads(folder / "data")
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
