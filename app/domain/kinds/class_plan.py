"""The expansion of classes: the history of a subject with a column for each class."""

from datetime import date

from app.domain.core.expressions import Expression
from app.domain.core.plan import Cut, Derivation, From, Law, Set, Step
from app.domain.core.values import Kind, NotApplicable, Type
from app.domain.kinds.classes import Classification, class_type
from app.domain.kinds.cuts import cut_spans
from app.domain.kinds.expansion import Expansion, Figure
from app.domain.kinds.spine import class_table
from app.domain.kinds.tree import NUMBER, choose, constant, equal, name, number
from app.domain.source_histories import history_table

NO_CLASS = NotApplicable("no_class")
DATE = Type(Kind.DATE)


def expand_classes(subject: str, items: list[Classification], into: Expansion) -> None:
    """Add the table of `subject`'s history with one column for each of `items`.

    Where a class begins, ends or changes, spans are cut on that day: a piece is judged by what holds as it starts.
    """
    table = class_table(subject, into.regulation)
    conditions = (case.condition for item in items for part in item.parts for case in part.first_of)
    history = history_table(subject)
    spans = cut_spans(history, f"{table}cut", conditions, into)
    days = sorted({day for item in items for day in _days(item)})
    steps: list[Step] = [From((spans,))]
    if days:
        columns = tuple((f"on#{day}", constant(day, DATE), DATE) for day in days)
        steps += [Set(columns), Cut(tuple((column, "days", 0) for column, _, _ in columns))]
        steps.append(Law("start", tuple(_law(item) for item in items)))
    steps.append(Set(tuple((item.heading.id, _decided(item), _type(item)) for item in items)))
    kept = (*(column.name for column in into.tables[history].columns), *(item.heading.id for item in items))
    into.add(Derivation(table, tuple(steps), subject, kept if days else None))


def _type(item: Classification) -> Type:
    return class_type(tuple(case.id for case in item.first_of))


def _days(item: Classification) -> set[date]:
    """Return the days on which another version of a class begins to decide, or none does any more."""
    ends = [day for part in item.parts for day in (part.heading.since, part.heading.until)]
    return {day for day in ends if day is not None}


def _law(item: Classification) -> Figure:
    """Return the column that tells by which version of a class a span is judged, by date: its number, 0 for none."""
    by_day: dict[date | None, int] = {None: 0}
    for number_, part in enumerate(item.parts, 1):
        by_day[part.heading.since] = number_
        if part.heading.until is not None:
            by_day.setdefault(part.heading.until, 0)
    values = sorted(by_day.items(), key=lambda pair: pair[0] or date.min)
    return f"{item.heading.id}#version", tuple(values), NUMBER


def _decided(item: Classification) -> Expression:
    type_ = _type(item)
    if not _days(item):
        return _first_of(item, type_)
    found: Expression = constant(NO_CLASS, type_)
    for number_, part in enumerate(item.parts, 1):
        here = equal(name(f"{item.heading.id}#version", NUMBER), number(number_))
        found = choose(here, _first_of(part, type_), found, type_)
    return found


def _first_of(item: Classification, type_: Type) -> Expression:
    found: Expression = constant(NO_CLASS, type_)
    for case in reversed(item.first_of):
        found = choose(case.condition, constant(case.id, type_), found, type_)
    return found
