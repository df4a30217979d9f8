"""The expansion of a sheet's line: the rows to which it applies, what each is worth, and the capped total."""

from dataclasses import replace

from app.domain.core.engine_form import engine_form
from app.domain.core.expressions import Binary, Call, Expression, Operator
from app.domain.core.plan import (
    Aggregate,
    Decide,
    Derivation,
    From,
    Law,
    Locate,
    Per,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tag,
    Where,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, NotApplicable, Schema, Type, Unknown
from app.domain.kinds.common import Parameter, Source
from app.domain.kinds.expansion import Expansion, Figure, figure
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import link_column
from app.domain.kinds.sheet import Amount, Item, Line, Sheet
from app.domain.kinds.spine import REF, Spine
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    NUMBER,
    TEXT,
    at_least,
    both,
    choose,
    constant,
    divided,
    equal,
    less,
    minus,
    name,
    number,
    text,
    times,
)

POINTS = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
LINE_COLUMNS = ("about", "period", "item", "line", "points", "at", "table", "row")
"""A row for each reason for points: `table` and `row` name what happened, `points` are before the line's cap."""


def line_table(sheet: str, path: tuple[str, ...]) -> str:
    """Return the name of the table of a line's rows."""
    return f"{sheet}.{'.'.join(path)}.rows#"


def total_table(sheet: str, path: tuple[str, ...]) -> str:
    """Return the name of the table of a line's totals: one row a person and period."""
    return f"{sheet}.{'.'.join(path)}.total#"


def clause_id(sheet: str, path: tuple[str, ...]) -> str:
    """Return the id under which the rules engine decides the line: `sheet/section/item/line`."""
    return "/".join((sheet, *path))


def expand_line(
    line: Line, path: tuple[str, ...], sheet: Sheet, spine: Spine, item: Item, into: Expansion
) -> str:
    """Add the tables of a line's rows and totals; return the name of the first."""
    source, condition = _source(line)
    table = source.table
    if spine.level is not None:
        source = replace(source, table=lifted_table(table, spine.level, source.link, into), link=LIFTED)
    schema = into.tables[source.table]
    steps: list[Step] = [From((source.table,))]
    if source.set:
        steps.append(Set(source.set))
        schema = after(steps[-1], schema, into.tables)
    form = engine_form(condition, into.dotted(schema, condition))
    steps += [Set(form.columns)] if form.columns else []
    held = None if line.undecided == "leave_out" else "undecided"
    steps.append(Decide(form.expression, clause_id(sheet.id, path), held))
    steps += _placed(schema, sheet, spine, source)
    amount, figures = _amount(line, item)
    if line.undecided is None:
        # Of a row to which the clause may apply nobody knows the points: then the sheet isn't computable.
        unsure = name("undecided", Type(Kind.BOOLEAN))
        amount = choose(unsure, constant(Unknown("undecided"), POINTS), amount, POINTS)
    if figures:
        steps.append(Law("at", tuple(figures)))
    steps += [
        Set(
            (
                ("points", amount, POINTS),
                ("item", text("/".join(path[:-1])), TEXT),
                ("line", text(path[-1]), TEXT),
                ("table", text(table), TEXT),
            )
        ),
        *_chosen(line),
        Rekey(("about", "row")),
    ]
    rows = line_table(sheet.id, path)
    into.add(Derivation(rows, tuple(steps), sheet.id, LINE_COLUMNS))
    into.add(Derivation(total_table(sheet.id, path), _total(line, rows), sheet.id))
    return rows


def _source(line: Line) -> tuple[Source, Expression]:
    """Return the rows that a line looks at and the condition under which it applies to one."""
    if line.source is not None:
        return line.source, line.source.where
    if line.share_of is not None:
        value = name("value", POINTS)
        return Source(line.share_of), Call("applies", (value,), Type(Kind.BOOLEAN))
    if line.mark is not None:
        points = name("points", NUMBER)
        least, most = line.mark.least.values[-1][1], line.mark.most.values[-1][1]
        within = both(
            at_least(points, number(least)),
            Binary(Operator.AT_MOST, points, number(most), Type(Kind.BOOLEAN)),
        )
        return Source(line.mark.form), within
    message = "a line has rows, an indicator or a mark"
    raise ValueError(message)


def _placed(schema: Schema, sheet: Sheet, spine: Spine, source: Source) -> list[Step]:
    """Return the steps that add `about`, `period` and `row`: whose points, in which window, from which row."""
    link = link_column(schema, spine.refers, declared=source.link)
    refers = Type(REF, to=spine.refers)
    tagged: list[Step] = [Tag("row"), Set((("about", name(link, schema.type_of(link)), refers),))]
    if (
        "recorded_at" not in schema
        or "period" not in schema
        or schema.type_of("period").kind is not Kind.PERIOD
    ):
        return [*tagged, Locate(sheet.every, "at", "period")]
    # What an entry itself names as its period goes before the instant at which it was written.
    own = schema.type_of("period")
    period = choose(
        both(
            Call("known", (name("own_period", own),), BOOLEAN),
            Call("applies", (name("own_period", own),), BOOLEAN),
        ),
        name("own_period", own),
        name("period"),
        own,
    )
    there = both(Call("known", (name("period"),), BOOLEAN), Call("applies", (name("period"),), BOOLEAN))
    return [
        *tagged,
        Set((("own_period", name("period", own), own),)),
        Locate(sheet.every, "at", "period", stays=True),
        Set((("period", period, replace(own, may_be_na=True)),)),
        Where(there),
    ]


def _chosen(line: Line) -> list[Step]:
    """Return the steps that skip the first rows, or keep the best alone."""
    order = (("at", False),)
    if line.beyond is not None:
        ordinal = Running("ordinal", "ordinal", (), Type(Kind.INTEGER))
        beyond = line.beyond
        return [
            Sequence(("about", "period"), order, (ordinal,)),
            Law("at", (figure("beyond", beyond, 0, NUMBER),)),
            Where(less(name("beyond", NUMBER), name("ordinal", NUMBER))),
        ]
    if line.take_highest:
        ordinal = Running("ordinal", "ordinal", (), Type(Kind.INTEGER))
        return [
            Sequence(("about", "period"), (("points", True), *order), (ordinal,)),
            Where(equal(name("ordinal", NUMBER), number(1))),
        ]
    return []


def _total(line: Line, rows: str) -> tuple[Step, ...]:
    """Return the steps that add a line's rows up for each person and period, cap the sum and give it its sign."""
    columns = (
        Aggregate("raw", "sum", name("points", POINTS), POINTS),
        Aggregate("first_at", "first", name("at", INSTANT), INSTANT),
    )
    raw: Expression = name("raw", POINTS)
    steps: list[Step] = [From((rows,)), Per(("about", "period"), columns)]
    if line.at_most is not None:
        steps.append(Law("first_at", (figure("at_most", line.at_most, 0, NUMBER),)))
        raw = Call(
            "min",
            (Call("max", (raw, minus(number(0), name("at_most", NUMBER))), POINTS), name("at_most", NUMBER)),
            POINTS,
        )
    steps.append(Set((("points", raw, POINTS),)))
    return tuple(steps)


# ---- amounts -------------------------------------------------------------------------------------------------------
def _amount(line: Line, item: Item) -> tuple[Expression, list[Figure]]:
    """Return the signed points of a row, and the dated figures that the expression reads."""
    if line.share_of is not None:
        return times(
            Call("max", (Call("min", (name("value", POINTS), number(1)), POINTS), number(0)), POINTS),
            name("item_max", NUMBER),
        ), [figure("item_max", item.max, 0, NUMBER)]
    if line.mark is not None:
        return name("points", NUMBER), []
    amount = line.amount
    if amount is None:
        message = "a line has an amount"
        raise ValueError(message)
    figures: list[Figure] = []
    worth = _worth(amount, figures)
    return (worth if line.sign > 0 else minus(number(0), worth)), figures


def _read(parameter: Parameter, figures: list[Figure]) -> Expression:
    """Return a reading of a dated figure, noting the column that it needs."""
    if parameter.constant:
        return constant(parameter.values[0][1], NUMBER)
    column = f"figure{len(figures)}"
    figures.append(figure(column, parameter, 0, NUMBER))
    return name(column, NUMBER)


def _worth(amount: Amount, figures: list[Figure]) -> Expression:
    if amount.figure is not None:
        return _read(amount.figure, figures)
    if amount.expression is not None:
        return amount.expression
    of = amount.of
    if of is None:
        message = "an amount by table needs a value"
        raise ValueError(message)
    found: Expression = constant(NotApplicable("no_amount"), POINTS)
    if amount.gives:
        for choice, parameter in reversed(amount.gives):
            found = choose(equal(of, text(choice)), _read(parameter, figures), found, POINTS)
        return found
    if amount.bands:
        for band in reversed(amount.bands):
            given = _read(band.gives, figures)
            if band.under is not None:
                found = choose(less(of, _read(band.under, figures)), given, found, POINTS)
            elif band.to is not None:
                reaches = Binary(Operator.AT_MOST, of, _read(band.to, figures), Type(Kind.BOOLEAN))
                found = choose(reaches, given, found, POINTS)
            else:
                found = given
        return found
    return _steps(amount, of, figures)


def _steps(amount: Amount, of: Expression, figures: list[Figure]) -> Expression:
    steps = amount.steps
    if steps is None:
        message = "an amount says what it gives"
        raise ValueError(message)
    bound = _read(steps.bound, figures)
    distance = minus(bound, of) if steps.below else minus(of, bound)
    reached = divided(Call("max", (distance, number(0)), POINTS), _read(steps.each, figures))
    rounding = {"whole": "floor", "started": "ceil"}.get(steps.count)
    counted = reached if rounding is None else Call(rounding, (reached,), POINTS)
    return times(counted, _read(steps.gives, figures))
