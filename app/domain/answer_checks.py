"""What is wrong with answers, and what is stored of them: each answer by itself, then what is asked together."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from app.domain.answer_rows import is_blank, rows_of, together, without_rows, words_in
from app.domain.asked import Asked, Fault
from app.domain.compiled_questions import CompiledQuestions
from app.domain.core.expressions import Binary, Literal
from app.domain.core.json_values import outcome_json
from app.domain.core.numbers import format_number
from app.domain.core.types import type_of
from app.domain.core.values import Kind, NotApplicable, Unknown, Value
from app.domain.field_type import AnswerError
from app.domain.kinds.form import Constraint, Field, WhenHidden
from app.domain.problem import Problem

MOST_ROWS: Final = 200
"""The most rows that a repeat takes, where the form says no less."""

_UNREADABLE: Final = "E702"
"""The fault of what isn't of the question's type at all: it stands nowhere anew, whatever stood before."""


class AnswerChecks:
    """Checks the answers to questions, in rows too."""

    def __init__(self, questions: CompiledQuestions) -> None:
        """Look at compiled questions, and at those of their rows."""
        self.questions = questions
        self.inner = {name: AnswerChecks(rows) for name, rows in questions.inner.items()}

    def cleaned(
        self, raw: Mapping[str, Any], before: Mapping[str, Any], day: date, prefix: str = ""
    ) -> tuple[dict[str, Any], dict[str, Fault]]:
        """Return the answers as they are stored, and what is wrong with the others, by path.

        What stood `before` stays as it is: it was right when it was told, and whoever changes something else may not
        know better (ADR 183).
        """
        found: dict[str, Any] = {}
        wrong: dict[str, Fault] = {}
        for item in self.questions.fields:
            if item.is_worked_out or item.id not in raw:
                continue
            path = prefix + item.id
            try:
                value = self.clean(item, raw[item.id], before.get(item.id))
                if item.columns:
                    value = self._cleaned_rows(item, value, before.get(item.id), day, wrong)
                else:
                    self.on_day(item, value, day)
            except AnswerError as fault:
                if fault.code != _UNREADABLE and _stood(
                    raw[item.id], before.get(item.id), inside=bool(prefix)
                ):
                    found[item.id] = raw[item.id]
                    continue
                wrong[path] = Fault(Problem(fault.code, values=fault.values, field=path))
                continue
            if value is not None:
                found[item.id] = value
        return found, wrong

    def _cleaned_rows(
        self, item: Field, value: object, before: object, day: date, wrong: dict[str, Fault]
    ) -> list[dict[str, Any]] | None:
        inner, earlier = self.inner[item.id], together(before)
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
        return self.questions.open_types.keys() >= answers.keys()

    def clean(self, item: Field, raw: object, before: object) -> object:
        """Return an answer as it is stored, None for nothing. Raises AnswerError (E703: it retired since `before`)."""
        kind = self.questions.types.get(item.widget)
        if kind is None:
            raise AnswerError("E702")
        value = kind.clean(item, raw)
        retired = self.questions.retired[item.id]
        if retired and retired & words_in(value) - words_in(before):
            raise AnswerError("E703")
        return value

    def on_day(self, item: Field, value: object, day: date) -> None:
        """Raise AnswerError for what can't be said on a day."""
        kind = self.questions.types.get(item.widget)
        if kind is not None and kind.on_day is not None and value is not None:
            kind.on_day(value, day)

    def kept(self, cleaned: Mapping[str, Any], asked: Asked) -> dict[str, Any]:
        """Return what is stored: the answers of what is asked (or kept), and what is worked out."""
        kept: dict[str, Any] = {}
        for item in self.questions.fields:
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
        for item in self.questions.fields:
            path = prefix + item.id
            if item.id not in asked.relevant or path in wrong:
                continue
            data = cleaned.get(item.id)
            if item.required and not item.is_worked_out and (data is None or without_rows(item, data)):
                yield Fault(Problem("E701", field=path))
            elif item.columns:
                yield from self._broken_rows(item, data, asked, wrong, before.get(item.id))
            elif item.id in asked.offered and not (
                {*asked.offered[item.id], *words_in(before.get(item.id))}.issuperset(words_in(data))
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
        inner, earlier = self.inner[item.id], together(before)
        for at, (answers, own) in enumerate(zip(rows, asked.rows[item.id], strict=True), 1):
            if not is_blank(answers):
                yield from inner.broken(answers, own, wrong, earlier, f"{item.id}.{at}.")
        yield from self._constraint(item, asked.held, item.id)

    def _constraint(self, item: Field, held: tuple[Value, ...], path: str) -> Iterator[Fault]:
        for check, holds in self.questions.constraints[item.id]:
            if holds(held, self.questions.context) is False:
                yield Fault(_problem(check, path), check.message)
                return

    def broken_whole(self, asked: Asked) -> Iterator[Fault]:
        """Yield the checks of the whole form that surely don't hold."""
        for check, holds in self.questions.whole:
            if holds(asked.held, self.questions.context) is False:
                yield Fault(Problem("E704"), check.message)


# ---- parts -------------------------------------------------------------------------------------------------------
def _stood(given: object, before: object, *, inside: bool) -> bool:
    """Whether an answer is the one before; `inside` of a row, one of those that stood in any row."""
    if not inside:
        return before is not None and given == before
    answers = given if isinstance(given, list) else [given]
    return isinstance(before, list) and all(one in before for one in answers)


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
