"""Wallets: how the points of a sheet are spent, run out, and make a level."""

from collections.abc import Iterator
from itertools import pairwise

from app.declarations.build.context import Context
from app.declarations.located import At
from app.declarations.schema.sheets import ItemIn, SheetFile, SpentMap, WalletIn
from app.domain.core.expressions import Expression, Literal
from app.domain.core.values import Kind, Type
from app.domain.kinds.sheet import Level, Spending, Wallet

_ITEM = ("start", "applies", "requires", "veto", "vetoed_by", "round", "items")
_SHEET = ("bonus", "eligible", "prorate", "round")


def build_wallet(context: Context, sheet: SheetFile, at: At, wanted: str) -> Wallet | None:
    """Return the wallet of a sheet, or None; what would give points otherwise than row by row is noted (E126)."""
    model = sheet.wallet
    if model is None:
        return None
    for where, what in _misfits(sheet, at):
        context.note("E126", where.key, what=what)
    builder = _Wallet(context, wanted)
    spent = model.spent_by
    where = at / "wallet" / "spent_by"
    several = [(spent, where)] if isinstance(spent, SpentMap) else []
    if isinstance(spent, list):
        several = [(one, where / number) for number, one in enumerate(spent)]
    return Wallet(
        tuple(builder.spending(one, place) for one, place in several),
        context.parameter(model.expires, at / "wallet" / "expires", Kind.LENGTH),
        context.parameter(model.floor, at / "wallet" / "floor", Kind.NUMBER),
        builder.levels(model, at / "wallet" / "levels"),
        model.levels_by,
    )


def _misfits(sheet: SheetFile, at: At) -> Iterator[tuple[At, str]]:
    """Yield what can't be told row by row; rows that are a period's alone are looked for in `checks.worth`."""
    for key in _SHEET:
        if getattr(sheet, key):
            yield at / key, key
    lines = [(name, line, at / "lines" / name) for name, line in sheet.lines.items()]
    for name, item in sheet.items.items():
        for key in _ITEM:
            if _given(item, key):
                yield at / "items" / name / key, key
        lines += [(key, line, at / "items" / name / "lines" / key) for key, line in item.lines.items()]
    for _, line, where in lines:
        if line.share_of is not None or line.take == "average":
            yield (
                (where / "share_of", "share_of")
                if line.share_of is not None
                else (where / "take", "take: average")
            )


def _given(item: ItemIn, key: str) -> bool:
    value = getattr(item, key)
    return value == "max" if key == "start" else bool(value)


class _Wallet:
    """Builds the parts of one wallet; `wanted` is what its rows are tied to."""

    def __init__(self, context: Context, wanted: str) -> None:
        self.context = context
        self.wanted = wanted

    def spending(self, model: SpentMap, at: At) -> Spending:
        """Return rows by which points are spent."""
        context = self.context
        source = context.source(model, at, wanted=self.wanted)
        columns = context.columns_of(source)

        def amount(key: str) -> Expression | None:
            return context.expression(getattr(model, key), at / key, columns, Kind.NUMBER)

        if model.of is not None and columns and model.of not in columns:
            context.unknown(model.of, at / "of", columns, "column")
        if model.of is None and (model.stock is not None or model.each is not None):
            context.note("E106", at.key, name="of")
        spent = amount("column") or Literal(0, Type(Kind.NUMBER))
        return Spending(source, spent, model.of, amount("quantity"), amount("stock"), amount("each"))

    def levels(self, model: WalletIn, at: At) -> tuple[Level, ...]:
        """Return the levels, which must ascend (E122)."""
        context = self.context
        found = tuple(
            Level(name, context.required(one.at_least, at / name / "at_least", Kind.NUMBER), one.title)
            for name, one in model.levels.items()
        )
        for lower, higher in pairwise(found):
            bounds = [level.at_least.values[-1][1] for level in (lower, higher)]
            if not bounds[0] < bounds[1]:  # type: ignore[operator]  # both were read as numbers
                context.note("E122", (at / higher.id).where, what=at.root, reason="order")
        return found
