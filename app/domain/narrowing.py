"""What is asked and offered as answers change, for a browser without a connection: conditions as JSON."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from typing import Any

from app.domain.asked import Facts
from app.domain.compiled_questions import ANSWERS, CompiledQuestions
from app.domain.core.expressions import Expression, paths_in
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import Type, Value
from app.domain.kinds.form import Field
from app.domain.portable import Answers, NotPortableError, Tree, constant, portable
from app.domain.submission import FormLogic

Known = dict[str, tuple[str, Type] | None]
"""By name: question and type of an answer; None for one that the browser doesn't have."""


def narrowing(
    logic: FormLogic,
    repeat: str,
    item: Field,
    facts: Facts,
    ids: Iterable[str],
    hidden: Collection[str] = (),
) -> dict[str, Any] | None:
    """Return what tells a question's choices (`choices`: id → tree), or what its reference can be, as JSON.

    Of a reference: `where` is the tree, `rows` are by id what it reads of each of `ids`. `repeat` is the repeat in
    whose rows the question is asked, empty for none. None where nothing narrows it, or the browser couldn't tell: also
    where it would have to be told answers that are `hidden`, by name.
    """
    outer = logic.questions
    questions = outer.inner[repeat] if repeat else outer
    if item.where is None and item.id not in questions.cascades:
        return None
    held = [*logic.row(facts), *questions.blank] if repeat else logic.row(facts)
    try:
        if item.where is not None:
            return _picked(questions, item, _known(outer, repeat), held, facts, ids, hidden)
        answers: Answers = {(name,): own for name, own in _known(outer, repeat).items()}
        fixed = _fixed(questions, held, hidden)
        return {
            "choices": {
                choice.id: ["is", True] if choice.where is None else portable(choice.where, answers, fixed)
                for choice in item.choices
                if not choice.retired
            }
        }
    except (NotPortableError, UntypedError):
        return None


def opening(logic: FormLogic, facts: Facts, hidden: Collection[str] = ()) -> dict[str, Tree]:
    """Return by path (`repeat.question` in rows) the conditions on which questions are asked, as JSON.

    Without those that hang on no answer, and those that the browser couldn't tell or would have to be told `hidden`
    answers for: there the server's word stands.
    """
    outer = logic.questions
    row = logic.row(facts)
    found: dict[str, Tree] = {}
    for item in outer.fields:
        for repeat, one in (("", item), *((item.id, inner) for inner in item.columns)):
            questions = outer.inner[repeat] if repeat else outer
            names = {each.id for asked in (outer, questions) for each in asked.fields}
            if one.relevant is None or not any(path[0] in names for path in paths_in(one.relevant)):
                continue
            if one.is_worked_out and not one.title:  # never shown
                continue
            held = [*row, *questions.blank] if repeat else row
            known, fixed = _known(outer, repeat, one.id), _fixed(questions, held, hidden)
            answers: Answers = {(name,): own for name, own in known.items()}
            with suppress(NotPortableError, UntypedError):
                found[f"{repeat}.{one.id}" if repeat else one.id] = portable(one.relevant, answers, fixed)
    return found


def _read(item: Field) -> tuple[str, Type] | None:
    """Return how the browser knows an answer; what is worked out is none that it has."""
    return None if item.is_worked_out else (item.id, item.type)


def _known(outer: CompiledQuestions, repeat: str, until: str = "") -> Known:
    """Return by name how conditions of a question read answers in the browser; `until` is the first that they don't.

    As a form is gone through later answers aren't known yet, whatever stands in them: in rows those after the repeat.
    """
    groups = [(outer.fields, repeat or until)] + ([(outer.inner[repeat].fields, until)] if repeat else [])
    found: Known = {}
    for fields, end in groups:
        names = [one.id for one in fields]
        first = names.index(end) if end in names else len(names)
        found |= {one.id: _read(one) if at < first else None for at, one in enumerate(fields)}
    return found


def _fixed(
    questions: CompiledQuestions, held: list[Value], hidden: Collection[str]
) -> Callable[[Expression], Tree]:
    """Return what works a part out beforehand."""

    def fixed(part: Expression) -> Tree:
        _keep(part, hidden)
        amount = questions.amount(part)
        if amount is None:
            raise NotPortableError
        return ["is", constant(questions.value_of(amount, held))]

    return fixed


def _picked(
    questions: CompiledQuestions,
    item: Field,
    names: Known,
    held: list[Value],
    facts: Facts,
    ids: Iterable[str],
    hidden: Collection[str],
) -> dict[str, Any] | None:
    if item.where is None or facts.register is None:
        return None
    answers: Answers = {(ANSWERS, name): own for name, own in names.items()}
    parts: list[Any] = []  # compiled

    def fixed(part: Expression) -> Tree:
        _keep(part, hidden)
        parts.append(questions.beside(item, part))
        return ["column", len(parts) - 1]

    tree = portable(item.where, answers, fixed)
    found = ((one, facts.register.row(item.type.to or "", one)) for one in ids)
    rows = {
        one: [constant(questions.value_of(part, [*row, *held])) for part in parts]
        for one, row in found
        if row is not None
    }
    return {"where": tree, "rows": rows}


def _keep(part: Expression, hidden: Collection[str]) -> None:
    """Keep what is hidden from the browser: what it reads of a record stands in the page. Raises NotPortableError."""
    if any(name in hidden for path in paths_in(part) for name in path):
        raise NotPortableError
