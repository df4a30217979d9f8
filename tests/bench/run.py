"""`./gridbook bench`: the demo community's year against plain SQL, one entry against a full run, memory, first page.

Runs what users run, one after the other on the same machine; the median of alternating pairs counts.
Ends with 1 when two results differ, whatever the speed.
"""

import argparse
import asyncio
import gc
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.cli.console import Bar, Console, reader_language
from app.declarations.place_folders import place_folder
from app.declarations.scenario_file import read_scenario
from app.domain.entry import Entry
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.domain.workdays import is_working_day
from app.engine import DurableDecider
from app.exchange.entry_lines import entry_line
from app.plugins.declared import declarations_of
from app.services.evaluate import Evaluation
from app.services.scenario.scenario import Scenario, generate
from app.services.scenario.world import World
from app.settings import CHECKOUT, Settings
from tests.bench import (
    appraisal_print,
    draft_check,
    draft_impact,
    form_page,
    register_print,
    rule_files,
    workbook_rows,
)
from tests.bench.measurements import MEASUREMENTS
from tests.bench.plain_sql import AS_OF, YEAR, Row
from tests.bench.second_year import second_year

AS_OF_DATE = "2026-01-05"
MOST_TIMES = 5
LEAST_TIMES = 50
MOST_MEMORY = 400
SECOND = "demo/xinglin"
"""The place whose definitions apply beside the demo's: S3's."""
PATIENCE = 120.0
"""Seconds after which a server counts as not coming up, or not ending."""


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Measure everything and print a table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./gridbook bench")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--only", choices=MEASUREMENTS, help="take one measurement alone")
    asked = parser.parse_args()
    pairs = max(1, asked.pairs)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-bench-"))
    # A user's Python keeps bytecode from the first start on. A shell may forbid it: then each process that is measured
    # would compile anew whatever it imports.
    os.environ.update(PYTHONDONTWRITEBYTECODE="", PYTHONPYCACHEPREFIX=str(folder / "bytecode"))
    try:
        # Nothing is drawn beside what is measured.
        with Console(reader_language(None, os.environ, "en")).progress("cli-benching", alone=True) as bar:
            return measure(folder, pairs, asked.only or MEASUREMENTS, bar)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, pairs: int, which: str, bar: Bar) -> int:
    """Run `which` measurements, named as in docs/measurements.md; returns 0, or 1 when results differ.

    `bar` is called with (measurements, of).
    """
    declarations = declarations_of(Settings())
    scenario = Scenario(read_scenario(CHECKOUT, "demo/liuan") or {})
    files = declarations.read_files(scenario.place)
    regulation = declarations.load(scenario.place, files, with_cases=False).regulation
    if regulation is None:
        say("the declared files are at fault: ./gridbook check")
        return 1
    entries = list(
        generate(
            World(regulation.places, regulation.calendar, regulation.revision), scenario, date(YEAR + 1, 1, 5)
        )
    )
    ledger = folder / "year.jsonl"
    ledger.write_bytes(b"".join(entry_line(entry) for entry in entries))
    say(
        f"{len(entries)} entries, {ledger.stat().st_size / 1e6:.1f} MB; {pairs} pairs; {os.cpu_count()} cores"
    )
    same = True
    ahead = iter(range(len(which)))

    def begin() -> None:
        bar(next(ahead), len(which))

    if "a" in which:
        begin()
        year = Year("(a) full year", folder, ledger, scenario.place, CHECKOUT)
        same &= full_year(year, regulation, pairs)
    if "f" in which:
        begin()
        same &= full_year(both_regulations(folder, entries, scenario.place), regulation, pairs)
    del entries
    if "e" in which:
        begin()
        told, same_loads = rule_files.measure(folder, scenario.place, pairs)
        say(told)
        same &= same_loads
    if "g" in which:
        begin()
        same &= printed(asyncio.run(form_page.measure(folder / "form", 3 * pairs)))
    if "h" in which:
        begin()
        told, whole = workbook_rows.measure(folder, regulation, pairs)
        say(told)
        same &= whole
    rest: dict[str, Callable[[], bool]] = {
        "b": lambda: one_visit(ledger, regulation, pairs),
        "i": lambda: draft_impact.measure(declarations, regulation, read(ledger, regulation), pairs, say),
        "j": lambda: draft_check.told(scenario.place, say),
        "d": lambda: first_page(folder, pairs),
        "p": lambda: printed(appraisal_print.told()),
        "r": lambda: printed((register_print.told(), True)),
    }
    for letter, take in rest.items():
        if letter in which:
            begin()
            same &= take()
    return 0 if same else 1


def printed(found: tuple[str, bool]) -> bool:
    """Tell a measurement of printing; whether both sides gave the same."""
    say(found[0])
    return found[1]


# ---- the full year and its memory
@dataclass(frozen=True, slots=True)
class Year:
    """A ledger to evaluate under the files of a checkout; `both` says that the second regulation applies too."""

    name: str
    folder: Path
    ledger: Path
    place: str
    root: Path
    both: bool = False


def full_year(year: Year, regulation: Regulation, pairs: int) -> bool:
    """Compare `gridbook evaluate` with the SQL, both as processes from start to end, and note our peak memory.

    The data folder is empty at first, and no bytecode is there: that run is told by itself, the later ones find what it
    has kept. Nor is the SQL's first run counted.
    """
    ours, theirs = Times(), Times()
    peaks: list[float] = []
    same = True
    days, data = year.folder / "days.json", year.folder / f"data-{year.name}"
    days.write_text(json.dumps([day.isoformat() for day in working_days(regulation)]))
    surroundings = {**os.environ, "GRIDBOOK_DATA": str(data), "GRIDBOOK_FILES": str(year.root)}
    outcome, rows = year.folder / "outcome.json", year.folder / "rows.json"
    asked: tuple[str, ...] = (
        "-m",
        "app.cli",
        "evaluate",
        "--place",
        year.place,
        "--ledger",
        str(year.ledger),
    )
    asked += ("--period", str(YEAR), "--as-of", AS_OF_DATE, "--out", str(outcome))
    rival = (
        "-m",
        "tests.bench.run_sql",
        str(year.ledger),
        str(days),
        str(rows),
        *(["both"] if year.both else []),
    )
    first = Times()
    run_process(first, asked, surroundings)
    run_process(Times(), rival, surroundings)
    for number in range(pairs):
        if number % 2:
            run_process(theirs, rival, surroundings)
        peaks.append(run_process(ours, asked, surroundings))
        if not number % 2:
            run_process(theirs, rival, surroundings)
        told = json.loads(outcome.read_text("utf-8"))
        found = occurrences(told)
        wanted, totals, figures = json.loads(rows.read_text("utf-8"))
        same &= found == [tuple(row) for row in wanted] and totals_of(found) == [tuple(row) for row in totals]
        same &= figures_of(told) == {
            (name, worker): Fraction(part, whole) for name, worker, part, whole in figures
        }
    us, them = statistics.median(ours.wall), statistics.median(theirs.wall)
    cpu, their_cpu = statistics.median(ours.cpu), statistics.median(theirs.cpu)
    say(f"{year.name}: gridbook {us:.2f} s, SQLite {them:.2f} s: {us / them:.1f}× (at most {MOST_TIMES}×); "
        f"CPU {cpu:.2f} s to {their_cpu:.2f} s: {cpu / their_cpu:.1f}×; first run of all "
        f"{first.wall[0]:.2f} s; {len(found)} occurrences {'the same' if same else 'DIFFER'}")  # fmt: skip
    say(
        f"{year.name}: peak memory, worker included: {statistics.median(peaks):.0f} MB "
        f"(at most {MOST_MEMORY} MB of the demo)"
    )
    return same


def both_regulations(folder: Path, entries: list[Entry], place: str) -> Year:
    """Write a checkout in which the place has both regulations, and a ledger with both years."""
    root, ledger = folder / "both", folder / "both.jsonl"
    for name in ("forms", "rules", "config"):
        shutil.copytree(CHECKOUT / name, root / name)
    for found in (CHECKOUT / place_folder(SECOND)).iterdir():
        if found.is_dir():
            shutil.copytree(found, root / place_folder(place) / found.name, dirs_exist_ok=True)
        elif found.name != "place.yaml":
            shutil.copy(found, root / place_folder(place))
    with ledger.open("wb") as stream:
        stream.writelines(entry_line(entry) for entry in second_year(entries, place))
    return Year("(f) both regulations", folder, ledger, place, root, both=True)


def figures_of(outcome: dict[str, Any]) -> dict[tuple[str, str], Fraction]:
    """Return the second regulation's figures, by name and worker; empty without it."""
    found = {}
    for name in {"resident_opinion", "mediation_success"} & outcome["tables"].keys():
        table = outcome["tables"][name]
        about, value = (table["columns"].index(column) for column in ("about", "value"))
        for row in table["rows"]:
            if not isinstance(row[value], dict):
                found[name, row[about]] = Fraction(row[value])
    return found


@dataclass(slots=True)
class Times:
    """Seconds of processes, with those that they started: by the clock, and of CPU."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def run_process(times: Times, arguments: tuple[str, ...], surroundings: dict[str, str]) -> float:
    """Run Python to its end, note the seconds, return the most memory that its processes held together, in MB."""
    start, before = time.perf_counter(), os.times()
    peak = 0
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=CHECKOUT, stderr=subprocess.DEVNULL, env=surroundings
    ) as process:
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.02)
    after = os.times()
    times.wall.append(time.perf_counter() - start)
    times.cpu.append(
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    if process.returncode != 0:
        raise SystemExit(f"{arguments} ended with {process.returncode}")
    return peak / 1024


def memory_of(pid: int) -> int:
    """Return the kB of memory that a process and those that it started hold; 0 where /proc isn't."""
    total = 0
    for one in (pid, *children(pid)):
        try:
            status = Path(f"/proc/{one}/status").read_text()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)
    return total


def children(pid: int) -> list[int]:
    """Return the processes that `pid` has started."""
    try:
        found = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return found + [inner for one in found for inner in children(one)]


def working_days(regulation: Regulation) -> list[date]:
    """Return the working days around the year, which the SQL is given."""
    first = date(YEAR - 1, 12, 1)
    days = (first + timedelta(days=number) for number in range(430))
    return [day for day in days if is_working_day(regulation.calendar, day)]


def occurrences(outcome: dict[str, object]) -> list[Row]:
    """Return all occurrences of an outcome as the SQL gives them."""
    tables = outcome["tables"]
    assert isinstance(tables, dict)
    found: list[Row] = []
    for name, table in tables.items():
        if table["kind"] == "duty":
            at = [
                table["columns"].index(column) for column in ("subject", "window", "tier", "state", "counted")
            ]
            found += [(name, *(row[place] for place in at)) for row in table["rows"]]
    return sorted(found)


def totals_of(rows: list[Row]) -> list[tuple[str, str, str, int]]:
    """Return how many occurrences there are by duty, tier and state."""
    counted: dict[tuple[str, str, str], int] = {}
    for duty, _, _, tier, state, _ in rows:
        counted[duty, tier, state] = counted.get((duty, tier, state), 0) + 1
    return sorted((*key, count) for key, count in counted.items())


def read(ledger: Path, regulation: Regulation) -> list[Entry]:
    """Return the entries of the year."""
    from app.cli.evaluating import read_ledger  # noqa: PLC0415

    return read_ledger(ledger, regulation.place.id)


# ---- one more visit
def one_visit(ledger: Path, regulation: Regulation, pairs: int) -> bool:
    """Compare one more ordinary visit with a full run, worker warm; every table must be the same."""
    entries = read(ledger, regulation)
    visits = [entry for entry in entries if entry.form == "visit" and entry.at.year == YEAR][-pairs - 1 :]
    period = parse_period(str(YEAR))
    single, full = [], []
    same = True
    late = {visit.id for visit in visits}
    come = [entry for entry in entries if entry.id not in late]
    with DurableDecider() as decider:
        kept = Evaluation(regulation, period, decider)
        kept.load(come, AS_OF)
        gc.collect()
        for number, visit in enumerate(visits):
            come.append(visit)

            def one_more(visit: Entry = visit) -> float:
                start = time.perf_counter()
                kept.apply([visit], AS_OF)
                return time.perf_counter() - start

            if number == 0:  # builds the indexes that an app at work has
                say(f"(b) the first visit after a start: {one_more() * 1000:.0f} ms")
                continue
            if number % 2:
                single.append(one_more())
            start = time.perf_counter()
            whole = Evaluation(regulation, period, decider)
            whole.load(come, AS_OF)
            full.append(time.perf_counter() - start)
            if not number % 2:
                single.append(one_more())
            same &= all(dict(kept.rows(name)) == dict(whole.rows(name)) for name in whole.result_tables())
    one, all_of_them = statistics.median(single), statistics.median(full)
    say(f"(b) one visit: {one * 1000:.1f} ms, full run {all_of_them:.2f} s: 1/{all_of_them / one:.0f} "
          f"(at most 1/{LEAST_TIMES}); tables {'the same' if same else 'DIFFER'}")  # fmt: skip
    return same


# ---- the first page
def first_page(folder: Path, pairs: int) -> bool:
    """Measure the second start, until the first page is there; whether each server came up and ended when told."""
    seconds = []
    whole = True
    for number in range(pairs + 1):
        with free_port() as port:
            pass
        start = time.perf_counter()
        environment = {**os.environ, "GRIDBOOK_DATA": str(folder / "data"), "GRIDBOOK_PORT": str(port)}
        command = [sys.executable, "-m", "app.cli", "serve"]
        with subprocess.Popen(command, cwd=CHECKOUT, env=environment, stderr=subprocess.DEVNULL) as process:
            while not answers(f"http://127.0.0.1:{port}/") and time.perf_counter() - start < PATIENCE:
                time.sleep(0.01)
            came = time.perf_counter() - start
            whole &= came < PATIENCE
            if number:
                seconds.append(came)
            process.terminate()
            try:
                whole &= process.wait(PATIENCE) == 0
            except subprocess.TimeoutExpired:
                process.kill()
                whole = False
    say(f"(d) second start to the first page: {statistics.median(seconds):.2f} s"
        + ("" if whole else "; a server DIDN'T come up, or didn't end when told"))  # fmt: skip
    return whole


@contextmanager
def free_port() -> Iterator[int]:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


def answers(url: str) -> bool:
    """Whether a page comes."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:  # noqa: S310 - our own server
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    sys.exit(main())
