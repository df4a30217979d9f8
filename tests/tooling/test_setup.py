"""The whole set-up from invented packages that lie in a folder: nothing is fetched."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tooling.script import ROOT
from tooling import stamp

CLI = """\
import sys
from one import VALUE
print("ran", sys.argv[1:], VALUE)
sys.exit(7)
"""


def make_wheel(folder: Path, name: str, version: str, source: str) -> str:
    """Write a wheel with one module; returns its line of a lock."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": source,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        record += f"{path},sha256={digest},{len(text.encode())}\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in {**files, f"{info}/RECORD": record + f"{info}/RECORD,,\n"}.items():
            archive.writestr(path, text)
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


@dataclass(frozen=True, slots=True)
class Checkout:
    root: Path
    wheels: Path
    tool: str

    def lock(self, *lines: str) -> None:
        text = "".join([self.tool, *lines])
        (self.root / "requirements.lock").write_text(text)
        (self.root / "requirements-test.lock").write_text(text)

    def start(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(self.root / "gridbook"), *arguments]
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels), "PIP_CONFIG_FILE": os.devnull}
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "COV", "PYTHON"))
        }
        return subprocess.run(
            command, capture_output=True, text=True, env={**kept, **pip}, cwd=self.wheels, check=False
        )

    @property
    def venv(self) -> Path:
        return self.root / ".venv"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    root, wheels = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("wheels")
    shutil.copy(ROOT / "gridbook", root / "gridbook")
    shutil.copytree(ROOT / "tooling", root / "tooling", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "app").mkdir()
    (root / "app" / "__init__.py").touch()
    (root / "app" / "cli.py").write_text(CLI)
    (wheels / "app").mkdir()  # where the user stands there is an `app` of somebody else's
    (wheels / "app" / "__init__.py").write_text("raise SystemExit('the wrong app')")
    return Checkout(root, wheels, make_wheel(wheels, "setuptools", "999.0", "VALUE = 0\n"))


# In an order in which each finds the environment that it can go on with: making one takes seconds.
def test_a_first_start_sets_up_and_the_second_has_nothing_to_say(checkout: Checkout) -> None:
    checkout.lock(make_wheel(checkout.wheels, "one", "1.0", "VALUE = 'first'\n"))
    shutil.rmtree(checkout.root / ".venv", ignore_errors=True)
    first = checkout.start("check", "--strict")
    assert (first.stdout, first.returncode) == ("ran ['check', '--strict'] first\n", 7)
    assert "> Making a virtual environment" in first.stderr
    assert "Set-up is done." in first.stderr
    second = checkout.start("evaluate")
    assert (second.stdout, second.returncode, second.stderr) == ("ran ['evaluate'] first\n", 7, "")


def test_a_new_lock_is_installed_into_the_environment_that_is_there(checkout: Checkout) -> None:
    checkout.lock(make_wheel(checkout.wheels, "one", "1.0", "VALUE = 'first'\n"))
    checkout.start("check")
    checkout.lock(make_wheel(checkout.wheels, "one", "2.0", "VALUE = 'second'\n"))
    newer = checkout.start("check")
    assert newer.stdout == "ran ['check'] second\n"
    assert "Making a virtual environment" not in newer.stderr


def test_a_checkout_that_was_moved_still_starts(checkout: Checkout) -> None:
    checkout.lock(make_wheel(checkout.wheels, "one", "2.0", "VALUE = 'second'\n"))
    checkout.start("check")
    elsewhere = checkout.root.rename(checkout.root.with_name("elsewhere"))
    try:
        moved = Checkout(elsewhere, checkout.wheels, checkout.tool).start("check")
    finally:
        elsewhere.rename(checkout.root)
    assert (moved.stdout, moved.stderr) == ("ran ['check'] second\n", "")


def test_what_cannot_be_fetched_is_a_message_and_what_is_half_there_has_no_stamp(checkout: Checkout) -> None:
    one = make_wheel(checkout.wheels, "one", "2.0", "VALUE = 'second'\n")
    checkout.lock(one)
    checkout.start("check")
    checkout.lock(one, make_wheel(checkout.wheels, "two", "4.0", "VALUE = 'fourth'\n"))
    wheel = checkout.wheels / "two-4.0-py3-none-any.whl"
    wheel.unlink()
    stamped = stamp.read(checkout.venv)
    assert stamped is not None
    ended = checkout.start("check")
    assert ended.returncode == 3
    assert "The package index can't be reached." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert stamp.read(checkout.venv) is None  # then it is made anew: test_environment.py
    stamp.write(checkout.venv, stamped)  # making it takes seconds, and nothing was unpacked


def test_a_package_that_is_not_the_locked_one_is_refused(checkout: Checkout) -> None:
    checkout.lock(make_wheel(checkout.wheels, "one", "3.0", "VALUE = 'third'\n"))
    make_wheel(checkout.wheels, "one", "3.0", "VALUE = 'forged'\n")
    ended = checkout.start("check")
    assert (ended.stdout, ended.returncode) == ("", 3)
    assert "isn't the one that was locked" in ended.stderr
    assert "Traceback" not in ended.stderr
