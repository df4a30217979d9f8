"""What rows are worth: figures, expressions, tables by choice, bands, steps, slabs, checklists."""

from collections.abc import Mapping

from app.declarations.build.context import Context
from app.declarations.build.fitting import number_wanted
from app.declarations.build.methods import applied
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.schema.figures_in import Figure
from app.declarations.schema.sheets import BandIn, ChecklistIn, WorthMap
from app.domain.core.expressions import Expression, Name
from app.domain.core.types import type_of
from app.domain.core.values import NUMERIC, Kind, Type
from app.domain.kinds.common import Parameter
from app.domain.kinds.sheet import Amount, Band, Check, Steps

_SHAPES = ("bands", "slabs", "below", "above", "method")


class Amounts:
    """Builds the amounts of one sheet; `unit` is what it counts: money of another currency doesn't belong there."""

    def __init__(self, context: Context, unit: str) -> None:
        """Keep what all amounts need."""
        self.context = context
        self.unit = unit

    def amount(self, worth: object, at: At, columns: Columns) -> Amount:
        """Return an amount as declared."""
        context = self.context
        if isinstance(worth, Figure):
            return Amount(figure=context.parameter(worth, at, Kind.NUMBER))
        if not isinstance(worth, WorthMap):
            tree = context.expression(str(worth), at, columns, Kind.NUMBER)
            self._same_currency(tree, at)
            return Amount(expression=tree)
        of = context.expression(worth.of, at / "of", columns)
        given = [key for key in _SHAPES if getattr(worth, key) is not None]
        if worth.given is not None and given != ["method"]:
            context.note("E106", at.key, name="method")
            return Amount(of=of)
        if not given and isinstance(worth.gives, dict):
            return Amount(of=of, gives=self._table(worth.gives, of, at / "gives", at / "of"))
        if given != ["method"] and given and not number_wanted(context, of, at / "of"):
            return Amount(of=of)
        if given == ["bands"]:
            return Amount(of=of, bands=self._bands(worth.bands or [], at / "bands"))
        if given == ["method"]:
            return Amount(of=of, method=applied(worth, of, at, context))
        if given == ["slabs"]:
            self._same_currency(of, at / "of")
            return Amount(of=of, slabs=self._bands(worth.slabs or [], at / "slabs"))
        if given in (["below"], ["above"]) and isinstance(worth.gives, Figure) and worth.each is not None:
            return Amount(of=of, steps=self._steps(worth, worth.gives, worth.each, at))
        context.note("E106", at.key, name="gives")
        return Amount(of=of)

    def _same_currency(self, tree: Expression | None, at: At) -> None:
        """Note money that a sheet of another unit would add to its own (E103): it must be made a number first."""
        own = Type(Kind.NUMBER) if tree is None else type_of(tree)
        if own.kind is Kind.MONEY and own.currency is not None and own.currency != self.unit:
            self.context.wrong("currencies", at.where)

    def checklist(self, model: ChecklistIn, at: At, columns: Columns) -> Amount:
        """Return the amount of a checklist's entry: what its fields give together."""
        checks: list[Check] = []
        for name, gives in model.each.items():
            where = at / "each" / name
            own = columns.get(name)
            if own is None:
                self.context.unknown(name, where, columns, "column", key=True)
                continue
            field = Name((name,), own)
            if isinstance(gives, dict):
                checks.append(Check(field, choices=self._table(gives, field, where, where)))
            elif own.kind is Kind.BOOLEAN or own.kind in NUMERIC:
                checks.append(Check(field, self.context.required(gives, where, Kind.NUMBER)))
            else:
                self.context.wrong("boolean_wanted", where.key, name)
        return Amount(checks=tuple(checks))

    def _table(
        self, gives: Mapping[str, Figure], of: Expression | None, at: At, of_at: At
    ) -> tuple[tuple[str, Parameter], ...]:
        """Return points by choice; a choice without points (E123) or points without a choice are faults."""
        own = type_of(of) if of is not None else Type(Kind.TEXT)
        rows = tuple(
            (name, self.context.required(figure, at / name, Kind.NUMBER)) for name, figure in gives.items()
        )
        if own.kind is Kind.CHOICE and own.choices:
            for name in gives:
                if name not in own.choices:
                    self.context.unknown(name, at / name, own.choices, "choice", key=True)
            for choice in own.choices:
                if choice not in gives:
                    self.context.note("E123", at.key, what=choice)
        elif of is not None and own.kind is not Kind.TEXT:
            self.context.wrong("choice", of_at.where, "of")
        return rows

    def _bands(self, models: list[BandIn], at: At) -> tuple[Band, ...]:
        context = self.context
        found: list[Band] = []
        for number, band in enumerate(models):
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
