"""`./gridbook test`: the stages, what they cost, and one line that counts them all."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tooling import spent
from tooling.environment import Ready

if TYPE_CHECKING:
    from collections.abc import Callable

_REPORTS = Path(".cache", "test")
_BYTECODE = Path(".cache", "bytecode")
_COVERAGE = Path(".cache", "coverage")
_NO_TESTS = 5  # pytest's exit code


@dataclass(frozen=True, slots=True)
class Count:
    """How many checks or tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Count") -> "Count":
        """Both together."""
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the run. `seconds` is its budget on two cores; `options` go to pytest."""

    name: str
    seconds: int
    what: str
    folder: str = ""
    options: tuple[str, ...] = ()


LINT = Stage("lint", 60, "style, types, layers")
PURE = Stage("pure", 180, "everything but pages and PostgreSQL", "tests")
UI = Stage(
    "ui", 60, "pages, with NiceGUI's simulated user", "tests/ui", ("-p", "nicegui.testing.user_plugin")
)
BROWSER = Stage("browser", 180, "pages in Chromium", "tests/browser", ("-p", "no:asyncio"))
STAGES = (
    LINT,
    PURE,
    UI,
    BROWSER,
    Stage("postgres", 60, "the ledger on PostgreSQL", "tests/postgres"),
)
COVERAGE = Stage("coverage", 15, "branches, 90 % of the app and all of the domain")
# Each of these has a process of its own: NiceGUI's plugin and Playwright take over the event loop, and
# Tortoise can't speak to two databases in one process. `bench` measures and is never a test.
_APART = ("tests/ui", "tests/browser", "tests/postgres", "tests/bench")
CHECKS = (
    ("ruff check", ("ruff", "check")),
    ("ruff format", ("ruff", "format", "--check")),
    ("mypy --strict", ("mypy",)),
    ("import-linter", ("importlinter.cli", "lint_imports_command")),
    # Whether all tests can be imported; their rewritten code is kept, so that no process of a stage makes it again.
    ("pytest --collect-only", ("pytest", "tests", "--collect-only", "-qqq", "--ignore=tests/bench")),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for on the command line."""

    stages: tuple[Stage, ...]
    long: bool
    pytest: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of it runs, so that coverage means something."""
        return self.stages == STAGES and not self.pytest


def parse(arguments: list[str]) -> Plan:
    """Read the options of `test`; what follows `--` goes to pytest."""
    own, pytest = arguments, []
    if "--" in arguments:
        cut = arguments.index("--")
        own, pytest = arguments[:cut], arguments[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="./gridbook test",
        description="Check the code and run every test. The last line counts them.",
        epilog="What follows -- goes to pytest: ./gridbook test pure -- -k duty -x",
    )
    names = [stage.name for stage in STAGES]
    parser.add_argument("stage", nargs="*", metavar="STAGE", help=f"run these only: {', '.join(names)}")
    parser.add_argument("--long", action="store_true", help="fuzz for long, with other inputs at each run")
    options = parser.parse_args(own)
    for name in options.stage:
        if name not in names:
            parser.error(f"there is no stage {name}; there are {', '.join(names)}")
    chosen = tuple(stage for stage in STAGES if not options.stage or stage.name in options.stage)
    if pytest:
        chosen = tuple(stage for stage in chosen if stage is not LINT)
    return Plan(chosen, options.long, tuple(pytest))


def count_report(xml: str) -> Count:
    """Count a pytest report in JUnit's format. An expected failure (xfail) is neither passed nor skipped."""
    passed = failed = skipped = 0
    for case in ET.fromstring(xml).iter("testcase"):  # noqa: S314 - written by our own pytest
        skip = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif skip is None:
            passed += 1
        elif skip.get("type") != "pytest.xfail":
            skipped += 1
    return Count(passed, failed, skipped)


def judge(counted: Count | None, code: int, *, strict: bool) -> Count:
    """The outcome of a stage from its report and pytest's exit code.

    `strict` (a CI run) counts a skipped test as a failed one. A process that died without saying why, or that
    fails although no test did, is one failure.
    """
    if counted is None or (code not in {0, _NO_TESTS} and not counted.failed):
        counted = (counted or Count()) + Count(failed=1)
    if strict:
        counted = replace(counted, failed=counted.failed + counted.skipped)
    return counted


def last_line(total: Count) -> str:
    """The line that ends a run."""
    return f"{total.passed} passed, {total.failed} failed"


def timing(stage: Stage, count: Count, seconds: float, cpu: float = 0) -> str:
    """A line of the summary: a stage, its outcome, its time, its budget, and the CPU seconds of its processes.

    The latter hardly change with what else the machine does, so they can be compared where the clock can't. Processes
    for which nobody waits are missing: Chromium's pages.
    """
    outcome = f"{count.passed} passed, {count.failed} failed"
    outcome += f", {count.skipped} skipped" if count.skipped else ""
    cpus = f" {cpu:7.1f} s of CPU" if cpu else ""
    over = "  over its budget" if seconds > stage.seconds else ""
    return f"  {stage.name:9} {outcome:32} {seconds:6.1f} s of {stage.seconds:3} s{cpus}{over}"


def _environment(root: Path, ready: Ready, variables: dict[str, str] | None = None) -> dict[str, str]:
    """Return the variables of a process of the run.

    Bytecode is kept, whatever the shell says: the processes of a run are hundreds, and each would compile the app.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(root / _BYTECODE)}
    return {**os.environ, **kept, **ready.variables, **(variables or {})}


def _call(
    root: Path, ready: Ready, arguments: tuple[str, ...], variables: dict[str, str] | None = None
) -> int:
    environment = _environment(root, ready, variables)
    sys.stdout.flush()
    return subprocess.run([str(ready.python), *arguments], cwd=root, env=environment, check=False).returncode


def _check(root: Path, ready: Ready) -> Count:
    """Run the checks, two at a time: the types take as long as all others."""

    def one(module: str, rest: tuple[str, ...]) -> "subprocess.CompletedProcess[bytes]":
        if module == "importlinter.cli":
            arguments: tuple[str, ...] = ("-c", f"from {module} import {rest[0]} as run; run()")
        else:
            arguments = ("-m", module, *rest)
        command, environment = [str(ready.python), *arguments], _environment(root, ready)
        return subprocess.run(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )

    total = Count()
    with ThreadPoolExecutor(2) as pool:
        longest_first = sorted(CHECKS, key=lambda check: check[1][0] != "mypy")
        running = {name: pool.submit(one, module, tuple(rest)) for name, (module, *rest) in longest_first}
        for name, _ in CHECKS:
            print(f"— {name}", flush=True)
            done = running[name].result()
            sys.stdout.buffer.write(done.stdout)
            sys.stdout.flush()
            total += Count(failed=1) if done.returncode else Count(passed=1)
    return total


def _workers(plan: Plan, more: int = 0) -> tuple[str, ...]:
    """Two processes and some more, unless options of the user's (a debugger, say) might not bear it."""
    return () if plan.pytest else ("-n", str(int(os.environ.get("GRIDBOOK_TEST_WORKERS", "2")) + more))


def _pytest(root: Path, ready: Ready, stage: Stage, plan: Plan) -> Count:
    if not any((root / stage.folder).rglob("test_*.py")):
        print(f"{stage.folder} has no tests: something is missing from this checkout")
        return Count(failed=1)
    report = root / _REPORTS / f"{stage.name}.xml"
    report.unlink(missing_ok=True)
    arguments = ["-m", "pytest", stage.folder, f"--junitxml={report}", *stage.options]
    arguments += ["--durations=10", "--durations-min=3"]  # where a budget goes
    if stage is PURE:  # a process takes files whole as far as it can: what their tests share is made once
        arguments += [*_workers(plan), "--dist=worksteal"] if _workers(plan) else []
        arguments += [f"--ignore={folder}" for folder in _APART]
    if stage is UI:
        arguments += [*_workers(plan), "--dist=worksteal"] if _workers(plan) else []
    if (
        stage is BROWSER
    ):  # a flow waits nearly as long as it works; tests/browser/conftest.py says what stays together
        given = [*_workers(plan, 2), "--dist=loadscope", "--no-loadscope-reorder"]
        arguments += given if _workers(plan) else []
    arguments += [] if plan.long else ["-m", "not long"]
    # Counting takes servers half as long again, and what only they reach isn't needed (docs/adr/0240).
    arguments += ["--cov", "--cov-report="] if plan.is_whole and stage is not BROWSER else []
    runtime = tempfile.mkdtemp(prefix="gridbook-")  # short: the path of a socket has 107 characters at most
    variables = {
        "COVERAGE_FILE": str(root / _COVERAGE / f"data.{stage.name}"),
        "GRIDBOOK_HYPOTHESIS": "long" if plan.long else "default",
        "XDG_RUNTIME_DIR": runtime,
    }
    try:
        code = _call(root, ready, (*arguments, *plan.pytest), variables)
    finally:
        shutil.rmtree(runtime, ignore_errors=True)
    written = report.read_text(encoding="utf-8") if report.exists() else None
    if written is not None:
        print("\n".join(spent.lines(spent.by_file(written))), flush=True)
    counted = count_report(written) if written is not None else None
    return judge(counted, code, strict=os.environ.get("CI", "").lower() in {"1", "true"})


def _coverage(root: Path, ready: Ready) -> Count:
    variables = {"COVERAGE_FILE": str(root / ".cache" / "coverage.data")}
    # Of a folder, coverage takes only the files that are called like its own: so each is named.
    files = [str(path) for path in sorted((root / _COVERAGE).iterdir())]
    _call(root, ready, ("-m", "coverage", "combine", "--keep", "--quiet", *files), variables)
    total = Count()
    limits: tuple[tuple[str, ...], ...] = (
        ("--fail-under=90",),
        ("--fail-under=100", "--include=app/domain/*"),
    )
    for limit in limits:
        failed = _call(root, ready, ("-m", "coverage", "report", *limit), variables) != 0
        total += Count(failed=1) if failed else Count(passed=1)
    return total


def run(root: Path, ready: Ready, plan: Plan) -> int:
    """Run the stages of `plan` one after another; 0 if nothing failed, else 1."""
    shutil.rmtree(root / _COVERAGE, ignore_errors=True)
    for folder in (_REPORTS, _COVERAGE):
        (root / folder).mkdir(parents=True, exist_ok=True)
    works: list[tuple[Stage, Callable[[], Count]]] = [
        (stage, partial(_check, root, ready) if stage is LINT else partial(_pytest, root, ready, stage, plan))
        for stage in plan.stages
    ]
    if plan.is_whole:
        works.append((COVERAGE, partial(_coverage, root, ready)))
    results: list[tuple[Stage, Count, float, float]] = []
    for stage, work in works:
        print(f"\n=== {stage.name}: {stage.what}", flush=True)
        began, before = time.monotonic(), spent.cpu()
        results.append((stage, work(), time.monotonic() - began, spent.cpu() - before))
    total = sum((count for _, count, *_ in results), Count())
    print("\n=== summary")
    for result in results:
        print(timing(*result))
    print(last_line(total), flush=True)
    return 1 if total.failed else 0
