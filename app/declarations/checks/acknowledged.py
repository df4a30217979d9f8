"""Warnings that a file answers itself: `acknowledged: {W206: why}`, for the whole file or for parts of it by path.

An acknowledgement needs a reason, answers only the warnings of its own file, and is told (W216) when there is nothing
left that it answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from app.declarations.documents import Document
from app.declarations.located import At, LocatedList, LocatedMap
from app.domain.problem import Problem, Where

KEY: Final = "acknowledged"
LATER: Final = frozenset({"W208", "W211"})
"""Warnings that loading doesn't give alone: they come from a whole ledger, and from running the cases."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One code, the places that it covers (None: the whole file), why, and where it stands."""

    code: str
    path: str
    inside: frozenset[Where] | None
    why: str
    where: Where

    def covers(self, problem: Problem) -> bool:
        """Whether it answers a problem."""
        return (
            problem.code == self.code
            and problem.where is not None
            and problem.where.path == self.path
            and (self.inside is None or problem.where in self.inside)
        )


def acknowledgements(document: Document) -> Iterator[Acknowledgement]:
    """Yield what a file acknowledges."""
    given = document.data.get(KEY)
    if not isinstance(given, LocatedMap):
        return
    for code, reasons in given.items():
        where = given.key_places[code]
        if not isinstance(reasons, LocatedMap):
            yield Acknowledgement(code, document.path, None, str(reasons), where)
            continue
        for path, why in reasons.items():
            places = frozenset(_places(document.at, path))
            yield Acknowledgement(code, document.path, places, str(why), reasons.key_places[path])


def _places(at: At, path: str) -> Iterator[Where]:
    """Yield every place of the part of a file at a path of ids."""
    data: object = at.data
    parts = path.split("/")
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if isinstance(data, LocatedMap) and part in data:
            if last:
                yield data.key_places[part]
                yield data.value_places[part]
            data = data[part]
        elif isinstance(data, LocatedList) and part.isdigit() and int(part) < len(data):
            if last:
                yield data.places[int(part)]
            data = data[int(part)]
        else:
            return
    yield from _inside(data)


def _inside(data: object) -> Iterator[Where]:
    if isinstance(data, LocatedMap):
        yield data.where
        for key, value in data.items():
            yield data.key_places[key]
            yield data.value_places[key]
            yield from _inside(value)
    elif isinstance(data, LocatedList):
        yield data.where
        for number, value in enumerate(data):
            yield data.places[number]
            yield from _inside(value)


def answered(
    problems: Iterable[Problem], documents: Iterable[Document], *, whole: bool
) -> tuple[list[Problem], list[Problem]]:
    """Return the problems that are left, and those that their files acknowledge.

    Errors can't be acknowledged. With `whole` (everything could be checked) an acknowledgement that answers nothing
    is a problem itself.
    """
    given = [
        one
        for document in documents
        for definition in (document, *document.versions[1:])
        for one in acknowledgements(definition)
    ]
    by_file: dict[tuple[str, str], list[Acknowledgement]] = {}
    for one in given:
        by_file.setdefault((one.path, one.code), []).append(one)
    left: list[Problem] = []
    taken: list[Problem] = []
    used: set[Acknowledgement] = set()
    for problem in problems:
        path = problem.where.path if problem.where else ""
        found = [one for one in by_file.get((path, problem.code), ()) if one.covers(problem)]
        used.update(found)
        (taken if found and not problem.is_error else left).append(problem)
    if whole:
        left += [
            Problem("W216", one.where, {"what": one.code})
            for one in given
            if one not in used and one.code not in LATER
        ]
    return left, taken
