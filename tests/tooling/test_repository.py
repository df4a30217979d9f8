"""What must and must not stand in the files of the repository."""

import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.tooling.script import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock")
# Folders of somebody's machine; the pattern is put together so that this file doesn't hold what it looks for.
MACHINE_PATH = re.compile("/(?:" + "|".join(("ro" + "ot", "ho" + "me", "Us" + "ers")) + r")/[A-Za-z][\w.-]*/")


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(
        # Whoever owns the checkout, reading the list of its files is safe.
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode("utf-8").split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def texts() -> dict[Path, str]:
    found = {}
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found[path] = data.decode("utf-8")
    return found


def test_every_tracked_text_is_utf_8_and_names_no_machine_s_folder() -> None:
    here = f"{ROOT}/"
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path, text in texts().items()
        for line in text.splitlines()
        if MACHINE_PATH.search(line) or (here in line and len(ROOT.parts) > 2)
    ]
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_every_package_with_hashes_and_holds_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:[0-9a-f]{64}( \\)?$)", text, re.MULTILINE)
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) > 50
    unpinned = [
        block.splitlines()[0] for block in blocks if "==" not in block or "--hash=sha256:" not in block
    ]
    assert unpinned == []


def test_both_locks_agree_on_what_the_app_runs_with() -> None:
    runtime, test = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS)
    assert runtime <= test


def _declared() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    lines = [*project["project"]["dependencies"], *groups["build"], *groups["test"]]
    return [re.split(r"[\[<>=~! ]", line, maxsplit=1)[0] for line in lines]


def test_every_direct_dependency_is_locked() -> None:
    lock = (ROOT / "requirements-test.lock").read_text(encoding="utf-8")
    missing = [
        name for name in _declared() if not re.search(rf"^{name.replace('.', '-')}==", lock, re.MULTILINE)
    ]
    assert missing == []


def test_every_direct_dependency_has_its_reason_in_the_documents_and_no_other_has() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE) == _declared()


def test_the_continuous_integration_runs_the_same_command_as_people() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 gridbook test" in text
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    assert (ROOT / "gridbook").stat().st_mode & 0o111
