"""The ledger as JSON Lines: every fault with its line, and nothing stored by half."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.entry import Entry
from app.domain.problem import Problem, ProblemError, Where
from app.domain.source_forms import Trials
from app.exchange import entry_lines, jsonl
from app.exchange.entry_lines import decoded, entry_line, read_jsonl
from app.exchange.jsonl import export_jsonl, import_jsonl
from tests.fakes.examples import examples
from tests.fakes.stores import FakeLedger
from tests.services.declared import told
from tests.store_suite.support import APART, OPEN, visit

MINIMAL: dict[str, Any] = {
    "id": "v-1",
    "form": "visit",
    "at": "2025-03-17T09:10:00+08:00",
    "by": "w-03",
    "answers": {"channel": "home"},
}


def _file(*lines: dict[str, Any] | str | bytes) -> BytesIO:
    texts = [
        line if isinstance(line, str | bytes) else json.dumps(line, ensure_ascii=False) for line in lines
    ]
    return BytesIO(b"\n".join(text.encode() if isinstance(text, str) else text for text in texts) + b"\n")


def _read(
    *lines: dict[str, Any] | str | bytes, place: str | None = None
) -> tuple[list[Entry], list[Problem]]:
    faults: list[Problem] = []
    return [
        line.entry for line in read_jsonl(_file(*lines), faults.append, name="f.jsonl", place=place)
    ], faults


def test_only_five_keys_are_needed() -> None:
    (entry,), faults = _read(MINIMAL)
    assert faults == []
    assert (entry.recorded_at, entry.place, entry.source, entry.supersedes) == (entry.at, "", "import", None)
    assert entry.at.isoformat() == "2025-03-17T01:10:00+00:00"


def test_an_entry_without_a_place_gets_the_one_that_is_imported_into() -> None:
    entries, faults = _read(
        MINIMAL,
        MINIMAL | {"id": "v-2", "place": "demo/s1/g1"},
        MINIMAL | {"place": "demo/s10"},
        place="demo/s1",
    )
    assert [entry.place for entry in entries] == ["demo/s1", "demo/s1/g1"]
    assert faults == [Problem("E447", Where("f.jsonl", 3), {"place": "demo/s1"})]


def test_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    entries, faults = _read(
        b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode(), "", "   ", MINIMAL | {"id": "v-2"}
    )
    assert [entry.id for entry in entries] == ["v-1", "v-2"]
    assert faults == []


def _without(key: str) -> dict[str, Any]:
    return {name: value for name, value in MINIMAL.items() if name != key}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "E440"),
        ("[]", "E440"),
        ('"text"', "E440"),
        ("NaN", "E440"),
        ("[" * 100_000, "E440"),
        (json.dumps(MINIMAL).replace('"home"', "Infinity"), "E440"),
        (json.dumps(MINIMAL).replace('"home"', "9" * 5000), "E440"),
        (b'{"id": "\xff"}', "E446"),
        (MINIMAL | {"at": "2025-03-17"}, "E443"),
        (MINIMAL | {"at": "2025-03-17T09:10:00"}, "E443"),
        (MINIMAL | {"at": "yesterday"}, "E443"),
        (MINIMAL | {"at": "0001-01-01T00:00:00+14:00"}, "E443"),
        (MINIMAL | {"recorded_at": "2025-13-01T00:00:00Z"}, "E443"),
        (MINIMAL | {"at": 1742173800}, "E442"),
        (MINIMAL | {"answers": []}, "E442"),
        (MINIMAL | {"id": 7}, "E442"),
        (MINIMAL | {"subjects": "hh-1"}, "E442"),
        (MINIMAL | {"subjects": [1]}, "E442"),
        (MINIMAL | {"supersedes": {}}, "E442"),
        (MINIMAL | {"id": ""}, "E448"),
        (MINIMAL | {"by": "w\x00"}, "E448"),
        (MINIMAL | {"form": "f" * 256}, "E448"),
        (MINIMAL | {"subjects": [""]}, "E448"),
        (json.dumps(MINIMAL | {"answers": {"note": "\ud83d"}}), "E448"),
        (json.dumps(MINIMAL | {"answers": {"\ud83d": 1}}), "E448"),
        *((_without(key), "E441") for key in ("id", "form", "at", "by", "answers")),
    ],
)
def test_a_line_at_fault_is_named_and_the_next_one_is_read(
    line: dict[str, Any] | str | bytes, code: str
) -> None:
    entries, faults = _read(MINIMAL, line, MINIMAL | {"id": "v-2"})
    assert [entry.id for entry in entries] == ["v-1", "v-2"]
    assert [(fault.code, fault.where) for fault in faults] == [(code, Where("f.jsonl", 2))]


def test_all_faults_of_a_line_are_told_at_once() -> None:
    _, faults = _read({"id": 7, "answers": None})
    assert [(fault.code, fault.values["key"]) for fault in faults] == [
        ("E441", "form"),
        ("E441", "at"),
        ("E441", "by"),
        ("E441", "answers"),
        ("E442", "id"),
    ]


def test_a_line_of_any_length_is_refused_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_lines, "LINE_LIMIT", 1000)
    entries, faults = _read(
        MINIMAL, MINIMAL | {"answers": {"note": "长" * 5000}}, MINIMAL | {"id": "v-2"}, "x" * 1001
    )
    assert [entry.id for entry in entries] == ["v-1", "v-2"]
    assert [(fault.code, fault.where) for fault in faults] == [
        ("E444", Where("f.jsonl", 2)),
        ("E444", Where("f.jsonl", 4)),
    ]


def test_values_of_faults_hold_nothing_that_people_wrote() -> None:
    _, faults = _read(MINIMAL | {"by": "", "answers": {"name": "张三"}}, '{"name": "张三"')
    assert "张三" not in repr(faults)


async def _import(
    ledger: FakeLedger, file: BytesIO, **more: Any
) -> tuple[tuple[int, int, int], list[Problem]]:
    faults: list[Problem] = []
    done = await import_jsonl(ledger, file, faults.append, sensitive=OPEN, name="f.jsonl", **more)
    return (done.new, done.known, done.faults), faults


async def test_a_file_comes_in_once_however_often_it_is_imported() -> None:
    ledger = FakeLedger()
    file = b"".join(entry_line(visit(f"v-{number}")) for number in range(5))
    assert (await _import(ledger, BytesIO(file)))[0] == (5, 0, 0)
    assert (await _import(ledger, BytesIO(file)))[0] == (0, 5, 0)
    out = BytesIO()
    assert await export_jsonl(ledger, "demo", out) == 5
    assert out.getvalue() == file


async def test_from_the_first_fault_on_nothing_is_stored_and_every_fault_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jsonl, "_BATCH", 2)
    ledger = FakeLedger()
    lines = [entry_line(visit(f"v-{number}")) for number in range(8)]
    spoilt = [*lines[:3], b"{\n", *lines[4:7], b"[]\n"]
    counts, faults = await _import(ledger, BytesIO(b"".join(spoilt)))
    assert counts == (2, 0, 2)
    assert [(fault.code, fault.where) for fault in faults] == [
        ("E440", Where("f.jsonl", 4)),
        ("E440", Where("f.jsonl", 8)),
    ]
    assert [stored.entry.id for stored in ledger.stored] == ["v-0", "v-1"]
    steps: list[int] = []
    assert (await _import(ledger, BytesIO(b"".join(lines)), progress=steps.append))[0] == (6, 2, 0)
    assert steps == [2, 4, 6, 8]
    assert [stored.entry.id for stored in ledger.stored] == [f"v-{number}" for number in range(8)]


async def test_an_id_that_another_entry_has_is_named_with_its_line() -> None:
    ledger = FakeLedger()
    await ledger.append([visit("v-1")], OPEN)
    lines = [entry_line(visit("v-0")), b"\n", entry_line(visit("v-1", by="w-02"))]
    counts, faults = await _import(ledger, BytesIO(b"".join(lines)))
    assert counts == (0, 0, 1)
    assert faults == [Problem("E445", Where("f.jsonl", 3))]
    assert await ledger.get("v-0") is None


async def test_two_entries_of_one_id_in_a_file_are_told_at_the_second() -> None:
    lines = [entry_line(visit("v-1")), entry_line(visit("v-1", by="w-02"))]
    counts, faults = await _import(FakeLedger(), BytesIO(b"".join(lines)))
    assert counts == (0, 0, 1)
    assert faults == [Problem("E445", Where("f.jsonl", 2))]


async def test_what_the_forms_refuse_is_told_with_its_line_and_field() -> None:
    def check(entry: Entry) -> list[Problem]:
        return [Problem("E301", values={"field": "channel"}, field="channel")] if entry.id == "v-1" else []

    lines = [entry_line(visit(f"v-{number}")) for number in range(3)]
    counts, faults = await _import(FakeLedger(), BytesIO(b"".join(lines)), check=check)
    assert counts == (0, 0, 1)
    assert faults == [Problem("E301", Where("f.jsonl", 2), {"field": "channel"}, "channel")]


async def test_what_is_stored_and_counts_nowhere_is_told_with_its_line_unless_the_file_puts_it_right() -> (
    None
):
    regulation = told(HELD, "").regulation
    reason = Trials(regulation.forms, regulation.calendar).reason
    home = MINIMAL | {"form": "call", "subject": "h1"}
    lines = (
        home,
        home | {"id": "v-2", "answers": {}},
        home | {"id": "v-3", "answers": {}},
        home | {"id": "v-4", "supersedes": "v-3"},
        MINIMAL | {"id": "v-5", "form": "call"},
        home | {"id": "v-6", "form": "nothing"},
    )
    ledger = FakeLedger()
    done = await import_jsonl(
        ledger, _file(*lines), lambda _: None, sensitive={}, name="f.jsonl", reason=reason
    )
    assert (done.new, done.faults) == (6, 0)
    assert done.silent == (
        Problem("E564", Where("f.jsonl", 2), {"entry": "v-2", "reason": "answer_missing"}),
        Problem("E564", Where("f.jsonl", 5), {"entry": "v-5", "reason": "subject_missing"}),
    )


async def test_progress_of_an_export_is_told_by_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_BATCH", 2)
    ledger = FakeLedger()
    await ledger.append([visit(f"v-{number}") for number in range(5)], APART)
    steps: list[int] = []
    await export_jsonl(ledger, "demo/s1", BytesIO(), steps.append)
    assert steps == [2, 4]


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_ANSWERS = st.dictionaries(
    _TEXTS,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**40), 10**40)
        | st.floats(allow_nan=False, allow_infinity=False)
        | _TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


@examples(30)
@given(_ANSWERS, st.booleans())
def test_a_line_is_read_as_the_standard_library_reads_it(answers: dict[str, Any], escaped: bool) -> None:
    line = json.dumps({**MINIMAL, "answers": answers}, ensure_ascii=escaped).encode()
    assert repr(decoded(line)) == repr(json.loads(line))


@pytest.mark.parametrize(
    "answers",
    ['{"a": 1e400}', '{"a": -0}', '{"a": 1, "a": 2}', '{"a": "\\ud800"}', '{"a": [1%s]}' % ("0" * 30)],
)
def test_odd_numbers_and_texts_of_a_line_are_those_of_the_standard_library(answers: str) -> None:
    line = f'{{"id": "v", "answers": {answers}}}'.encode()
    assert repr(decoded(line)) == repr(json.loads(line))


@pytest.mark.parametrize("answers", ['{"a": NaN}', '{"a": Infinity}', '{"a": 01}', "[" * 200_000])
def test_what_is_not_json_stays_refused(answers: str) -> None:
    with pytest.raises(ProblemError) as caught:
        decoded(f'{{"answers": {answers}}}'.encode())
    assert [problem.code for problem in caught.value.problems] == ["E440"]


# ---- what today's form would ask (docs/adr/0106) ---------------------------------------------------------------------
HELD = """
form: call
about: household
fields:
  channel: {type: choice, from: [home, phone], required: true}
  minutes: {type: integer}
checks: {short: {require: minutes < 600, message: {zh: 太长}}}
---
duty: called_on
for_each: household
every: quarter
met_by: {form: call, where: {channel: home}}
"""


@pytest.mark.parametrize(
    ("answers", "counted", "state", "reason"),
    [
        ({"channel": "home"}, 1, "met", None),
        ({}, 0, "missed", "answer_missing"),
        ({"channel": ""}, 0, "missed", "answer_missing"),
        ({"channel": "pigeon"}, 0, "missed", "not_a_choice"),
        ({"channel": "home", "minutes": 700}, 0, "missed", "check"),
    ],
)
def test_a_line_that_lacks_what_the_form_asks_is_kept_counts_nowhere_and_is_told_of(
    answers: dict[str, Any], counted: int, state: Any, reason: str | None
) -> None:
    house = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}"
    case = told(HELD, house, period="2025-Q1")
    line = {**MINIMAL, "form": "call", "subject": "h1", "answers": answers}
    (entry,), faults = _read(line, place="c1")
    assert faults == []
    outcome = replace(case, entries=(*case.entries, entry)).outcome()
    (row,) = outcome.tables["called_on"].records()
    assert (row["counted"], row["state"]) == (counted, state)
    assert [why for name, why in outcome.excluded if name == entry.id] == ([] if reason is None else [reason])
