"""The kinds of file under the names that people see."""

import pytest

from app.declarations.schema import KINDS as DECLARED
from app.i18n import LANGUAGES, Translator
from app.ui.pages.parts.kinds import KINDS, kind_words


def test_every_kind_of_file_is_listed_once() -> None:
    assert sorted(KINDS) == sorted(DECLARED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_kinds_have_one_name(language: str) -> None:
    names = [kind_words(Translator(language), kind) for kind in (*KINDS, "of another version")]
    assert len(set(names)) == len(names)
