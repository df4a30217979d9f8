"""The demo's scenario: plain data, or none."""

from pathlib import Path

import pytest

from app.declarations.scenario_file import SCENARIO, read_scenario


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / SCENARIO).parent.mkdir(parents=True)
    return tmp_path


def test_numbers_and_lists_come_typed(root: Path) -> None:
    (root / SCENARIO).write_text("place: demo/lakeside\nseed: 7\nhours: [9, 11]\n", encoding="utf-8")
    assert read_scenario(root) == {"place": "demo/lakeside", "seed": 7, "hours": [9, 11]}


@pytest.mark.parametrize(
    "content", [b"a: [1\n", b"\xff\xfe", None], ids=["not_yaml", "not_utf_8", "not_there"]
)
def test_what_cannot_be_read_is_none_and_a_warning_without_its_content(
    root: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    if content is not None:
        (root / SCENARIO).write_bytes(content)
    assert read_scenario(root) is None
    assert [record.getMessage() for record in caplog.records] == [
        f"the demo's scenario can't be read: {SCENARIO}"
    ]


def test_a_list_is_no_scenario(root: Path) -> None:
    (root / SCENARIO).write_text("- 1\n", encoding="utf-8")
    assert read_scenario(root) is None
