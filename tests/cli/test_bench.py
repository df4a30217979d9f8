"""`bench` hands on what was asked for; that it measures is seen by running it."""

import subprocess
from typing import Any

import pytest

from app.cli.main import main
from tests.bench.measurements import MEASUREMENTS


def test_each_measurement_can_be_taken_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        asked.append(command[2:])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    for letter in MEASUREMENTS:
        assert main(["bench", "--pairs", "1", "--only", letter]) == 0
    assert asked == [["tests.bench.run", "--pairs", "1", "--only", letter] for letter in MEASUREMENTS]
    assert "g" in MEASUREMENTS
