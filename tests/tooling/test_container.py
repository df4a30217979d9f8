"""The container's two files, read and not built: what they leave out and what they name."""

import ast
import re
from fnmatch import fnmatch
from pathlib import PurePosixPath

from tests.tooling.script import ROOT
from tooling.machine import Lack, Need, System, command_for


def kept(path: str) -> bool:
    """Whether a file comes into the container: the last line that fits it or a folder of it decides."""
    found = True
    whole = PurePosixPath(path)
    names = [str(one) for one in (whole, *whole.parents)]
    for line in (ROOT / ".containerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        anywhere = line.startswith("**/")
        if line and not line.startswith("#"):
            against = whole.parts if anywhere else names
            if any(fnmatch(name, pattern) for name in against):
                found = line.startswith("!")
    return found


def files_of(module: str) -> list[str]:
    """The file of one of our modules, and what makes the folders around it packages."""
    parts = module.split(".")
    around = ["/".join([*parts[:depth], "__init__.py"]) for depth in range(1, len(parts) + 1)]
    return [path for path in (*around, "/".join(parts) + ".py") if (ROOT / path).exists()]


def imported(path: str) -> set[str]:
    """The files of tests/ that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return {file for module in found if module.startswith("tests.") for file in files_of(module)}


def test_the_container_keeps_what_bench_runs_and_leaves_the_tests_out() -> None:
    needed = {str(path.relative_to(ROOT).as_posix()) for path in (ROOT / "tests" / "bench").glob("*.py")}
    waiting = sorted(needed)
    while waiting:
        fresh = imported(waiting.pop()) - needed
        needed |= fresh
        waiting += fresh
    assert "tests/fakes/working.py" in needed  # what is imported of what is imported
    assert [path for path in sorted(needed) if not kept(path)] == []
    tests = [str(path.relative_to(ROOT).as_posix()) for path in (ROOT / "tests").rglob("test_*.py")]
    assert [path for path in tests if kept(path)] == []


def test_the_container_keeps_what_the_script_starts_and_nothing_of_a_deployment() -> None:
    for path in ("gridbook", "tooling/main.py", "app/cli/main.py", "requirements.lock", "rules/x.yaml"):
        assert kept(path)
    for path in ("data/gridbook.sqlite3", ".venv/bin/python", ".git/HEAD", "app/__pycache__/x.pyc"):
        assert not kept(path)
    assert not kept("tests/bench/__pycache__/run.pyc")


def test_the_container_takes_away_the_compiler_by_the_names_by_which_the_script_installs_it() -> None:
    (taken,) = re.findall(r"apt-get purge -y ([^&\\]+)", (ROOT / "Containerfile").read_text("utf-8"))
    installs = command_for(System.DEBIAN, [Lack(Need.COMPILER, ())])[-1]
    assert sorted(taken.split()) == sorted(installs.partition(" -y ")[2].split())
