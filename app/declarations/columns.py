"""The types of tables' columns, and what several versions of one table have in common (language §2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.core.values import Kind, Type
from app.domain.kinds.duty import State

INTEGER = Type(Kind.INTEGER)
NUMBER = Type(Kind.NUMBER)
TEXT = Type(Kind.TEXT)
BOOLEAN = Type(Kind.BOOLEAN)
INSTANT = Type(Kind.INSTANT)
PERIOD = Type(Kind.PERIOD)
STATE = Type(Kind.CHOICE, choices=tuple(State), may_be_unknown=True)
Columns = dict[str, Type]


def ref(to: str | None) -> Type:
    """Return the type of a reference."""
    return Type(Kind.REF, to=to)


def absent(own: Type) -> Type:
    """Return a type that may be n/a."""
    return replace(own, may_be_na=True)


def uncertain(own: Type) -> Type:
    """Return a type that may be unknown or n/a."""
    return replace(own, may_be_unknown=True, may_be_na=True)


def in_common(versions: Sequence[Columns]) -> Columns:
    """Return the columns that all versions of a table have; one may hold what it holds in any of them.

    A column that is a number in one and a text in another isn't one: no condition could be read for both.
    """
    first, *others = versions
    if not others:
        return first
    return {
        name: _wider(own, [one[name] for one in others])
        for name, own in first.items()
        if all(name in one and alike(own, one[name]) for one in others)
    }


def alike(own: Type, other: Type) -> bool:
    """Whether two columns of one name can be one: of one kind, or whole numbers beside others."""
    return own.kind is other.kind or {own.kind, other.kind} == {Kind.INTEGER, Kind.NUMBER}


def _wider(own: Type, others: Sequence[Type]) -> Type:
    all_of_them = (own, *others)
    if len({one.kind for one in all_of_them}) > 1:
        own = Type(Kind.NUMBER)
    choices = tuple(dict.fromkeys(choice for one in all_of_them for choice in one.choices))
    return replace(
        own,
        choices=choices if own.kind in (Kind.CHOICE, Kind.CHOICES) else own.choices,
        ordered=own.ordered and all(one.choices == own.choices for one in others),
        may_be_unknown=any(one.may_be_unknown for one in all_of_them),
        may_be_na=any(one.may_be_na for one in all_of_them),
    )


@dataclass(frozen=True, slots=True)
class RowsOf:
    """What a definition has a row for, resolved: the row's columns, and what its subject refers to."""

    columns: Columns
    about: str
    place_level: bool = False
