"""Cut codes: what the engine sees of a value is where it lies among the constants that it is compared with.

With the sorted constants c1 … cn of a column, a value equal to ci has the code 2i-1 and one in a gap its even
number (0 below c1, 2n above cn). Comparisons of values become comparisons of small integers, exact for any
fraction, and no date, decimal or text enters the engine. Kinds without an order have the codes of their
constants, else 0.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any, Final

from app.domain.core.truth import ORDERING, Atom, Word, place
from app.domain.core.values import NUMERIC, Kind, NotApplicable, Type, Unknown, Value

UNKNOWN: Final = -1
NOT_APPLICABLE: Final = -2


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a column, or of its having `member`; values on an `ordered` one have an order."""

    column: str
    type: Type
    constants: tuple[Any, ...] = ()
    ordered: bool = False
    is_member: bool = False
    member: Value = None

    @property
    def top(self) -> int:
        """A code above all others."""
        return 2 * len(self.constants) + 1

    def code_of_constant(self, constant: Value) -> int:
        """Return the code of a value equal to `constant`, one of this scale's."""
        if self.is_member:
            return 1
        return 2 * self.constants.index(self._key(constant)) + 1

    def coder(self) -> Callable[[Value], int]:
        """Return the function from a value to its code, which raises TypeError or ValueError."""
        if self.is_member:
            return self._member_code
        if self.ordered:
            return self._ordered_code
        exact = {constant: 2 * at + 1 for at, constant in enumerate(self.constants)}

        def code(value: Value) -> int:
            mark = _mark(value)
            return exact.get(value, 0) if mark is None else mark

        return code

    def _member_code(self, value: Value) -> int:
        mark = _mark(value)
        if mark is not None:
            return mark
        if not isinstance(value, tuple):
            raise TypeError("not a list")
        return 1 if self.member in value else 0

    def _ordered_code(self, value: Value) -> int:
        mark = _mark(value)
        if mark is not None:
            return mark
        key = self._key(value)
        at = bisect_left(self.constants, key)
        return 2 * at + 1 if at < len(self.constants) and self.constants[at] == key else 2 * at

    def _key(self, value: Value) -> Any:  # noqa: ANN401 - what sorts a kind's values
        return sort_key(self.type, value) if self.ordered else value


def scales_of(atoms: Iterable[Atom], types: Mapping[str, Type]) -> dict[tuple[str, Value], Scale]:
    """Return the scales that `atoms` need, by `scale_of`, in the atoms' order. Raises as `sort_key` does."""
    wanted: dict[tuple[str, Value], list[Atom]] = {}
    for atom in atoms:
        wanted.setdefault(scale_of(atom), []).append(atom)
    return {key: _scale(key, of, types[key[0]]) for key, of in wanted.items()}


def scale_of(atom: Atom) -> tuple[str, Value]:
    """Return what names an atom's scale: its column, and the member that it looks for in a list."""
    return (atom.column, (atom.constant,)) if atom.word is Word.HAS else (atom.column, None)


def _scale(key: tuple[str, Value], atoms: list[Atom], declared: Type) -> Scale:
    column, member = key
    if isinstance(member, tuple):
        return Scale(column, declared, ("",), is_member=True, member=member[0])
    constants = [atom.constant for atom in atoms if atom.word not in {Word.KNOWN, Word.APPLIES}]
    if any(atom.word in ORDERING for atom in atoms) or declared.kind in _CLASSES:
        keys = {sort_key(declared, constant) for constant in constants}
        return Scale(column, declared, tuple(sorted(keys)), ordered=True)
    return Scale(column, declared, tuple(sorted(set(constants), key=repr)))


def _mark(value: Value) -> int | None:
    if value is None or isinstance(value, NotApplicable):
        return NOT_APPLICABLE
    return UNKNOWN if isinstance(value, Unknown) else None


_CLASSES: Final[Mapping[Kind, type | tuple[type, ...]]] = {
    **dict.fromkeys(NUMERIC, (int, Fraction)),
    Kind.DATE: date,
    Kind.INSTANT: datetime,
    Kind.TIME: time,
}


def sort_key(declared: Type, value: Value) -> Any:  # noqa: ANN401 - numbers, dates, positions
    """Return what orders a value: itself, or a choice's position. Raises TypeError or ValueError."""
    if declared.kind is Kind.CHOICE:
        return place(declared, value)
    classes = _CLASSES.get(declared.kind)
    if classes is None:
        raise TypeError(f"{declared.kind} has no order")
    if not isinstance(value, classes) or isinstance(value, bool):
        raise TypeError(f"not of kind {declared.kind}")
    if declared.kind is Kind.DATE and isinstance(value, datetime):
        raise TypeError("an instant isn't a date")
    return value
