import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.script import ROOT
from tooling.commands import COMMANDS, suggestion


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Path:
    """The script and its helpers alone: no environment, no lock, nothing to set up from."""
    shutil.copy(ROOT / "gridbook", tmp_path / "gridbook")
    shutil.copytree(ROOT / "tooling", tmp_path / "tooling", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def start(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(checkout / "gridbook"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"], ["help"]])
def test_help_lists_every_command_and_sets_nothing_up(bare_checkout: Path, arguments: list[str]) -> None:
    ended = start(bare_checkout, *arguments)
    assert (ended.returncode, ended.stderr) == (0, "")
    for name, sentence in COMMANDS.items():
        assert f"  {name} " in ended.stdout
        assert sentence in ended.stdout
    assert not (bare_checkout / ".venv").exists()


def test_a_reader_of_the_help_that_has_enough_is_no_fault(bare_checkout: Path) -> None:
    command = [sys.executable, str(bare_checkout / "gridbook")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()  # before it has begun to write
        said = process.stderr.read()
    assert (process.returncode, said) == (0, b"")


def test_help_is_shown_where_the_terminal_knows_no_chinese(bare_checkout: Path) -> None:
    command = [sys.executable, str(bare_checkout / "gridbook")]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("gridbook ????: ")


def test_every_command_of_the_issue_is_there_with_one_sentence() -> None:
    make = {"serve", "demo", "check", "cases", "coverage", "publish", "evaluate", "appraise", "print"}
    keep = {"freeze", "difference", "import", "export", "backup", "restore", "rebuild", "bench", "test"}
    assert set(COMMANDS) == make | keep | {
        "invite",
        "archive",
        "verify",
        "explain",
        "plugins",
        "impact",
        "layers",
        "promote",
        "appoint",
        "reference",
        "xlsform",
    }
    for sentence in COMMANDS.values():
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "\n" not in sentence


def test_a_misspelt_command_gets_a_suggestion_and_exit_code_2(bare_checkout: Path) -> None:
    ended = start(bare_checkout, "serv")
    assert ended.returncode == 2
    assert ended.stderr == "There is no command `serv`. Did you mean `serve`?\n"


def test_a_command_like_no_other_is_pointed_at_the_list() -> None:
    assert suggestion("xyzzy") == "There is no command `xyzzy`. `./gridbook` lists the commands."
    assert suggestion("serve") is None


def test_a_checkout_without_its_lock_gives_a_message_and_no_traceback(bare_checkout: Path) -> None:
    ended = start(bare_checkout, "check")
    assert ended.returncode == 3
    assert "requirements.lock" in ended.stderr
    assert "clone gridbook anew" in ended.stderr
    assert "Traceback" not in ended.stderr
