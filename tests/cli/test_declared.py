"""`check`, `cases`, `publish`, and what they say about files and machines at fault."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.cli.main import MODULES
from app.cli.parser import OPTIONS
from tests.cli.conftest import PLACE, Run, copied
from tooling.commands import COMMANDS


def changed(files: Path, path: str, old: str, new: str) -> None:
    file = files / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_every_command_of_the_bootstrap_has_options_and_a_module() -> None:
    assert set(OPTIONS) == set(MODULES) == set(COMMANDS) - {"test"}


def test_a_case_that_fails_is_named_by_its_line_and_the_others_run(run: Run, files: Path) -> None:
    changed(
        files, "rules/home_visit.case.yaml", "window: 2025-Q1, state: met", "window: 2025-Q1, state: missed"
    )
    done = run("cases", "home_visit", variables={"GRIDBOOK_FILES": str(files)})
    assert done.returncode == 1
    lines = (files / "rules/home_visit.case.yaml").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "window: 2025-Q1, state: missed" in text)
    assert f"rules/home_visit.case.yaml:{line}:9: E560 state should be missed and is met." in done.stderr
    assert "Why: home_visit (S1, 一、3（1）；三)  (rules/home_visit.yaml:1:1)" in done.stderr
    assert "counted: entry given-" in done.stderr
    assert "Traceback" not in done.stderr


def test_figures_that_no_case_notices_are_told_at_their_place(run: Run, files: Path) -> None:
    variables = {"GRIDBOOK_FILES": str(files)}
    noticed = run("cases", "--nudge", "home_visit/tiers/special/times", variables=variables)
    assert (noticed.returncode, "1 of 1 figures" in noticed.stdout) == (0, True), noticed.stderr
    case = files / "rules" / "home_visit.case.yaml"
    head = case.read_text("utf-8").partition("expect:")[0]
    case.write_text(head + "expect:\n      - {in: home_visit, subject: nobody, rows: 0}\n", "utf-8")
    told = run("cases", "--nudge", "home_visit/tiers/special/times", variables=variables)
    assert (told.returncode, "0 of 1 figures" in told.stdout) == (0, True), told.stderr
    assert (
        "rules/home_visit.yaml:19:12: W211 home_visit/tiers/special/times could be 2 instead of 1"
        in told.stderr
    )
    none = run("cases", "--nudge", "no figure is called so", variables=variables)
    assert none.returncode == 2


def test_publishing_refuses_a_broken_file_with_its_place_and_takes_the_mended_one(
    run: Run, files: Path
) -> None:
    variables = {"GRIDBOOK_FILES": str(files)}
    changed(files, "rules/weekly_meeting.yaml", "every: week", "every: weak")
    refused = run("publish", "--place", PLACE, "--yes", variables=variables)
    assert refused.returncode == 1
    assert "rules/weekly_meeting.yaml:" in refused.stderr
    changed(files, "rules/weekly_meeting.yaml", "every: weak", "every:  week")
    taken = run("publish", "--place", PLACE, "--yes", variables=variables)
    assert (taken.returncode, "is in force" in taken.stdout) == (0, True), taken.stderr
    again = run("publish", "--place", PLACE, "--yes", variables=variables)
    assert (again.returncode, "nothing differs" in again.stdout) == (0, True)


def test_an_older_copy_of_the_files_cant_overwrite_what_is_in_force(
    run: Run, files: Path, tmp_path: Path
) -> None:
    older_files = copied(tmp_path / "older", "*.case.yaml")
    old, new = ({"GRIDBOOK_FILES": str(folder)} for folder in (older_files, files))
    place = "demo/zaoyuan"  # where no post approves, an operator publishes
    assert run("publish", "--place", place, "--yes", variables=old).returncode == 0
    changed(files, "config/demo/zaoyuan/rules/forum_held.yaml", "every: quarter", "every:  quarter")
    assert run("publish", "--place", place, "--yes", variables=new).returncode == 0
    older = run("publish", "--place", place, "--yes", variables=old)
    assert (older.returncode, "E542" in older.stderr) == (1, True)


def test_a_port_in_use_is_said_with_what_to_do(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert (done.returncode, "E531" in done.stderr, "--port" in done.stderr) == (3, True, True)


def unused() -> str:
    """A port that nobody listens on: what keeps the server from starting must not be that."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_data_folder_that_cant_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file in the way", "utf-8")
    done = run("rebuild")
    assert (done.returncode, "E402" in done.stderr, "Traceback" in done.stderr) == (3, True, False)
    served = run("serve", "--port", unused())
    assert (served.returncode, served.stdout) == (3, "")
    first, remedy = served.stderr.splitlines()
    assert first.startswith(f"{tmp_path / 'data'}: E903 ")
    assert "GRIDBOOK_DATA" in remedy
    assert (tmp_path / "data").read_text("utf-8") == "a file in the way"


def test_a_database_of_a_newer_version_is_left_alone(run: Run, tmp_path: Path) -> None:
    assert run("rebuild").returncode == 0
    path = tmp_path / "data" / "gridbook.sqlite3"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(
            "INSERT INTO tortoise_migrations (app, name, applied_at) VALUES ('ledger', '9999_later', '2030-01-01')"
        )
    before = path.read_bytes()
    done = run("rebuild")
    assert (done.returncode, "E401" in done.stderr) == (3, True), done.stderr
    served = run("serve", "--port", unused())
    assert (served.returncode, served.stdout) == (3, "")
    first, remedy = served.stderr.splitlines()
    assert first.startswith(f"E401 The database {path} is of a newer version (9999_later)")
    assert "Nothing was changed." in remedy
    assert path.read_bytes() == before


@pytest.mark.parametrize(("language", "word"), [("zh", "用法："), ("en", "Usage:"), ("es", "Uso:")])
def test_help_speaks_the_readers_language(run: Run, language: str, word: str) -> None:
    done = run("evaluate", "--help", variables={"LC_ALL": f"{language}_XX.UTF-8"})
    assert (done.returncode, word in done.stdout) == (0, True)
    missing = run("evaluate", variables={"LC_ALL": f"{language}_XX.UTF-8"})
    assert (missing.returncode, word in missing.stderr) == (2, True)


def test_a_ledger_shows_what_the_declared_files_never_made_use_of(
    run: Run, files: Path, tmp_path: Path
) -> None:
    variables = {"GRIDBOOK_FILES": str(files)}
    ledger = tmp_path / "empty.jsonl"
    ledger.write_text("", "utf-8")
    done = run("check", "--place", PLACE, "--ledger", str(ledger), "--period", "2025", variables=variables)
    assert done.returncode == 0
    assert "rules/home_visit.yaml:1:1: W208 home_visit wasn’t used in 2025" in done.stderr
    assert "acknowledged." in done.stdout
    alone = run("check", "--ledger", str(ledger), variables=variables)
    assert alone.returncode == 2


def test_reference_explains_one_kind_or_says_which_there_are(run: Run) -> None:
    done = run("reference", "duty", "--language", "es")
    assert (done.returncode, "| `owed_by` |" in done.stdout, "| `grades` |" in done.stdout) == (
        0,
        True,
        False,
    )
    done = run("reference", "dutty")
    assert (done.returncode, "There are: form, class, duty" in done.stderr) == (2, True)
