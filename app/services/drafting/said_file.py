"""A declared file as its sentences read it: its keys and titles, and what stands there in a few words."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from app.domain.edits import Data, Path
from app.domain.regulation import Regulation
from app.i18n import LANGUAGES
from app.services.drafting.composing import value_at
from app.services.drafting.slots import Sentence
from app.services.reasons.phrases import Listed, Phrase, Said
from app.services.reasons.sentences import Sentences

LEVELS: Final = frozenset({"district", "street", "community", "grid", "building"})
"""The levels of places that have a title of their own in every language."""


class SaidFile:
    """A file, and the regulation that holds it."""

    def __init__(self, name: str, data: Data, regulation: Regulation, day: date) -> None:
        self.name = name
        self.data = data
        self.regulation = regulation
        self.day = day
        self.sentences = Sentences(regulation, day)
        self.words = self.sentences.words

    def at(self, *path: str | int) -> Data | None:
        """Return what stands at a path; None where nothing does."""
        return value_at(self.data, path)

    def keys(self, *path: str | int) -> list[str]:
        """Return the keys of the mapping at a path; none where there is no mapping."""
        found = self.at(*path)
        return list(found) if isinstance(found, Mapping) else []

    def some(self, *path: str | int) -> list[str]:
        """Return the texts of a list, or the one text that stands for a list of one."""
        found = self.at(*path)
        if isinstance(found, str):
            return [found]
        return [one for one in found or () if isinstance(one, str)] if isinstance(found, list) else []

    def title(self, *path: str | int) -> Said:
        """Return a title by language as the file says it, else the last key of the path."""
        found = self.at(*path, "title")
        if isinstance(found, str):
            return found
        words = (
            {key: one for key, one in found.items() if isinstance(one, str)}
            if isinstance(found, Mapping)
            else {}
        )
        return words or str(path[-1] if path else self.name)

    def roles(self, *path: str | int) -> Said:
        """Return the titles of the roles that are named at a path."""
        return Listed(tuple(self.words.role(one) for one in self.some(*path)))


def said_at(message: str, path: Path = (), **slots: tuple[Said, Path]) -> Sentence:
    """Return a sentence whose slots are each said at a path of the file."""
    return Sentence(
        Phrase(message, {name: said for name, (said, _) in slots.items()}),
        {(message, name): place for name, (_, place) in slots.items()},
        path,
    )


def brief(data: Data | None) -> Said:
    """Return what stands somewhere in a few words: a text as it is, else the names in it."""
    if data is None or isinstance(data, str):
        return data or "…"
    if isinstance(data, Mapping):
        words = {key: one for key, one in data.items() if key in LANGUAGES and isinstance(one, str)}
        if words and len(words) == len(data):
            return words
        if "title" in data:
            return brief(data["title"])
        inner = next(iter(data.values()), None) if len(data) == 1 else None
        return brief(inner) if isinstance(inner, list) else Listed(tuple(data))
    names = [one if isinstance(one, str) else "…" for one in data]
    return Listed(tuple(names))


def level_title(level: str) -> Said:
    """Return what a level of places is called: its own id where the language has no word for it."""
    return Phrase(f"level-{level}") if level in LEVELS else level
