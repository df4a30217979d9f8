from dataclasses import replace
from pathlib import Path

import pytest

from tooling import stamp
from tooling.stamp import Stamp

FULL = Stamp("3.11.2", "aa", "bb")


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    folder = tmp_path / ".venv"
    folder.mkdir()
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.11.2\n")
    (tmp_path / "requirements.lock").write_text("one==1\n")
    (tmp_path / "requirements-test.lock").write_text("one==1\ntwo==2\n")
    return folder


def test_an_environment_for_tests_serves_the_app_but_not_the_other_way_round() -> None:
    assert FULL.covers(replace(FULL, test=""))
    assert not replace(FULL, test="").covers(FULL)


@pytest.mark.parametrize("change", [{"python": "3.11.9"}, {"runtime": "cc"}, {"test": "cc"}])
def test_another_python_or_lock_calls_for_a_set_up(change: dict[str, str]) -> None:
    assert not replace(FULL, **change).covers(FULL)


def test_what_was_written_is_read_again(venv: Path) -> None:
    written = replace(FULL, printing="yes")
    stamp.write(venv, written)
    assert stamp.read(venv) == written


def test_an_interrupted_set_up_left_no_stamp(venv: Path) -> None:
    stamp.write(venv, FULL)
    stamp.remove(venv)
    assert stamp.read(venv) is None
    stamp.remove(venv)  # and again, as the next start does


def test_a_changed_lock_is_noticed(tmp_path: Path, venv: Path) -> None:
    stamp.write(venv, stamp.wanted(tmp_path, venv, test=True))
    assert stamp.found(tmp_path, venv, test=True)
    (tmp_path / "requirements-test.lock").write_text("one==1\ntwo==3\n")
    assert stamp.found(tmp_path, venv, test=False)
    assert not stamp.found(tmp_path, venv, test=True)
    (tmp_path / "requirements.lock").write_text("one==2\n")
    assert not stamp.found(tmp_path, venv, test=False)


def test_an_environment_of_another_python_is_noticed(tmp_path: Path, venv: Path) -> None:
    stamp.write(venv, stamp.wanted(tmp_path, venv, test=False))
    (venv / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.12.1\n")
    assert not stamp.found(tmp_path, venv, test=False)


def test_the_line_ends_of_a_windows_checkout_make_no_other_lock(tmp_path: Path) -> None:
    (tmp_path / "unix").write_bytes(b"one==1\ntwo==2\n")
    (tmp_path / "windows").write_bytes(b"one==1\r\ntwo==2\r\n")
    assert stamp.digest(tmp_path / "unix") == stamp.digest(tmp_path / "windows")
