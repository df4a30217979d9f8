"""The second evaluator: the same conditions held against every row, straight off the values, in this process.

It shares neither codes nor formulas with what is sent to the engine, and knows of no worker: the two must
agree. A truth is a bit; a condition's truths for all rows are one string of bytes, so that a connective is
an `or` of whole columns and a look-up in a table of 16.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.core.expressions import All, Expression, Not, Some
from app.domain.core.truth import Truth, all_of, negated, read_atom, some_of, truth_of
from app.domain.core.values import Type
from app.engine.facts import Numbered

_BITS: Final[Mapping[Truth, int]] = {
    Truth.FALSE: 1,
    Truth.UNKNOWN: 2,
    Truth.NOT_APPLICABLE: 4,
    Truth.TRUE: 8,
}
_TRUTHS: Final = {bit: truth for truth, bit in _BITS.items()}
_SETS: Final = [[truth for bit, truth in _TRUTHS.items() if bit & mask] for mask in range(16)]
_ALL: Final = bytes(_BITS[all_of(of)] for of in _SETS) + bytes(240)
_SOME: Final = bytes(_BITS[some_of(of)] for of in _SETS) + bytes(240)
_NOT: Final = bytes(_BITS[negated(_TRUTHS[bit])] if bit in _TRUTHS else 0 for bit in range(256))
_IS_TRUE: Final = bytes(bit == _BITS[Truth.TRUE] for bit in range(256))
_IS_UNKNOWN: Final = bytes(bit == _BITS[Truth.UNKNOWN] for bit in range(256))
_BYTE: Final = 256


@dataclass(frozen=True, slots=True)
class Shadow:
    """The rows of one question, by column. `told` caches the truths of atoms, which conditions share.

    The values were coded before, so that a wrong type has been reported by now.
    """

    columns: Mapping[str, Numbered]
    types: Mapping[str, Type]
    rows: int
    told: dict[Expression, bytes]

    def flags(self, condition: Expression) -> tuple[bytes, bytes]:
        """Return, with a byte of 1 or 0 a row, where the condition is true and where it is unknown."""
        truths = self._truths(condition)
        return truths.translate(_IS_TRUE), truths.translate(_IS_UNKNOWN)

    def _truths(self, condition: Expression) -> bytes:
        match condition:
            case All(parts):
                return self._joined(parts).translate(_ALL)
            case Some(parts):
                return self._joined(parts).translate(_SOME)
            case Not(part):
                return self._truths(part).translate(_NOT)
            case _:
                if condition not in self.told:
                    self.told[condition] = self._atom(condition)
                return self.told[condition]

    def _joined(self, parts: tuple[Expression, ...]) -> bytes:
        joined = 0
        for part in parts:
            joined |= int.from_bytes(self._truths(part))
        return joined.to_bytes(self.rows)

    def _atom(self, expression: Expression) -> bytes:
        atom = read_atom(expression)
        if isinstance(atom, Truth):
            return bytes([_BITS[atom]]) * self.rows
        declared, column = self.types[atom.column], self.columns[atom.column]
        bits = bytes(_BITS[truth_of(atom, value, declared)] for value in column.values)
        if len(bits) <= _BYTE:
            return bytes(column.numbers).translate(bits.ljust(_BYTE, b"\0"))
        return bytes(map(bits.__getitem__, column.numbers))
