"""Score sheets."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.declarations.build.context import SPAN, Context, rounding
from app.declarations.build.spacing import every_of
from app.declarations.located import At
from app.declarations.schema.figures_in import Figure
from app.declarations.schema.sheets import ItemIn, LineIn, RequiresMap, SheetFile, WorthMap
from app.declarations.tables import Columns
from app.domain.core.expressions import Expression, paths_in
from app.domain.core.types import type_of
from app.domain.core.values import Kind, Type
from app.domain.kinds.sheet import (
    Amount,
    Band,
    Eligibility,
    Item,
    Line,
    Mark,
    NotApplicablePolicy,
    Sheet,
    Steps,
)

if TYPE_CHECKING:
    from app.domain.kinds.common import Parameter

_PAIR = 2


def build_sheet(context: Context, model: SheetFile, at: At, units: frozenset[str]) -> Sheet:
    """Return a sheet; lines that stand in it directly become an item of its own name."""
    each, columns, _ = context.each(model.for_each, at / "for_each")
    wanted = context.tables.about(model.for_each)
    builder = _Sheet(context, columns, wanted)
    items = builder.items(model.items, at / "items")
    if model.lines:
        maximum = context.parameter(model.max, at / "max", Kind.NUMBER) if not model.items else None
        own = Item(id=at.root, title=model.title, max=maximum, lines=builder.lines(model.lines, at / "lines"))
        items = (*items, own)
    if not items:
        context.note("E106", at.where, name="items")
    eligible = model.eligible
    return Sheet(
        heading=context.heading(model, at),
        for_each=each,
        every=every_of(context, model.every, at / "every", units),
        items=items,
        bonus=builder.items(model.bonus, at / "bonus"),
        max=context.parameter(model.max, at / "max", Kind.NUMBER),
        unit=model.unit,
        eligible=Eligibility(eligible.in_post.at_least, eligible.in_post.at) if eligible else None,
        round=rounding(model.round),
    )


class _Sheet:
    """Builds the parts of one sheet: `columns` are those of whom it is for, `wanted` what its lines are tied to."""

    def __init__(self, context: Context, columns: Columns, wanted: str) -> None:
        """Keep what all parts need."""
        self.context = context
        self.columns = columns
        self.wanted = wanted

    def items(self, models: Mapping[str, ItemIn], at: At) -> tuple[Item, ...]:
        """Return items in declared order."""
        return tuple(self._item(name, model, at / name) for name, model in models.items())

    def _item(self, name: str, model: ItemIn, at: At) -> Item:
        context = self.context
        requires, times = None, None
        if model.requires is not None:
            requires = context.source(model.requires, at / "requires", wanted=self.wanted)
            figure = model.requires.times if isinstance(model.requires, RequiresMap) else None
            times = context.parameter(figure, at / "requires" / "times", Kind.INTEGER)
        maximum = context.parameter(model.max, at / "max", Kind.NUMBER)
        if model.at_most is not None:
            maximum = maximum or context.parameter(model.at_most, at / "at_most", Kind.NUMBER)
        return Item(
            id=name,
            title=model.title,
            max=maximum,
            start_max=model.start == "max",
            floor_none=model.floor == "none",
            applies=self._applies(model, at / "applies"),
            not_applicable=NotApplicablePolicy(model.not_applicable),
            requires=requires,
            requires_times=times,
            round=rounding(model.round),
            lines=self.lines(model.lines, at / "lines"),
            items=self.items(model.items, at / "items"),
        )

    def _applies(self, model: ItemIn, at: At) -> Expression:
        """Return when an item applies: read from the subject's own columns, not from what these refer to."""
        found = self.context.condition(model.applies, at, self.columns, SPAN)
        for path in paths_in(found):
            if len(path) > 1:
                self.context.note("E107", at.where, what=".".join(path))
        return found

    def lines(self, models: Mapping[str, LineIn], at: At) -> tuple[Line, ...]:
        """Return lines in declared order."""
        return tuple(self._line(name, model, at / name) for name, model in models.items())

    def _line(self, name: str, model: LineIn, at: At) -> Line:
        context = self.context
        given = [key for key in ("add", "deduct", "share_of", "mark") if getattr(model, key) is not None]
        if len(given) != 1:
            context.note("E106", at.key, name="add")
        source, columns = None, self.columns
        if model.for_each is not None:
            source = context.source(
                model.for_each, at / "for_each", wanted=self.wanted, extra=model.where, extra_at=at / "where"
            )
            columns = context.columns_of(source)
        elif model.add is not None or model.deduct is not None:
            context.note("E106", at.key, name="for_each")
        worth, word = (model.deduct, "deduct") if model.deduct is not None else (model.add, "add")
        if model.share_of is not None:
            self._indicator(model.share_of, at / "share_of")
        return Line(
            id=name,
            title=model.title,
            sign=-1 if model.deduct is not None else 1,
            amount=None if worth is None else self._amount(worth, at / word, columns),
            source=source,
            share_of=model.share_of,
            mark=self._mark(model, at),
            at_most=context.parameter(model.at_most, at / "at_most", Kind.NUMBER),
            beyond=context.parameter(model.beyond, at / "beyond", Kind.INTEGER),
            take_highest=model.take == "highest",
            undecided=model.undecided,
        )

    def _indicator(self, name: str, at: At) -> None:
        known = self.context.names.of("indicator")
        if name not in known:
            self.context.unknown(name, at, known, "table")
        else:
            self.context.depends(name, at)

    def _mark(self, model: LineIn, at: At) -> Mark | None:
        if model.mark is None:
            return None
        context = self.context
        if model.mark not in context.names.of("form"):
            context.unknown(model.mark, at / "mark", context.names.of("form"), "form")
        else:
            context.depends(model.mark, at / "mark")
        bounds = model.between or []
        if len(bounds) != _PAIR:
            context.note("E106", at.key, name="between")
            bounds = [0, 0]
        least, most = (
            context.required(Figure(((None, bound),)), at / "between" / number, Kind.NUMBER)
            for number, bound in enumerate(bounds)
        )
        return Mark(model.mark, least, most, tuple(model.by), reason=model.reason == "required")

    # ---- amounts
    def _amount(self, worth: object, at: At, columns: Columns) -> Amount:
        context = self.context
        if isinstance(worth, Figure):
            return Amount(figure=context.parameter(worth, at, Kind.NUMBER))
        if not isinstance(worth, WorthMap):
            return Amount(expression=context.expression(str(worth), at, columns, Kind.NUMBER))
        of = context.expression(worth.of, at / "of", columns)
        given = [key for key in ("bands", "below", "above") if getattr(worth, key) is not None]
        if not given and isinstance(worth.gives, dict):
            return self._table(worth.gives, of, at)
        if given == ["bands"]:
            return Amount(of=of, bands=self._bands(worth, at / "bands"))
        if given in (["below"], ["above"]) and isinstance(worth.gives, Figure) and worth.each is not None:
            return Amount(of=of, steps=self._steps(worth, worth.gives, worth.each, at))
        context.note("E106", at.key, name="gives")
        return Amount(of=of)

    def _table(self, gives: Mapping[str, Figure], of: Expression | None, at: At) -> Amount:
        """Return points by choice; a choice without points (E123) or points without a choice are faults."""
        own = type_of(of) if of is not None else Type(Kind.TEXT)
        rows = tuple(
            (name, self.context.required(figure, at / "gives" / name, Kind.NUMBER))
            for name, figure in gives.items()
        )
        if own.kind is Kind.CHOICE and own.choices:
            for name in gives:
                if name not in own.choices:
                    self.context.unknown(name, at / "gives" / name, own.choices, "choice", key=True)
            for choice in own.choices:
                if choice not in gives:
                    self.context.note("E123", (at / "gives").key, what=choice)
        elif of is not None:
            self.context.wrong("choice", (at / "of").where, "of")
        return Amount(of=of, gives=rows)

    def _bands(self, worth: WorthMap, at: At) -> tuple[Band, ...]:
        context = self.context
        found: list[Band] = []
        for number, band in enumerate(worth.bands or []):
            where = at / number
            found.append(
                Band(
                    gives=context.required(band.gives, where / "gives", Kind.NUMBER),
                    under=context.parameter(band.under, where / "under", Kind.NUMBER),
                    to=context.parameter(band.to, where / "to", Kind.NUMBER),
                )
            )
        _ordered_bands(context, found, at)
        return tuple(found)

    def _steps(self, worth: WorthMap, gives: Figure, each: Figure, at: At) -> Steps:
        context = self.context
        below = worth.below is not None
        bound = worth.below if worth.below is not None else worth.above
        return Steps(
            bound=context.required(bound or each, at / ("below" if below else "above"), Kind.NUMBER),
            below=below,
            each=context.required(each, at / "each", Kind.NUMBER),
            gives=context.required(gives, at / "gives", Kind.NUMBER),
            count=worth.count,
        )


def _ordered_bands(context: Context, bands: list[Band], at: At) -> None:
    """Note bands whose bounds don't ascend, or without a last row that takes the rest (E122)."""
    last: tuple[object, int] | None = None
    for number, band in enumerate(bands):
        bound: Parameter | None = band.under or band.to
        is_last = number == len(bands) - 1
        if (bound is None) != is_last:
            context.note("E122", (at / number).where, what=at.root, reason="no_last" if is_last else "order")
            return
        if bound is None:
            return
        current = (bound.values[-1][1], 1 if band.to is not None else 0)
        if last is not None and not last < current:
            context.note("E122", (at / number).where, what=at.root, reason="order")
            return
        last = current
