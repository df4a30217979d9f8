"""The expansion of indicators: a spine of subjects and windows, tallied against the rows of a source."""

from collections.abc import Iterator

from app.domain.core.expressions import TRUE, Binary, Call, Expression, Literal, Operator
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    LastInstant,
    Law,
    Overlap,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tally,
    TimeLink,
    Unnest,
)
from app.domain.core.values import Kind, NotApplicable, Schema, Type, Unknown, Value
from app.domain.kinds.common import Parameter, Source
from app.domain.kinds.expansion import Expansion, figure, in_force_steps
from app.domain.kinds.indicator import Indicator, Measured
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import link_column
from app.domain.kinds.measuring import measured_rows
from app.domain.kinds.spine import REF, Spine, spine_of, window_steps
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    KEYS,
    MAYBE_INSTANT,
    NUMBER,
    both,
    choose,
    constant,
    divided,
    equal,
    known_here,
    less,
    minus,
    name,
    number,
    times,
)

VALUE = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
TARGET = Type(Kind.NUMBER, may_be_na=True)
COLUMNS = ("about", "period", "value", "part", "whole", "target", "met", "at", "rows")
PLACE = "place"


def expand_indicator(item: Indicator, into: Expansion) -> None:
    """Add the indicator's table: one row for each subject and window, with what the figure is made of."""
    spine = spine_of(item.per, into.regulation)
    refers = Type(REF, to=spine.refers)
    steps: list[Step] = [
        *window_steps(spine, item.every),
        *in_force_steps(item.heading, "start"),
        LastInstant("at", "end"),
    ]
    steps += _split(item, into)
    steps += _whole(item, spine, into)
    if item.change is not None:
        steps += _before(item)
    if item.measure == "rate" and item.roll_up is None:
        steps += _against(item, spine, into)
    target = None if item.target is None else item.target.value
    steps.append(
        Law(
            "start",
            (
                figure("target", target, NotApplicable("none"), TARGET),
                figure("small", item.small_under, 0, NUMBER),
                figure("each", _each(item, into), 1, NUMBER),
            ),
        )
    )
    steps.append(
        Set(
            (
                ("value", _value(item, into), VALUE),
                ("about", name("subject", refers), refers),
                ("period", name("window"), Type(Kind.PERIOD)),
            )
        )
    )
    steps.append(Set((("met", _met(item), Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)),)))
    key = ("about", "period", *item.columns)
    steps.append(Rekey(key))
    into.add(Derivation(item.id, tuple(steps), item.id, (*COLUMNS[:2], *item.columns, *COLUMNS[2:])))


def _split(item: Indicator, into: Expansion) -> list[Step]:
    """Pair each row with every choice of the further columns, so that an absent one has a row too."""
    schema = into.tables[item.of.table]
    given = {name: expression for name, expression, _ in item.of.set}
    steps: list[Step] = []
    for column in item.columns:
        if column in given:
            type_ = next(own for name, _, own in item.of.set if name == column)
            members = type_.choices or tuple(dict.fromkeys(_texts(given[column])))
        else:
            type_ = schema.type_of(column)
            members = type_.choices
        steps.append(Unnest(column, type_, None, members))
    return steps


def _texts(expression: Expression) -> Iterator[str]:
    """Yield the texts that an expression can give: those of its branches."""
    branches = (
        expression.arguments[1:] if isinstance(expression, Call) and expression.function == "if" else ()
    )
    values = [expression.value] if isinstance(expression, Literal) else []
    yield from (value for value in values if isinstance(value, str))
    yield from (value for branch in branches for value in _texts(branch))


def _tie(spine: Spine, schema: Schema, source: Source) -> tuple[str, str]:
    """Return the pair of columns that ties a source's rows to the spine.

    Rows of a place's level are tied through the places that they lie in (see app.domain.kinds.lifting).
    """
    if spine.refers == PLACE:
        return "subject", LIFTED
    return "subject", link_column(schema, spine.refers, declared=source.link)


def _whole(item: Indicator, spine: Spine, into: Expansion) -> list[Step]:
    """Return the step that adds `part`, `whole` and `rows`, the keys of the rows that counted."""
    measured = Measured(item.of, item.of_at, item.dated, item.sample)
    table, where = measured_rows(measured, item.every, f"{item.id}.", into)
    table = _lifted(table, item.of, spine, item, into)
    schema = into.tables[table]
    on = _tie(spine, schema, item.of)
    tied = (on, *((column, column) for column in item.columns))
    columns = _taken(item, where) if item.roll_up is None else rolled(item.roll_up, _of(item, into), where)
    columns.append(Aggregate("rows", "keys", None, KEYS, where))
    return [Tally(table, tied, tuple(columns), TimeLink(Overlap.INSIDE, "start", "end", "at"))]


def _taken(item: Indicator, where: Expression) -> list[Aggregate]:
    """Return what is taken of the rows: `part` and, but for a rate, `whole`."""
    leave_out = item.undecided == "leave_out"
    counting = "count_sure" if leave_out else "count"
    if item.undecided == "count_in":
        counting = "count_possible"
    if item.measure == "share":
        # Left out, a row of which it isn't known whether it is part of it is missing from the whole too.
        known = both(where, Call("known", (item.part,), BOOLEAN)) if leave_out else where
        return [
            Aggregate("part", counting, None, VALUE, both(where, item.part)),
            Aggregate("whole", counting, None, VALUE, known),
        ]
    function = item.measure
    argument = item.argument
    if item.measure in {"rate", "change"}:
        function = item.function
    if item.measure == "streak":
        argument = item.part
    if function == "count":
        function = counting
    elif item.undecided is not None:
        # Of what isn't known no more than whether it counts can be decided: without its value it is left out.
        counts = constant(value=item.undecided == "count_in", type_=BOOLEAN)
        values = [Call("known", (one,), BOOLEAN) for one in (argument,) if one is not None]
        where = both(Call("or_else", (where, counts), BOOLEAN), *values)
    part = Aggregate("part", function, argument, VALUE, where)
    whole = Aggregate("whole", counting, None, VALUE, where)
    return [part] if item.measure == "rate" else [part, whole]


def rolled(how: str, of: Indicator, where: Expression = TRUE) -> list[Aggregate]:
    """Return the `part` and `whole` that a longer window makes of the rows of an indicator.

    Pooled, shares and rates add up their parts and wholes, averages are weighed with how many they are of.
    """
    part, whole, value = name("part", VALUE), name("whole", VALUE), name("value", VALUE)
    if how == "pool":
        weighed = times(part, whole) if of.measure == "average" else part
        return [
            Aggregate("part", "sum", weighed, VALUE, where),
            Aggregate("whole", "sum", whole, VALUE, where),
        ]
    function = {"average": "average", "sum": "sum", "best": "max", "worst": "min", "last": "last"}[how]
    return [
        Aggregate("part", function, value, VALUE, where),
        Aggregate("whole", "count", None, VALUE, both(where, known_here(value))),
    ]


def _before(item: Indicator) -> list[Step]:
    """Return the steps that put what the window before gave in the place of `whole`: n/a where there was none."""
    earlier, reach = name("earlier", VALUE), name("earlier_end", MAYBE_INSTANT)
    none = constant(NotApplicable("no_previous"), VALUE)
    adjoins = both(Call("applies", (reach,), BOOLEAN), equal(reach, name("start", INSTANT)))
    columns = (
        Running("earlier", "previous", (name("part", VALUE),), VALUE),
        Running("earlier_end", "previous", (name("end", INSTANT),), MAYBE_INSTANT),
    )
    return [
        Sequence(("subject", *item.columns), (("start", False),), columns),
        Set((("whole", choose(adjoins, earlier, none, VALUE), VALUE),)),
    ]


def _lifted(table: str, source: Source, spine: Spine, item: Indicator, into: Expansion) -> str:
    """Return a table whose rows name the place of the indicator's level that they lie in."""
    if spine.refers != PLACE or item.per.level is None:
        return table
    return lifted_table(table, item.per.level, source.link, into)


def _against(item: Indicator, spine: Spine, into: Expansion) -> list[Step]:
    """Return the step that adds `whole` from the other source of a rate."""
    if item.against is None:
        message = "a rate has something that it is against"
        raise ValueError(message)
    measured = Measured(item.against, item.against_at)
    table, where = measured_rows(measured, item.every, f"{item.id}.against.", into)
    if spine.refers == PLACE and item.per.level is not None:
        table = lifted_table(table, item.per.level, item.against.link, into)
    schema = into.tables[table]
    on = _tie(spine, schema, item.against)
    function = item.against_function
    if function == "count":
        function = {"leave_out": "count_sure", "count_in": "count_possible"}.get(
            item.undecided or "", "count"
        )
    column = Aggregate("whole", function, item.against_argument, VALUE, where)
    if "end" not in schema or "start" not in schema or "at" not in schema or "since" in schema:
        return [Tally(table, (on,), (column,), TimeLink(Overlap.INSIDE))]
    if item.against_at == "window_start":  # else what stood as the window ended
        return [Tally(table, (on,), (column,), TimeLink(Overlap.HOLDS))]
    return [Tally(table, (on,), (column,), TimeLink(Overlap.OVERLAPS, "at", "end", "start", "end"))]


def _value(item: Indicator, into: Expansion) -> Expression:
    part, whole = name("part", VALUE), name("whole", VALUE)
    value: Expression = part
    pooled = item.roll_up == "pool" and _of(item, into).measure == "average"
    if (item.measure in {"share", "rate"} and item.roll_up in {None, "pool"}) or pooled:
        value = times(divided(part, whole), name("each", NUMBER))
    if item.change is not None:
        value = minus(whole, part) if item.change.lower else minus(part, whole)
        if item.change.relative:
            value = divided(value, Call("abs", (whole,), NUMBER))
    policies: dict[str, Value] = {"zero": 0, "unknown": Unknown("empty")}
    empty = constant(policies.get(item.empty, NotApplicable("empty")), VALUE)
    if item.change is None and item.measure not in {"count", "sum", "distinct", "streak"}:
        value = choose(equal(whole, number(0)), empty, value, VALUE)
    small = constant(
        NotApplicable("small") if item.small_gives == "not_applicable" else Unknown("small"), VALUE
    )
    if item.small_under is not None:
        value = choose(less(whole, name("small", NUMBER)), small, value, VALUE)
    return value


def _of(item: Indicator, into: Expansion) -> Indicator:
    """Return the indicator that is rolled up; of several versions the last, which measures what all of them do."""
    return into.regulation.indicators[into.regulation.latest(item.of.table)]


def _each(item: Indicator, into: Expansion) -> Parameter | None:
    """Return what a rate is reckoned per: of a pooled one what its parts are, unless it says otherwise."""
    if item.roll_up is None or item.per_each is not None:
        return item.per_each
    return _of(item, into).per_each


def _met(item: Indicator) -> Expression:
    value, target = name("value", VALUE), name("target", TARGET)
    operator = (
        Operator.AT_MOST
        if item.target is not None and item.target.comparison == "at_most"
        else Operator.AT_LEAST
    )
    return Binary(operator, value, target, BOOLEAN)
