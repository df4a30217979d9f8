"""Sequence functions that keep an account: what of each amount counts within limits.

They walk a small group in order, like `running`, of which `clipped` gives the steps instead of the sums.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from app.domain.core.numbers import normal
from app.domain.core.values import NotApplicable, Unknown, Value

Rows = list[tuple[Any, ...]]


def clipped(rows: Rows) -> list[Value]:
    """Return what each amount adds to the sum of all so far, held within the second and the third argument.

    The sum is clamped, not the amounts: +10 and then -2 give the same as -2 and then +10. An n/a limit is none, an n/a
    amount stays what it is; from an unknown on, every amount is.
    """
    found: list[Value] = []
    total: Any = 0
    counted: Any = 0
    doubt: Unknown | None = None
    for amount, least, most in rows:
        doubt = doubt or next((one for one in (amount, least, most) if isinstance(one, Unknown)), None)
        if doubt is not None or isinstance(amount, NotApplicable):
            found.append(doubt or amount)
            continue
        total += amount
        within = total if isinstance(least, NotApplicable) else max(total, least)
        within = within if isinstance(most, NotApplicable) else min(within, most)
        found.append(normal(within - counted))
        counted = within
    return found


EARNED, SPENT, EXPIRED = "earned", "spent", "expired"
EVENTS = (EXPIRED, EARNED, SPENT)
"""What happens to a wallet, in the order in which it counts at one instant."""


@dataclass(slots=True)
class _Account:
    """What is left of each lot, the oldest first, and what was taken beyond them; from a doubt on nothing is sure."""

    lots: OrderedDict[Any, Any] = field(default_factory=OrderedDict)
    left: Any = 0
    owed: Any = 0
    taken: dict[Any, Any] = field(default_factory=dict)
    doubt: Unknown | None = None

    def put(self, lot: Any, points: Any) -> None:  # noqa: ANN401 - exact numbers, keys
        """Add a lot; what is owed is paid from it first."""
        paid = min(points, self.owed)
        self.owed -= paid
        self.left += points
        if points > paid:
            self.lots[lot] = points - paid

    def take(self, points: Any) -> None:  # noqa: ANN401
        """Take points from the oldest lots; what there isn't is owed."""
        self.left -= points
        while points and self.lots:
            lot, rest = self.lots.popitem(last=False)
            if rest > points:
                self.lots[lot] = rest - points
                self.lots.move_to_end(lot, last=False)
            points -= min(rest, points)
        self.owed += points

    def drop(self, lot: Any) -> Any:  # noqa: ANN401
        """Let what is left of a lot run out; return how much that was."""
        gone = self.lots.pop(lot, 0)
        self.left -= gone
        return gone


@dataclass(slots=True)
class _Shelf:
    """How much of something has surely been taken, and how much may have been."""

    sure: Any = 0
    perhaps: Any = 0


class Wallets:
    """Walks through what happened to wallets, in order, and tells of each event what moved and why nothing did.

    The oldest points go first, and a lot that runs out takes what is left of itself alone: not of an older one that
    runs longer, because the figure by which it does was another then.
    """

    def __init__(self) -> None:
        """Start with nothing earned."""
        self._accounts: dict[Any, _Account] = {}
        self._shelves: dict[Any, _Shelf] = {}

    def step(self, row: tuple[Any, ...]) -> tuple[Value, Value]:
        """Return what an event moves, with its sign, and why it is refused ("" when it isn't)."""
        about, event, points, lot, of, quantity, stock, each, floor = row
        account = self._accounts.setdefault(about, _Account())
        if event == SPENT:
            return self._spend(account, (of, points, quantity, stock, each, floor))
        if isinstance(points, NotApplicable):
            return 0, ""
        account.doubt = account.doubt or (points if isinstance(points, Unknown) else None)
        if account.doubt is not None:
            return account.doubt, ""
        if event == EARNED:
            return self._earn(account, points, lot), ""
        return normal(-account.drop(lot)), ""

    def _earn(self, account: _Account, points: Any, lot: Any) -> Value:  # noqa: ANN401 - exact numbers, keys
        if points < 0:  # a deduction isn't refused, and what it takes doesn't run out again
            account.take(-points)
        else:
            account.put(lot, points)
        return normal(points)

    def _spend(self, account: _Account, asked: tuple[Any, ...]) -> tuple[Value, Value]:
        of, cost, quantity, stock, each, floor = asked
        shelf = self._shelves.setdefault(of, _Shelf())
        doubt = account.doubt or next((one for one in asked if isinstance(one, Unknown)), None)
        if isinstance(cost, NotApplicable) or isinstance(quantity, NotApplicable):
            return 0, ""
        left = None if isinstance(stock, NotApplicable) or doubt is not None else stock - quantity
        if left is not None and left < shelf.sure:
            return 0, "stock"
        if doubt is None and left is not None and left < shelf.perhaps:
            doubt = Unknown("stock")
        if doubt is not None:
            account.doubt = doubt
            shelf.perhaps += 0 if isinstance(quantity, Unknown) else quantity
            return doubt, doubt
        if not isinstance(each, NotApplicable) and account.taken.get(of, 0) + quantity > each:
            return 0, "each"
        if account.left - cost < floor:
            return 0, "balance"
        account.take(cost)
        account.taken[of] = account.taken.get(of, 0) + quantity
        shelf.sure += quantity
        shelf.perhaps += quantity
        return normal(-cost), ""


def moved(rows: Rows) -> list[Value]:
    """Return what each event moves in its wallet."""
    wallets = Wallets()
    return [wallets.step(row)[0] for row in rows]


def refused(rows: Rows) -> list[Value]:
    """Return why an exchange is refused: `stock`, `each` (so many for one person), `balance`; "" when it isn't."""
    wallets = Wallets()
    return [wallets.step(row)[1] for row in rows]
