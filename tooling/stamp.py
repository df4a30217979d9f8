"""What the virtual environment was made from, so that a start sees at once that nothing is to do."""

import hashlib
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

RUNTIME_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"
_NAME = "gridbook-stamp"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Hashes of the locks that were installed; `test` is empty without the tools of the tests.

    `printing` is "yes" when Pango and the fonts were seen, which needn't be looked for at each start then.
    """

    python: str
    runtime: str
    test: str = ""
    printing: str = ""

    def covers(self, wanted: "Stamp") -> bool:
        """Whether an environment of this stamp serves where `wanted` is asked for."""
        same = (self.python, self.runtime) == (wanted.python, wanted.runtime)
        return same and wanted.test in {"", self.test}


def digest(path: Path) -> str:
    """SHA-256 of a file's text, whatever its line ends (git on Windows writes CRLF)."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def python_of(venv: Path) -> str:
    """The version that a virtual environment was made with, such as 3.11.2; empty if there is none."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(errors="replace").splitlines()
    except OSError:
        return ""
    values = dict(line.split(" = ", 1) for line in lines if " = " in line)
    return values.get("version", values.get("version_info", ""))


def wanted(root: Path, venv: Path, *, test: bool) -> Stamp:
    """The stamp that an environment of this checkout should have; nothing is known of printing."""
    return Stamp(python_of(venv), digest(root / RUNTIME_LOCK), digest(root / TEST_LOCK) if test else "")


def found(root: Path, venv: Path, *, test: bool) -> Stamp | None:
    """The stamp of an environment that serves as it is; None if something is to be done first."""
    there = read(venv)
    return there if there and there.covers(wanted(root, venv, test=test)) else None


def read(venv: Path) -> Stamp | None:
    """The stamp of an environment; None if there is none or it was never finished."""
    try:
        lines = (venv / _NAME).read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    values = dict(line.split(" ", 1) for line in lines if " " in line)
    known = {field.name: values.get(field.name, "") for field in fields(Stamp)}
    return Stamp(**known)


def write(venv: Path, stamp: Stamp) -> None:
    """Say that the environment is whole. Last step, atomic: a start that dies before leaves no stamp."""
    text = "".join(f"{name} {value}\n" for name, value in asdict(stamp).items() if value)
    fresh = venv / f"{_NAME}.new"
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, venv / _NAME)  # noqa: PTH105 - pathlib has no other word for it that says atomic


def remove(venv: Path) -> None:
    """Before anything in the environment changes."""
    (venv / _NAME).unlink(missing_ok=True)
