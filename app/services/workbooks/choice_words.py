"""What can be written into a cell that has none of its question's choices: the choices themselves, in words."""

from typing import Final

from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field
from app.i18n import LANGUAGES
from app.i18n.translator import Translator

_MOST: Final = 15


def offered(item: Field) -> Texts:
    """Return what is wrong with such a cell, in each language, with the choices that are offered; {} for none."""
    choices = [choice for choice in item.choices if not choice.retired]
    if not choices:
        return {}
    found = {}
    for language in LANGUAGES:
        t = Translator(language)
        titles = [t.text(choice.title) or choice.id for choice in choices[:_MOST]]
        key = "workbook-no-choice" if len(choices) <= _MOST else "workbook-no-choice-of-many"
        found[language] = t(key, choices=t.listed(titles))
    return found
