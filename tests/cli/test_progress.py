"""Long work shows on a terminal at what it is, in the reader's language, and keeps its results apart from that.

What commands over a store show is in the tests of those.
"""

from pathlib import Path

import pytest

from app.exchange.entry_lines import entry_line
from tests.cli.conftest import Run, shows
from tests.cli.test_appraise import DECLARED, PERIOD, PLACE, entries
from tests.fakes.checkout import write
from tests.services.declared import files_of

OF = ("--place", PLACE, "--period", PERIOD, "--ledger", "ledger.jsonl")
EVALUATE = ("evaluate", *OF, "--as-of", "2026-02-01")


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    write(tmp_path / "files", files_of(DECLARED))
    (tmp_path / "ledger.jsonl").write_bytes(b"".join(entry_line(entry) for entry in entries()))
    return {"GRIDBOOK_FILES": str(tmp_path / "files")}


@pytest.mark.parametrize(
    ("language", "steps"),
    [
        ("zh", ("读取", "推算", "写入")),
        ("en", ("Reading", "Working out", "Writing")),
        ("es", ("Leyendo", "Calculando", "Escribiendo")),
    ],
)
def test_evaluating_shows_its_steps(
    language: str, steps: tuple[str, ...], watched: Run, variables: dict[str, str]
) -> None:
    done = watched(*EVALUATE, "--language", language, variables=variables)
    assert shows(done, *steps), done.stderr
    assert done.stdout.startswith("{")


def test_checking_against_a_ledger_shows_its_steps(watched: Run, variables: dict[str, str]) -> None:
    done = watched("check", *OF, variables=variables)
    assert shows(done, "Checking", "Reading", "Working out"), done.stderr
    assert PLACE in done.stdout


def test_nothing_is_shown_where_nobody_watches(run: Run, watched: Run, variables: dict[str, str]) -> None:
    done = run(*EVALUATE, variables=variables)
    assert not done.stderr.startswith("Reading")
    assert "\x1b" not in done.stderr
    assert "\x1b" not in watched(*EVALUATE, variables={**variables, "TERM": "dumb"}).stderr
