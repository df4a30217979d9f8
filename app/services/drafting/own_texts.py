"""The texts that a place's files say to people, by language: found by what the language says of itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.edits import Data, Path
from app.domain.kinds.common import Texts
from app.services.drafting.composing import value_at
from app.services.drafting.described import (
    Language,
    Leaf,
    Listed,
    Mapped,
    Part,
    Shape,
    Sort,
    chosen,
    is_short,
)

SOURCE = "zh"


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text of a file: where it stands, and what it says in each language that it has.

    `about` are the titles of what it stands in, from the file down, as far as there are any.
    """

    file: str
    path: Path
    by_language: Mapping[str, str]
    about: tuple[Texts, ...] = ()

    def lacks(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """Return the languages in which it says nothing."""
        return tuple(one for one in languages if not self.by_language.get(one))


def texts_of(language: Language, file: str, kind: str, data: Data) -> Iterator[OwnText]:
    """Yield the texts of a file, in its order."""
    yield from _texts(language, language.kind(kind), file, data, ())


def _texts(language: Language, shape: Shape, file: str, data: Data, path: Path) -> Iterator[OwnText]:
    value = value_at(data, path)
    if value is None:
        return
    own = chosen(shape, value, language)
    if isinstance(own, Leaf):
        if own.sort is Sort.TEXTS:
            yield OwnText(file, path, _said(value), tuple(_about(data, path)))
    elif isinstance(own, Part):
        yield from _of_part(language, own, file, data, path, value)
    elif isinstance(own, Mapped) and isinstance(value, Mapping):
        for key in value:
            yield from _texts(language, own.of, file, data, (*path, key))
    elif isinstance(own, Listed) and not isinstance(value, str):
        members = [value] if isinstance(value, Mapping) else value
        for number, _ in enumerate(members):
            yield from _texts(language, own.of, file, data, (*path, number))


def _of_part(
    language: Language, part: Part, file: str, data: Data, path: Path, value: Data
) -> Iterator[OwnText]:
    group = language.groups[part.group]
    if is_short(part, value, language):
        key = group.key(part.short)
        if key is not None:
            yield from _texts(language, key.shape, file, data, path)
    elif isinstance(value, Mapping):
        for name in value:
            key = group.key(name)
            if key is not None:
                yield from _texts(language, language.shape_of(key, group, value), file, data, (*path, name))


def _about(data: Data, path: Path) -> Iterator[Texts]:
    """Yield the titles of what stands around a path, the file's first; what is called by nothing is left out."""
    for end in range(len(path)):
        around = value_at(data, path[:end])
        title = _said(around.get("title", "")) if isinstance(around, Mapping) else {}
        if any(title.values()):
            yield title


def _said(value: Data) -> dict[str, str]:
    if isinstance(value, str):
        return {SOURCE: value}
    if isinstance(value, Mapping):
        return {name: one for name, one in value.items() if isinstance(one, str)}
    return {}
