"""The answers of repeats: rows in JSON, and what stands in any of them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.domain.core.values import Kind
from app.domain.kinds.form import Field, Form


def rows_of(data: object) -> list[Mapping[str, Any]]:
    """Return the rows of a repeat's answer; what isn't one is left out."""
    return [one for one in data if isinstance(one, Mapping)] if isinstance(data, list | tuple) else []


def is_blank(answers: Mapping[str, Any]) -> bool:
    """Whether nothing is answered in a row: it was added and left alone."""
    return all(value in (None, "", []) for value in answers.values())


def without_rows(item: Field, data: object) -> bool:
    """Whether a repeat is asked and has no row in which something is answered."""
    return bool(item.columns) and all(is_blank(one) for one in rows_of(data))


def together(before: object) -> dict[str, Any]:
    """Return what stood in any row before, by question: which row was which isn't known."""
    found: dict[str, list[Any]] = {}
    for row in rows_of(before):
        for name, value in row.items():
            found.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return found


def renamed(form: Form, answers: Mapping[str, Any], name: Callable[[str, str], str]) -> dict[str, Any]:
    """Return answers in which each reference is what `name` makes of it, by what it refers to and its id; rows too."""
    found = dict(answers)
    for item in form.fields:
        if item.columns:
            rows = found.get(item.id)
            if isinstance(rows, list):
                found[item.id] = [_renamed(item.columns, one, name) for one in rows_of(rows)]
    return _renamed(form.fields, found, name)


def _renamed(
    fields: Iterable[Field], answers: Mapping[str, Any], name: Callable[[str, str], str]
) -> dict[str, Any]:
    found = dict(answers)
    for item in fields:
        to, value = item.type.to, found.get(item.id)
        if to is None or item.type.kind not in {Kind.REF, Kind.REFS}:
            continue
        if isinstance(value, str):
            found[item.id] = name(to, value)
        elif isinstance(value, list):
            found[item.id] = list(
                dict.fromkeys(name(to, one) if isinstance(one, str) else one for one in value)
            )
    return found


def words_in(answer: object) -> set[str]:
    """Return the texts of an answer: what is chosen, if it is a choice; of pictures there are none."""
    items = answer if isinstance(answer, list) else [answer]
    return {item for item in items if isinstance(item, str)}
