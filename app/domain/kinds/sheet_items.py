"""Items and sections of a sheet: from the totals of their lines to clamped, rounded points under the n/a policy."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from app.domain.core.expressions import TRUE, Call, Expression, names_in
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    LastInstant,
    Law,
    Overlap,
    Rekey,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import Kind, NotApplicable, Type, Unknown
from app.domain.kinds.common import Parameter, Round, Rounding, Source
from app.domain.kinds.expansion import Expansion, figure, in_force_steps, prepared_source
from app.domain.kinds.lifting import LIFTED, lifted_table
from app.domain.kinds.line_plan import expand_line, total_table
from app.domain.kinds.links import WORKER, link_column
from app.domain.kinds.sheet import Item, NotApplicablePolicy, Sheet
from app.domain.kinds.spine import REF, Spine, class_table, window_steps
from app.domain.kinds.tree import (
    BOOLEAN,
    NUMBER,
    TEXT,
    at_least,
    choose,
    constant,
    divided,
    either,
    equal,
    less,
    minus,
    name,
    negated,
    number,
    plus,
    text,
    times,
)
from app.domain.membership import HOLDER
from app.domain.source_histories import history_table

POINTS = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
MAX = Type(Kind.NUMBER, may_be_na=True)
ITEM_COLUMNS = ("about", "period", "item", "points", "max", "state", "at")
MAYBE = Type(Kind.BOOLEAN, may_be_unknown=True, may_be_na=True)
STATES = Type(Kind.CHOICE, ("computed", "not_applicable", "not_computable", "not_eligible"))


@dataclass(slots=True)
class SheetWork:
    """What the expansion of one sheet carries along."""

    sheet: Sheet
    spine: Spine
    into: Expansion
    items: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def rounded(value: Expression, rule: Round | None) -> Expression:
    """Return `value` rounded as declared, or as it is."""
    if rule is None:
        return value
    nearest = Call("round", (value, number(rule.to)), POINTS)
    if rule.half is Rounding.UP:
        return nearest
    to = number(rule.to)
    steps = divided(value, to)
    below = Call("floor", (steps,), POINTS)
    tie = equal(minus(steps, below), number(Fraction(1, 2)))
    if rule.half is Rounding.EVEN:
        # Halfway between two multiples, the even one is the multiple of twice the step that is near.
        even = Call("round", (value, number(2 * rule.to)), POINTS)
        return choose(tie, even, nearest, POINTS)
    towards_zero = choose(less(value, number(0)), Call("ceil", (steps,), POINTS), below, POINTS)
    return choose(tie, times(towards_zero, to), nearest, POINTS)


def spine_rows(work: SheetWork) -> list[Step]:
    """Return the steps of the rows that a sheet ought to have: each subject in each window."""
    refers = Type(REF, to=work.spine.refers)
    return [
        *window_steps(work.spine, work.sheet.every),
        *in_force_steps(work.sheet.heading, "start"),
        LastInstant("at", "end"),
        Set((("about", name("subject", refers), refers), ("period", name("window"), Type(Kind.PERIOD)))),
        Rekey(("about", "period")),
    ]


# ---- items and sections --------------------------------------------------------------------------------------------
def own_table(sheet: str, path: tuple[str, ...]) -> str:
    """Return the name of the table of one item: a row for each person and period."""
    return f"{sheet}.{'.'.join(path)}#"


def item_table(item: Item, path: tuple[str, ...], work: SheetWork) -> str:
    """Add the table of an item (and of those below it); return its name."""
    table = own_table(work.sheet.id, path)
    steps = spine_rows(work)
    children = [(item_table(child, (*path, child.id), work), child) for child in item.items]
    steps += child_steps(children, "part")
    steps += max_steps(item.max)
    steps += _applies(item, work)
    if children:
        steps += sum_of(children, "part", item)
    else:
        steps += _lines(item, path, work)
    steps += [
        Set((("item", text("/".join(path)), TEXT),)),
        Set(
            (
                (
                    "points",
                    choose(
                        name("applicable", MAYBE),
                        name("points", POINTS),
                        constant(NotApplicable("not_applicable"), POINTS),
                        POINTS,
                    ),
                    POINTS,
                ),
            )
        ),
        *_requires(item, path, work),
        *_policy(item),
        Set((("points", rounded(name("points", POINTS), item.round), POINTS),)),
        Set((("state", state_of_points("points"), STATES), ("omitted", _omitted(item), MAX))),
        *_veto(item, path, work),
    ]
    columns = (*ITEM_COLUMNS, "omitted", *(("vetoed",) if vetoes(item) else ()))
    work.into.add(Derivation(table, tuple(steps), work.sheet.id, columns))
    work.items.append(table)
    return table


def _lines(item: Item, path: tuple[str, ...], work: SheetWork) -> list[Step]:
    """Return the steps that sum an item's lines, start and clamp."""
    steps: list[Step] = []
    total: Expression = name("max", POINTS) if item.start_max else number(0)
    for at, line in enumerate(item.lines):
        where = (*path, line.id)
        work.lines.append(expand_line(line, where, work.sheet, work.spine, item, work.into))
        # Without a share to go by the item is n/a; without anything that adds or deducts it isn't.
        zero = line.share_of is None and line.empty == "zero"
        function = "sum" if zero else "first"
        column = Aggregate(f"line{at}", function, name("points", POINTS), POINTS)
        table = total_table(work.sheet.id, where)
        steps.append(Tally(table, (("about", "about"), ("period", "period")), (column,)))
        points: Expression = name(f"line{at}", POINTS)
        if line.empty == "unknown":
            points = choose(
                Call("applies", (points,), BOOLEAN), points, constant(Unknown("empty"), POINTS), POINTS
            )
        total = plus(total, points)
    steps.append(Set((("points", clamped(total, item), POINTS),)))
    return steps


def clamped(total: Expression, item: Item) -> Expression:
    """Return `total` within 0…max; what has no maximum has no bounds."""
    if item.max is None:
        return total
    if not item.floor_none:
        total = Call("max", (total, number(0)), POINTS)
    return Call("min", (total, name("max", POINTS)), POINTS)


def child_steps(children: list[tuple[str, Item]], prefix: str) -> list[Step]:
    """Return the steps that fetch the points and maxima of parts, as `prefix` and their ordinal."""
    steps: list[Step] = []
    for at, (table, child) in enumerate(children):
        columns: tuple[Aggregate, ...] = (
            Aggregate(f"{prefix}{at}", "first", name("points", POINTS), POINTS),
            Aggregate(f"{prefix}{at}_max", "first", name("max", MAX), MAX),
            Aggregate(f"{prefix}{at}_omitted", "first", name("omitted", MAX), MAX),
        )
        if vetoes(child):
            columns = (*columns, Aggregate(f"{prefix}{at}_veto", "first", name("vetoed", MAYBE), MAYBE))
        steps.append(Tally(table, (("about", "about"), ("period", "period")), columns))
    return steps


def max_steps(maximum: Parameter | None) -> list[Step]:
    """Return the steps that add `declared` and `max`; what parts that don't apply take from `max` is in `omitted`."""
    return [
        Law("start", (figure("declared", maximum, NotApplicable("none"), MAX),)),
        Set((("max", name("declared", MAX), MAX), ("omitted", number(0), MAX))),
    ]


def _omitted(item: Item) -> Expression:
    """Return how much of the enclosing maximum the item takes with it when it doesn't apply."""
    if item.max is None:
        return number(0)
    own = name("declared", POINTS) if item.not_applicable is NotApplicablePolicy.OMIT else number(0)
    return choose(Call("applies", (name("points", POINTS),), BOOLEAN), name("omitted", POINTS), own, POINTS)


def sum_of(children: list[tuple[str, Item]], prefix: str, item: Item) -> list[Step]:
    """Return the steps that sum parts: n/a ones leave with their maximum, or leave it to the others (rescale).

    The whole is n/a where no part applies.
    """
    total: Expression = number(0)
    present: Expression = number(0)
    gone: Expression = number(0)
    omitted: Expression = number(0)
    some: list[Expression] = []
    for at, (_, child) in enumerate(children):
        points, most = name(f"{prefix}{at}", POINTS), name(f"{prefix}{at}_max", POINTS)
        here = Call("applies", (points,), BOOLEAN)
        some.append(here)
        total = plus(total, choose(here, points, number(0), POINTS))
        omitted = plus(omitted, name(f"{prefix}{at}_omitted", POINTS))
        if child.max is not None:
            present = plus(present, choose(here, most, number(0), POINTS))
            if child.not_applicable is NotApplicablePolicy.RESCALE:
                gone = plus(gone, choose(here, number(0), most, POINTS))
    left = minus(name("declared", POINTS), name("omitted", POINTS))
    steps: list[Step] = [Set((("omitted", omitted, MAX),)), Set((("max", left, MAX),))]
    if any(child.not_applicable is NotApplicablePolicy.RESCALE for _, child in children):
        factor = divided(plus(present, gone), present)
        total = choose(equal(gone, number(0)), total, times(total, factor), POINTS)
    total = choose(either(*some), total, constant(NotApplicable("not_applicable"), POINTS), POINTS)
    total = clamped(total, item)
    vetoing = [name(f"{prefix}{at}_veto", MAYBE) for at, (_, child) in enumerate(children) if vetoes(child)]
    if vetoing:
        total = choose(either(*vetoing), number(0), total, POINTS)
    steps.append(Set((("points", total, POINTS),)))
    return steps


OWN = frozenset({"subject", "about", "window", "period", "start", "end", "at", "points", "max"})
"""Columns that an item's row has itself, before those of the subject."""


def subject_steps(work: SheetWork, *conditions: Expression | None) -> list[Step]:
    """Return the steps that add the columns that conditions read of the subject: what it was as the window ended.

    What a person's post doesn't say is read from the appointment's entry, else from the person's own file.
    """
    spine, tables = work.spine, work.into.tables
    read = (column for tree in conditions if tree is not None for column in names_in(tree))
    left = [column for column in dict.fromkeys(read) if column not in OWN]
    places = [(spine.spans, spine.link, spine.member)]
    if spine.spans == HOLDER:
        posts = history_table(HOLDER)
        places.append((posts, spine.link, spine.member))
        places.append((class_table(WORKER, work.into.regulation), "subject", TRUE))
    steps: list[Step] = []
    for table, link, member in places:
        if table not in tables:
            continue
        here = [column for column in left if column in tables[table]]
        left = [column for column in left if column not in here]
        if here:
            columns = tuple(_at_last(column, tables[table].type_of(column)) for column in here)
            time = TimeLink(Overlap.BEFORE, "start", "end", "start", "end")
            steps.append(Tally(table, (("subject", link),), columns, time, member))
    return steps


def _at_last(column: str, own: Type) -> Aggregate:
    return Aggregate(column, "at_last", name(column, own), replace(own, may_be_na=True))


def _applies(item: Item, work: SheetWork) -> list[Step]:
    """Return the steps that add `applicable`, and the columns of the subject that the item's conditions read."""
    steps = subject_steps(work, item.applies, item.veto)
    if item.applies == TRUE:
        return [*steps, Set((("applicable", constant(value=True, type_=BOOLEAN), BOOLEAN),))]
    return [*steps, Set((("applicable", item.applies, MAYBE),))]


def _enough(
    source: Source, times: Parameter | None, prefix: str, path: tuple[str, ...], work: SheetWork
) -> tuple[list[Step], Expression, Expression]:
    """Return the steps that count rows in the window, whether there are enough, and whether there may be."""
    table = prepared_source(source, f"{work.sheet.id}.{'.'.join(path)}.{prefix}#", work.into)
    if work.spine.level is not None:
        table = lifted_table(table, work.spine.level, source.link, work.into)
        link = LIFTED
    else:
        link = link_column(work.into.tables[table], work.spine.refers, declared=source.link)
    seen = Aggregate(prefix, "count_sure", None, NUMBER, source.where)
    perhaps = Aggregate(f"{prefix}_possible", "count_possible", None, NUMBER, source.where)
    least = name(f"{prefix}_least", NUMBER)
    steps: list[Step] = [
        Tally(table, (("subject", link),), (seen, perhaps), TimeLink(Overlap.INSIDE)),
        Law("start", (figure(f"{prefix}_least", times, 1, NUMBER),)),
    ]
    return steps, at_least(name(prefix, NUMBER), least), at_least(name(f"{prefix}_possible", NUMBER), least)


def _requires(item: Item, path: tuple[str, ...], work: SheetWork) -> list[Step]:
    """Return the steps of an evidence gate: without enough rows in the window the item is zero."""
    if item.requires is None:
        return []
    steps, enough, perhaps = _enough(item.requires, item.requires_times, "evidence", path, work)
    gated = choose(
        either(enough, negated(Call("applies", (name("points", POINTS),), BOOLEAN))),
        name("points", POINTS),
        choose(perhaps, constant(Unknown("requires"), POINTS), number(0), POINTS),
        POINTS,
    )
    return [*steps, Set((("points", gated, POINTS),))]


def vetoes(item: Item) -> bool:
    """Whether an item can make what it stands in worth nothing."""
    return item.veto is not None or item.vetoed_by is not None


def _veto(item: Item, path: tuple[str, ...], work: SheetWork) -> list[Step]:
    """Return the steps that add `vetoed`: whether what the item stands in is worth nothing."""
    steps: list[Step] = []
    found: list[Expression] = []
    if item.veto is not None:
        applies = Call("applies", (item.veto,), BOOLEAN)
        found.append(choose(applies, item.veto, constant(value=False, type_=BOOLEAN), MAYBE))
    if item.vetoed_by is not None:
        more, enough, perhaps = _enough(item.vetoed_by, item.vetoed_times, "vetoing", path, work)
        steps += more
        unsure = choose(
            perhaps, constant(Unknown("veto"), MAYBE), constant(value=False, type_=BOOLEAN), MAYBE
        )
        found.append(choose(enough, constant(value=True, type_=BOOLEAN), unsure, MAYBE))
    return [*steps, Set((("vetoed", either(*found), MAYBE),))] if found else []


def _policy(item: Item) -> list[Step]:
    """Return the step that gives points to an item that doesn't apply: all of them, none, or still n/a."""
    given: Expression
    if item.not_applicable is NotApplicablePolicy.FULL:
        given = name("max", POINTS)
    elif item.not_applicable is NotApplicablePolicy.ZERO:
        given = number(0)
    else:
        return []
    points = name("points", POINTS)
    return [Set((("points", choose(Call("applies", (points,), BOOLEAN), points, given, POINTS), POINTS),))]


def state_of_points(column: str) -> Expression:
    """Return the state that follows from the points in `column`."""
    points = name(column, POINTS)

    def state(value: str) -> Expression:
        return constant(value, STATES)

    known = Call("known", (points,), BOOLEAN)
    applies = Call("applies", (points,), BOOLEAN)
    return choose(
        negated(known),
        state("not_computable"),
        choose(applies, state("computed"), state("not_applicable"), STATES),
        STATES,
    )
