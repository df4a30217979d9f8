"""The reference of the language: docs/language holds it as the command prints it."""

from pathlib import Path

import pytest

from app import plugins
from app.cli.referring import kind_lines, page_lines
from app.declarations.describing import language
from app.i18n import LANGUAGES, Translator

plugins.load(others=False)
FOLDER = Path(__file__).parents[2] / "docs" / "language"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_published_page_is_that_of_this_version(code: str) -> None:
    published = (FOLDER / f"{code}.md").read_text(encoding="utf-8").splitlines()
    told = f"write it anew: ./gridbook reference --language {code} > docs/language/{code}.md"
    assert published == list(page_lines(language(), Translator(code))), told


def test_every_key_of_every_mapping_is_a_row_and_every_link_leads_somewhere() -> None:
    known = language()
    page = "\n".join(page_lines(known, Translator("en")))
    for group in known.groups.values():
        assert f"\n## {group.id}\n" in page
        for key in group.keys:
            assert f"\n| `{key.id}` | " in page
    targets = {part.partition(")")[0] for part in page.split("](#")[1:]}
    assert targets <= {*known.kinds, *known.groups}


def test_words_and_names_and_what_may_stand_alone_are_said() -> None:
    duty = "\n".join(kind_lines(language(), "duty", Translator("en")))
    assert "| one of `each`, `first`, `last` | `each` |" in duty
    assert "| a post or a column |" in duty
    assert "| whatever has rows or [met_by](#met_by), or a list of them |" in duty
