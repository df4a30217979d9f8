"""Ranking: places within groups, and who is within the first so many of them, with a policy for those who are tied."""

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import Aggregate, Running, Sequence, Set, Step, Tally, Where
from app.domain.core.values import Kind, Schema, Type, Unknown
from app.domain.kinds.common import Ties
from app.domain.kinds.dots import dot_steps
from app.domain.kinds.expansion import Expansion, prepared_source
from app.domain.kinds.tree import (
    NUMBER,
    at_least,
    both,
    choose,
    constant,
    either,
    known_here,
    minus,
    name,
    number,
    plus,
    times,
)

PLACE = Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)
VALUE = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
LOT = Type(Kind.INTEGER, may_be_unknown=True, may_be_na=True)
SEEDS = Type(Kind.TEXT, may_be_unknown=True, may_be_na=True)
SEED = "seed"
PERIODS = ("period", "window")


def period_column(schema: Schema) -> str | None:
    """Return the column that says in which window a row lies, if it has one."""
    return next((column for column in PERIODS if column in schema), None)


def rank_steps(
    by: str,
    groups: tuple[str, ...],
    ties: Ties,
    schema: Schema,
    into: Expansion,
    names: tuple[str, str],
    *,
    descending: bool = True,
) -> list[Step]:
    """Return the steps that add `rank`, `tied`, `ranked` and, where ties are broken, `place`.

    `names` are what these columns start with, and what a prepared source of draws is called after.
    """
    prefix, table = names
    value = name(by, VALUE)
    steps: list[Step] = []
    breaks: tuple[tuple[str, bool], ...] = ties.by
    if ties.policy == "lot":
        steps += _lot(ties, schema, into, prefix, table)
        breaks = ((f"{prefix}lot", False),)
    columns = [
        Running(f"{prefix}rank", "rank", (value,), PLACE),
        Running(f"{prefix}tied", "tied", (value,), PLACE),
        Running(f"{prefix}ranked", "total", (value,), Type(Kind.INTEGER)),
    ]
    if breaks:
        further = tuple(
            name(column, LOT if column == f"{prefix}lot" else schema.type_of(column)) for column, _ in breaks
        )
        # Who is tied even then shares the fate that a selection or a quota without a policy gives.
        function = "place_first" if ties.policy == "by" else "place_last"
        columns.append(Running(f"{prefix}place", function, (value, *further), PLACE))
    return [*steps, Sequence(groups, ((by, descending), *breaks), tuple(columns))]


def group_steps(groups: tuple[str, ...], schema: Schema, into: Expansion) -> list[Step]:
    """Return the look-ups that add the columns of groups which are paths (`place.kind`)."""
    paths = tuple(tuple(name.split(".")) for name in groups if "." in name)
    return dot_steps(paths, schema, into.tables, into.regulation)


def _lot(ties: Ties, schema: Schema, into: Expansion, prefix: str, table: str) -> list[Step]:
    """Return the steps that add `lot`, which waits for the first draw of the row's period."""
    if ties.draw is None:
        message = "lots need a draw"
        raise ValueError(message)
    draws = prepared_source(ties.draw, f"{table}.draws#", into)
    seeds = into.tables[draws]
    period = period_column(schema)
    on = () if period is None or "period" not in seeds else ((period, "period"),)
    own = seeds.type_of(SEED)
    first = Aggregate(f"{prefix}{SEED}", "first", name(SEED, own), SEEDS)
    waiting = constant(Unknown("draw"), SEEDS)
    seed = name(f"{prefix}{SEED}", SEEDS)
    keys = tuple(name(column, schema.type_of(column)) for column in schema.key)
    return [
        Tally(draws, on, (first,), None, ties.draw.where),
        Set(((f"{prefix}{SEED}", choose(known_here(seed), seed, waiting, SEEDS), SEEDS),)),
        Set(((f"{prefix}lot", Call("hash", (seed, *keys), LOT), LOT),)),
    ]


def within(places: Expression, ties: Ties, prefix: str = "") -> Expression:
    """Return whether a row is within the first `places`: unknown as long as a draw decides it and nobody has drawn."""
    rank, tied = name(f"{prefix}rank", PLACE), name(f"{prefix}tied", PLACE)
    first, last = at_least(places, rank), at_least(places, minus(plus(rank, tied), number(1)))
    if ties.policy == "all":
        return first
    if ties.policy == "none":
        return last
    return either(last, both(first, at_least(places, name(f"{prefix}place", PLACE))))


def places_of(top: Expression, ranked: Expression, *, round_up: bool) -> Expression:
    """Return how many places `top` gives: under 1 it is a share of the rows `ranked`, from 1 on a number."""
    share = Call("ceil" if round_up else "floor", (times(top, ranked),), NUMBER)
    return choose(at_least(top, number(1)), top, share, NUMBER)


def kept(places: Expression, ties: Ties) -> Step:
    """Return the step that keeps the rows within the first `places`."""
    return Where(within(places, ties))
