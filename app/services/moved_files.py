"""Files of a draft that goes on in another form: they move into the questions there that take them.

A text belongs to its question. A photo is one wherever it stands: it goes along under another name, too.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from app.domain.field_type import AnswerError, FieldTypes
from app.domain.kinds.form import Field, Form
from app.services.attaching import takes_files
from app.services.unasked import LEFT, left_in

ANY: Final = ""
"""Stands for every question of a form of which nobody knows any more what it asked."""


class Takers:
    """The questions of a form that take files which were given to another one."""

    def __init__(self, types: FieldTypes, then: Form | None, asked: Form, relevant: Collection[str]) -> None:
        """Look at a form as it is `asked`, of which these questions are `relevant`; `then` is the other one."""
        self._types = types
        self._then = then
        self._open = tuple(
            item
            for item in asked.fields
            if item.id in relevant and not item.is_worked_out and self._picked(item)
        )

    def names(self) -> dict[str, str]:
        """Return for each question of the other form that files are picked for the one that takes them here."""
        if self._then is None:
            return {ANY: self._open[0].id} if self._open else {}
        found = {item.id: next(self._of(item), None) for item in self._then.fields if self._picked(item)}
        return {name: item.id for name, item in found.items() if item is not None}

    def housed(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Return a draft's answers with the files that have no question (LEFT) where one takes them.

        What would be too much for it, or isn't of its type, stays where it was.
        """
        given = dict(answers)
        left = []
        for one in left_in(answers):
            was = None if self._then is None else self._then.field(one["name"])
            rest = self._take(given, was, one["value"]) if _are_files(one["value"]) else one["value"]
            if rest:
                left.append({**one, "value": rest})
        given.pop(LEFT, None)
        return {**given, LEFT: left} if left else given

    def _take(self, given: dict[str, Any], was: Field | None, files: Sequence[Any]) -> list[Any]:
        """Put each file into the first question that takes it; return the others."""
        if was is not None and not self._picked(was):
            return list(files)
        rest = []
        for file in files:
            for item in self._of(was):
                there = given.get(item.id) or []
                if file in there or self._fits(item, [*there, file]):
                    given[item.id] = there if file in there else [*there, file]
                    break
            else:
                rest.append(file)
        return rest

    def _of(self, was: Field | None) -> Iterator[Field]:
        """Yield the questions that may take the files of another: its own name's first, then its own type's."""
        if was is None:
            yield from self._open
            return
        fits = [item for item in self._open if item.sensitive or not was.sensitive]
        yield from sorted(
            fits, key=lambda item: ({*item.names}.isdisjoint(was.names), item.widget != was.widget)
        )

    def _picked(self, item: Field) -> bool:
        return takes_files(self._types, item)

    def _fits(self, item: Field, files: Sequence[Any]) -> bool:
        try:
            return self._types[item.widget].clean(item, files) is not None
        except AnswerError:
            return False


def _are_files(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, Mapping) and "sha256" in one for one in value)
