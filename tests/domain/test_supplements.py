"""What only adds files to an entry: more of them than before, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.entry import RETRACTION, Entry
from app.domain.supplements import only_adds_files

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
DOOR, STAIR = ({"sha256": f"{n:064x}", "name": f"{n}.png", "type": "image/png", "size": 9} for n in (1, 2))
VISIT = Entry("v-1", "demo/s1", "visit", NOON, "w-1", NOON, {"channel": "home", "photos": [DOOR]}, "hh-1")


def later(**answers: Any) -> Entry:
    made = {"channel": "home", "photos": [DOOR], "_reason": "补照片", **answers}
    return replace(VISIT, id="v-2", answers=made, recorded_at=NOON + timedelta(minutes=5), supersedes="v-1")


@pytest.mark.parametrize(
    "answers",
    [
        {"photos": [DOOR, STAIR]},
        {"photos": [STAIR, DOOR]},
        {"papers": [STAIR]},
        {"notes": None, "papers": [STAIR]},
    ],
    ids=str,
)
def test_more_files_and_nothing_else_is_an_addition(answers: dict[str, Any]) -> None:
    assert only_adds_files(VISIT, later(**answers))


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"photos": []},
        {"photos": [STAIR]},
        {"photos": [DOOR, STAIR], "channel": "phone"},
        {"notes": "补一句", "photos": [DOOR, STAIR]},
        {"groups": ["a", "b"]},
        {"rows": [{"photo": [STAIR]}]},
        {"channel": [STAIR]},
    ],
    ids=str,
)
def test_whatever_else_differs_is_a_correction(answers: dict[str, Any]) -> None:
    assert not only_adds_files(VISIT, later(**answers))


@pytest.mark.parametrize(
    "other",
    [{"at": NOON + timedelta(hours=1)}, {"subject": "hh-2"}, {"subjects": ("hh-2",)}, {"form": RETRACTION}],
    ids=str,
)
def test_another_time_or_another_subject_is_a_correction(other: dict[str, Any]) -> None:
    assert not only_adds_files(VISIT, replace(later(photos=[DOOR, STAIR]), **other))
    assert not only_adds_files(replace(VISIT, **other), later(photos=[DOOR, STAIR]))
