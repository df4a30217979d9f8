"""Narrowing the ledger by the answers to one form's questions: what can be asked, and what an address or view says.

A condition is written as text, by field: `low..high` for numbers and dates (either may be missing), ids with commas for
choices, references and yes or no, and words for everything else; `!none` is what wasn't answered (among ids: too),
`!any` what was. Sensitive questions aren't there for anybody: the
ledger's lists never hold one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from app.domain.answer_filter import AnswerFilter
from app.domain.core.values import Kind
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.services.actor import DeniedError
from app.services.answers import name_of
from app.services.labels import Labels

_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.MONEY})
_DAYS: Final = frozenset({Kind.DATE, Kind.INSTANT})
_REFERENCES: Final = frozenset({Kind.REF, Kind.REFS})
MOST_OPTIONS: Final = 10_000
"""References to more things than this are found by words of their names in the search, not in a list."""

NONE: Final = "!none"
ANY: Final = "!any"

Asked = tuple[tuple[str, str], ...]
"""Conditions as text: pairs of field and what is wanted."""


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """A question to narrow by. `sort` is words, number, date or one_of; `options` are the words of each id.

    `was` are the names that it had: an address or a view may still say them.
    """

    field: str
    title: Texts
    sort: str
    options: Mapping[str, Texts]
    was: tuple[str, ...] = ()


def filters_of(
    form: Form,
    labels: Labels,
    subjects: Iterable[str] | None,
    known: dict[str, Mapping[str, Texts]] | None = None,
) -> tuple[FieldFilter, ...]:
    """Return what a form's answers can be narrowed by; `subjects` are those that the reader sees (None: all).

    `known` keeps what each register holds, for who asks about many forms.
    """
    seen = None if subjects is None else frozenset(subjects)
    found = []
    known = {} if known is None else known
    for item in form.fields:
        sort = sort_of(item)
        if item.sensitive or not sort:
            continue
        options = _options(item, labels, seen, known) if sort == "one_of" else {}
        if sort != "one_of" or 0 < len(options) <= MOST_OPTIONS:
            found.append(FieldFilter(item.id, item.title, sort, options, item.was))
    return tuple(found)


def conditions(form: Form | None, asked: Asked) -> tuple[AnswerFilter, ...]:
    """Return the conditions that texts say; what can't be read, or asks for what the form no longer has, is none.

    A question is meant by any name that it had, and finds what was answered under each.

    Raises DeniedError for a sensitive question.
    """
    found = []
    for name, text in asked:
        item = None if form is None else next((one for one in form.fields if name in one.names), None)
        if item is None or not text.strip():
            continue
        if item.sensitive:
            raise DeniedError("not_permitted")
        made = _condition(item, text.strip())
        if made is not None:
            found.append(replace(made, was=item.was))
    return tuple(found)


def _condition(item: Field, text: str) -> AnswerFilter | None:
    sort = sort_of(item)
    if text in {NONE, ANY}:
        return AnswerFilter(item.id, missing=text == NONE) if sort else None
    if sort == "one_of":
        wanted = dict.fromkeys(filter(None, text.split(",")))
        ids = tuple(one for one in wanted if one not in {NONE, ANY})
        if (
            ANY in wanted
        ):  # answered, or what else is ticked: all that was answered, and with `none` everything
            return None if NONE in wanted else AnswerFilter(item.id)
        return AnswerFilter(item.id, one_of=ids, missing=NONE in wanted)
    if sort in {"number", "date"}:
        low, _, high = text.partition("..")
        read = _number if sort == "number" else _day
        bounds = read(low), read(high)
        return (
            AnswerFilter(item.id, low=bounds[0], high=bounds[1])
            if any(bound is not None for bound in bounds)
            else None
        )
    return AnswerFilter(item.id, words=text) if sort else None


def sort_of(item: Field) -> str:
    """Return how a question is narrowed by: number, date, one_of or words; empty: not at all."""
    kind = item.type.kind
    if kind in _NUMBERS:
        return "number"
    if kind in _DAYS:
        return "date"
    if kind in _REFERENCES or kind is Kind.BOOLEAN or item.choices:
        return "one_of"
    return "words" if kind in {Kind.TEXT, Kind.TIME, Kind.PERIOD} else ""


def _options(
    item: Field, labels: Labels, seen: frozenset[str] | None, known: dict[str, Mapping[str, Texts]]
) -> Mapping[str, Texts]:
    if item.choices:
        return {choice.id: choice.title for choice in item.choices}
    if item.type.kind is Kind.BOOLEAN:
        return {"true": {}, "false": {}}
    to = item.type.to or ""
    regulation = labels.regulation
    places = {place.id: place.title for place in regulation.places.places.values() if place.level == to}
    if places:
        return places
    if to == "role":
        return {role.id: role.heading.title for role in regulation.roles.values()}
    if to not in known:
        there = [key for key in labels.all(to) if seen is None or key in seen]
        known[to] = {key: name_of(regulation, labels, to, key) for key in there}
    return known[to]


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
