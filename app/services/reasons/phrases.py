"""Sentences as data: a message's id with its slots, put into words where a reader's language is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Union

from app.domain.core.values import Number
from app.i18n import Translator, nested

Said = Union[str, int, Fraction, date, Mapping[str, str], "Phrase", "Listed", "Percent", "Country"]
"""What can be said: a text, a number, a day, a country, a definition's texts, a phrase, or several of them."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A message of the catalogues and the values of its slots."""

    message: str
    values: Mapping[str, Said] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things: enumerated, or joined by the message `between` (slots `left`, `right`); "": side by side."""

    items: tuple[Said, ...]
    between: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """A country, by its ISO 3166 code in any letters."""

    code: str


@dataclass(frozen=True, slots=True)
class Percent:
    """A share, shown as a percentage."""

    share: Number


def say(said: Said, t: Translator) -> str:
    """Return the words in the reader's language."""
    words = _said(said, t)
    return nested(words) if isinstance(said, Phrase | Listed) else words


def _said(said: Said, t: Translator) -> str:
    match said:
        case str():
            return said
        case int() | Fraction():
            return t.number(said)
        case date():
            return t.day_of_year(said)
        case Country(code):
            return t.country(code)
        case Percent(share):
            return f"{t.number(Fraction(share) * 100)}%"
        case Phrase(message, values):
            return t(message, **{name: _slot(value, t) for name, value in values.items()})
        case Listed(items, between):
            return _together([_said(item, t) for item in items], between, t)
        case _:
            return t.text(said)


def _slot(value: Said, t: Translator) -> str | int:
    """Return what a slot gets: whole numbers stay numbers, so that the message can choose its plural."""
    return value if isinstance(value, int) else _said(value, t)


def _together(words: list[str], between: str | None, t: Translator) -> str:
    if between is None:
        return t.listed(words)
    if not between or not words:
        return "".join(words)
    whole = words[0]
    for word in words[1:]:
        whole = t(between, left=whole, right=word)
    return whole
