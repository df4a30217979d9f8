"""Warnings that a file answers itself: `acknowledged: {W206: why}`, for the whole file or for parts of it by path.

An acknowledgement needs a reason, answers only the warnings of its own file and of what overlays put into it, and is
told (W216) when there is nothing left that it answers. Whether an assumed figure (W201) is right for a place is for the
place to say: its own file answers for all figures, or for those of a path of ids (`W201: {home_visit/waived_by: why}`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.declarations.documents import Document
from app.declarations.located import At, LocatedList, LocatedMap
from app.declarations.place_folders import OVERLAY_FILE
from app.declarations.schema.world import PlaceFile
from app.domain.problem import Problem, Where

KEY: Final = "acknowledged"
LATER: Final = frozenset({"W208", "W211"})
"""Warnings that loading doesn't give alone: they come from a whole ledger, and from running the cases."""
OF_PLACES: Final = frozenset({"W201"})
"""Warnings that the file of a place answers wherever they stand."""


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One code, the places that it covers (None: the whole file), why, and where it stands.

    `figures`: of a place's file, the path of ids of the figures that it answers for ("": all); None: of another file.
    `laid` are places in overlays of what these put into the file.
    """

    code: str
    path: str
    inside: frozenset[Where] | None
    why: str
    where: Where
    figures: str | None = None
    laid: frozenset[Where] = frozenset()

    def covers(self, problem: Problem) -> bool:
        """Whether it answers a problem."""
        if self.figures is not None:
            said = f"{problem.values.get('what', '')}/"
            return problem.code == self.code and (not self.figures or said.startswith(f"{self.figures}/"))
        return (
            problem.code == self.code
            and problem.where is not None
            and (
                problem.where in self.inside
                if self.inside is not None
                else problem.where.path == self.path or problem.where in self.laid
            )
        )


def acknowledgements(document: Document) -> Iterator[Acknowledgement]:
    """Yield what a file acknowledges."""
    given = document.data.get(KEY)
    if not isinstance(given, LocatedMap):
        return
    for code, reasons in given.items():
        where = given.key_places[code]
        of_place = code in OF_PLACES and isinstance(document.model, PlaceFile)
        if not isinstance(reasons, LocatedMap):
            figures = "" if of_place else None
            yield Acknowledgement(code, document.path, None, str(reasons), where, figures)
            continue
        for path, why in reasons.items():
            places = None if of_place else frozenset(_places(document.at, path))
            figures = path if of_place else None
            yield Acknowledgement(code, document.path, places, str(why), reasons.key_places[path], figures)


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
    problems: Sequence[Problem], documents: Iterable[Document], *, whole: bool
) -> tuple[list[Problem], list[Problem]]:
    """Return the problems that are left, and those that their files acknowledge.

    Errors can't be acknowledged. With `whole` (everything could be checked) an acknowledgement that answers nothing
    is a problem itself.
    """
    told = [
        definition
        for document in documents
        for definition in (document, *document.versions[1:])
        if KEY in definition.data
    ]
    over = {one.where for one in problems if one.where is not None and one.where.path.endswith(OVERLAY_FILE)}
    given = []
    for definition in told:
        laid = frozenset(over.intersection(_inside(definition.data)) if over else ())
        given += [replace(one, laid=laid) if laid else one for one in acknowledgements(definition)]
    everywhere = [one for one in given if one.figures is not None]
    by_file: dict[tuple[str, str], list[Acknowledgement]] = {}
    for one in given:
        if one.figures is None:
            for path in {one.path, *(where.path for where in one.laid)}:
                by_file.setdefault((path, one.code), []).append(one)
    left: list[Problem] = []
    taken: list[Problem] = []
    used: set[Acknowledgement] = set()
    for problem in problems:
        path = problem.where.path if problem.where else ""
        answering = (*by_file.get((path, problem.code), ()), *everywhere)
        found = [one for one in answering if one.covers(problem)]
        used.update(found)
        (taken if found and not problem.is_error else left).append(problem)
    if whole:
        left += [
            Problem("W216", one.where, {"what": one.code})
            for one in given
            if one not in used and one.code not in LATER
        ]
    return left, taken
