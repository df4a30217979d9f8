import ast
import sys
from pathlib import Path

import pytest

from tests.tooling.script import ROOT, load_script


def executable(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_python_3_12_is_preferred_to_3_11(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    executable(tmp_path, "python3.12", "echo /opt/twelve")
    executable(tmp_path, "python3.11", "echo /opt/eleven")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert load_script().find_python("linux") == "/opt/twelve"


def test_a_python_that_is_on_the_path_but_does_not_start_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(
        tmp_path, "python3.12", "exit 127"
    )  # a version manager's shim of a version that isn't switched on
    executable(tmp_path, "python3.11", "echo /opt/eleven")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert load_script().find_python("linux") == "/opt/eleven"


def test_a_python_that_is_another_version_than_its_name_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(tmp_path, "python3.11", "echo False")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert load_script().find_python("linux") is None


def test_the_question_asked_of_a_candidate_is_answered_by_a_real_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"python3.{sys.version_info.minor}"
    (tmp_path / name).symlink_to(sys.executable)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = load_script().find_python("linux")
    assert found is not None
    assert Path(found).exists()


def test_windows_asks_its_launcher_too() -> None:
    assert load_script().launchers((3, 12), "win32") == [["python3.12"], ["py", "-3.12"]]


def test_without_a_suitable_python_the_message_says_what_to_install_on_each_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert load_script().run(["serve"], (3, 13)) == 3
    said = capsys.readouterr().err
    assert "This is 3.13" in said
    for command in ("apt-get install", "dnf install", "brew install", "winget install"):
        assert command in said
    assert "%" not in said


@pytest.mark.parametrize("file", ["gridbook", "tooling/__init__.py", "tooling/commands.py"])
def test_what_looks_for_a_python_is_itself_readable_by_old_ones(file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"), feature_version=(3, 7))
    future = [
        node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]
    assert future or file.endswith("__init__.py")  # `str | None` in annotations must not be evaluated


def test_the_supported_versions_are_those_of_the_project() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires-python = ">=3.11,<3.13"' in text
    assert load_script().SUPPORTED == ((3, 12), (3, 11))
