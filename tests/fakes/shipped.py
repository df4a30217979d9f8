"""The shipped files for tests: all processes keep what loading them gives, as the product does (docs/adr/0081).

A load of the four regulations from nothing takes seconds. What tries loading itself has a folder of its own.
"""

from functools import cache
from pathlib import Path

from app.declarations.files import FileDeclarations
from app.domain.regulation import Regulation
from app.plugins.calendars import official_days

ROOT = Path(__file__).parents[2]
_LOADS = ROOT / ".cache" / "loads"


@cache
def declarations() -> FileDeclarations:
    """Return the reader of the shipped files: one for all tests of a process."""
    return FileDeclarations(ROOT, official_days, cache=_LOADS / "tests")


def regulation_of(place: str, *, with_cases: bool = False) -> Regulation:
    """Return the regulation in force at a place of the shipped files."""
    loaded = declarations().load(place, declarations().read_files(place), with_cases=with_cases)
    assert loaded.regulation is not None, [problem.code for problem in loaded.problems]
    return loaded.regulation


def share_loads(data: Path) -> None:
    """Let commands on the data folder `data` find there what earlier ones of this checkout have loaded."""
    if data.is_file():  # a test put it in the way
        return
    data.mkdir(exist_ok=True)
    shared = _LOADS / "commands"
    shared.mkdir(parents=True, exist_ok=True)
    if not (data / ".cache").is_symlink():
        (data / ".cache").symlink_to(shared, target_is_directory=True)
