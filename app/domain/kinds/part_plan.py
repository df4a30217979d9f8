"""The score of one part of an appraisal, out of 100: of another table's row, of several rolled up, or of a source."""

from dataclasses import replace

from app.domain.core.expressions import Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    From,
    Law,
    Overlap,
    Reckon,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import Kind, Type, Unknown
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Source
from app.domain.kinds.expansion import Expansion, figure, prepared_source
from app.domain.kinds.indicator_plan import rolled
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import link_column
from app.domain.kinds.sheet_items import POINTS
from app.domain.kinds.spine import Spine, place_steps
from app.domain.kinds.tree import (
    NUMBER,
    at_least,
    both,
    choose,
    constant,
    divided,
    equal,
    known_here,
    less,
    name,
    number,
    text,
    times,
)

WHICH = Type(Kind.TEXT, may_be_na=True)
ROLL_UPS = {"average": "average", "sum": "sum", "best": "max", "worst": "min", "last": "last"}


def share_parts(part: Part, column: str, item: Appraisal, into: Expansion) -> tuple[Part, ...]:
    """Return the windows of a part as parts of their own, each with its share; add the table that tells them apart."""
    table = f"{item.id}.{column}.parts#"
    steps = (From((part.table or "",)), Reckon("period_part", "period_part", ("period",), WHICH))
    into.add(Derivation(table, steps, item.id))
    return tuple(
        Part(
            key,
            share,
            part.table,
            both(part.where, equal(name("period_part", WHICH), text(key))),
            part.only_if,
            "last",
            rows=table,
        )
        for key, share in part.shares
    )


def part_steps(part: Part, column: str, spine: Spine, into: Expansion, owner: str) -> list[Step]:
    """Return the steps that add a part's score out of 100."""
    if part.source is not None:
        prepared = prepared_source(part.source, f"{owner}.{column}.of#", into)
        return [*_taken(part, part.source, column, spine, into, prepared), *_gates(part, column, spine, into)]
    table = part.rows or part.table or ""
    schema = into.tables[table]
    value = _out_of_hundred(part.table or "", into)
    link = link_column(schema, spine.refers)
    time = TimeLink(Overlap.INSIDE, "start", "end", "at")
    steps: list[Step] = []
    if part.roll_up is None:
        on: tuple[tuple[str, str], ...] = (("about", link), ("period", "period"))
        steps.append(Tally(table, on, (Aggregate(column, "first", value, POINTS),), None, part.where))
    else:
        rolled_up, result = _rolled(part.roll_up, part.table or "", value, column, into)
        seen = Aggregate(f"{column}_seen", "count", None, POINTS, known_here(value))
        steps.append(Tally(table, (("about", link),), (*rolled_up, seen), time, part.where))
        if result is not None:
            steps.append(Set(((column, result, POINTS),)))
    if part.least is not None:
        enough = at_least(name(f"{column}_seen", POINTS), name(f"{column}_least", NUMBER))
        few = constant(Unknown("least"), POINTS)
        steps += [
            Law("start", (figure(f"{column}_least", part.least, 0, NUMBER),)),
            Set(((column, choose(enough, name(column, POINTS), few, POINTS), POINTS),)),
        ]
    return [*steps, *_gates(part, column, spine, into)]


def _taken(part: Part, source: Source, column: str, spine: Spine, into: Expansion, table: str) -> list[Step]:
    """Return the step that takes a part's score of the rows of a source in the window; of none it is unknown."""
    if spine.level is not None:
        table, link = lifted_table(table, spine.level, source.link, into), LIFTED
    else:
        link = link_column(into.tables[table], spine.refers, declared=source.link)
    taken = Aggregate(column, part.function, part.argument, POINTS, both(source.where, part.where))
    seen = Aggregate(f"{column}_seen", "count", None, POINTS, both(source.where, part.where))
    some = less(number(0), name(f"{column}_seen", POINTS))
    none = constant(Unknown("empty"), POINTS)
    return [
        Tally(table, (("subject", link),), (taken, seen), TimeLink(Overlap.INSIDE, "start", "end", "at")),
        Set(((column, choose(some, name(column, POINTS), none, POINTS), POINTS),)),
    ]


def _gates(part: Part, column: str, spine: Spine, into: Expansion) -> list[Step]:
    steps: list[Step] = []
    for at, (other, condition) in enumerate(part.only_if):
        steps += _only_if(other, condition, f"{column}_if{at}", column, spine, into)
    return steps


def _rolled(
    how: str, table: str, value: Expression, column: str, into: Expansion
) -> tuple[list[Aggregate], Expression | None]:
    """Return what is taken of the rows of shorter windows, and what the score is made of it by, if it isn't it."""
    regulation, sort = into.regulation, into.regulation.latest(table)
    if how != "pool":
        return [Aggregate(column, ROLL_UPS[how], value, POINTS)], None
    pooled, whole = name(f"{column}_part", POINTS), name(f"{column}_whole", POINTS)
    if sort in regulation.indicators:
        indicator = regulation.indicators[sort]
        taken = [replace(one, name=f"{column}_{one.name}") for one in rolled("pool", indicator)]
        share = indicator.measure in {"share", "rate"}
        if not share and indicator.measure != "average":
            return taken, pooled
        return taken, times(divided(pooled, whole), number(100 if share else 1))
    if sort in regulation.sheets:
        part_of = Aggregate(f"{column}_part", "sum", name("points", POINTS), POINTS)
        whole_of = Aggregate(f"{column}_whole", "sum", name("max", POINTS), POINTS)
        return [part_of, whole_of], times(divided(pooled, whole), number(100))
    return [Aggregate(column, "average", value, POINTS)], None  # whole scores have nothing to be pooled by


def _out_of_hundred(table: str, into: Expansion) -> Expression:
    """Return a row's score out of 100: a sheet in percent of its maximum, a share times 100, else the value itself."""
    regulation, sort = into.regulation, into.regulation.latest(table)
    if sort in regulation.sheets:
        points, most = name("points", POINTS), name("max", POINTS)
        return times(divided(points, most), number(100))
    if sort in regulation.indicators:
        value = name("value", POINTS)
        return (
            times(value, number(100)) if regulation.indicators[sort].measure in {"share", "rate"} else value
        )
    return name("score", POINTS)


def _only_if(
    other: str, condition: Expression, flag: str, column: str, spine: Spine, into: Expansion
) -> list[Step]:
    """Return the steps that make a part unknown unless the row of another table, about the same or its place, fits."""
    schema = into.tables[other]
    refers = schema.type_of("about").to
    seen = Aggregate(flag, "count_sure", None, NUMBER)
    steps: list[Step] = []
    left = "about"
    indicator = into.regulation.indicators.get(into.regulation.latest(other))
    level = None if indicator is None else indicator.per.level
    if level is not None and refers != spine.refers:
        steps += place_steps(spine, level, into.tables[spine.spans])
        left = "post_place"
    steps.append(Tally(other, ((left, "about"), ("period", "period")), (seen,), None, condition))
    unknown = constant(Unknown(other), POINTS)
    steps.append(
        Set(
            (
                (
                    column,
                    choose(less(number(0), name(flag, NUMBER)), name(column, POINTS), unknown, POINTS),
                    POINTS,
                ),
            )
        )
    )
    return steps
