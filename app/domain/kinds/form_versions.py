"""Versions of a form: what its table has when the questions changed, and how earlier answers go on.

A question goes on under its id, or under a new one that names the old by `was`. The table of a form has a column for
each question that any version asks, under its latest name, of the type that holds what all of them answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from app.domain.core.registry import Named
from app.domain.core.values import Kind, Type
from app.domain.kinds.form import Choice, Field, Form
from app.domain.source_answers import answer_type, fitted

_SAID: Final = frozenset(
    {Kind.CHOICE, Kind.INTEGER, Kind.NUMBER, Kind.DATE, Kind.TIME, Kind.PERIOD, Kind.REF}
)
"""Kinds of which every answer is a text as it stands."""
_LISTED: Final = {Kind.CHOICE: Kind.CHOICES, Kind.REF: Kind.REFS}


@dataclass(frozen=True, slots=True)
class Question:
    """A question through the versions of a form: `asked` holds by version its form of then, None where it wasn't."""

    asked: tuple[Field | None, ...]

    @property
    def latest(self) -> Field:
        """The question as it was asked last."""
        return next(one for one in reversed(self.asked) if one is not None)


def questions(versions: Sequence[Form]) -> tuple[Question, ...]:
    """Return the questions of all versions, in the order of the last one; what it asks no more comes after."""
    found: list[list[Field | None]] = []
    by_name: dict[str, int] = {}
    for number, form in enumerate(versions):
        places = [next((by_name[one] for one in item.names if one in by_name), None) for item in form.fields]
        for item, known in zip(form.fields, places, strict=True):
            # The first of two that name one question takes it: the other is a fault, told elsewhere.
            place = known
            if place is None or found[place][number] is not None:
                place = len(found)
                found.append([None] * len(versions))
            found[place][number] = item
            by_name[item.id] = place
    every = [Question(tuple(asked)) for asked in found]
    order = {item.id: at for at, item in enumerate(versions[-1].fields)}
    last = len(order)
    return tuple(sorted(every, key=lambda one: last if one.asked[-1] is None else order[one.latest.id]))


def whole_form(versions: Sequence[Form]) -> Form:
    """Return the form of all versions: the last one's words, the questions of all. A form alone is its own whole."""
    last = versions[-1]
    if len(versions) == 1:
        return last
    fields = tuple(_whole_field(one) for one in questions(versions))
    heading = replace(last.heading, id=last.id, since=None, until=None, where=versions[0].heading.where)
    return replace(last, heading=heading, fields=fields, versions=tuple(versions))


def _whole_field(question: Question) -> Field:
    asked = [one for one in question.asked if one is not None]
    latest = question.latest
    types = [answer_type(one) for one in asked]
    choices = merged([one.choices for one in asked])
    now = {choice.id for choice in latest.choices}
    return replace(
        latest,
        type=replace(
            latest.type,
            choices=tuple(choice.id for choice in choices),
            may_be_unknown=len(asked) < len(question.asked) or any(one.may_be_unknown for one in types),
            may_be_na=any(one.may_be_na for one in types),
        ),
        required=len(asked) == len(question.asked) and all(one.required for one in asked),
        sensitive=any(one.sensitive for one in asked),
        sensitive_for=latest.sensitive_for,
        choices=tuple(one if one.id in now else replace(one, retired=True) for one in choices),
        was=tuple(name for name in _names(asked) if name != latest.id),
        columns=_columns([one.columns for one in asked]),
        constraints=latest.constraints if all(one.constraints == latest.constraints for one in asked) else (),
    )


def _columns(rows: Sequence[Sequence[Field]]) -> tuple[Field, ...]:
    """Return the questions of a repeat's rows, of all versions."""
    if len(rows) == 1:
        return tuple(rows[0])
    names = dict.fromkeys(item.id for fields in (rows[-1], *rows) for item in fields)
    found = []
    for name in names:
        asked = tuple(next((item for item in fields if item.id == name), None) for fields in rows)
        found.append(_whole_field(Question(asked)))
    return tuple(found)


def _names(asked: Sequence[Field]) -> dict[str, None]:
    """Return the names of a question, the latest first."""
    return {name: None for one in reversed(asked) for name in one.names}


N = TypeVar("N", bound=Named)


def merged(lists: Sequence[Sequence[N]]) -> tuple[N, ...]:
    """Return the choices of all lists, the last one's words first; what it lacks stands after what it stood after."""
    found = list(lists[-1])
    for choices in reversed(lists[:-1]):
        known = {one.id for one in found}
        place = 0
        for choice in choices:
            if choice.id in known:
                place = next(at for at, one in enumerate(found) if one.id == choice.id) + 1
            else:
                found.insert(place, choice)
                place += 1
    return tuple(found)


def merged_names(lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the ids of `merged` choices."""
    return tuple(one.id for one in merged([[Choice(name, {}) for name in names] for names in lists]))


def goes_on(before: Type, now: Type) -> bool:
    """Whether every answer of one type is exactly one of the other: what was answered loses nothing."""
    if before.kind is now.kind:
        return before.to == now.to and before.currency == now.currency and before.ordered == now.ordered
    if _LISTED.get(before.kind) is now.kind:
        return before.to == now.to
    if now.kind is Kind.NUMBER:
        return before.kind is Kind.INTEGER
    return now.kind is Kind.TEXT and before.kind in _SAID


def in_order(before: Sequence[str], now: Sequence[str]) -> bool:
    """Whether what two lists have in common stands in one order."""
    both = [one for one in before if one in now]
    return both == [one for one in now if one in both]


def same_order(before: Type, now: Type) -> bool:
    """Whether the choices that two ordered types have in common stand in one order."""
    return not now.ordered or in_order(before.choices, now.choices)


def in_version(form: Form, number: int) -> Iterator[Field]:
    """Yield the columns of a form as an entry of one of its versions fills them: what it didn't ask isn't known."""
    for column, question in zip(form.fields, questions(form.versions), strict=True):
        own = question.asked[number]
        if own is None:
            yield replace(column, required=False, relevant=None)
        else:
            marks = answer_type(own)
            type_ = replace(column.type, may_be_unknown=marks.may_be_unknown, may_be_na=marks.may_be_na)
            yield replace(column, type=type_, required=own.required, relevant=own.relevant)


def present(form: Form, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an entry's answers, as JSON, under the names and in the shape that the form's questions have now."""
    changed: dict[str, Any] = {}
    gone: set[str] = set()
    for item in form.fields:
        name = next((one for one in item.names if answers.get(one) is not None), item.id)
        value = answers.get(name)
        fit = fitted(item.type.kind, value)
        if name != item.id or fit is not value:
            changed[item.id] = fit
        gone.update(one for one in item.was if one in answers)
    if not changed and not gone:
        return answers
    return {**{name: value for name, value in answers.items() if name not in gone}, **changed}


def as_asked(form: Form, asked: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers under the names that the form has on a day (`asked`), whatever version they were given to.

    One of a question that isn't asked then stays under its name: nothing that was filled in gets lost by this.
    """
    own = {item.id for item in asked.fields}
    renamed: dict[str, str] = {}
    for item in form.fields:
        now = next((name for name in item.names if name in own), None)
        if now is not None:
            renamed |= {name: now for name in item.names if name != now and name not in own}
    found: dict[str, Any] = {}
    for name, value in answers.items():
        if name not in renamed:
            found[name] = value
        elif answers.get(renamed[name]) is None:
            found[renamed[name]] = value
    kinds = {item.id: item.type.kind for item in asked.fields}
    return {name: in_shape(kinds.get(name, Kind.DATA), value) for name, value in found.items()}


def in_shape(kind: Kind, value: object) -> object:
    """Return an answer, as JSON, in the shape that a question of this kind has, whatever version it was given to."""
    return _alone(kind, fitted(kind, value))


def _alone(kind: Kind, value: object) -> object:
    """Return a list of one as that one, where the question takes one only."""
    if kind in _LISTED and isinstance(value, list) and len(value) == 1:
        return value[0]
    return value
