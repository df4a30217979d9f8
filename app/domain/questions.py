"""Questions in order, a form's or those of a repeat's rows: what is asked, worked out, offered and wrong.

Their conditions are compiled once, over their own answers and what stands around them: an entry's own columns and the
subject's, and in a row the answers of the form. A condition that reads what isn't at hand counts as unknown.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from app.domain.answer_rows import is_blank, rows_of
from app.domain.asked import Asked, Register
from app.domain.compiled_questions import CompiledQuestions
from app.domain.core.json_values import from_json, to_json
from app.domain.core.values import Kind, NotApplicable, Unknown, Value
from app.domain.field_type import AnswerError
from app.domain.kinds.form import Field
from app.domain.source_answers import NOT_RELEVANT

_THERE: Final = "rows"
"""The value of a repeat with rows: conditions can't look into it, and ask for it."""


class Questions(CompiledQuestions):
    """What is asked, worked out and offered as answers change."""

    # ---- asking ---------------------------------------------------------------------------------------------------
    def ask(self, row: list[Value], answers: Mapping[str, Any], register: Register | None) -> Asked:
        """Return what is asked with these answers (JSON; a missing one is unknown); `row` is filled with the values.

        `row` holds what stands around, then the `blank`.
        """
        relevant: set[str] = set()
        rows: dict[str, tuple[Asked, ...]] = {}
        filled: dict[str, list[tuple[Value, ...]]] = {}
        for item in self.fields:
            at = self.at_of[item.id]
            data = answers.get(item.id)
            condition = self.relevant.get(item.id)
            is_asked = item.relevant is None or bool(
                condition and condition(tuple(row), self.context) is True
            )
            if item.columns:
                rows[item.id], filled[item.id] = self._rows(item, row, data, register)
                row[at] = _THERE if rows[item.id] else Unknown(item.id)
            elif item.total is not None:
                row[at] = self.totals[item.id](filled.get(item.total.of, []))
            elif item.id in self.amounts:
                row[at] = self.value_of(self.amounts[item.id], row)
            else:
                row[at] = self.read(item, data)
            if is_asked:
                relevant.add(item.id)
            else:
                row[at] = NOT_RELEVANT
                filled.pop(item.id, None)
            self._look(item, row, data, register)
        # A choice may hang on what is asked after it.
        offered = {name: tuple(self._offered(name, row)) for name in self.cascades}
        values = {item.id: row[self.at_of[item.id]] for item in self.fields}
        return Asked(frozenset(relevant), values, tuple(row), offered, rows)

    def _rows(
        self, item: Field, row: Sequence[Value], data: object, register: Register | None
    ) -> tuple[tuple[Asked, ...], list[tuple[Value, ...]]]:
        """Return what is asked in each row, and the values of those in which something is answered."""
        inner = self.inner[item.id]
        asked, filled = [], []
        for answers in rows_of(data):
            own: list[Value] = [*row, *inner.blank]
            asked.append(inner.ask(own, answers, register))
            if not is_blank(answers):
                filled.append(tuple(own))
        return tuple(asked), filled

    def _look(self, item: Field, row: list[Value], data: object, register: Register | None) -> None:
        """Fill in what is read of what a question refers to, or of its answer's parts."""
        parts = self.types[item.widget].parts if item.widget in self.types else {}
        for name in self.reads[item.id]:
            at = self.at_of[".".join(name.path)]
            value = row[self.at_of[item.id]]
            _, first, *rest = name.path
            if isinstance(value, NotApplicable):
                row[at] = value
            elif first in parts:
                row[at] = parts[first].read(data) if isinstance(data, str) else Unknown(item.id)
            elif isinstance(value, str) and register is not None and not rest:
                found = register.row(item.type.to or "", value)
                where = self.positions[item.type.to or ""].get(first)
                row[at] = Unknown(first) if found is None or where is None else known(found[where], first)
            else:
                row[at] = Unknown(first)

    def _offered(self, name: str, row: Sequence[Value]) -> Iterator[str]:
        held = tuple(row)
        for choice, where in self.cascades[name]:
            if choice not in self.retired[name] and (where is None or where(held, self.context) is True):
                yield choice

    def read(self, item: Field, data: Any) -> Value:  # noqa: ANN401 - JSON is any of its types
        """Return an answer as the value that conditions see; unknown for what can't be read (yet)."""
        if data is None:
            return self.missing[item.id]
        if item.type.kind is Kind.DATA:
            return Unknown(item.id) if data in ([], "") else "file"
        try:
            return from_json(self.open_types[item.id], data, item.id)
        except ValueError:
            return self._as_stored(item, data)

    def _as_stored(self, item: Field, data: Any) -> Value:  # noqa: ANN401 - JSON is any of its types
        """Return what is typed in one's own way (a decimal comma) as the value that it will be stored as."""
        try:
            return from_json(self.open_types[item.id], self.types[item.widget].clean(item, data), item.id)
        except (AnswerError, KeyError, ValueError):
            return Unknown(item.id)

    def defaults(
        self, row: list[Value], given: Mapping[str, Any], register: Register | None
    ) -> dict[str, Any]:
        """Return the answers, as JSON, that these questions start with; `given` ones stand."""
        answers = dict(given)
        for item in self.fields:
            if item.columns and item.id not in answers and item.least:
                blank = self.inner[item.id].defaults([*row, *self.inner[item.id].blank], {}, register)
                answers[item.id] = [dict(blank) for _ in range(item.least)]
            if item.id not in answers and item.id in self.default_of:
                value = self._default(item, row)
                if value is not None:
                    answers[item.id] = value
            self._fill(item, row, answers.get(item.id), register)
        return answers

    def _default(self, item: Field, row: Sequence[Value]) -> Any:  # noqa: ANN401 - JSON
        """Return what a question begins with; a text begins with what a choice or a reference is called."""
        value = to_json(self.value_of(self.default_of[item.id], row))
        if not isinstance(value, str):
            return value
        if item.id in self.default_names:
            return self.words.name(self.default_names[item.id], value)
        return self.default_words.get(item.id, {}).get(value, value)

    def followed(
        self,
        before: tuple[list[Value], Mapping[str, Any]],
        after: tuple[list[Value], Mapping[str, Any]],
        register: Register | None,
    ) -> dict[str, Any]:
        """Return the answers that change along because what their defaults read has changed; see `FormLogic`."""
        (old_row, old), (new_row, new) = before, after
        changes: dict[str, Any] = {}
        for item in self.fields:
            was, answer = old.get(item.id), new.get(item.id)
            if item.id in self.default_of:
                left, now = (self._default(item, row) for row in (old_row, new_row))
                if left != now and answer == left:
                    answer = changes[item.id] = now
            if item.columns and (
                rows := self._followed_rows(item, (old_row, was), (new_row, answer), register)
            ):
                answer = changes[item.id] = rows
            self._fill(item, old_row, was, register)
            self._fill(item, new_row, answer, register)
        return changes

    def _followed_rows(
        self,
        item: Field,
        before: tuple[list[Value], object],
        after: tuple[list[Value], object],
        register: Register | None,
    ) -> list[dict[str, Any]] | None:
        """Return the rows with what follows in them; None where nothing does, or rows came and went."""
        inner, old, new = self.inner[item.id], rows_of(before[1]), rows_of(after[1])
        if len(old) != len(new):
            return None
        changes = [
            inner.followed(([*before[0], *inner.blank], was), ([*after[0], *inner.blank], now), register)
            for was, now in zip(old, new, strict=True)
        ]
        return [{**now, **own} for now, own in zip(new, changes, strict=True)] if any(changes) else None

    def _fill(self, item: Field, row: list[Value], data: object, register: Register | None) -> None:
        """Put an answer's value into a row, worked out where it is, and what is read of it."""
        at = self.at_of[item.id]
        if item.columns:
            row[at] = _THERE if data else Unknown(item.id)
        elif item.id in self.amounts:
            row[at] = self.value_of(self.amounts[item.id], row)
        else:
            row[at] = self.read(item, data)
        self._look(item, row, data, register)

    # ---- picking --------------------------------------------------------------------------------------------------
    def fits(self, name: str, held: tuple[Value, ...], candidate: tuple[Value, ...]) -> bool:
        """Whether what stands in a register can be picked with these answers; unknown is no."""
        test = self.pickings.get(name)
        return test is not None and test((*candidate, *held), self.context) is True


# ---- parts -------------------------------------------------------------------------------------------------------
def known(value: Value, name: str) -> Value:
    """Return a value, or that nobody has said what `name` is."""
    return Unknown(name) if value is None else value
