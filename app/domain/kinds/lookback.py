"""Looking around: rows of other windows, computed as far as something in the period needs them, and no results.

What is needed of before and after the period (app/domain/kinds/needs.py) is worked out over a longer time, in a table
of its own (`x@`); the result table keeps the rows of the period. An earlier result that was published is used as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Allot,
    Derivation,
    During,
    Expand,
    From,
    Locate,
    Set,
    Step,
    Tally,
    Within,
)
from app.domain.core.values import Kind, Schema, Type
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.duty import Duty
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.needs import Around, Definition, Leads, looks_around, looks_back, owner_of
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet_plan import lines_table
from app.domain.kinds.table import Table
from app.domain.kinds.tree import (
    BOOLEAN,
    TEXT,
    both,
    choose,
    constant,
    equal,
    known_here,
    name,
    negated,
    text,
)
from app.domain.kinds.versions import Succession, whole_of
from app.domain.workdays import Every

PUBLICATION = "publication"
DAILY = Every("day")


def wide_table(table: str) -> str:
    """Return the name of the table that holds the rows of other windows too."""
    return f"{table}@"


def widened(
    derivations: Iterable[Derivation],
    need: Mapping[str, Around],
    found: Mapping[str, Definition],
    into: Expansion,
    leads: Leads,
) -> tuple[Derivation, ...]:
    """Return the derivations with those of which rows outside the period are needed made over the longer time.

    `need` and `leads` are those of `needs`.
    """
    derived = list(derivations)
    own = {one.table: _owner(one, found) for one in derived}
    results = ("", ".items", ".lines")
    wide = {f"{definition}{part}" for definition in need for part in results} & own.keys()
    # A declared table without instants has no earlier rows to tell from those of the period.
    wide = {table for table in wide if table not in into.regulation.tables or "at" in into.tables[table]}
    begun = {own[one.table] for one in derived if any(isinstance(step, During) for step in one.steps)}
    begun |= {
        one for one, of in found.items() if isinstance(of, Succession) and not begun.isdisjoint(of.versions)
    }
    made: list[Derivation] = []
    for one in derived:
        definition = own[one.table]
        around = need.get(definition, Around())
        reader = found.get(definition)
        farther = any(around) or (isinstance(reader, Rule) and looks_back(reader))
        farther = farther or (reader is not None and looks_around(reader, found, leads))
        steps = tuple(_step(step, around, wide if farther else frozenset()) for step in one.steps)
        if one.table not in wide:
            made.append(replace(one, steps=steps))
            continue
        schema = into.tables[one.table]
        published = _published(one.table, schema, found, into)
        made.append(replace(one, table=wide_table(one.table), steps=steps))
        if published:
            made[-1] = replace(made[-1], table=f"{one.table}.computed#")
            kept = tuple(column.name for column in schema.columns)
            again = (From((made[-1].table,)), *published)
            made.append(Derivation(wide_table(one.table), again, one.definition, kept))
        made.append(
            Derivation(
                one.table,
                (
                    From((wide_table(one.table),)),
                    _in_period(
                        schema,
                        found[definition],
                        _spacing(one.table, definition, into),
                        begun=definition in begun,
                    ),
                ),
                one.definition,
                tuple(column.name for column in schema.columns),
            )
        )
    return tuple(made)


def _owner(derivation: Derivation, found: Mapping[str, Definition]) -> str:
    return owner_of(derivation.definition, found)


def _step(step: Step, around: Around, wide: Iterable[str]) -> Step:
    """Return a step over the longer time, reading the longer tables."""

    def longer(table: str) -> str:
        return wide_table(table) if table in wide else table

    match step:
        case Expand() | Locate() | During() | Within() if any(around):
            return replace(step, before=around.before, beyond=around.beyond)
        case From():
            return replace(step, tables=tuple(map(longer, step.tables)))
        case Tally() | Allot():
            return replace(step, of=longer(step.of))
        case _:
            return step


def _spacing(table: str, definition: str, into: Expansion) -> Every | None:
    """Return how often a sheet is made whose reasons a table holds; None for any other, or where its versions differ.

    A reason may be given after its window is over, as a mark or a correction on appeal is: it belongs to the window
    that it names, whenever it came.
    """
    if table != lines_table(definition):
        return None
    spacings = {into.regulation.sheets[one].every for one in into.regulation.versions(definition)}
    return spacings.pop() if len(spacings) == 1 else None


def _in_period(schema: Schema, definition: Definition, spacing: Every | None, *, begun: bool) -> Step:
    """Return the step that keeps the results: the rows of the period; of limits also those that begin in it."""
    if spacing is not None:
        return Within(spacing, "period")
    if begun and "start" in schema and "at" in schema:
        return During(DAILY, "start", "at", "seen_in")
    every = None if isinstance(definition, Duty | Table | Procedure | Succession) else definition.every
    return Within(DAILY, "at") if "at" in schema else Within(every or DAILY, "period")


def _published(
    table: str, schema: Schema, found: Mapping[str, Definition], into: Expansion
) -> tuple[Step, ...]:
    """Return the steps that put what was published of an earlier window in the place of what is computed of it."""
    definition = found.get(table)
    if not isinstance(definition, Appraisal) or PUBLICATION not in into.tables:
        return ()
    published = into.tables[PUBLICATION]
    steps: list[Step] = [
        Within(DAILY, "at", "now"),
        Tally(
            PUBLICATION,
            (("about", "subject"), ("period", "period")),
            tuple(
                Aggregate(f"published_{column}", "last", name(column, published.type_of(column)), own)
                for column, own in _PUBLISHED.items()
            ),
            None,
            equal(name("of", TEXT), text(whole_of(table))),
        ),
    ]
    columns: list[tuple[str, Expression, Type]] = []
    for column in _PUBLISHED:
        own = schema.type_of(column)
        there = name(f"published_{column}", own)
        earlier = both(negated(name("now", BOOLEAN)), known_here(there))
        columns.append((column, choose(earlier, there, name(column, own), own), own))
    own = schema.type_of("state")
    any_of_them = both(
        negated(name("now", BOOLEAN)),
        Call("known", (name("published_grade", schema.type_of("grade")),), BOOLEAN),
        Call("applies", (name("published_grade", schema.type_of("grade")),), BOOLEAN),
    )
    columns.append(("state", choose(any_of_them, constant("computed", own), name("state", own), own), own))
    return (*steps, Set(tuple(columns)))


_PUBLISHED: Mapping[str, Type] = {
    "score": Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True),
    "grade": Type(Kind.TEXT, may_be_unknown=True, may_be_na=True),
}
