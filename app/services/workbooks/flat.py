"""Rows of a repeat within one row of a table: a column for each of their questions, numbered by row."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from app.domain.answer_rows import rows_of
from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form

MOST: Final = 12
"""How many rows of a repeat have columns in a list that is read; a list that is written has as many as there are."""


def flat_fields(form: Form, most: Mapping[str, int] | None = None) -> Iterator[Field]:
    """Yield the form's questions, in the place of a repeat its questions row by row (`members.2.age`).

    `most` tells of each repeat how many rows have columns, by its id; without it so many as are read.
    """
    for item in form.fields:
        if not item.columns:
            yield item
            continue
        rows = min(MOST, item.most or MOST) if most is None else most.get(item.id, 0)
        for number in range(1, rows + 1):
            for one in item.columns:
                title = _title(item, number, one)
                yield replace(
                    one,
                    id=f"{item.id}.{number}.{one.id}",
                    title=title,
                    required=False,
                    sensitive=item.sensitive,
                )


def _title(repeat: Field, number: int, one: Field) -> Texts:
    languages = {**repeat.title, **one.title} or {"zh": ""}
    return {
        language: f"{repeat.title.get(language) or repeat.id} {number} {one.title.get(language) or one.id}"
        for language in languages
    }


def rows_there(form: Form, entries: Iterable[Entry]) -> dict[str, int]:
    """Return how many rows the longest answer of each repeat has."""
    found = {item.id: 0 for item in form.repeats}
    for entry in entries:
        for name, most in found.items():
            found[name] = max(most, len(rows_of(entry.answers.get(name))))
    return found


def answer_at(answers: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return the answer of a flat question."""
    repeat, _, rest = path.partition(".")
    if not rest:
        return answers.get(path)
    number, _, name = rest.partition(".")
    rows = rows_of(answers.get(repeat))
    return rows[int(number) - 1].get(name) if int(number) <= len(rows) else None


def unflattened(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers with those of flat questions put together to rows; a row between them that is empty stays one."""
    found: dict[str, Any] = {}
    for path, value in answers.items():
        repeat, _, rest = path.partition(".")
        if not rest:
            found[path] = value
            continue
        number, _, name = rest.partition(".")
        rows: list[dict[str, Any]] = found.setdefault(repeat, [])
        rows.extend({} for _ in range(int(number) - len(rows)))
        rows[int(number) - 1][name] = value
    return found


def mappable(form: Form) -> tuple[Field, ...]:
    """Return the questions that a column can answer: nothing that is worked out, no notes or files."""
    return tuple(
        item for item in flat_fields(form) if not item.is_worked_out and item.type.kind is not Kind.DATA
    )
