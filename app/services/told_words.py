"""Answers as prints say them: with the year of a day, in the reader's language."""

from datetime import date, datetime

from app.i18n import Translator
from app.services.told import Fact


def words_of(fact: Fact, t: Translator) -> str:
    """Return an answer with its unit."""
    words = t.listed(word_of(word, t) for word in fact.words)
    unit = t.text(fact.unit)
    return f"{words} {unit}" if unit and words else words


def word_of(word: object, t: Translator) -> str:
    """Return one part of an answer."""
    match word:
        case datetime():
            return f"{t.day_of_year(word)} {t.time(word)}"
        case date():
            return t.day_of_year(word)
        case str() | dict():
            return t.text(word)
        case _:
            return str(word)
