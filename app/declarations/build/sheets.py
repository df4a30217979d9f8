"""Score sheets."""

from collections.abc import Callable, Mapping

from app.declarations.build.context import SPAN, Context, rounding
from app.declarations.build.corrections import corrections
from app.declarations.build.lines import Lines
from app.declarations.build.spacing import every_of
from app.declarations.build.wallets import build_wallet
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.schema.sheets import ItemIn, ProrateMap, RequiresMap, SheetFile
from app.domain.core.values import Kind, Type
from app.domain.kinds.common import Parameter, Source
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Eligibility, Item, Line, NotApplicablePolicy, Prorate, Sheet
from app.domain.kinds.versions import whole_of
from app.domain.membership import HOLDER

_POINTS = Type(Kind.NUMBER, may_be_unknown=True, may_be_na=True)


def build_sheet(context: Context, model: SheetFile, at: At, units: frozenset[str]) -> Sheet:
    """Return a sheet; lines that stand in it directly become an item of its own name."""
    each, columns, _ = context.each(model.for_each, at / "for_each")
    wanted = context.tables.about(model.for_each)
    builder = _Sheet(context, columns, wanted, model.unit)
    scored_by = builder.lines.roles(model.scored_by, at / "scored_by")
    builder.scored_by = scored_by
    if model.corrected_by is not None:
        builder.correction = corrections(context, model.corrected_by, at / "corrected_by", wanted)
    builder.sheet = whole_of(at.root)
    items = builder.items(model.items, at / "items")
    if model.lines:
        maximum = context.parameter(model.max, at / "max", Kind.NUMBER) if not model.items else None
        own = Item(
            id=at.root,
            title=model.title,
            max=maximum,
            lines=builder.with_correction(
                builder.lines.lines(model.lines, at / "lines", scored_by), (at.root,)
            ),
        )
        items = (*items, own)
    if not items:
        context.note("E106", at.where, name="items")
    return Sheet(
        heading=context.heading(model, at),
        for_each=each,
        every=every_of(context, model.every, at / "every", units),
        items=items,
        bonus=builder.items(model.bonus, at / "bonus", path=("bonus",)),
        max=context.parameter(model.max, at / "max", Kind.NUMBER),
        unit=model.unit,
        eligible=builder.eligible(model, at / "eligible"),
        prorate=builder.prorate(model, at / "prorate"),
        scored_by=scored_by,
        round=rounding(model.round),
        wallet=build_wallet(context, model, at, wanted),
    )


class _Sheet:
    """Builds the parts of one sheet: `columns` are those of whom it is for, `wanted` what its lines are tied to."""

    def __init__(self, context: Context, columns: Columns, wanted: str, unit: str) -> None:
        """Keep what all parts need."""
        self.context = context
        self.columns = columns
        self.wanted = wanted
        self.lines = Lines(context, columns, wanted, unit)
        self.scored_by: tuple[str, ...] = ()
        self.sheet = ""
        self.correction: Callable[[str], Line] | None = None

    # ---- whom
    def eligible(self, model: SheetFile, at: At) -> Eligibility | None:
        """Return who is assessed, or None for everybody."""
        eligible = model.eligible
        if eligible is None:
            return None
        in_post = eligible.in_post
        if (in_post is not None or eligible.present_at is not None) and self.wanted not in (WORKER, HOLDER):
            self.context.note("E106", at.key, name="role")
        return Eligibility(
            None if in_post is None else in_post.at_least,
            "window_start" if in_post is None else in_post.at,
            eligible.present_at,
            self.context.condition(eligible.where, at / "where", self.columns, SPAN),
        )

    def prorate(self, model: SheetFile, at: At) -> Prorate | None:
        """Return what part of the points somebody gets, or None for all of them."""
        given = model.prorate
        if not isinstance(given, ProrateMap):
            return None if given is None else Prorate()
        source = self.context.source(given, at, wanted=self.wanted)
        column = self.context.expression(
            given.column, at / "column", self.context.columns_of(source), Kind.NUMBER
        )
        return Prorate(source, column, self.context.parameter(given.full, at / "full", Kind.NUMBER))

    # ---- items
    def items(
        self,
        models: Mapping[str, ItemIn],
        at: At,
        scored_by: tuple[str, ...] | None = None,
        path: tuple[str, ...] = (),
    ) -> tuple[Item, ...]:
        """Return items in declared order; `scored_by` are the roles of what they stand in, `path` its ids."""
        scorers = self.scored_by if scored_by is None else scored_by
        return tuple(self._item(model, at / name, scorers, (*path, name)) for name, model in models.items())

    def with_correction(self, lines: tuple[Line, ...], path: tuple[str, ...]) -> tuple[Line, ...]:
        """Return an item's lines and, where the sheet is corrected, the one by which its own points are."""
        if self.correction is None:
            return lines
        return (*lines, self.correction("/".join((self.sheet, *path))))

    def _item(self, model: ItemIn, at: At, scored_by: tuple[str, ...], path: tuple[str, ...]) -> Item:
        context = self.context
        requires, times = self._rows(model.requires, at / "requires")
        vetoed_by, vetoed_times = self._rows(model.vetoed_by, at / "vetoed_by")
        maximum = context.parameter(model.max, at / "max", Kind.NUMBER)
        if model.at_most is not None:
            maximum = maximum or context.parameter(model.at_most, at / "at_most", Kind.NUMBER)
        scorers = self.lines.roles(model.scored_by, at / "scored_by") or scored_by
        own = {**self.columns, "points": _POINTS, "max": _POINTS}
        lines = self.lines.lines(model.lines, at / "lines", scorers)
        return Item(
            id=path[-1],
            title=model.title,
            max=maximum,
            start_max=model.start == "max",
            floor_none=model.floor == "none",
            applies=self.context.condition(model.applies, at / "applies", self.columns, SPAN),
            not_applicable=NotApplicablePolicy(model.not_applicable),
            requires=requires,
            requires_times=times,
            veto=context.optional(model.veto, at / "veto", own, SPAN),
            vetoed_by=vetoed_by,
            vetoed_times=vetoed_times,
            scored_by=scorers,
            round=rounding(model.round),
            lines=lines if model.items else self.with_correction(lines, path),
            items=self.items(model.items, at / "items", scorers, path),
        )

    def _rows(self, model: object, at: At) -> tuple[Source | None, Parameter | None]:
        """Return rows with how many of them it takes, of which an item says what becomes of it."""
        if model is None:
            return None, None
        source = self.context.source(model, at, wanted=self.wanted)
        figure = model.times if isinstance(model, RequiresMap) else None
        return source, self.context.parameter(figure, at / "times", Kind.INTEGER)
