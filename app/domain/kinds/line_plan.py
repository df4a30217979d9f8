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
    Overlap,
    Per,
    Reckon,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tag,
    Tally,
    TimeLink,
    Unnest,
    Where,
)
from app.domain.core.shapes import after
from app.domain.core.values import Kind, Schema, Type, Unknown
from app.domain.kinds.amounts import POINTS, worth
from app.domain.kinds.common import Parameter, Source
from app.domain.kinds.expansion import Expansion, Figure, figure, in_force_steps
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.links import WORKER, link_column
from app.domain.kinds.sheet import Item, Line, Mark, Sheet, Take
from app.domain.kinds.spine import REF, Spine, is_role
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    MAYBE_INSTANT,
    NUMBER,
    TEXT,
    at_least,
    both,
    choose,
    constant,
    either,
    equal,
    less,
    minus,
    name,
    negated,
    number,
    text,
    times,
)
from app.domain.membership import HOLDER

DOUBT = "undecided"
OWN = "own_mark"
FALSE = constant(value=False, type_=Type(Kind.BOOLEAN))
WHO = Type(REF, to=WORKER, may_be_unknown=True, may_be_na=True)
MAYBE = Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)
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
    rows = line_table(sheet.id, path)
    steps = row_steps(line, path, sheet, spine, item, into)
    into.add(Derivation(rows, tuple(steps), sheet.id, LINE_COLUMNS))
    into.add(Derivation(total_table(sheet.id, path), _total(line, rows), sheet.id))
    return rows


def row_steps(
    line: Line,
    path: tuple[str, ...],
    sheet: Sheet,
    spine: Spine,
    item: Item,
    into: Expansion,
    *,
    anywhere: bool = False,
) -> list[Step]:
    """Return the steps of a line's rows; `anywhere`: those of all time, not of the period alone."""
    source, condition = _source(line)
    table = source.table
    level = spine.level
    if line.holders_of is not None:
        level = into.regulation.roles[line.holders_of].level
    if level is not None:
        source = replace(source, table=lifted_table(table, level, source.link, into), link=LIFTED)
    schema = into.tables[source.table]
    steps: list[Step] = [From((source.table,))]
    before: list[Step] = [Set(source.set)] if source.set else []
    if line.mark is not None:
        before += _scorers(line.mark, link_column(schema, spine.refers, declared=source.link), spine)
    for step in before:
        schema = after(step, into.dotted(schema, *_read_by(step)), into.tables)
    steps += before
    form = engine_form(condition, into.dotted(schema, condition))
    steps += [Set(form.columns)] if form.columns else []
    held = None if line.undecided == "leave_out" else DOUBT
    steps.append(Decide(form.expression, clause_id(sheet.id, path), held))
    steps += _placed(schema, sheet, spine, source, line, anywhere=anywhere)
    if sheet.heading.since is not None or sheet.heading.until is not None:
        # A window belongs to the version in force as it begins, and its reasons with it.
        steps += [
            Reckon("window_start", "period_start", ("period",), MAYBE_INSTANT),
            Where(Call("applies", (name("window_start", MAYBE_INSTANT),), BOOLEAN)),
            *in_force_steps(sheet.heading, "window_start"),
        ]
    amount, figures = _amount(line, item)
    if figures:
        steps.append(Law("at", tuple(figures)))
    steps.append(Set((("points", amount, POINTS),)))
    if line.undecided is None:
        # Of a row to which the clause may apply nobody knows the points: then the sheet isn't computable.
        unsure = choose(
            name(DOUBT, BOOLEAN), constant(Unknown(DOUBT), POINTS), name("points", POINTS), POINTS
        )
        steps.append(Set((("points", unsure, POINTS),)))
    return [
        *steps,
        Set(
            (
                ("item", text("/".join(path[:-1])), TEXT),
                ("line", text(path[-1]), TEXT),
                ("table", text(table), TEXT),
            )
        ),
        *_chosen(line),
    ]


def _read_by(step: Step) -> tuple[Expression, ...]:
    return tuple(tree for _, tree, _ in step.columns) if isinstance(step, Set) else ()


def _source(line: Line) -> tuple[Source, Expression]:
    """Return the rows that a line looks at and the condition under which it applies to one."""
    if line.source is not None:
        return line.source, line.source.where
    if line.share_of is not None:
        value = name("value", POINTS)
        return Source(line.share_of), Call("applies", (value,), BOOLEAN)
    if line.mark is not None:
        return Source(line.mark.form), _allowed(line.mark)
    message = "a line has rows, an indicator or a mark"
    raise ValueError(message)


# ---- marks by hand -------------------------------------------------------------------------------------------------
def _allowed(mark: Mark) -> Expression:
    """Return which marks count: within their bounds, by whoever may give them, with a reason where one is wanted."""
    points = name("points", POINTS)
    least, most = mark.least.values[-1][1], mark.most.values[-1][1]
    parts = [at_least(points, number(least)), Binary(Operator.AT_MOST, points, number(most), BOOLEAN)]
    if mark.by:
        parts.append(less(number(0), name("scorers", INTEGER)))
    if mark.reason is not None:
        reason = name(mark.reason, Type(Kind.TEXT, may_be_unknown=True, may_be_na=True))
        given = both(Call("known", (reason,), BOOLEAN), Call("applies", (reason,), BOOLEAN))
        parts.append(given if mark.plain is None else either(_plain(points, mark.plain), given))
    if mark.own != "too":
        own = name(OWN, MAYBE)
        parts.append(own if mark.own == "only" else negated(own))
    return both(*parts)


def _plain(points: Expression, bounds: tuple[Parameter, Parameter]) -> Expression:
    """Return whether a mark lies within the bounds in which it needs no reason."""
    least, most = (number(one.values[-1][1]) for one in bounds)
    return both(at_least(points, least), Binary(Operator.AT_MOST, points, most, BOOLEAN))


def _scorers(mark: Mark, link: str, spine: Spine) -> list[Step]:
    """Return the steps that tell of whoever gives a mark how many of the roles it held then, and whether it is on it.

    `link` is the column of whom it is on.
    """
    steps = _posts(mark)
    if mark.own != "too":
        # A place gives no marks, so none is on itself.
        people = spine.refers == WORKER
        steps.append(Set(((OWN, equal(name("by", WHO), name(link, WHO)) if people else FALSE, MAYBE),)))
    return steps


def _posts(mark: Mark) -> list[Step]:
    if not mark.by:
        return []
    held = Aggregate("scorers", "count_sure", None, INTEGER)
    time = TimeLink(Overlap.HOLDS, "at", "", "start", "end")
    return [Tally(HOLDER, (("by", "worker"),), (held,), time, either(*(is_role(role) for role in mark.by)))]


# ---- whose, and when -----------------------------------------------------------------------------------------------
def _placed(
    schema: Schema, sheet: Sheet, spine: Spine, source: Source, line: Line, *, anywhere: bool
) -> list[Step]:
    """Return the steps that add `about`, `period` and `row`: whose points, in which window, from which row."""
    # The key goes before the window: two half-years' rows lie in one year, and are two at every step.
    tagged: list[Step] = [Tag("row"), *_whose(schema, spine, source, line), Rekey(("about", "row"))]
    if (
        "recorded_at" not in schema
        or "period" not in schema
        or schema.type_of("period").kind is not Kind.PERIOD
    ):
        return [*tagged, Locate(sheet.every, "at", "period", anywhere=anywhere)]
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
        Locate(sheet.every, "at", "period", stays=True, anywhere=anywhere),
        Set((("period", period, replace(own, may_be_na=True)),)),
        Where(there),
    ]


def _whose(schema: Schema, spine: Spine, source: Source, line: Line) -> list[Step]:
    """Return the steps that add `about`; a row for several people becomes one for each."""
    refers = Type(REF, to=spine.refers)
    if line.holders_of is not None:
        column = "worker" if spine.refers == WORKER else "subject"
        several = Type(Kind.REFS, to=spine.refers)
        members = Aggregate("holders", "members", name(column, refers), several)
        time = TimeLink(Overlap.HOLDS, "at", "", "start", "end")
        return [
            Tally(HOLDER, ((LIFTED, "place"),), (members,), time, is_role(line.holders_of)),
            Unnest("about", refers, "holders"),
        ]
    link = link_column(schema, spine.refers, declared=source.link)
    if schema.type_of(link).kind is Kind.REFS:
        return [Unnest("about", refers, link)]
    return [Set((("about", name(link, schema.type_of(link)), refers),))]


# ---- which of them count -------------------------------------------------------------------------------------------
def _chosen(line: Line) -> list[Step]:
    """Return the steps that skip the first rows, keep the best or the last alone, and cap what one case gives."""
    steps: list[Step] = []
    if line.beyond is not None:
        steps += _beyond(line)
    ordinal = Running("ordinal", "ordinal", (), INTEGER)
    first = equal(name("ordinal", NUMBER), number(1))
    if line.take is Take.HIGHEST:
        # What isn't known may be the highest, so it stays: the total is unknown too.
        order = (("points", line.sign > 0), ("at", False))
        unknown = negated(Call("known", (name("points", POINTS),), BOOLEAN))
        steps += [Sequence(("about", "period"), order, (ordinal,)), Where(either(first, unknown))]
    elif line.take is Take.LAST:
        steps += [Sequence(("about", "period"), (("at", True),), (ordinal,)), Where(first)]
    if line.case is not None:
        most = name("case_at_most", NUMBER)
        points = Running("points", "clipped", (name("points", POINTS), minus(number(0), most), most), POINTS)
        steps += [
            Law("at", (figure("case_at_most", line.case_at_most, 0, NUMBER),)),
            Sequence(("about", "period", line.case), (("at", False),), (points,)),
        ]
    return steps


def _beyond(line: Line) -> list[Step]:
    """Return the steps that skip the first rows; whether one is skipped may hang on rows that are undecided."""
    ordinal = Running("ordinal", "ordinal", (), INTEGER)
    order = (("at", False),)
    beyond, place = name("beyond", NUMBER), name("ordinal", NUMBER)
    steps: list[Step] = [Law("at", (figure("beyond", line.beyond, 0, NUMBER),))]
    if line.undecided is not None:
        return [*steps, Sequence(("about", "period"), order, (ordinal,)), Where(less(beyond, place))]
    counts = choose(name(DOUBT, BOOLEAN), number(0), number(1), NUMBER)
    surely = Running("sure_ordinal", "running", (counts,), NUMBER)
    doubtful = either(name(DOUBT, BOOLEAN), at_least(beyond, name("sure_ordinal", NUMBER)))
    unsure = choose(doubtful, constant(Unknown(DOUBT), POINTS), name("points", POINTS), POINTS)
    return [
        *steps,
        Sequence(("about", "period"), order, (ordinal, surely)),
        Where(less(beyond, place)),
        Set((("points", unsure, POINTS),)),
    ]


def _total(line: Line, rows: str) -> tuple[Step, ...]:
    """Return the steps that add a line's rows up for each person and period, cap the sum and give it its sign."""
    function = "average" if line.take is Take.AVERAGE else "sum"
    columns = (
        Aggregate("raw", function, name("points", POINTS), POINTS),
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


def _amount(line: Line, item: Item) -> tuple[Expression, list[Figure]]:
    """Return the signed points of a row, and the dated figures that the expression reads."""
    if line.share_of is not None:
        return times(
            Call("max", (Call("min", (name("value", POINTS), number(1)), POINTS), number(0)), POINTS),
            name("item_max", NUMBER),
        ), [figure("item_max", item.max, 0, NUMBER)]
    if line.mark is not None:
        return name("points", POINTS), []
    if line.amount is None:
        message = "a line has an amount"
        raise ValueError(message)
    found, figures = worth(line.amount)
    return (found if line.sign > 0 else minus(number(0), found)), figures
