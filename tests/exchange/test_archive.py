"""The file of an archive: what goes in comes out, in the same bytes, and what isn't one is named."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from app.domain.entry import Entry
from app.domain.problem import ProblemError
from app.exchange import archive as module
from app.exchange.archive import read_archive, write_archive
from app.services.appraising.archiving import Archive
from app.services.ports import Closed

NOW = datetime(2026, 1, 5, 9, 30, 0, 120, tzinfo=UTC)
ENTRY = Entry("e1", "c1/g1", "visit", NOW, "w1", NOW, {"words": "好", "n": 2**70}, subject="h1")
ARCHIVE = Archive(
    Closed("c1", "2025", "a" * 64, "b" * 64, NOW, "w9", '{"tables":{}}'),
    {"rules/visit.yaml": "duty: 走访\n", "forms/a.yaml": "form: a\n"},
    (ENTRY,),
)


def content(archive: Archive = ARCHIVE) -> bytes:
    stream = BytesIO()
    write_archive(archive, stream)
    return stream.getvalue()


def altered(path: Path, **members: bytes | None) -> Path:
    """Write the archive with members replaced, or left out (None); `__` stands for a dot."""
    named = {name.replace("__", "."): data for name, data in members.items()}
    with zipfile.ZipFile(BytesIO(content())) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            data = named.get(info.filename, old.read(info))
            if data is not None:
                new.writestr(info.filename, data)
    return path


def codes(path: Path) -> list[str]:
    with pytest.raises(ProblemError) as refused:
        read_archive(path)
    return [problem.code for problem in refused.value.problems]


def test_what_is_written_comes_back_and_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(content())
    assert read_archive(tmp_path / "a.zip") == ARCHIVE
    assert content() == content()


def test_a_file_that_is_none_or_another_zip_or_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.zip").write_text("no zip")
    assert codes(tmp_path / "words.zip") == ["E595"]
    assert codes(tmp_path / "nowhere.zip") == ["E552"]
    assert codes(tmp_path) == ["E552"]
    head = json.dumps({"format": "another"}).encode()
    assert codes(altered(tmp_path / "other.zip", closed__json=head)) == ["E595"]
    for lacking in ("closed__json", "outcome__json", "entries__jsonl"):
        assert codes(altered(tmp_path / "lacking.zip", **{lacking: None})) == ["E595"]


def test_a_head_with_a_day_of_no_zone_or_a_number_for_a_name_is_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(BytesIO(content())) as archive:
        head = json.loads(archive.read("closed.json"))
    for wrong in ({"as_of": "2026-01-05T00:00:00"}, {"as_of": 5}, {"place": 5}):
        data = json.dumps({**head, **wrong}).encode()
        assert codes(altered(tmp_path / "wrong.zip", closed__json=data)) == ["E595"]


def test_a_flipped_byte_and_a_zip_that_unpacks_to_too_much_are_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bytearray(content())
    data[data.index(b"closed.json") + 20] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(bytes(data))
    assert codes(tmp_path / "damaged.zip") == ["E596"]
    (tmp_path / "whole.zip").write_bytes(content())
    monkeypatch.setattr(module, "MOST", 100)
    assert codes(tmp_path / "whole.zip") == ["E596"]


def test_lines_at_fault_are_all_told_with_their_place(tmp_path: Path) -> None:
    lines = b'{"id": "x"}\nnonsense\n'
    with pytest.raises(ProblemError) as refused:
        read_archive(altered(tmp_path / "lines.zip", entries__jsonl=lines))
    told = {(problem.code, str(problem.where)) for problem in refused.value.problems}
    assert told == {("E441", "entries.jsonl:1"), ("E440", "entries.jsonl:2")}
