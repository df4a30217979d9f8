"""What a question's list is narrowed by as answers change, for a browser without a connection."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from app.domain.asked import Facts
from app.domain.compiled_questions import ANSWERS, CompiledQuestions
from app.domain.core.expressions import Expression, paths_in
from app.domain.core.typecheck import UntypedError
from app.domain.core.values import Kind, Type, Value
from app.domain.kinds.form import Field
from app.domain.portable import NotPortableError, Path, Tree, constant, portable
from app.domain.submission import FormLogic

_HIDDEN: Final = Type(Kind.DATA)


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
    # What is worked out is no answer that the browser has.
    names = {
        one.id: _HIDDEN if one.is_worked_out else one.type
        for asked in (outer, questions)
        for one in asked.fields
    }
    held = [*logic.row(facts), *questions.blank] if repeat else logic.row(facts)
    try:
        if item.where is not None:
            return _picked(questions, item, names, held, facts, ids, hidden)
        return {"choices": _choices(questions, item, names, held, hidden)}
    except (NotPortableError, UntypedError):
        return None


def _choices(
    questions: CompiledQuestions,
    item: Field,
    names: Mapping[str, Type],
    held: list[Value],
    hidden: Collection[str],
) -> dict[str, Tree]:
    answers: dict[Path, tuple[str, Type]] = {(name,): (name, own) for name, own in names.items()}

    def fixed(part: Expression) -> Tree:
        _keep(part, hidden)
        amount = questions.amount(part)
        if amount is None:
            raise NotPortableError
        return ["is", constant(questions.value_of(amount, held))]

    return {
        choice.id: ["is", True] if choice.where is None else portable(choice.where, answers, fixed)
        for choice in item.choices
        if not choice.retired
    }


def _picked(
    questions: CompiledQuestions,
    item: Field,
    names: Mapping[str, Type],
    held: list[Value],
    facts: Facts,
    ids: Iterable[str],
    hidden: Collection[str],
) -> dict[str, Any] | None:
    if item.where is None or facts.register is None:
        return None
    answers: dict[Path, tuple[str, Type]] = {(ANSWERS, name): (name, own) for name, own in names.items()}
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
