"""What the expansions share: the derivations in the making, and the schemas of the tables so far."""

from dataclasses import dataclass
from datetime import date

from app.domain.core.expressions import Expression
from app.domain.core.plan import Derivation, From, Law, Set, Step, Where
from app.domain.core.shapes import schema_of
from app.domain.core.values import Schema, Type, Value
from app.domain.kinds.common import Heading, Parameter, Source
from app.domain.kinds.dots import dotted_schema, paths_of, with_dots
from app.domain.kinds.tree import BOOLEAN, name
from app.domain.regulation import Regulation

Figure = tuple[str, tuple[tuple[date | None, Value], ...], Type]


@dataclass(slots=True)
class Expansion:
    """Derivations in the making: `tables` grows with their schemas, so that later steps know their columns."""

    regulation: Regulation
    tables: dict[str, Schema]
    derivations: list[Derivation]

    def add(self, derivation: Derivation) -> None:
        """Add a derivation, with the look-ups of its dotted paths; one of the same table is added once."""
        if derivation.table in self.tables:
            return
        for one in with_dots(derivation, self.tables, self.regulation):
            self.tables[one.table] = schema_of(one, self.tables)
            self.derivations.append(one)

    def dotted(self, schema: Schema, *expressions: Expression | None) -> Schema:
        """Return `schema` with the columns that the dotted paths of `expressions` will add before they are read."""
        return dotted_schema(paths_of(*expressions), schema, self.tables, self.regulation)


def figure(column: str, parameter: Parameter | None, otherwise: Value, type_: Type) -> Figure:
    """Return a column of a `Law` step: the parameter's dated values, or one value for all time."""
    return column, ((None, otherwise),) if parameter is None else parameter.values, type_


def in_force_steps(heading: Heading, at: str) -> list[Step]:
    """Return the steps that keep the rows to which a definition applies: those with `at` while it is in force."""
    if heading.since is None and heading.until is None:
        return []
    values: list[tuple[date | None, Value]] = [(None, heading.since is None)]
    if heading.since is not None:
        values.append((heading.since, True))
    if heading.until is not None:
        values.append((heading.until, False))
    return [Law(at, (("in_force", tuple(values), BOOLEAN),)), Where(name("in_force", BOOLEAN))]


def prepared_source(source: Source, table: str, into: Expansion) -> str:
    """Return the table of a source's rows; one with added columns becomes `table`, a table of its own."""
    if not source.set:
        return source.table
    into.add(Derivation(table, (From((source.table,)), Set(source.set)), table))
    return table
