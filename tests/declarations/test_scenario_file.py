"""The demo's scenarios: plain data, or none."""

from pathlib import Path

import pytest

from app.declarations.scenario_file import read_scenario, read_scenarios, scenario_path

PLACE = "demo/lakeside"


def write(root: Path, place: str, content: bytes) -> None:
    path = root / scenario_path(place)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


def test_numbers_and_lists_come_typed(tmp_path: Path) -> None:
    write(tmp_path, PLACE, b"place: demo/lakeside\nseed: 7\nhours: [9, 11]\n")
    assert read_scenario(tmp_path, PLACE) == {"place": PLACE, "seed": 7, "hours": [9, 11]}


@pytest.mark.parametrize(
    "content", [b"a: [1\n", b"\xff\xfe", None], ids=["not_yaml", "not_utf_8", "not_there"]
)
def test_what_cannot_be_read_is_none_and_a_warning_without_its_content(
    tmp_path: Path, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    if content is not None:
        write(tmp_path, PLACE, content)
    assert read_scenario(tmp_path, PLACE) is None
    assert [record.getMessage() for record in caplog.records] == [
        "a scenario of the demo can't be read: config/demo/lakeside/scenario.yaml"
    ]


def test_a_list_is_no_scenario(tmp_path: Path) -> None:
    write(tmp_path, PLACE, b"- 1\n")
    assert read_scenario(tmp_path, PLACE) is None


def test_there_are_as_many_scenarios_as_communities_have_one(tmp_path: Path) -> None:
    assert read_scenarios(tmp_path) == []
    write(tmp_path, "demo/lakeside", b"seed: 1\n")
    write(tmp_path, "demo/brook", b"seed: 2\n")
    write(tmp_path, "elsewhere", b"seed: 3\n")
    assert read_scenarios(tmp_path) == [{"seed": 2}, {"seed": 1}]


def test_one_that_cannot_be_read_leaves_none_of_them(tmp_path: Path) -> None:
    write(tmp_path, "demo/lakeside", b"seed: 1\n")
    write(tmp_path, "demo/brook", b"seed: [\n")
    assert read_scenarios(tmp_path) is None
