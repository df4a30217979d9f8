"""The expansion of score sheets: lines from rows, items from lines, sections from items, the sheet from sections.

The order is fixed: line `at_most` ▸ sum with `start` ▸ item clamped to 0…max ▸ n/a policy ▸ item rounding ▸ section,
the same ▸ sheet ▸ bonus ▸ its `at_most` ▸ sheet rounding. Clamping is once, on the sum.
"""

from dataclasses import replace

from app.domain.core.expressions import TRUE, Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    From,
    Law,
    Overlap,
    Rekey,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import Kind, NotApplicable, Type
from app.domain.kinds.eligibility import presence_steps
from app.domain.kinds.expansion import Expansion, figure, prepared_source
from app.domain.kinds.line_plan import LINE_COLUMNS
from app.domain.kinds.links import link_column
from app.domain.kinds.sheet import Item, Sheet
from app.domain.kinds.sheet_items import (
    ITEM_COLUMNS,
    MAYBE,
    POINTS,
    STATES,
    SheetWork,
    child_steps,
    item_table,
    max_steps,
    rounded,
    spine_rows,
    state_of_points,
    subject_steps,
    sum_of,
)
from app.domain.kinds.spine import spine_of
from app.domain.kinds.tree import (
    BOOLEAN,
    NUMBER,
    both,
    choose,
    constant,
    divided,
    name,
    number,
    plus,
    times,
)
from app.domain.kinds.wallet_plan import expand_wallet

DATE = Type(Kind.DATE, may_be_na=True)
SHEET_COLUMNS = ("about", "period", "points", "max", "bonus", "total", "state", "at")


def items_table(sheet: str) -> str:
    """Return the name of the table of a sheet's items."""
    return f"{sheet}.items"


def lines_table(sheet: str) -> str:
    """Return the name of the table of a sheet's lines."""
    return f"{sheet}.lines"


def expand_sheet(sheet: Sheet, into: Expansion) -> None:
    """Add the sheet's tables: `x.lines`, `x.items` and `x`, and those of its wallet."""
    work = SheetWork(sheet, spine_of(sheet.for_each, into.regulation), into)
    tops = [(item_table(item, (item.id,), work), item) for item in sheet.items]
    extras = [
        (item_table(replace(item, floor_none=True), ("bonus", item.id), work), item) for item in sheet.bonus
    ]
    if work.lines:
        union = From(tuple(work.lines), LINE_COLUMNS)
        into.add(
            Derivation(
                lines_table(sheet.id),
                (union, Rekey(("item", "line", "about", "row"))),
                sheet.id,
                LINE_COLUMNS,
            )
        )
    union = From(tuple(work.items), ITEM_COLUMNS)
    into.add(
        Derivation(items_table(sheet.id), (union, Rekey(("about", "period", "item"))), sheet.id, ITEM_COLUMNS)
    )
    steps = spine_rows(work)
    steps += child_steps(tops, "top")
    steps += child_steps(extras, "bonus")
    steps += max_steps(sheet.max)
    steps += sum_of(tops, "top", Item("", max=sheet.max))
    bonus: Expression = number(0)
    for at in range(len(extras)):
        extra = name(f"bonus{at}", POINTS)
        there = Call("applies", (extra,), BOOLEAN)
        bonus = plus(bonus, choose(there, extra, number(0), POINTS))
    total = rounded(plus(name("points", POINTS), name("bonus", POINTS)), sheet.round)
    steps += [
        Set((("bonus", bonus, POINTS),)),
        *_prorated(work),
        Set((("total", total, POINTS), ("points", rounded(name("points", POINTS), sheet.round), POINTS))),
    ]
    steps += _eligible(work)
    steps.append(Rekey(("about", "period")))
    columns = (*SHEET_COLUMNS, *(() if sheet.prorate is None else ("part",)))
    into.add(Derivation(sheet.id, tuple(steps), sheet.id, columns))
    expand_wallet(sheet, work.spine, into)


def _prorated(work: SheetWork) -> list[Step]:
    """Return the steps that add `part`, and leave only that part of the points and of the bonus."""
    prorate = work.sheet.prorate
    if prorate is None:
        return []
    steps: list[Step] = []
    if prorate.source is None:
        there = Aggregate("served", "covered", None, NUMBER)
        time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
        spine = work.spine
        steps.append(Tally(spine.spans, (("subject", spine.link),), (there,), time, spine.member))
        part = divided(name("served", NUMBER), name("seconds", NUMBER))
    else:
        source = prorate.source
        table = prepared_source(source, f"{work.sheet.id}.prorate#", work.into)
        link = link_column(work.into.tables[table], work.spine.refers, declared=source.link)
        done = Aggregate("served", "sum", prorate.column, POINTS, source.where)
        steps += [
            Tally(table, (("subject", link),), (done,), TimeLink(Overlap.INSIDE)),
            Law("start", (figure("served_full", prorate.full, 1, NUMBER),)),
        ]
        part = divided(name("served", POINTS), name("served_full", NUMBER))
    part = Call("min", (Call("max", (part, number(0)), POINTS), number(1)), POINTS)
    bonus, points, share = name("bonus", POINTS), name("points", POINTS), name("part", POINTS)
    return [
        *steps,
        Set((("part", part, POINTS),)),
        Set((("points", times(points, share), POINTS), ("bonus", times(bonus, share), POINTS))),
    ]


def _eligible(work: SheetWork) -> list[Step]:
    """Return the steps that add `state`, and make the sheet n/a for those who aren't assessed."""
    sheet = work.sheet
    state = state_of_points("total")
    if sheet.eligible is None:
        return [Set((("state", state, STATES),))]
    steps: list[Step] = []
    conditions: list[Expression] = []
    steps += presence_steps(sheet.eligible, work.spine, conditions)
    if sheet.eligible.where != TRUE:
        steps += subject_steps(work, sheet.eligible.where)
        conditions.append(sheet.eligible.where)
    eligible = name("eligible", MAYBE)
    nothing = constant(NotApplicable("not_eligible"), POINTS)
    return [
        *steps,
        Set((("eligible", both(*conditions) if conditions else TRUE, MAYBE),)),
        Set(
            (
                ("points", choose(eligible, name("points", POINTS), nothing, POINTS), POINTS),
                ("total", choose(eligible, name("total", POINTS), nothing, POINTS), POINTS),
            )
        ),
        Set((("state", _state_of(eligible), STATES),)),
    ]


def _state_of(eligible: Expression) -> Expression:
    """Return the state: not eligible, not computable where that isn't known, else what follows from the points."""
    known = Call("known", (eligible,), BOOLEAN)
    there = choose(eligible, state_of_points("total"), constant("not_eligible", STATES), STATES)
    return choose(known, there, constant("not_computable", STATES), STATES)
