"""A wallet as its holder sees it: what is left, and every move that led there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from app.domain.core.balances import EARNED, EXPIRED, SPENT
from app.domain.core.numbers import normal
from app.domain.core.values import Number
from app.domain.kinds.common import Texts
from app.domain.kinds.sheet import Line, Sheet
from app.domain.kinds.wallet_plan import moves_table, wallet_table
from app.services.evaluate import Evaluation
from app.services.reasons.records import Record, number_or_none, records, text_or_none


@dataclass(frozen=True, slots=True)
class Move:
    """What came in, was spent or ran out: `moved` is what it changed (None: unknown), `refused` why it changed nothing.

    `title` is the line that gave the points, or what they were spent by; `entry` is the record that it rests on.
    """

    event: str
    at: datetime
    title: Texts
    asked: Number | None
    moved: Number | None
    refused: str
    entry: str


@dataclass(frozen=True, slots=True)
class WalletView:
    """A wallet now. `balance` None: it isn't known. The moves are the latest first; their sum is the balance."""

    sheet: str
    title: Texts
    balance: Number | None
    level: Texts | None
    moves: tuple[Move, ...]

    def total(self, event: str) -> Number:
        """Return what all moves of one sort changed together, with its sign."""
        found: Number = sum(
            (move.moved or 0 for move in self.moves if move.event == event), start=Fraction(0)
        )
        return normal(found)

    @property
    def earned(self) -> Number:
        """All that was earned, less what was deducted."""
        return self.total(EARNED)

    @property
    def spent(self) -> Number:
        """All that was spent: `balance` is `earned` less `spent` less `expired`."""
        return normal(0 - self.total(SPENT))

    @property
    def expired(self) -> Number:
        """All that ran out."""
        return normal(0 - self.total(EXPIRED))


def wallets_of(evaluation: Evaluation, about: str) -> Iterator[WalletView]:
    """Yield the wallets of a person (or household): those of which there is a row by now."""
    for sheet in evaluation.regulation.sheets.values():
        rows = [row for row in records(evaluation, wallet_table(sheet.id)) if row["about"] == about]
        if rows:
            yield _wallet(evaluation, sheet, about, max(rows, key=lambda row: row["at"]))


def _wallet(evaluation: Evaluation, sheet: Sheet, about: str, last: Record) -> WalletView:
    order = ("order", "item", "line", "table", "row")
    rows = [row for row in records(evaluation, moves_table(sheet.id)) if row["about"] == about]
    rows = [row for row in rows if row["at"] <= last["at"]]
    rows.sort(key=lambda row: (row["at"], str(tuple(row[column] for column in order))), reverse=True)
    level = text_or_none(last["level"])
    levels = sheet.wallet.levels if sheet.wallet is not None else ()
    return WalletView(
        sheet.id,
        sheet.heading.title or {"zh": sheet.id},
        number_or_none(last["balance"]),
        next((one.title or {"zh": one.id} for one in levels if one.id == level), None),
        tuple(_move(evaluation, sheet, row) for row in rows),
    )


def _move(evaluation: Evaluation, sheet: Sheet, row: Record) -> Move:
    forms = evaluation.regulation.forms
    line = _line(sheet, str(row["item"]), str(row["line"]))
    title = line.title or {"zh": line.id} if line is not None else {}
    table, key = str(row["table"]), row["row"]
    if line is None and table in forms:
        title = forms[table].heading.title or {"zh": table}
    return Move(
        str(row["event"]),
        row["at"],
        title,
        number_or_none(row["points"]),
        number_or_none(row["moved"]),
        text_or_none(row["refused"]) or "",
        str(key[0]) if table in forms and isinstance(key, tuple) and key else "",
    )


def _line(sheet: Sheet, item: str, line: str) -> Line | None:
    lines = (one for part in sheet.items if part.id == item for one in part.lines)
    return next((one for one in lines if one.id == line), None)
