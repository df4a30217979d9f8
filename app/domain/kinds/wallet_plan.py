"""The expansion of wallets: what a sheet's lines gave in all time, what was spent, what ran out, what is left.

Lines are read as the sheet reads them, but whatever the period: a balance goes back to the first point. Each row is a
lot of its own, of what its line, its item and the sheet still let count in its window; the oldest lot goes first.
"""

from app.domain.core.balances import EARNED, EVENTS, EXPIRED, SPENT
from app.domain.core.expressions import TRUE, Call, Expression
from app.domain.core.plan import (
    Aggregate,
    Clock,
    Derivation,
    From,
    LastInstant,
    Law,
    Overlap,
    Reach,
    Rekey,
    Running,
    Sequence,
    Set,
    Step,
    Tag,
    Tally,
    TimeLink,
    Where,
)
from app.domain.core.values import Kind, NotApplicable, Type
from app.domain.kinds.amounts import POINTS
from app.domain.kinds.common import Parameter
from app.domain.kinds.expansion import Expansion, figure
from app.domain.kinds.line_plan import LINE_COLUMNS, row_steps
from app.domain.kinds.links import link_column
from app.domain.kinds.sheet import Item, Sheet, Spending, Wallet
from app.domain.kinds.spine import REF, Spine, window_steps
from app.domain.kinds.tree import (
    BOOLEAN,
    INSTANT,
    INTEGER,
    KEYS,
    NUMBER,
    TEXT,
    at_least,
    choose,
    constant,
    equal,
    minus,
    name,
    number,
    text,
)

LENGTH = Type(Kind.LENGTH)
LIMIT = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)
NONE = constant(NotApplicable("none"), LIMIT)
TAKEN = Type(Kind.TEXT, may_be_unknown=True, may_be_na=True)
EVENT_COLUMNS = (
    "order", "about", "item", "line", "table", "row", "at", "event", "points", "of", "quantity", "stock", "each",
    "lot",
)  # fmt: skip
EVENT_KEY = ("order", "about", "item", "line", "table", "row")
MOVE_COLUMNS = (
    *EVENT_COLUMNS[1:9], "of", "order", "moved", "refused", "balance", "earned_so_far",
)  # fmt: skip
WALLET_COLUMNS = (
    "about", "period", "day", "balance", "earned", "spent", "expired", "earned_so_far", "level", "at",
)  # fmt: skip


def wallet_table(sheet: str) -> str:
    """Return the name of the table of a sheet's wallets: what each holder has at the end of each window."""
    return f"{sheet}.wallet"


def moves_table(sheet: str) -> str:
    """Return the name of the table of all that ever came into a wallet or left it."""
    return f"{sheet}.moves"


def expand_wallet(sheet: Sheet, spine: Spine, into: Expansion) -> None:
    """Add `x.moves` and `x.wallet`."""
    wallet = sheet.wallet
    if wallet is None:
        return
    earned = _earned(sheet, spine, into)
    events = [_lots(sheet, earned, into)]
    events += [_spent(sheet, at, spending, spine, into) for at, spending in enumerate(wallet.spent_by)]
    if wallet.expires is not None:
        events.append(_expiries(sheet, earned, wallet.expires, into))
    _moves(sheet, wallet, events, into)
    _balances(sheet, wallet, spine, into)


# ---- what was earned -----------------------------------------------------------------------------------------------
def _earned(sheet: Sheet, spine: Spine, into: Expansion) -> str:
    """Add the rows of all lines with what of each counts; return the table's name."""
    tables = [_item(item, sheet, spine, into) for item in sheet.items]
    return _capped(f"{sheet.id}.earned#", tables, sheet.max, sheet, into)


def _item(item: Item, sheet: Sheet, spine: Spine, into: Expansion) -> str:
    tables = []
    for line in item.lines:
        path = (item.id, line.id)
        table = f"{sheet.id}.{'.'.join(path)}.earned#"
        steps = row_steps(line, path, sheet, spine, item, into, anywhere=True)
        if line.at_most is not None:
            steps += _clipped(line.at_most, number(0), both_ways=True)
        into.add(Derivation(table, tuple(steps), sheet.id, LINE_COLUMNS))
        tables.append(table)
    return _capped(f"{sheet.id}.{item.id}.earned#", tables, item.max, sheet, into, floor=not item.floor_none)


def _capped(
    table: str,
    parts: list[str],
    most: Parameter | None,
    sheet: Sheet,
    into: Expansion,
    *,
    floor: bool = True,
) -> str:
    """Add the union of `parts`, of which no more than `most` counts in a window; return its name."""
    steps: list[Step] = [From(tuple(parts), LINE_COLUMNS), Rekey(("item", "line", "about", "row"))]
    if most is not None:
        steps += _clipped(most, number(0) if floor else NONE, both_ways=False)
    into.add(Derivation(table, tuple(steps), sheet.id, LINE_COLUMNS))
    return table


def _clipped(most: Parameter, least: Expression, *, both_ways: bool) -> list[Step]:
    """Return the steps that let only so much count for a person and window, rows as they come."""
    top = name("most", NUMBER)
    low = minus(number(0), top) if both_ways else least
    points = Running("points", "clipped", (name("points", POINTS), low, top), POINTS)
    return [
        Law("at", (figure("most", most, 0, NUMBER),)),
        Sequence(("about", "period"), (("at", False),), (points,)),
    ]


# ---- what happened -------------------------------------------------------------------------------------------------
def _event(event: str, points: Expression, **more: Expression) -> Set:
    """Return the step that gives a row the columns of an event."""
    return Set(
        (
            ("event", text(event), TEXT),
            ("order", number(EVENTS.index(event)), INTEGER),
            ("points", points, POINTS),
            ("of", more.get("of", constant(NotApplicable("none"), TAKEN)), TAKEN),
            *((column, more.get(column, NONE), LIMIT) for column in ("quantity", "stock", "each")),
        )
    )


def _lots(sheet: Sheet, earned: str, into: Expansion) -> str:
    table = f"{sheet.id}.lots#"
    steps = (From((earned,)), Tag("lot"), _event(EARNED, name("points", POINTS)), Rekey(EVENT_KEY))
    into.add(Derivation(table, steps, sheet.id, EVENT_COLUMNS))
    return table


def _expiries(sheet: Sheet, earned: str, expires: Parameter, into: Expansion) -> str:
    table = f"{sheet.id}.expiries#"
    steps = (
        From((earned,)),
        Tag("lot"),
        Law("at", (figure("lasts", expires, NotApplicable("none"), LENGTH),)),
        Reach("ends", "at", "lasts"),
        Set((("at", name("ends", INSTANT), INSTANT),)),
        _event(EXPIRED, name("points", POINTS)),
        Rekey(EVENT_KEY),
    )
    into.add(Derivation(table, steps, sheet.id, EVENT_COLUMNS))
    return table


def _spent(sheet: Sheet, number_: int, spending: Spending, spine: Spine, into: Expansion) -> str:
    table = f"{sheet.id}.spent{number_}#"
    source = spending.source
    schema = into.tables[source.table]
    refers = Type(REF, to=spine.refers)
    link = link_column(schema, spine.refers, declared=source.link)
    limits = {"stock": spending.stock, "each": spending.each}
    given = {column: limit for column, limit in limits.items() if limit is not None}
    given["quantity"] = spending.quantity or number(1)
    if spending.of is not None:
        given["of"] = name(spending.of)
    steps: list[Step] = [From((source.table,)), *([Set(source.set)] if source.set else [])]
    if source.where != TRUE:
        steps.append(Where(source.where))
    steps += [
        Tag("row"),
        Set((("about", name(link, schema.type_of(link)), refers),)),
        _event(SPENT, spending.amount, **given),
        Set((("item", text(""), TEXT), ("line", text(""), TEXT), ("table", text(source.table), TEXT))),
        Set((("lot", constant(NotApplicable("none"), KEYS), KEYS),)),
        Rekey(EVENT_KEY),
    ]
    into.add(Derivation(table, tuple(steps), sheet.id, EVENT_COLUMNS))
    return table


def _moves(sheet: Sheet, wallet: Wallet, events: list[str], into: Expansion) -> None:
    """Add `x.moves`: what has happened by now, in order, with the balance after it.

    What there is only so much of ties all wallets together; else each goes its own way.
    """
    shared = any(spending.stock is not None for spending in wallet.spent_by)
    lot = name("lot", KEYS)
    arguments = (
        name("about"), name("event", TEXT), name("points", POINTS), lot, name("of", TAKEN), name("quantity", LIMIT),
        name("stock", LIMIT), name("each", LIMIT), name("floor", NUMBER),
    )  # fmt: skip
    event = name("event", TEXT)
    in_order = (("at", False),)
    came = choose(equal(event, text(EARNED)), name("moved", POINTS), number(0), POINTS)
    steps: list[Step] = [
        From(tuple(events), EVENT_COLUMNS),
        Rekey(EVENT_KEY),
        Clock((("happened", at_least(name("as_of", INSTANT), name("at", INSTANT)), BOOLEAN),), ("at",)),
        Where(name("happened", BOOLEAN)),
        Law("at", (figure("floor", wallet.floor, 0, NUMBER),)),
        Sequence(
            () if shared else ("about",),
            in_order,
            (
                Running("moved", "moved", arguments, POINTS),
                Running("refused", "refused", arguments, Type(Kind.TEXT, may_be_unknown=True)),
            ),
        ),
        Sequence(
            ("about",),
            in_order,
            (
                Running("balance", "running", (name("moved", POINTS),), POINTS),
                Running("earned_so_far", "running", (came,), POINTS),
            ),
        ),
    ]
    into.add(Derivation(moves_table(sheet.id), tuple(steps), sheet.id, MOVE_COLUMNS))


# ---- what is left --------------------------------------------------------------------------------------------------
def _balances(sheet: Sheet, wallet: Wallet, spine: Spine, into: Expansion) -> None:
    """Add `x.wallet`: what is left at the end of each window that has begun, or now."""
    refers = Type(REF, to=spine.refers)
    moves = moves_table(sheet.id)
    on = (("subject", "about"),)
    event = name("event", TEXT)
    last = (
        Aggregate("balance", "at_last", name("balance", POINTS), POINTS),
        Aggregate("earned_so_far", "at_last", name("earned_so_far", POINTS), POINTS),
    )
    within = tuple(
        Aggregate(column, "sum", name("moved", POINTS), POINTS, equal(event, text(kind)))
        for column, kind in (("earned", EARNED), ("spent", SPENT), ("expired", EXPIRED))
    )
    applies = ("balance", "earned_so_far")
    steps: list[Step] = [
        *window_steps(spine, sheet.every),
        Clock((("begun", at_least(name("as_of", INSTANT), name("start", INSTANT)), BOOLEAN),), ("start",)),
        Where(name("begun", BOOLEAN)),
        LastInstant("at", "end"),
        Tally(moves, on, last, TimeLink(Overlap.BEFORE)),
        Tally(moves, on, within, TimeLink(Overlap.INSIDE)),
        # Before the first point there is none.
        Set(tuple((column, _or_zero(column), POINTS) for column in applies)),
        Law("at", tuple(figure(f"level_{level.id}", level.at_least, 0, NUMBER) for level in wallet.levels)),
        Set(
            (
                ("about", name("subject", refers), refers),
                ("period", name("window"), Type(Kind.PERIOD)),
                ("day", Call("date_of", (name("at", INSTANT),), Type(Kind.DATE)), Type(Kind.DATE)),
                ("level", _level(wallet), level_type(wallet)),
            )
        ),
        Rekey(("about", "period")),
    ]
    into.add(Derivation(wallet_table(sheet.id), tuple(steps), sheet.id, WALLET_COLUMNS))


def _or_zero(column: str) -> Expression:
    value = name(column, POINTS)
    return choose(Call("applies", (value,), BOOLEAN), value, number(0), POINTS)


def level_type(wallet: Wallet) -> Type:
    """Return the type of the column `level`: the levels in order, n/a under the first."""
    levels = tuple(level.id for level in wallet.levels)
    return Type(Kind.CHOICE, levels, ordered=True, may_be_unknown=True, may_be_na=True)


def _level(wallet: Wallet) -> Expression:
    own = level_type(wallet)
    reached = name("balance" if wallet.levels_by == "balance" else "earned_so_far", POINTS)
    found: Expression = constant(NotApplicable("none"), own)
    for level in wallet.levels:
        there = at_least(reached, name(f"level_{level.id}", NUMBER))
        found = choose(there, constant(level.id, own), found, own)
    return found
