"""What can be written into a cell that has none of its question's choices: the choices themselves, in words."""

from collections.abc import Sequence
from typing import Final

from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field
from app.i18n import LANGUAGES
from app.i18n.translator import Translator

_MOST: Final = 15


def offered(item: Field) -> Texts:
    """Return what is wrong with such a cell, in each language, with the choices that are offered; {} for none."""
    return named([choice.title or {"zh": choice.id} for choice in item.choices if not choice.retired])


def named(choices: Sequence[Texts]) -> Texts:
    """Return the same for whatever can be written, by what it is called."""
    found = {}
    for language in LANGUAGES if choices else ():
        t = Translator(language)
        titles = [t.text(choice) for choice in choices[:_MOST]]
        key = "workbook-no-choice" if len(choices) <= _MOST else "workbook-no-choice-of-many"
        found[language] = t(key, choices=t.listed(titles))
    return found
