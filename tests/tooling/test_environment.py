import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from tests.tooling.script import ROOT
from tooling import environment
from tooling.apt import percent
from tooling.environment import block_of, pins, pip_failure, venv_python
from tooling.terminal import SetupError, Terminal, wants_colour

LOCK = """\
one==1.0 \\
    --hash=sha256:aa
    # via two
numpy==2.4 ; python_version < '3.12' \\
    --hash=sha256:bb
numpy==2.5 ; python_version >= '3.12' \\
    --hash=sha256:cc
"""


def test_a_package_pinned_for_each_python_counts_once() -> None:
    assert pins(LOCK) == ["one", "numpy"]


def test_the_block_of_a_package_holds_its_hashes_and_no_others() -> None:
    assert block_of(LOCK, "one") == "one==1.0 \\\n    --hash=sha256:aa\n    # via two\n"
    with pytest.raises(ValueError, match="two is not in the lock"):
        block_of(LOCK, "two")


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_both_locks_bring_the_tool_that_builds_durable_rules(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in block_of(lock, "setuptools")
    assert "durable-rules" in pins(lock)


def test_the_interpreter_stands_elsewhere_on_windows() -> None:
    assert venv_python(Path("v"), "win32") == Path("v/Scripts/python.exe")
    assert venv_python(Path("v"), "linux") == Path("v/bin/python")


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("ERROR: No matching distribution found for one==1.0", "index can't be reached"),
        (
            "Failed to establish a new connection: Temporary failure in name resolution",
            "index can't be reached",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "isn't the one"),
        ("ERROR: Failed building wheel for durable_rules", "did not compile"),
        ("ERROR: something new", "delete the folder .venv"),
    ],
)
def test_a_failed_installation_says_what_to_do(line: str, remedy: str) -> None:
    said = pip_failure(["some output", line])
    assert line in said
    assert remedy in said


def test_of_a_long_output_only_the_errors_are_shown() -> None:
    said = pip_failure(["Collecting one", "ERROR: No matching distribution found for one==1.0"])
    assert "Collecting" not in said


def test_a_folder_of_the_user_s_in_the_place_of_the_environment_is_not_deleted(tmp_path: Path) -> None:
    mine = tmp_path / ".venv" / "thesis.txt"
    mine.parent.mkdir()
    mine.write_text("years of work")
    (tmp_path / "requirements.lock").write_text(LOCK)
    with pytest.raises(SetupError, match="no virtual environment"):
        environment.install(tmp_path, Terminal(StringIO()), test=False)
    assert mine.read_text() == "years of work"


def test_an_environment_without_a_stamp_was_interrupted_and_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / ".venv"
    half = venv / "lib" / "one.py"
    half.parent.mkdir(parents=True)
    for path in (half, venv / "pyvenv.cfg", venv_python(venv)):
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / "requirements.lock").write_text(LOCK)
    said = StringIO()
    monkeypatch.setattr(sys, "executable", str(shutil.which("false")))  # making one takes seconds
    with pytest.raises(SetupError, match="could not be made"):
        environment.install(tmp_path, Terminal(said), test=False)
    assert "Making a virtual environment" in said.getvalue()
    assert not half.exists()


HOLDER = """
import sys
from io import StringIO
from pathlib import Path
from tooling.environment import only_one
from tooling.terminal import Terminal
with only_one(Path(sys.argv[1]), Terminal(StringIO())):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_start_waits_for_the_first_and_goes_on_when_that_dies(tmp_path: Path) -> None:
    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLDER, str(tmp_path)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)

    with start() as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with start() as second:
            with pytest.raises(subprocess.TimeoutExpired):
                second.wait(0.7)
            first.kill()
            assert second.stdout is not None
            assert second.stdout.readline() == "held\n"
            second.kill()


def test_progress_in_a_log_is_few_lines_and_a_step_is_one() -> None:
    log = StringIO()
    terminal = Terminal(log)
    terminal.step("Fetching")
    for number in range(1000):
        terminal.progress(f"{number} of 1000")
    terminal.say("Done.")
    assert log.getvalue() == "> Fetching\nDone.\n"


class _Screen(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_screen_overwrites_itself_and_leaves_nothing_behind() -> None:
    screen = _Screen()
    terminal = Terminal(screen)
    terminal.progress("1 of 2")
    terminal.progress("2 of 2")
    terminal.say("Done.")
    assert screen.getvalue().endswith("2 of 2\r\x1b[2KDone.\n")
    assert screen.getvalue().count("\n") == 1


def test_colour_is_off_where_it_is_not_wanted() -> None:
    assert wants_colour({"TERM": "xterm"}, tty=True)
    assert not wants_colour({"TERM": "xterm", "NO_COLOR": "1"}, tty=True)
    assert not wants_colour({"TERM": "dumb"}, tty=True)
    assert not wants_colour({"TERM": "xterm"}, tty=False)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dlstatus:1:12.5:Retrieving file 1 of 8", ("dlstatus", 12.5)),
        ("pmstatus:gcc:100.0:Installed gcc (amd64)", ("pmstatus", 100.0)),
        ("pmstatus:gcc:much:Installed", None),
        ("Get:1 a package", None),
        ("E: Unable to locate package", None),
    ],
)
def test_apt_s_status_lines_tell_the_percentage(line: str, expected: tuple[str, float] | None) -> None:
    assert percent(line) == expected
