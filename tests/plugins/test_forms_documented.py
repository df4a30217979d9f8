"""docs/forms.md describes every field type, and no other."""

import re
from pathlib import Path

from app.declarations.deployment import FIELD_TYPES

PAGE = (Path(__file__).parents[2] / "docs" / "forms.md").read_text(encoding="utf-8")
TYPES = PAGE.split("\n## Types\n", 1)[1].split("\n## ", 1)[0]


def test_the_page_has_a_row_for_every_type_and_for_no_other() -> None:
    assert sorted(re.findall(r"^\| `(\w+)` \|", TYPES, re.MULTILINE)) == sorted(FIELD_TYPES)


def test_the_row_of_a_type_names_its_options() -> None:
    for name, sort in FIELD_TYPES.items():
        row = next(line for line in TYPES.splitlines() if line.startswith(f"| `{name}` |"))
        for option in sort.options:
            assert f"`{option}`" in row, (name, option)
