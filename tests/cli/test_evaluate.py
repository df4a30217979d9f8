"""`evaluate` gives the same bytes whatever the order, the machine's zone, or the way through a store."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PLACE, Run, in_other_order

OPTIONS = ("--place", "config/demo/liuan", "--period", "2025-01", "--as-of", "2025-01-16")


@pytest.fixture(scope="module")
def expected() -> dict[Path, str]:
    """The outcomes of the first runs, by the ledger: others are compared with them."""
    return {}


@pytest.fixture
def outcome(run: Run, month: Path, tmp_path: Path, expected: dict[Path, str]) -> str:
    """The month's outcome, written into a file by a command of this process, once."""
    if month not in expected:
        target = tmp_path / "outcome.json"
        done = run("evaluate", *OPTIONS, "--ledger", str(month), "--out", str(target))
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
        expected[month] = target.read_text("utf-8")
    return expected[month]


def test_a_shuffled_ledger_in_another_time_zone_gives_the_same_json(
    process: Run, outcome: str, shuffled: Path
) -> None:
    elsewhere = {"TZ": "America/Mexico_City", "PYTHONHASHSEED": "2"}
    done = process("evaluate", *OPTIONS, "--ledger", str(shuffled), variables=elsewhere)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert done.stdout == outcome
    read = json.loads(outcome)
    assert read["as_of"] == "2025-01-15T16:00:00Z"  # midnight at the place
    states = {row[read["tables"]["daily_patrol"]["columns"].index("state")]
              for row in read["tables"]["daily_patrol"]["rows"]}  # fmt: skip
    assert {"met", "missed"} <= states


def test_the_way_through_a_store_and_a_rebuild_gives_the_same_json(
    run: Run, month: Path, outcome: str, files: Path, tmp_path: Path
) -> None:
    exported = tmp_path / "exported.jsonl"
    published = run("publish", "--place", PLACE, "--yes", variables={"GRIDBOOK_FILES": str(files)})
    assert published.returncode == 0, published.stderr
    for command in (
        ("import", "--place", PLACE, str(month)),
        ("rebuild",),
        ("export", "--place", PLACE, str(exported)),
    ):
        done = run(*command)
        assert done.returncode == 0, done.stderr
    assert by_id(exported) == by_id(month)
    assert run("evaluate", *OPTIONS, "--ledger", str(exported)).stdout == outcome


@pytest.mark.long
def test_the_whole_year_gives_the_same_json_shuffled_elsewhere_and_after_rebuilding(
    run: Run, process: Run, year: Path, files: Path, tmp_path: Path
) -> None:
    options = ("--place", "config/demo/liuan", "--period", "2025", "--as-of", "2026-01-05")

    def evaluated(runs: Run, ledger: Path, zone: str) -> str:
        target = tmp_path / f"{zone.replace('/', '-')}.json"
        elsewhere = {"TZ": zone, "PYTHONHASHSEED": "3"}
        done = runs("evaluate", *options, "--ledger", str(ledger), "--out", str(target), variables=elsewhere)
        assert done.returncode == 0, done.stderr
        return hashlib.sha256(target.read_bytes()).hexdigest()

    assert year.read_bytes().count(b"\n") > 40_000
    expected = evaluated(run, year, "Asia/Shanghai")
    assert evaluated(process, in_other_order(year), "America/Mexico_City") == expected
    exported = tmp_path / "exported.jsonl"
    published = run("publish", "--place", PLACE, "--yes", variables={"GRIDBOOK_FILES": str(files)})
    assert published.returncode == 0, published.stderr
    for command in (
        ("import", "--place", PLACE, str(year)),
        ("rebuild",),
        ("export", "--place", PLACE, str(exported)),
    ):
        done = run(*command)
        assert done.returncode == 0, done.stderr
    assert evaluated(run, exported, "UTC") == expected


def test_the_outcome_is_as_its_published_schema_says(outcome: str) -> None:
    schema = json.loads((Path(__file__).parents[2] / "docs/schema/outcome.json").read_text("utf-8"))
    assert outcome.count("\n") == 1
    read = json.loads(outcome)
    assert faults(schema, schema, read) == []
    assert faults(schema, schema, read | {"format": "1"}) != []
    broken = {**read, "tables": {"daily_patrol": {"kind": "duty", "columns": ["a"], "rows": [[{"odd": 1}]]}}}
    assert faults(schema, schema, broken) != []


def test_a_line_at_fault_is_named_and_nothing_is_evaluated(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "bad.jsonl"
    ledger.write_text('{"id": "e1"}\nnot json\n', encoding="utf-8")
    done = run("evaluate", *OPTIONS, "--ledger", str(ledger))
    assert done.returncode == 1
    assert f"{ledger}:1" in done.stderr
    assert f"{ledger}:2: E440" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("changed", "code", "exit_code"),
    [
        (("--place", "nowhere"), "E551", 2),
        (("--period", "2025-Q9"), "E511", 2),
        (("--as-of", "tomorrow"), "E554", 2),
        (("--ledger", "missing.jsonl"), "E552", 2),
    ],
)
def test_what_cant_be_understood_is_said_without_a_traceback(
    run: Run, tmp_path: Path, changed: tuple[str, str], code: str, exit_code: int
) -> None:
    ledger = tmp_path / "empty.jsonl"
    ledger.write_text("", encoding="utf-8")
    options = dict(zip(OPTIONS[::2], OPTIONS[1::2], strict=True)) | {"--ledger": str(ledger)}
    options |= dict([changed])
    done = run("evaluate", *(part for pair in options.items() for part in pair))
    assert (done.returncode, code in done.stderr) == (exit_code, True), done.stderr
    assert "Traceback" not in done.stderr


def by_id(path: Path) -> dict[str, object]:
    return {line["id"]: line for line in map(json.loads, path.read_text("utf-8").splitlines())}


def faults(  # noqa: C901, PLR0912 - a case for each word of the schema
    root: dict[str, Any], schema: Any, data: Any, at: str = "$"
) -> list[str]:
    """Check data against the words of JSON Schema that the published schema uses."""
    match schema:
        case {"$ref": str(ref)}:
            target: Any = root
            for part in ref.removeprefix("#/").split("/"):
                target = target[part]
            return faults(root, target, data, at)
        case {"anyOf": list(choices)}:
            return [] if any(not faults(root, one, data, at) for one in choices) else [at]
        case {"const": value}:
            return [] if data == value and type(data) is type(value) else [at]
        case {"type": "object"}:
            if not isinstance(data, dict):
                return [at]
            known = schema.get("properties", {})
            found = [f"{at}.{name}" for name in schema.get("required", ()) if name not in data]
            rest = schema.get("additionalProperties", True)
            for name, value in data.items():
                inner = known.get(name, rest)
                if inner is False:
                    found.append(f"{at}.{name}")
                elif inner is not True:
                    found += faults(root, inner, value, f"{at}.{name}")
            return found
        case {"type": "array"}:
            if not isinstance(data, list):
                return [at]
            return [
                fault for item in data for fault in faults(root, schema.get("items", {}), item, f"{at}[]")
            ]
        case {"type": str(name)}:
            wanted = {"string": str, "integer": int, "boolean": bool, "null": type(None)}[name]
            return [] if type(data) is wanted else [at]
        case _:
            return []
