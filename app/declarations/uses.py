"""What a place uses of the base: the definitions that it names and, over and over, those that they name themselves.

A file is read for the words that could name a definition. Texts for people don't count, nor do a form's own ids
(fields, choices), nor the posts that only may fill a form in, read an answer or are told of a finding: a place that
lacks such a post can use the form all the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from app.declarations.alike import READ
from app.declarations.documents import WITHOUT_ID, ReadDocument
from app.declarations.located import LocatedList, LocatedMap, texts_in

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SAID = frozenset({"title", "titles", "hint", "notes", "message", "clause", "why", "icon"})
_MAY_LACK = frozenset({"filled_by", "notify", "sensitive_for"})
_OF_EVERY_ROLE = ("worker", "holder")
"""What every post rests on without naming it: somebody's file, and the appointment."""


def has_id(one: ReadDocument) -> bool:
    """Whether a file declares something that others name."""
    return bool(one.kind) and one.kind not in WITHOUT_ID


def is_wanted(one: ReadDocument, left_out: frozenset[str]) -> bool:
    """Whether a file of the base is needed: a case is, unless it names a table that is left out."""
    if one.kind in ("case", "cases"):
        data = one.document.data if one.document else None
        return data is None or not (_tables_of_case(data) & left_out)
    return one.id not in left_out


def needed(names: Iterable[str], by_id: Mapping[str, ReadDocument]) -> set[str]:
    """Return the named definitions and, over and over, what they name themselves."""
    found: set[str] = set()
    todo = list(names)
    meant = _meant(by_id)
    while todo:
        name = todo.pop()
        if name in found:
            continue
        found.add(name)
        one = by_id.get(name)
        if one is None or one.document is None:
            continue
        words = {*words_in(one.document.data, _needed), *(_OF_EVERY_ROLE if one.kind == "role" else ())}
        todo += [word for word in words if word in by_id]
        todo += [other for word in words for other in meant.get(word, ())]
    return found


def _meant(by_id: Mapping[str, ReadDocument]) -> dict[str, list[str]]:
    """Return what names other than ids mean: a subject the form that describes it, a finding the rule that makes it."""
    found: dict[str, list[str]] = {}
    for name, one in by_id.items():
        if one.document is None:
            continue
        data = one.document.data
        then = data.get("then")
        for word in (data.get("describes"), then.get("finding") if isinstance(then, LocatedMap) else None):
            if isinstance(word, str):
                found.setdefault(word, []).append(name)
    return found


Instead = Callable[[str, object], Iterable[object] | None]
"""Of a key and its value: what is read instead of both; None: they themselves."""


def words_in(data: object, instead: Instead) -> Iterator[str]:
    """Yield every word of a file that could name a definition: no texts for people, and what `instead` says."""
    if isinstance(data, LocatedMap):
        for key, value in data.items():
            if is_said(key, value):
                continue
            parts = [key, *texts_in(value)] if key in READ else instead(key, value)
            for part in (key, value) if parts is None else parts:
                yield from words_in(part, instead)
    elif isinstance(data, LocatedList):
        for member in data:
            yield from words_in(member, instead)
    elif isinstance(data, str):
        yield from _WORD.findall(data)


def _needed(key: str, value: object) -> Iterable[object] | None:
    """Leave out what a place may lack, and of a form's fields their ids and those of their choices."""
    if key in _MAY_LACK:
        return ()
    if key != "fields":
        return None
    return [*_of_fields(value)]


def _of_fields(fields: object) -> Iterator[object]:
    """Yield what fields say, those within sections and rows and totals too, but no id of a field or of a choice."""
    for field in fields.values() if isinstance(fields, LocatedMap) else ():
        for name, part in field.items() if isinstance(field, LocatedMap) else ():
            if name in ("fields", "totals"):
                yield from _of_fields(part)
            elif name in READ:
                yield from texts_in(part)
            elif name not in ("from", "default", "type", "was") and not is_said(name, part):
                yield part


def is_said(key: str, value: object) -> bool:
    """Whether a value is a text for people: by its key, or because it says one thing in several languages.

    Nothing is that within a mapping whose keys are columns.
    """
    if key in READ:
        return False
    if isinstance(value, LocatedMap):
        texts = all(isinstance(text, str) and _LANGUAGE.fullmatch(word) for word, text in value.items())
        return key == "clause" or (texts and ("zh" in value or "en" in value))
    return key in _SAID and isinstance(value, str)


def _tables_of_case(data: object) -> set[str]:
    return {text for key, text in _pairs(data) if key in ("form", "in")}


def _pairs(data: object) -> Iterator[tuple[str, str]]:
    if isinstance(data, LocatedMap):
        for key, value in data.items():
            if isinstance(value, str):
                yield key, value.partition(".")[0]
            else:
                yield from _pairs(value)
    elif isinstance(data, LocatedList):
        for member in data:
            yield from _pairs(member)
