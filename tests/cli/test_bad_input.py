"""Wrong arguments, files and machines: each command says what to do, ends with its code and shows no traceback."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.cli.declared import places_of
from app.cli.main import MODULES, main
from app.cli.written import written
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.plugins.declared import declarations_of
from app.settings import CHECKOUT, load_settings
from tests.cli.conftest import PLACE, Run, empty_database, lay_down
from tests.fakes.counting import uncounted_variables
from tests.fakes.shipped import share_loads

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands of this process find an empty database (making it takes long) and an English terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRIDBOOK_DATA", str(tmp_path / "data"))
    lay_down(empty_database(), tmp_path / "data")
    share_loads(tmp_path / "data")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def told(arguments: Sequence[str], capsys: Capture) -> tuple[int, str]:
    """Run a command in this process; return its exit code and what it told."""
    try:
        code = main(arguments)
    except SystemExit as end:  # the reader of options ends so
        code = end.code if isinstance(end.code, int) else 0
    said = capsys.readouterr()
    return code, said.out + said.err


@pytest.mark.parametrize("language", ["zh", "en", "es"])
@pytest.mark.parametrize("command", sorted(MODULES))
def test_help_of_every_command_is_in_the_readers_language(
    command: str, language: str, capsys: Capture
) -> None:
    code, said = told([command, "--help", "--language", language], capsys)
    assert code == 0
    assert {"zh": "用法：", "en": "Usage:", "es": "Uso:"}[language] in said
    foreign = [
        "usage:",
        "positional arguments",
        "optional arguments",
        "{",
        "cli-",
        Translator(language)("text-missing"),
    ]
    assert [word for word in foreign if word in said] == []
    if language != "en":
        assert "show this help" not in said


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonesuch"],
        ["check", "more"],
        ["check", "--nonesuch"],
        ["check", "--language", "fr"],
        ["check", "--language"],
        ["check", "--place", "nowhere"],
        ["check", "--place", "../../etc"],
        ["cases", "no case is called so"],
        ["serve", "--port", "many"],
        ["serve", "--port", "0"],
        ["serve", "--port", "99999"],
        ["serve", "--port", "-1"],
        ["bench", "--pairs", "0"],
        ["backup"],
        ["import", "--place", PLACE],
        ["publish", "--place", "nowhere"],
        ["print", "--place", PLACE, "--period", "2025"],
        ["restore", "not there"],
        ["restore", "."],
        ["export", "--place", PLACE, "."],
        ["export", "--place", PLACE, "not/there"],
        ["import", "--place", PLACE, "not there"],
        ["appraise", "--place", PLACE, "--period", "2025"],  # nothing is published here yet
    ],
)
def test_what_the_command_line_gets_wrong_ends_with_2_and_words(
    arguments: list[str], capsys: Capture
) -> None:
    code, said = told(arguments, capsys)
    assert (code, "Traceback" in said, said.strip() != "") == (2, False, True), said


@pytest.mark.parametrize(
    ("language", "missing"), [("zh", "还缺：--place、--ledger、"), ("en", ": --place, --ledger, ")]
)
def test_what_is_missing_is_enumerated_as_the_language_does(
    language: str, missing: str, capsys: Capture
) -> None:
    _, said = told(["evaluate", "--period", "2025", "--language", language], capsys)
    assert missing in said


@pytest.mark.parametrize(
    ("arguments", "exit_code", "code"),
    [
        (["backup", "."], 3, "E424"),
        (["backup", "/dev/null"], 3, "E424"),
        (["backup", "not/there"], 3, "E424"),
        (["restore", "broken.jsonl"], 1, "E420"),
    ],
)
def test_a_backup_that_cant_be_has_its_own_words(
    arguments: list[str], exit_code: int, code: str, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "broken.jsonl").write_text("no archive", encoding="utf-8")
    found, said = told(arguments, capsys)
    assert (found, code in said) == (exit_code, True), said
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_three_broken_lines_are_all_told_and_nothing_is_stored(
    run: Run, files: Path, tmp_path: Path, capsys: Capture
) -> None:
    published = run("publish", "--place", PLACE, "--yes", variables={"GRIDBOOK_FILES": str(files)})
    assert published.returncode == 0
    lines = ['{"id": "a"}', "no JSON", '{"id": 1, "form": "visit", "at": "x", "by": "w", "answers": {}}']
    (tmp_path / "broken.jsonl").write_text("\n".join(lines), encoding="utf-8")
    code, said = told(["import", "--place", PLACE, "broken.jsonl"], capsys)
    assert code == 1
    assert [f"broken.jsonl:{number}:" in said for number in (1, 2, 3)] == [True, True, True]
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert told(["import", "--place", PLACE, "empty.jsonl"], capsys)[0] == 0
    with sqlite3.connect(tmp_path / "data" / "gridbook.sqlite3") as base:
        assert base.execute("SELECT count(*) FROM entry").fetchone() == (0,)
    base.close()
    # What is stored and counts nowhere is told then and there, unless a later line puts it right.
    household = '"form": "household", "at": "2025-01-02T08:00:00+08:00", "by": "w", "subject": "h1"'
    silent = [
        f'{{"id": "h-1", {household}, "answers": {{}}}}',
        f'{{"id": "h-2", {household}, "answers": {{}}}}',
        f'{{"id": "h-3", {household}, "answers": {{}}, "supersedes": "h-2"}}',
    ]
    (tmp_path / "silent.jsonl").write_text("\n".join(silent), encoding="utf-8")
    code, said = told(["import", "--place", PLACE, "silent.jsonl"], capsys)
    assert code == 0
    assert [f"silent.jsonl:{number}" in said for number in (1, 2, 3)] == [True, False, True]
    assert said.count("E564") == 2


def test_a_result_goes_to_a_pipe_or_a_device_without_taking_its_place(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with written(str(pipe)) as stream:
        stream.write(b"one line\n")
    assert (os.read(reader, 100), stat.S_ISFIFO(pipe.stat().st_mode)) == (b"one line\n", True)
    os.close(reader)
    with written("-") as stream:
        stream.write(b"another\n")
    assert capfdbinary.readouterr().out == b"another\n"


def test_a_file_that_cant_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    target = tmp_path / "results" / "outcome.json"
    target.write_text("old", encoding="utf-8")

    def fail() -> None:
        with written(str(target)) as stream:
            stream.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(ProblemError, match="E553"):
        fail()
    assert [path.name for path in target.parent.iterdir()] == ["outcome.json"]
    assert target.read_text("utf-8") == "old"


def test_a_reader_that_has_enough_is_no_fault(tmp_path: Path) -> None:
    command = f"'{sys.executable}' -P -m app.cli check --place {PLACE} | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=CHECKOUT,
        env={**uncounted_variables(), "PYTHONUNBUFFERED": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr, "BrokenPipe" in done.stderr) == (0, False, False)


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C", "LANG": "C", "NO_COLOR": "1", "TERM": "dumb"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    ],
)
def test_a_terminal_of_few_characters_gets_words_and_no_colours(
    process: Run, variables: dict[str, str]
) -> None:
    done = process("check", "--place", "nowhere", variables=variables)
    assert (done.returncode, "E551" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"GRIDBOOK_PORT": "many", "GRIDBOOK_LANGUAGE": "fr"}, "E901"),
        ({"GRIDBOOK_DATABASE_URL": "nonsense"}, "E40"),
        ({"GRIDBOOK_DATABASE_URL": "asyncpg://u:hunter2@127.0.0.1:1/x"}, "E406"),
        ({"GRIDBOOK_DATA": "/dev/null/data"}, "E402"),
    ],
)
def test_a_machine_at_fault_ends_with_3_and_no_secret(
    variables: dict[str, str], code: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found, said = told(["rebuild"], capsys)
    assert (found, code in said, "hunter2" in said, "Traceback" in said) == (3, True, False, False), said


def test_a_machine_without_a_chinese_font_prints_nothing_and_says_what_to_install(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # where there is no fontconfig either
    arguments = ["print", "--place", PLACE, "--period", "2025", "--out", "prints"]
    found, said = told(arguments, capsys)
    assert (found, "E573" in said, "fonts-noto-cjk" in said, "Traceback" in said) == (3, True, True, False)
    assert not (tmp_path / "prints").exists()
    monkeypatch.setenv("GRIDBOOK_PDF", "off")
    found, said = told(arguments, capsys)
    assert (found, "E571" in said, (tmp_path / "prints").exists()) == (3, True, False), said


@pytest.mark.parametrize("command", ["check", "cases"])
def test_a_folder_without_any_community_is_not_found_sound(
    command: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDBOOK_FILES", str(tmp_path / "elsewhere"))
    code, said = told([command], capsys)
    assert (code, "E551" in said, "elsewhere" in said) == (2, True, True), said


def test_what_a_terminal_has_no_character_for_stops_nothing(process: Run) -> None:
    done = process("check", "--place", PLACE, "--language", "zh", variables={"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, f"{PLACE}?" in done.stdout) == (0, True), done.stderr


def test_what_is_looked_at_may_be_a_street() -> None:
    settings = load_settings()
    assert places_of("demo", settings, declarations_of(settings)) == ["demo"]
