"""What the expansions share: the derivations in the making, and the schemas of the tables so far."""

from dataclasses import dataclass
from datetime import date

from app.domain.core.plan import Derivation
from app.domain.core.shapes import schema_of
from app.domain.core.values import Schema, Type, Value
from app.domain.kinds.common import Parameter
from app.domain.regulation import Regulation

Figure = tuple[str, tuple[tuple[date | None, Value], ...], Type]


@dataclass(slots=True)
class Expansion:
    """Derivations in the making: `tables` grows with their schemas, so that later steps know their columns."""

    regulation: Regulation
    tables: dict[str, Schema]
    derivations: list[Derivation]

    def add(self, derivation: Derivation) -> None:
        """Add a derivation; one of the same table is added once."""
        if derivation.table not in self.tables:
            self.tables[derivation.table] = schema_of(derivation, self.tables)
            self.derivations.append(derivation)


def figure(column: str, parameter: Parameter | None, otherwise: Value, type_: Type) -> Figure:
    """Return a column of a `Law` step: the parameter's dated values, or one value for all time."""
    return column, ((None, otherwise),) if parameter is None else parameter.values, type_
