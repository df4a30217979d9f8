"""Questions in order, a form's or those of a repeat's rows: what is asked, worked out, offered and wrong.

Their conditions are compiled once, over their own answers and what stands around them: an entry's own columns and the
subject's, and in a row the answers of the form. A condition that reads what isn't at hand counts as unknown.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.domain.asked import Asked, Columns, Fault, Register
from app.domain.core.aggregates import function_of
from app.domain.core.chosen_rows import Getter
from app.domain.core.compiled import Compiled, compiled
from app.domain.core.compiled import condition as compile_condition
from app.domain.core.expressions import Binary, Expression, Literal, Name, readings_in
from app.domain.core.functions import Context
from app.domain.core.json_values import from_json, outcome_json, to_json
from app.domain.core.numbers import format_number
from app.domain.core.typecheck import UntypedError
from app.domain.core.types import type_of
from app.domain.core.values import Column, Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.field_type import AnswerError, FieldTypes
from app.domain.kinds.form import Constraint, Field, Total, WhenHidden
from app.domain.problem import Problem
from app.domain.source_answers import NOT_RELEVANT

ANSWERS: Final = "answers"
"""What the columns of a form are called in a condition over what can be picked: `building == answers.building`."""

MOST_ROWS: Final = 200
"""The most rows that a repeat takes, where the form says no less."""

_TEXT: Final = Type(Kind.TEXT)
_THERE: Final = "rows"
"""The value of a repeat with rows: conditions can't look into it, and ask for it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What questions stand in: the types of the columns around them, field types, the calendar, what registers hold."""

    around: Mapping[str, Type]
    types: FieldTypes
    context: Context
    columns: Columns


class Questions:
    """The questions of a form or of a row, compiled."""

    def __init__(
        self, fields: tuple[Field, ...], where: Surroundings, checks: tuple[Constraint, ...] = ()
    ) -> None:
        """Compile; `checks` are those of the whole form."""
        self.fields = fields
        self._types = where.types
        self._context = where.context
        own = {item.id: opened(item.type) for item in fields}
        trees = [*_trees(fields), *(check.condition for check in checks)]
        self._reads = {item.id: self._read_of(item, trees) for item in fields}
        paths = {
            ".".join(name.path): opened(name.type or _TEXT)
            for reads in self._reads.values()
            for name in reads
        }
        columns = {**where.around, **own, **paths}
        self.schema = Schema(tuple(Column(name, kind) for name, kind in columns.items()), ())
        self._at = {column.name: at for at, column in enumerate(self.schema.columns)}
        # What is the same for all submissions is made once: an import has thousands of them.
        self.blank = tuple(Unknown(column.name) for column in self.schema.columns[len(where.around) :])
        self._open = own
        self._positions = {
            to: {column.name: at for at, column in enumerate(where.columns(to))}
            for to in {item.type.to or "" for item in fields}
        }
        self._missing = {item.id: Unknown(item.id) for item in fields}
        self._retired = {item.id: {choice.id for choice in item.choices if choice.retired} for item in fields}
        self._relevant = {item.id: self.condition(item.relevant) for item in fields if item.relevant}
        self._amounts = {item.id: self._amount(item.calculation) for item in fields if item.calculation}
        self._defaults = {item.id: self._amount(item.default) for item in fields if item.default}
        self._constraints = {item.id: self.checks(item.constraints) for item in fields}
        self._cascades = {
            item.id: tuple(
                (choice.id, None if choice.where is None else self.condition(choice.where))
                for choice in item.choices
            )
            for item in fields
            if any(choice.where is not None for choice in item.choices)
        }
        self._pickings = {
            item.id: self._picking(item, where.columns) for item in fields if item.where is not None
        }
        inner = replace(where, around=columns)
        self.inner = {item.id: Questions(item.columns, inner) for item in fields if item.columns}
        self._totals = {
            item.id: _totalling(item.total, self.inner[item.total.of])
            for item in fields
            if item.total is not None
        }
        self.whole = self.checks(checks)

    # ---- asking ---------------------------------------------------------------------------------------------------
    def ask(self, row: list[Value], answers: Mapping[str, Any], register: Register | None) -> Asked:
        """Return what is asked with these answers (JSON; a missing one is unknown); `row` is filled with the values.

        `row` holds what stands around, then the `blank`.
        """
        relevant: set[str] = set()
        offered: dict[str, tuple[str, ...]] = {}
        rows: dict[str, tuple[Asked, ...]] = {}
        filled: dict[str, list[tuple[Value, ...]]] = {}
        for item in self.fields:
            at = self._at[item.id]
            data = answers.get(item.id)
            condition = self._relevant.get(item.id)
            is_asked = item.relevant is None or bool(
                condition and condition(tuple(row), self._context) is True
            )
            if item.columns:
                rows[item.id], filled[item.id] = self._rows(item, row, data, register)
                row[at] = _THERE if rows[item.id] else Unknown(item.id)
            elif item.total is not None:
                row[at] = self._totals[item.id](filled.get(item.total.of, []))
            elif item.id in self._amounts:
                row[at] = self._value_of(self._amounts[item.id], row)
            else:
                row[at] = self.read(item, data)
            if is_asked:
                relevant.add(item.id)
            else:
                row[at] = NOT_RELEVANT
                filled.pop(item.id, None)
            self._look(item, row, data, register)
            if item.id in self._cascades:
                offered[item.id] = tuple(self._offered(item.id, row))
        values = {item.id: row[self._at[item.id]] for item in self.fields}
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
        parts = self._types[item.widget].parts if item.widget in self._types else {}
        for name in self._reads[item.id]:
            at = self._at[".".join(name.path)]
            value = row[self._at[item.id]]
            _, first, *rest = name.path
            if isinstance(value, NotApplicable):
                row[at] = value
            elif first in parts:
                row[at] = parts[first].read(data) if isinstance(data, str) else Unknown(item.id)
            elif isinstance(value, str) and register is not None and not rest:
                found = register.row(item.type.to or "", value)
                where = self._positions[item.type.to or ""].get(first)
                row[at] = Unknown(first) if found is None or where is None else known(found[where], first)
            else:
                row[at] = Unknown(first)

    def _offered(self, name: str, row: Sequence[Value]) -> Iterator[str]:
        held = tuple(row)
        for choice, where in self._cascades[name]:
            if choice not in self._retired[name] and (where is None or where(held, self._context) is True):
                yield choice

    def read(self, item: Field, data: Any) -> Value:  # noqa: ANN401 - JSON is any of its types
        """Return an answer as the value that conditions see; unknown for what can't be read (yet)."""
        if data is None:
            return self._missing[item.id]
        if item.type.kind is Kind.DATA:
            return Unknown(item.id) if data in ([], "") else "file"
        try:
            return from_json(self._open[item.id], data, item.id)
        except ValueError:
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
            if item.id not in answers and item.id in self._defaults:
                value = to_json(self._value_of(self._defaults[item.id], row))
                if value is not None:
                    answers[item.id] = value
            self._fill(item, row, answers.get(item.id), register)
        return answers

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
            if item.id in self._defaults:
                left, now = (
                    to_json(self._value_of(self._defaults[item.id], row)) for row in (old_row, new_row)
                )
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
        at = self._at[item.id]
        if item.columns:
            row[at] = _THERE if data else Unknown(item.id)
        elif item.id in self._amounts:
            row[at] = self._value_of(self._amounts[item.id], row)
        else:
            row[at] = self.read(item, data)
        self._look(item, row, data, register)

    # ---- picking --------------------------------------------------------------------------------------------------
    def fits(self, name: str, held: tuple[Value, ...], candidate: tuple[Value, ...]) -> bool:
        """Whether what stands in a register can be picked with these answers; unknown is no."""
        test = self._pickings.get(name)
        return test is not None and test((*candidate, *held), self._context) is True

    def _picking(self, item: Field, columns: Columns) -> Any:  # noqa: ANN401 - a compiled condition, or None
        own = tuple(replace(one, type=opened(one.type)) for one in columns(item.type.to or ""))
        around = tuple(Column(f"{ANSWERS}.{one.name}", one.type) for one in self.schema.columns)
        if item.where is None or not own:
            return None
        try:
            return compile_condition(item.where, Schema(own + around, ()))
        except UntypedError:
            return None

    # ---- checking -------------------------------------------------------------------------------------------------
    def cleaned(
        self, raw: Mapping[str, Any], before: Mapping[str, Any], day: date, prefix: str = ""
    ) -> tuple[dict[str, Any], dict[str, Fault]]:
        """Return the answers as they are stored, and what is wrong with the others, by path."""
        found: dict[str, Any] = {}
        wrong: dict[str, Fault] = {}
        for item in self.fields:
            if item.is_worked_out or item.id not in raw:
                continue
            path = prefix + item.id
            try:
                value = self._clean(item, raw[item.id], before.get(item.id))
                if item.columns:
                    value = self._cleaned_rows(item, value, before.get(item.id), day, wrong)
                else:
                    self._on_day(item, value, day)
            except AnswerError as fault:
                wrong[path] = Fault(Problem(fault.code, values=fault.values, field=path))
                continue
            if value is not None:
                found[item.id] = value
        return found, wrong

    def _cleaned_rows(
        self, item: Field, value: object, before: object, day: date, wrong: dict[str, Fault]
    ) -> list[dict[str, Any]] | None:
        inner, earlier = self.inner[item.id], _together(before)
        found = []
        for number, answers in enumerate(rows_of(value), 1):
            if not inner.knows(answers):
                wrong[f"{item.id}.{number}"] = Fault(Problem("E709", field=item.id))
            cleaned, faults = inner.cleaned(answers, earlier, day, f"{item.id}.{number}.")
            wrong.update(faults)
            found.append(cleaned)
        return found or None

    def knows(self, answers: Mapping[str, Any]) -> bool:
        """Whether each answer is one to a question that there is."""
        return self._open.keys() >= answers.keys()

    def _clean(self, item: Field, raw: object, before: object) -> object:
        kind = self._types.get(item.widget)
        if kind is None:
            raise AnswerError("E702")
        value = kind.clean(item, raw)
        retired = self._retired[item.id]
        if retired and retired & _words(value) - _words(before):
            raise AnswerError("E703")
        return value

    def _on_day(self, item: Field, value: object, day: date) -> None:
        kind = self._types.get(item.widget)
        if kind is not None and kind.on_day is not None and value is not None:
            kind.on_day(value, day)

    def kept(self, cleaned: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        """Return what is stored: the answers of what is asked (or kept), and what is worked out."""
        kept: dict[str, Any] = {}
        for item in self.fields:
            stays = item.id in asked.relevant or item.when_hidden is WhenHidden.KEEP
            if item.is_worked_out:
                value = asked.values[item.id]
                if not isinstance(value, Unknown | NotApplicable):
                    kept[item.id] = outcome_json(value)
            elif item.id in cleaned and stays:
                rows = self._kept_rows(item, cleaned[item.id], asked) if item.columns else None
                if rows != []:
                    kept[item.id] = cleaned[item.id] if rows is None else rows
        return kept

    def _kept_rows(self, item: Field, rows: object, asked: Asked) -> list[dict[str, Any]]:
        together = zip(rows_of(rows), asked.rows[item.id], strict=True)
        return [self.inner[item.id].kept(answers, own) for answers, own in together if not is_blank(answers)]

    def broken(
        self,
        cleaned: Mapping[str, Any],
        asked: Asked,
        wrong: Mapping[str, Fault],
        before: Mapping[str, Any],
        prefix: str = "",
    ) -> Iterator[Fault]:
        """Yield what is missing, isn't offered or breaks a constraint among what is asked, where it isn't `wrong`."""
        for item in self.fields:
            path = prefix + item.id
            if item.id not in asked.relevant or path in wrong:
                continue
            data = cleaned.get(item.id)
            if item.required and not item.is_worked_out and (data is None or _without_rows(item, data)):
                yield Fault(Problem("E701", field=path))
            elif item.columns:
                yield from self._broken_rows(item, data, asked, wrong, before.get(item.id))
            elif item.id in asked.offered and not (
                {*asked.offered[item.id], *_words(before.get(item.id))}.issuperset(_words(data))
            ):
                yield Fault(Problem("E761", field=path))
            else:
                yield from self._constraint(item, asked.held, path)

    def _broken_rows(
        self, item: Field, data: object, asked: Asked, wrong: Mapping[str, Fault], before: object
    ) -> Iterator[Fault]:
        rows = list(rows_of(data))
        number = sum(not is_blank(one) for one in rows)
        most = MOST_ROWS if item.most is None else item.most
        if 0 < number < item.least:
            yield Fault(Problem("E762", values={"bound": item.least}, field=item.id))
        if len(rows) > most:
            yield Fault(Problem("E763", values={"bound": most}, field=item.id))
        inner, earlier = self.inner[item.id], _together(before)
        for at, (answers, own) in enumerate(zip(rows, asked.rows[item.id], strict=True), 1):
            if not is_blank(answers):
                yield from inner.broken(answers, own, wrong, earlier, f"{item.id}.{at}.")
        yield from self._constraint(item, asked.held, item.id)

    def _constraint(self, item: Field, held: tuple[Value, ...], path: str) -> Iterator[Fault]:
        for check, holds in self._constraints[item.id]:
            if holds(held, self._context) is False:
                yield Fault(_problem(check, path), check.message)
                return

    def broken_whole(self, asked: Asked) -> Iterator[Fault]:
        """Yield the checks of the whole form that surely don't hold."""
        for check, holds in self.whole:
            if holds(asked.held, self._context) is False:
                yield Fault(Problem("E704"), check.message)

    # ---- compiling ------------------------------------------------------------------------------------------------
    def _read_of(self, item: Field, trees: Sequence[Expression]) -> tuple[Name, ...]:
        """Return what conditions read of what a question refers to, or of its answer's parts."""
        kind = self._types.get(item.widget)
        if item.type.kind is not Kind.REF and not (kind and kind.parts):
            return ()
        found = {name.path: name for tree in trees for name in readings_in(tree)}
        return tuple(name for path, name in found.items() if len(path) > 1 and path[0] == item.id)

    def condition(self, expression: Expression) -> Any:  # noqa: ANN401 - a compiled condition, or None
        """Return a condition compiled over these columns; None for one that reads what isn't at hand."""
        try:
            return compile_condition(expression, self.schema)
        except UntypedError:
            return None

    def test(self, holds: Any, row: tuple[Value, ...]) -> Value:  # noqa: ANN401 - what `condition` returned
        """Return whether a compiled condition holds for a row; unknown where it couldn't be compiled."""
        found: Value = Unknown() if holds is None else holds(row, self._context)
        return found

    def _amount(self, expression: Expression) -> Compiled | None:
        try:
            return compiled([expression], self.schema)
        except UntypedError:
            return None

    def _value_of(self, amount: Compiled | None, row: Sequence[Value]) -> Value:
        if amount is None:
            return Unknown()
        (value,) = amount(tuple(row), self._context)
        return Unknown() if value is None else value

    def checks(self, constraints: tuple[Constraint, ...]) -> list[tuple[Constraint, Any]]:
        """Return constraints with their conditions compiled; without those that read what isn't at hand."""
        made = [(check, self.condition(check.condition)) for check in constraints]
        return [(check, holds) for check, holds in made if holds is not None]


# ---- parts -------------------------------------------------------------------------------------------------------
def opened(own: Type) -> Type:
    """Return the type of an answer while it is given: it may be missing yet, or not be asked."""
    return replace(own, may_be_unknown=True, may_be_na=True)


def rows_of(data: object) -> list[Mapping[str, Any]]:
    """Return the rows of a repeat's answer; what isn't one is left out."""
    return [one for one in data if isinstance(one, Mapping)] if isinstance(data, list | tuple) else []


def is_blank(answers: Mapping[str, Any]) -> bool:
    """Whether nothing is answered in a row: it was added and left alone."""
    return all(value in (None, "", []) for value in answers.values())


def _without_rows(item: Field, data: object) -> bool:
    return bool(item.columns) and all(is_blank(one) for one in rows_of(data))


def _trees(fields: Sequence[Field]) -> Iterator[Expression]:
    """Yield the conditions and amounts of questions, those of rows among them."""
    for item in fields:
        checks = (check.condition for check in item.constraints)
        where = (choice.where for choice in item.choices)
        own = (item.relevant, item.calculation, item.default, item.total.where if item.total else None)
        yield from (tree for tree in (*own, *checks, *where) if tree is not None)
        yield from _trees(item.columns)


def _totalling(total: Total, rows: Questions) -> Callable[[Sequence[tuple[Value, ...]]], Value]:
    """Return what works a total out of the rows' values."""
    argument = None if total.column is None else rows.schema.position(total.column)
    holds = None if total.where is None else rows.condition(total.where)
    function = function_of(total.function)
    last = len(rows.schema.columns)
    getter = Getter(argument, last, lambda row: row)

    def work_out(found: Sequence[tuple[Value, ...]]) -> Value:
        told = [(*row, True if total.where is None else rows.test(holds, row)) for row in found]
        return function(getter.over(told), None, None)

    return work_out


def _together(before: object) -> dict[str, Any]:
    """Return what stood in any row before, by question: which row was which isn't known."""
    found: dict[str, list[Any]] = {}
    for row in rows_of(before):
        for name, value in row.items():
            found.setdefault(name, []).extend(value if isinstance(value, list) else [value])
    return found


def known(value: Value, name: str) -> Value:
    """Return a value, or that nobody has said what `name` is."""
    return Unknown(name) if value is None else value


def _problem(check: Constraint, path: str) -> Problem:
    """Return the problem of a broken constraint: a bound names its figure."""
    match check.condition:
        case Binary(_, _, Literal(int() as bound)) if not check.message:
            pass
        case Binary(_, _, Literal() as right) if not check.message and type_of(right).kind is Kind.NUMBER:
            bound = right.value  # type: ignore[assignment]
        case _:
            return Problem("E704", field=path)
    code = {"at_least": "E711", "at_most": "E712"}.get(check.id, "E704")
    return Problem(code, values={"bound": format_number(bound)}, field=path)


def _words(answer: object) -> set[str]:
    """Return the texts of an answer: what is chosen, if it is a choice; of pictures there are none."""
    items = answer if isinstance(answer, list) else [answer]
    return {item for item in items if isinstance(item, str)}
