"""`freeze`, `difference` and `evaluate --against` on a community of two."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.exchange.entry_lines import entry_line
from tests.cli.conftest import Run, shows
from tests.cli.test_appraise import DECLARED, PERIOD, PLACE, entries
from tests.fakes.checkout import edit, write
from tests.services.declared import files_of

STEPS = {
    "freeze": ("Reading", "Working out", "Writing"),
    "difference": ("Reading", "Working out"),
    "archive": ("Reading", "Writing"),
    "verify": ("Reading", "Working out"),
}
"""What a terminal shows of the work of a command."""
OF = ("--place", PLACE, "--period", PERIOD)


def alter(source: Path, target: Path, name: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, change(content.decode()) if info.filename == name else content)


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    write(tmp_path / "files", files_of(DECLARED))
    (tmp_path / "ledger.jsonl").write_bytes(b"".join(entry_line(entry) for entry in entries()))
    return {"GRIDBOOK_FILES": str(tmp_path / "files")}


def test_a_closed_period_stays_and_what_came_later_is_told_with_its_cause(
    watched: Run, variables: dict[str, str], tmp_path: Path
) -> None:
    unseen = dict(STEPS)

    def done(*command: str, code: int = 0) -> str:
        told = watched(*command, variables=variables)
        if code == 0 and command[0] in unseen:
            assert shows(told, *unseen.pop(command[0])), told.stderr
        assert (told.returncode, "Traceback" in told.stderr) == (code, False), told.stderr
        return told.stdout + told.stderr

    done("publish", "--place", PLACE, "--yes")
    done("import", "--place", PLACE, str(tmp_path / "ledger.jsonl"))
    assert "E591" in done("difference", *OF, code=1)
    assert "E590" in done("freeze", "--place", PLACE, "--period", "9000", code=1)
    first, again, report = (tmp_path / name for name in ("first.json", "again.json", "report.json"))
    assert "Publications: 2" in done("freeze", *OF, "--out", str(first))
    assert "as it was closed" in done("difference", *OF)
    now = datetime.now(UTC)
    late = Entry("late", PLACE, "report", datetime(2025, 11, 10, tzinfo=UTC), "w1", now, {"pages": 1})
    (tmp_path / "late.jsonl").write_bytes(entry_line(late))
    done("import", "--place", PLACE, str(tmp_path / "late.jsonl"))
    told = done("difference", *OF)
    assert "because of late" in told
    done("difference", *OF, "--out", str(report))
    changes = json.loads(report.read_text("utf-8"))["changes"]
    (score,) = (change for change in changes if change["table"] == "year" and change["whom"] == "w1")
    assert (score["columns"]["score"], score["causes"]) == ({"from": 66, "to": 70}, ["late"])
    done("freeze", *OF, "--out", str(again))
    assert again.read_bytes() == first.read_bytes()
    # The archive of the closed period is worked out again without the store, and an altered one is told.
    archive, altered = tmp_path / "2025.zip", tmp_path / "altered.zip"
    done("archive", *OF, str(archive))
    told, outcome = done("verify", str(archive)), json.loads(first.read_text("utf-8"))
    assert "dentical" in told
    assert outcome["revision"] in told  # both stand at the end of what is printed
    assert outcome["ledger"] in told
    alter(archive, altered, "outcome.json", lambda text: text.replace('"66"', '"67"').replace(",66,", ",67,"))
    assert "praised w1 2025" in done("verify", str(altered), code=1)
    told = done("verify", "--all", str(altered), code=1)
    assert "score w1 2025" in told
    assert "points: 67 → 66" in told
    # A copy of the store holds the closed period too.
    done("backup", str(tmp_path / "copy.zip"))
    variables["GRIDBOOK_DATA"] = str(tmp_path / "other")
    done("restore", str(tmp_path / "copy.zip"))
    done("freeze", *OF, "--out", str(again))
    assert again.read_bytes() == first.read_bytes()


def test_the_files_of_another_folder_are_held_against_these(
    run: Run, variables: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path / "other", files_of(DECLARED))
    edit(tmp_path / "other", "rules/score.yaml", "deduct: 2.5", "deduct: 5")
    command = ("evaluate", *OF, "--ledger", str(tmp_path / "ledger.jsonl"), "--as-of", "2026-02-01")
    out = tmp_path / "compared.json"
    done = run(*command, "--against", str(tmp_path / "other"), "--out", str(out), variables=variables)
    assert done.returncode == 0, done.stderr
    changes = json.loads(out.read_text("utf-8"))["changes"]
    (score,) = (one for one in changes if one["table"] == "year" and one["key"] == ["w1", "2025"])
    assert score["columns"]["score"] == {"from": "58.5", "to": 66}
    missing = run(*command, "--against", str(tmp_path / "nowhere"), variables=variables)
    assert "E552" in missing.stderr
