"""docs/primitives.md: what regulations say is carried by keywords and files that there are."""

import re
from pathlib import Path

import pytest

from app.declarations.schema import KINDS

ROOT = Path(__file__).parents[2]
OTHER = "tests/services/other_towns"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "primitives.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| what a text says")
]


def test_the_table_has_all_that_the_texts_ask_for() -> None:
    assert len(ROWS) == 46 + 8


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_what_carries_it_is_a_keyword_and_the_example_is_there(row: list[str]) -> None:
    _, keywords, example = row
    found = re.findall(r"`([a-z]+)\.([a-z_]+)`", keywords)
    assert found
    for kind, keyword in found:
        assert keyword in {info.alias or name for name, info in KINDS[kind].model_fields.items()}, (
            kind,
            keyword,
        )
    (path,) = re.findall(r"`([^`]+)`", example)
    assert (ROOT / (f"{OTHER}/{path}" if example.startswith("other") else path)).is_file(), path
