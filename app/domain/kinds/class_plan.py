"""The expansion of classes: the history of a subject with a column for each class."""

from app.domain.core.expressions import Expression
from app.domain.core.plan import Derivation, From, Set
from app.domain.core.values import Kind, NotApplicable, Type
from app.domain.kinds.classes import Classification
from app.domain.kinds.cuts import cut_spans
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.spine import class_table
from app.domain.kinds.tree import choose, constant
from app.domain.sources import history_table


def class_type(item: Classification) -> Type:
    """Return the type of the class's column: its cases in order, strictest first; unknown and n/a can occur."""
    cases = tuple(case.id for case in item.first_of)
    return Type(Kind.CHOICE, cases, ordered=True, may_be_unknown=True, may_be_na=True)


def expand_classes(subject: str, items: list[Classification], into: Expansion) -> None:
    """Add the table of `subject`'s history with one column for each of `items`."""
    columns = tuple((item.heading.id, _first_of(item), class_type(item)) for item in items)
    table = class_table(subject, into.regulation)
    conditions = (case.condition for item in items for case in item.first_of)
    spans = cut_spans(history_table(subject), f"{table}cut", conditions, into)
    into.add(Derivation(table, (From((spans,)), Set(columns)), subject))


def _first_of(item: Classification) -> Expression:
    type_ = class_type(item)
    found: Expression = constant(NotApplicable("no_class"), type_)
    for case in reversed(item.first_of):
        found = choose(case.condition, constant(case.id, type_), found, type_)
    return found
