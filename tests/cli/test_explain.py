"""`explain` and `plugins`, on a small folder of files."""

import json
from pathlib import Path

import pytest

from app.cli.main import main
from tests.services.declared import files_of

DUTY = "duty: seen\nfor_each: household\nevery: quarter\nmet_by: {form: visit, where: {channel: phone}}\n"
ENTRIES = (
    {"id": "h", "form": "household", "at": "2024-06-01T09:00:00+08:00", "by": "w1", "subject": "h1",
     "answers": {"grid": "c1/g1"}},
    {"id": "v", "form": "visit", "at": "2025-02-03T09:00:00+08:00", "by": "w1", "subject": "h1",
     "answers": {"channel": "phone"}},
)  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger's file; the files of a small place are those that commands read."""
    for path, text in files_of(DUTY).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    monkeypatch.setenv("GRIDBOOK_FILES", str(tmp_path))
    monkeypatch.setenv("GRIDBOOK_DATA", str(tmp_path / "data"))
    found = tmp_path / "ledger.jsonl"
    found.write_text("".join(json.dumps(one) + "\n" for one in ENTRIES), encoding="utf-8")
    return found


def test_a_row_is_explained_down_to_its_entries(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--language", "en", "--place", "c1", "--ledger", str(ledger), "--period", "2025"]
    command = ["explain", *options, "--as-of", "2026-01-05"]
    assert main([*command, "seen", "subject=h1", "window=2025-Q1"]) == 0
    out = capsys.readouterr().out
    assert "Why: seen" in out
    assert "counted: entry v of visit" in out
    assert "One row; it rests on 2 entries." in out
    assert main([*command, "seen", "window=2025-Q2"]) == 0
    assert 'looked for visit (channel == "phone")' in capsys.readouterr().out
    assert main([*command, "seen", "subject=h9"]) == 1
    assert "No such row." in capsys.readouterr().out
    assert main([*command, "unseen"]) == 2
    assert "E555" in capsys.readouterr().err
    assert main([*command, "seen", "colour=red"]) == 2
    assert "seen" not in capsys.readouterr().out


def test_plugins_are_listed_and_their_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plugins", "--language", "en"]) == 0
    out = capsys.readouterr().out
    assert "aggregates (comes along)" in out
    assert "Methods: between" in out
    assert "Checks of plausibility: " in out
    assert "percent = 90" in out
    assert main(["plugins", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert "aggregates" in schema["properties"]["plugins"]["properties"]
