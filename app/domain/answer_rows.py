"""The answers of repeats: rows in JSON, and what stands in any of them."""

from collections.abc import Mapping
from typing import Any

from app.domain.kinds.form import Field


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


def words_in(answer: object) -> set[str]:
    """Return the texts of an answer: what is chosen, if it is a choice; of pictures there are none."""
    items = answer if isinstance(answer, list) else [answer]
    return {item for item in items if isinstance(item, str)}
