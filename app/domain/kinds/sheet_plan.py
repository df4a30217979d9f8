"""The expansion of score sheets: lines from rows, items from lines, sections from items, the sheet from sections.

The order is fixed: line `at_most` ▸ sum with `start` ▸ item clamped to 0…max ▸ n/a policy ▸ item rounding ▸ section,
the same ▸ sheet ▸ bonus ▸ its `at_most` ▸ sheet rounding. Clamping is once, on the sum.
"""

from dataclasses import replace

from app.domain.core.expressions import Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Derivation,
    From,
    LastInstant,
    Law,
    Overlap,
    Reach,
    Rekey,
    Set,
    Step,
    Tally,
    TimeLink,
)
from app.domain.core.values import Kind, NotApplicable, Type
from app.domain.kinds.expansion import Expansion
from app.domain.kinds.line_plan import LINE_COLUMNS
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
    sum_of,
)
from app.domain.kinds.spine import holders_table, posts_table, spine_of
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    MAYBE_INSTANT,
    choose,
    constant,
    less,
    name,
    negated,
    number,
    plus,
)

DATE = Type(Kind.DATE, may_be_na=True)
SHEET_COLUMNS = ("about", "period", "points", "max", "bonus", "total", "state", "at")


def items_table(sheet: str) -> str:
    """Return the name of the table of a sheet's items."""
    return f"{sheet}.items"


def lines_table(sheet: str) -> str:
    """Return the name of the table of a sheet's lines."""
    return f"{sheet}.lines"


def expand_sheet(sheet: Sheet, into: Expansion) -> None:
    """Add the sheet's tables: `x.lines`, `x.items` and `x`."""
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
        Set((("bonus", bonus, POINTS), ("points", rounded(name("points", POINTS), sheet.round), POINTS))),
        Set((("total", total, POINTS),)),
    ]
    steps += _eligible(sheet)
    steps.append(Rekey(("about", "period")))
    into.add(Derivation(sheet.id, tuple(steps), sheet.id, SHEET_COLUMNS))


def _eligible(sheet: Sheet) -> list[Step]:
    """Return the steps that add `state`, and make the sheet n/a for those who weren't in the post long enough."""
    state = state_of_points("total")
    if sheet.eligible is None:
        return [Set((("state", state, STATES),))]
    role = sheet.for_each.role
    table = holders_table(role) if role is not None else posts_table(sheet.for_each.post or "")
    time = TimeLink(Overlap.OVERLAPS, "start", "end", "start", "end")
    since = Aggregate("in_post_since", "first", name("start", INSTANT), MAYBE_INSTANT)
    # A limit is the end of its last day; the post was held long enough on that day.
    day = Call("date_of", (name("last_day", MAYBE_INSTANT),), DATE)
    judged = name("start" if sheet.eligible.at == "window_start" else "end", INSTANT)
    eligible = name("eligible", MAYBE)
    nothing = constant(NotApplicable("not_eligible"), POINTS)
    return [
        Tally(table, (("subject", "subject"),), (since,), time),
        Law("start", (("in_post", ((None, sheet.eligible.in_post),), Type(Kind.LENGTH)),)),
        Reach("tenure", "in_post_since", "in_post"),
        LastInstant("last_day", "tenure"),
        Set((("eligible", negated(less(Call("date_of", (judged,), DATE), day)), MAYBE),)),
        Set(
            (
                ("points", choose(eligible, name("points", POINTS), nothing, POINTS), POINTS),
                ("total", choose(eligible, name("total", POINTS), nothing, POINTS), POINTS),
                ("state", choose(eligible, state, constant("not_eligible", STATES), STATES), STATES),
            )
        ),
    ]
