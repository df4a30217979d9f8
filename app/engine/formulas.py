"""From a condition to what the engine checks: formulas without negation, over checks of a fact's fields.

A condition of four values becomes two formulas of two: `sure` holds where it is true, `possible` where it
is unknown (so a row is never both). Negation is moved to the atoms, where it is another comparison. Each
scale has up to three fields in a fact, named by a letter and the scale's number, and its column two:

- `c` its code, absent when the value is unknown or n/a;
- `h` and `l` its code, or one above all (below all) when the value is unknown or n/a: "may be at least …" is
  one check, so that `possible` needs no alternatives for each atom;
- `u` 1 when the column's value is unknown, else 0; `a` 0 when it is n/a, else 1.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.domain.core.expressions import All, Expression, Not, Some
from app.domain.core.truth import OPPOSITE, Atom, Truth, Word, read_atom
from app.domain.core.values import Value
from app.engine.scales import Scale, scale_of


class Letter(StrEnum):
    """What a field tells of its scale; `FOUND` is an earlier pass's finding, `KIND` what all facts share."""

    CODE = "c"
    HIGH = "h"
    LOW = "l"
    IS_UNKNOWN = "u"
    APPLIES = "a"
    FOUND = "s"
    KIND = "kind"


@dataclass(frozen=True, slots=True, order=True)
class Check:
    """`field word number`; `scale` is the scale's number, or an earlier finding's for `FOUND`.

    For `IS_UNKNOWN` and `APPLIES` it is the number of the first scale of the column.
    """

    letter: Letter
    scale: int
    word: Word
    number: int


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold; of none it holds."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Some part holds; of none it doesn't."""

    parts: tuple["Formula", ...]


Formula = Check | Both | Either
ALWAYS: Final = Both(())
NEVER: Final = Either(())


@dataclass(frozen=True, slots=True)
class Marks:
    """Which columns hold an unknown value in some row, and which an unknown or n/a one."""

    unknown: frozenset[str]
    any: frozenset[str]


@dataclass(frozen=True, slots=True)
class Translator:
    """Makes formulas of conditions. `numbers` has the scales' numbers, `columns` each column's first one."""

    scales: Mapping[tuple[str, Value], Scale]
    numbers: Mapping[tuple[str, Value], int]
    columns: Mapping[str, int]
    marks: Marks

    def sure(self, condition: Expression) -> Formula:
        """Return the formula that holds where the condition is true."""
        return self._is(condition, wanted=True)

    def possible(self, condition: Expression) -> Formula:
        """Return the formula that holds where the condition is unknown."""
        match condition:
            case All(parts):
                return both(
                    either(self.possible(part) for part in parts),
                    *(self._is_not(part, wanted=False) for part in parts),
                )
            case Some(parts):
                return both(
                    either(self.possible(part) for part in parts),
                    *(self._is_not(part, wanted=True) for part in parts),
                )
            case Not(part):
                return self.possible(part)
            case _:
                return self._atom(condition, self._unknown, fixed=Truth.UNKNOWN)

    def _is(self, condition: Expression, *, wanted: bool) -> Formula:
        match condition:
            case All(parts):
                told = [self._is(part, wanted=wanted) for part in parts]
                return both(*told) if wanted else either(told)
            case Some(parts):
                told = [self._is(part, wanted=wanted) for part in parts]
                return either(told) if wanted else both(*told)
            case Not(part):
                return self._is(part, wanted=not wanted)
            case _:
                return self._atom(
                    condition,
                    lambda atom: self._certain(atom, wanted=wanted),
                    fixed=Truth.TRUE if wanted else Truth.FALSE,
                )

    def _is_not(self, condition: Expression, *, wanted: bool) -> Formula:
        """The condition isn't `wanted`: it is the opposite, or a mark."""
        match condition:
            case All(parts):
                told = [self._is_not(part, wanted=wanted) for part in parts]
                return either(told) if wanted else both(*told)
            case Some(parts):
                told = [self._is_not(part, wanted=wanted) for part in parts]
                return both(*told) if wanted else either(told)
            case Not(part):
                return self._is_not(part, wanted=not wanted)
            case _:
                fixed = read_atom(condition)
                if isinstance(fixed, Truth):
                    return NEVER if fixed is (Truth.TRUE if wanted else Truth.FALSE) else ALWAYS
                return self._open(fixed, wanted=not wanted)

    def _atom(self, condition: Expression, make: Callable[[Atom], Formula], *, fixed: Truth) -> Formula:
        atom = read_atom(condition)
        if isinstance(atom, Truth):
            return ALWAYS if atom is fixed else NEVER
        return make(atom)

    def _certain(self, atom: Atom, *, wanted: bool) -> Formula:
        """The atom is true (false when not `wanted`)."""
        if atom.word is Word.KNOWN:
            return Check(Letter.IS_UNKNOWN, self.columns[atom.column], Word.EQUAL, 0 if wanted else 1)
        if atom.word is Word.APPLIES:
            return Check(Letter.APPLIES, self.columns[atom.column], Word.EQUAL, 1 if wanted else 0)
        number = self.numbers[scale_of(atom)]
        word, code = self._coded(atom, wanted=wanted)
        return Check(Letter.CODE, number, word, code)

    def _open(self, atom: Atom, *, wanted: bool) -> Formula:
        """The atom is true (false when not `wanted`), or a mark."""
        if atom.word in {Word.KNOWN, Word.APPLIES} or atom.column not in self.marks.any:
            return self._certain(atom, wanted=wanted)
        number = self.numbers[scale_of(atom)]
        word, code = self._coded(atom, wanted=wanted)
        if word is Word.EQUAL:
            return both(
                Check(Letter.HIGH, number, Word.AT_LEAST, code), Check(Letter.LOW, number, Word.AT_MOST, code)
            )
        letter = Letter.HIGH if word in {Word.MORE, Word.AT_LEAST} else Letter.LOW
        return Check(letter, number, word, code)

    def _unknown(self, atom: Atom) -> Formula:
        if atom.word in {Word.KNOWN, Word.APPLIES} or atom.column not in self.marks.unknown:
            return NEVER
        return Check(Letter.IS_UNKNOWN, self.columns[atom.column], Word.EQUAL, 1)

    def _coded(self, atom: Atom, *, wanted: bool) -> tuple[Word, int]:
        word = Word.EQUAL if atom.word is Word.HAS else atom.word
        code = self.scales[scale_of(atom)].code_of_constant(atom.constant)
        return (word if wanted else OPPOSITE[word]), code


def both(*parts: Formula) -> Formula:
    """Return the conjunction, flat, without repeated or needless parts."""
    flat: dict[Formula, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, Both) else (part,)))
    if NEVER in flat:
        return NEVER
    return next(iter(flat)) if len(flat) == 1 else Both(tuple(flat))


def either(parts: Iterable[Formula]) -> Formula:
    """Return the disjunction, flat, without repeated or needless parts."""
    flat: dict[Formula, None] = {}
    for part in parts:
        flat.update(dict.fromkeys(part.parts if isinstance(part, Either) else (part,)))
    if ALWAYS in flat:
        return ALWAYS
    return next(iter(flat)) if len(flat) == 1 else Either(tuple(flat))
