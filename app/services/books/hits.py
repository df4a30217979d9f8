"""What of an entry a search was found in: by question, in the words of the answer, and nothing of what is sensitive."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.entry import Entry
from app.domain.folding import fold
from app.domain.kinds.form import Form
from app.services.answers import AnswerView
from app.services.filling import REASON

MOST_MEANT: Final = 40
"""Choices that a word may mean by their titles; a word that fits more is about what was typed."""

Meant = Mapping[str, tuple[tuple[str, str, str], ...]]
"""By folded word the choices whose titles have it: form, field, choice."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words of a search stand: in an `answer`, or in the `reason` of a correction. With neither: elsewhere.

    Elsewhere is in the name of whom the entry mentions, or in what its form no longer asks.
    """

    answer: AnswerView | None = None
    reason: str = ""


def words_of(search: str) -> tuple[str, ...]:
    """Return the words that are searched, as they are compared."""
    return tuple(fold(search).replace("\x00", " ").split())


def meant_by(forms: Mapping[str, Form], search: str) -> Meant:
    """Return the choices that each word may mean, under every name that their question had."""
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for word in words_of(search):
        some = [
            (form.id, name, choice.id)
            for form in forms.values()
            for item in form.fields
            if not item.sensitive
            for choice in item.choices
            if any(word in fold(title) for title in choice.title.values())
            for name in item.names
        ]
        if 0 < len(some) <= MOST_MEANT:
            found[word] = tuple(some)
    return found


def hits_of(entry: Entry, answers: tuple[AnswerView, ...], named: str, search: str) -> tuple[Hit, ...]:
    """Return where the words of `search` stand in an entry; `named` is what its row already tells by name.

    `answers` are those that the reader may see: a word that stands elsewhere is told without saying where.
    """
    words = words_of(search)
    found = []
    missing = set(words)
    for answer in answers:
        held = {word for word in words if word in _text(answer)}
        if held:
            found.append(Hit(answer))
            missing -= held
    missing -= {word for word in words if word in fold(named)}
    reason = str(entry.answers.get(REASON) or "")
    held = {word for word in words if word in fold(reason)}
    if held:
        found.append(Hit(reason=reason))
    missing -= held
    return (*found, Hit()) if missing else tuple(found)


def _text(answer: AnswerView) -> str:
    words = [title for one in answer.words for title in one.values()]
    return fold("\n".join([*_scalars(answer.value), *words]))


def _scalars(value: object) -> list[str]:
    match value:
        case None:
            return []
        case Mapping():
            return [text for item in value.values() for text in _scalars(item)]
        case list() | tuple():
            return [text for item in value for text in _scalars(item)]
        case _:
            return [str(value)]
