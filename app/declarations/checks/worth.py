"""What lines are worth: more for the worse (W203), money without an end (E124), points that nobody earns (W213).

Also balances that nobody could carry on (E126).
"""

from collections.abc import Iterator
from fractions import Fraction

from app.declarations.checks.figures import dates_of
from app.declarations.checks.ranges import not_monotone
from app.declarations.checks.surveyed import Surveyed, items_of, lines_of
from app.declarations.located import At
from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.numbers import format_number
from app.domain.core.types import type_of
from app.domain.core.values import Kind, Value
from app.domain.kinds.common import Parameter
from app.domain.kinds.needs import of_all_time, owner_of
from app.domain.kinds.planning import definitions
from app.domain.kinds.sheet import Amount, Check, Item, Line, NotApplicablePolicy, Sheet, Take
from app.domain.problem import Problem
from app.domain.regulation import Regulation

_SCORES = ("points", "score", "value")
"""The columns that say how well somebody did, in sheets, appraisals and indicators."""


def amounts(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the tables of amounts of a sheet that go up and down, and money that falls as points rise."""
    sheet, at = surveyed.regulation.sheets[name], surveyed.at(name)
    for word, items in (("items", sheet.items), ("bonus", sheet.bonus)):
        for line, where, _ in lines_of(items, at / word, at):
            if line.amount is not None:
                inner = where / ("deduct" if line.sign < 0 else "add")
                yield from _amount(surveyed.regulation, sheet, line, line.amount, inner)


def _amount(regulation: Regulation, sheet: Sheet, line: Line, amount: Amount, at: At) -> Iterator[Problem]:
    for check in amount.checks:
        yield from _checked(check, line.sign, at)
    if amount.bands:
        given = [(band.gives, line.sign) for band in amount.bands]
        cursors = [at / "bands" / number / "gives" for number in range(len(given))]
    elif amount.gives and amount.of is not None and type_of(amount.of).ordered:
        of = dict(amount.gives)
        choices = [choice for choice in type_of(amount.of).choices if choice in of]
        given = [(of[choice], line.sign) for choice in choices]
        cursors = [at / "gives" / choice for choice in choices]
    elif amount.steps is not None:
        falls = (line.sign > 0) == amount.steps.below
        if falls and _for_doing_well(regulation, sheet, line, amount):
            yield Problem("W203", (at / "gives").where, {"what": at.name, "reason": "money", "values": ""})
        return
    else:
        return
    spots = [cursor.where for cursor in cursors]
    turns = list(not_monotone(given, [cursor.name for cursor in cursors], spots))
    yield from turns
    if not turns and _for_doing_well(regulation, sheet, line, amount):
        for day in dates_of(figure for figure, _ in given):
            values = [_number(figure.on(day)) * sign for figure, sign in given]
            if values[-1] < values[0]:
                shown = ", ".join(format_number(value) for value in values)
                yield Problem("W203", spots[-1], {"what": at.name, "reason": "money", "values": shown})
                return


def _checked(check: Check, sign: int, at: At) -> Iterator[Problem]:
    """Yield the problem of a checklist's field whose choices, in their order, earn more and less by turns."""
    own, given = type_of(check.field), dict(check.choices)
    if own.ordered:
        ranked = [given[choice] for choice in own.choices if choice in given]
        places = [figure.where or at.where for figure in ranked]
        yield from not_monotone([(figure, sign) for figure in ranked], [one.path for one in ranked], places)


def _for_doing_well(regulation: Regulation, sheet: Sheet, line: Line, amount: Amount) -> bool:
    """Whether a line pays money by how well somebody did."""
    table = regulation.latest(line.source.table.split(".")[0]) if line.source else ""
    judged = table in regulation.sheets or table in regulation.appraisals or table in regulation.indicators
    is_score = isinstance(amount.of, Name) and amount.of.path[-1] in _SCORES
    return is_money(sheet) and judged and is_score


def is_money(sheet: Sheet) -> bool:
    """Whether a sheet is of money: its unit is a currency's code."""
    return sheet.unit.isupper()


# ---- money that may not end
def endless(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield E124 for lines of money of a sheet whose amount may have no last decimal, and that nothing rounds."""
    sheet, at = surveyed.regulation.sheets[name], surveyed.at(name)
    if is_money(sheet) and sheet.round is None:
        if sheet.prorate is not None:
            yield Problem("E124", (at / "prorate").key, {"what": (at / "prorate").name})
        for word, items in (("items", sheet.items), ("bonus", sheet.bonus)):
            yield from _endless(surveyed.regulation, items, at / word, at)


def _endless(regulation: Regulation, items: tuple[Item, ...], at: At, own: At) -> Iterator[Problem]:
    for item in items:
        if item.round is not None:
            continue
        if item.not_applicable is NotApplicablePolicy.RESCALE:
            yield Problem("E124", (at / item.id / "not_applicable").where, {"what": (at / item.id).name})
        for line, where, holder in lines_of((item,), at, own):
            if holder is item and _line_may_not_end(regulation, line):
                yield Problem("E124", where.key, {"what": where.name})
        yield from _endless(regulation, item.items, at / item.id / "items", own)


def _line_may_not_end(regulation: Regulation, line: Line) -> bool:
    amount = line.amount
    if line.share_of is not None or line.take is Take.AVERAGE:
        return True
    if amount is None:
        return False
    if amount.method is not None:
        return True
    table = regulation.latest(line.source.table.split(".")[0]) if line.source else ""
    derived = (
        table in regulation.indicators
        or table in regulation.sheets
        or table in regulation.appraisals
        or table in regulation.rules
    )
    figures = [
        *(figure for _, figure in amount.gives),
        *(band.gives for band in (*amount.bands, *amount.slabs)),
    ]
    for check in amount.checks:
        figures += [*(figure for _, figure in check.choices), *([check.gives] if check.gives else [])]
    if amount.slabs and amount.of is not None and may_not_end(amount.of, derived=derived):
        return True
    figures += [] if amount.figure is None else [amount.figure]
    if amount.expression is not None and may_not_end(amount.expression, derived=derived):
        return True
    steps = amount.steps
    if steps is not None:
        figures.append(steps.gives)
        if steps.count == "exact" and (
            (amount.of is not None and may_not_end(amount.of, derived=derived))
            or any(not _ends(1 / _number(value)) for _, value in steps.each.values if value)
        ):
            return True
    return any(not _ends(_number(value)) for figure in figures for _, value in figure.values)


def may_not_end(tree: Expression, *, derived: bool) -> bool:
    """Whether the value of an expression may have no last decimal. Answers of forms end; shares may not."""
    match tree:
        case Literal(value):
            return not _ends(_number(value))
        case Name(path, own):
            known = own is not None and own.kind in (Kind.NUMBER, Kind.MONEY)
            return derived and known and len(path) == 1
        case Call("round" | "floor" | "ceil"):
            return False
        case Binary(Operator.DIVIDE, left, Literal(value)) if value:
            return may_not_end(left, derived=derived) or not _ends(1 / _number(value))
        case Binary(Operator.DIVIDE):
            return True
        case Binary(_, left, right):
            return may_not_end(left, derived=derived) or may_not_end(right, derived=derived)
        case Call(_, arguments):
            return any(may_not_end(part, derived=derived) for part in arguments)
        case All() | Some() | Not():
            return False


def _ends(value: Fraction) -> bool:
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _number(value: Value) -> Fraction:
    return Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)


# ---- balances
def balances(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield the lines of a wallet's sheet whose rows are a period's alone, where nothing says since when they count."""
    sheet, at = surveyed.regulation.sheets[name], surveyed.at(name)
    if sheet.wallet is None or sheet.heading.since is not None:
        return
    found = definitions(surveyed.regulation)
    for line, where, _ in lines_of(sheet.items, at / "items", at):
        owner = "" if line.source is None else owner_of(line.source.table, found)
        if owner in found and not of_all_time(found[owner], found):
            yield Problem("E126", (where / "for_each").key, {"what": owner})


# ---- points that nobody can earn
def unearned(surveyed: Surveyed, name: str) -> Iterator[Problem]:
    """Yield W213 for items of a sheet whose lines, each with its limit, don't add up to the item's own points."""
    sheet, at = surveyed.regulation.sheets[name], surveyed.at(name)
    for item, where in items_of(sheet.items, at / "items"):
        inside = where if item.id != at.root else at
        yield from _unearned(item, inside)


def _unearned(item: Item, at: At) -> Iterator[Problem]:
    if item.start_max or item.max is None or not item.lines:
        return
    limits = [_limit(line) for line in item.lines if line.sign > 0]
    known = [limit for limit in limits if limit is not None]
    if len(known) != len(limits) or not known:
        return
    by_hand = all(line.mark is not None for line in item.lines)
    for day in dates_of((item.max, *known)):
        total = sum((_number(limit.on(day)) for limit in known), Fraction(0))
        whole = _number(item.max.on(day))
        if total < whole or (by_hand and total > whole):
            values = {"what": at.name, "sum": format_number(total), "max": format_number(whole)}
            yield Problem("W213", item.max.where, values)
            return


def _limit(line: Line) -> Parameter | None:
    """Return the most that a line can give, where it says so."""
    if line.mark is not None:
        return line.mark.most
    return line.at_most
