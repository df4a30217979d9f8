"""The lines of a score sheet: which rows they look at, what each is worth, and whose points it changes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.declarations.build.amounts import Amounts
from app.declarations.build.context import Context
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.schema.figures_in import Figure
from app.declarations.schema.sheets import CreditMap, LineIn, ReasonMap
from app.domain.core.values import Kind, Type
from app.domain.kinds.common import Parameter, Source
from app.domain.kinds.links import WORKER
from app.domain.kinds.sheet import Line, Mark, Take
from app.domain.membership import HOLDER

_PAIR = 2
_GIVES = ("add", "deduct", "share_of", "mark", "checklist")


class Lines:
    """Builds the lines of one sheet: `columns` are those of whom it is for, `wanted` what its lines are tied to."""

    def __init__(self, context: Context, columns: Columns, wanted: str, unit: str) -> None:
        """Keep what all lines need."""
        self.context = context
        self.columns = columns
        self.wanted = wanted
        self.amounts = Amounts(context, unit)

    def lines(self, models: Mapping[str, LineIn], at: At, scored_by: tuple[str, ...]) -> tuple[Line, ...]:
        """Return lines in declared order; one that is credited to several is a line for each of them."""
        return tuple(
            line for name, model in models.items() for line in self._line(name, model, at / name, scored_by)
        )

    def roles(self, names: Iterable[str], at: At) -> tuple[str, ...]:
        """Return the roles named, noting those that there aren't."""
        known = self.context.names.of("role")
        for number, name in enumerate(names):
            if name not in known:
                self.context.unknown(name, at / number, known, "role")
        return tuple(names)

    def _line(self, name: str, model: LineIn, at: At, scored_by: tuple[str, ...]) -> Iterator[Line]:
        context = self.context
        given = [key for key in _GIVES if getattr(model, key) is not None]
        if len(given) != 1:
            context.note("E106", at.key, name="add")
        source, columns = self._source(model, at)
        worth, word = (model.deduct, "deduct") if model.deduct is not None else (model.add, "add")
        amount = None if worth is None else self.amounts.amount(worth, at / word, columns)
        if model.checklist is not None and source is not None:
            amount = self.amounts.checklist(model.checklist, at / "checklist", columns)
        if model.share_of is not None:
            self._indicator(model.share_of, at / "share_of")
        case = model.each_case
        if case is not None and columns and case.of not in columns:
            context.unknown(case.of, at / "each_case" / "of", columns, "column")
        line = Line(
            id=name,
            title=model.title,
            sign=-1 if model.deduct is not None else 1,
            amount=amount,
            source=source,
            share_of=model.share_of,
            mark=self._mark(model, at, scored_by),
            at_most=context.parameter(model.at_most, at / "at_most", Kind.NUMBER),
            case=None if case is None else case.of,
            case_at_most=None
            if case is None
            else context.parameter(case.at_most, at / "each_case" / "at_most", Kind.NUMBER),
            beyond=context.parameter(model.beyond, at / "beyond", Kind.INTEGER),
            take=Take(model.take),
            undecided=model.undecided,
            empty=model.empty,
        )
        if model.shared is not None:
            self._people_only(at / "shared")
            self.roles([model.shared], at)
            yield replace(line, holders_of=model.shared)
        elif model.credit is None:
            yield line
        else:
            yield from self._credits(line, model, at, columns)

    def _source(self, model: LineIn, at: At) -> tuple[Source | None, Columns]:
        """Return the rows that a line looks at, and their columns."""
        context = self.context
        rows: object = model.for_each
        where = at / "for_each"
        if model.checklist is not None:
            rows, where = model.checklist.form, at / "checklist" / "form"
        if rows is None:
            if model.add is not None or model.deduct is not None:
                context.note("E106", at.key, name="for_each")
            return None, self.columns
        # Rows that go to the holders of a role are tied to them by their place.
        free = model.shared is not None or model.credit is not None
        wanted = None if free else self.wanted
        source = context.source(rows, where, wanted=wanted, extra=model.where, extra_at=at / "where")
        return source, context.columns_of(source)

    # ---- whose
    def _people_only(self, at: At) -> None:
        """Note a sheet that isn't for people: the holders of a role have no row in it (E111)."""
        if self.wanted not in (WORKER, HOLDER):
            self.context.note(
                "E111", at.key, reason="none", table=self.context.current, wanted=WORKER, candidates=""
            )

    def _credits(self, line: Line, model: LineIn, at: At, columns: Columns) -> Iterator[Line]:
        """Yield a line for each who is credited: the first under the line's own id."""
        self._people_only(at / "credit")
        for number, one in enumerate(model.credit or []):
            where = at / "credit" / number
            role, column, amount = None, one if isinstance(one, str) else None, line.amount
            if isinstance(one, CreditMap):
                role, column = one.role, one.column
                if one.amount is not None:
                    amount = self.amounts.amount(one.amount, where / "amount", columns)
            name = line.id if number == 0 else f"{line.id}_{role or column or number}"
            own = replace(line, id=name, amount=amount)
            if role is not None:
                self.roles([role], where)
                yield replace(own, holders_of=role)
            elif column is None:
                self.context.note("E106", where.where, name="role")
            elif self._is_person(column, where, columns) and line.source is not None:
                yield replace(own, source=replace(line.source, link=column))

    def _is_person(self, column: str, at: At, columns: Columns) -> bool:
        own = columns.get(column)
        if own is None:
            self.context.unknown(column, at, columns, "column")
            return False
        if own.kind not in (Kind.REF, Kind.REFS) or own.to != self.wanted:
            self.context.note(
                "E111", at.where, reason="none", table=self.context.current, wanted=self.wanted, candidates=""
            )
            return False
        return True

    # ---- indicators, marks
    def _indicator(self, name: str, at: At) -> None:
        known = self.context.names.of("indicator")
        if name not in known:
            self.context.unknown(name, at, known, "table")
        else:
            self.context.depends(name, at)

    def _mark(self, model: LineIn, at: At, scored_by: tuple[str, ...]) -> Mark | None:
        if model.mark is None:
            return None
        context = self.context
        if model.mark not in context.names.of("form"):
            context.unknown(model.mark, at / "mark", context.names.of("form"), "form")
            return None
        context.depends(model.mark, at / "mark")
        columns = context.tables.columns(model.mark) or {}
        own = columns.get("points", Type(Kind.TEXT))
        if own.kind not in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
            context.note("E106", (at / "mark").where, name="points")
        bounds = model.between or []
        if len(bounds) != _PAIR:
            context.note("E106", at.key, name="between")
            bounds = [0, 0]
        least, most = (
            context.required(Figure(((None, bound),)), at / "between" / number, Kind.NUMBER)
            for number, bound in enumerate(bounds)
        )
        by = self.roles(model.by, at / "by") or scored_by
        reason, plain = self._reason(model, at, columns), self._plain(model, at)
        decimals = None if model.decimals == "unlimited" else int(model.decimals)
        return Mark(model.mark, least, most, by, reason, plain, model.own, model.anonymous, decimals)

    def _plain(self, model: LineIn, at: At) -> tuple[Parameter, Parameter] | None:
        """Return the bounds within which a mark needs no reason; None where each does, or none."""
        if not isinstance(model.reason, ReasonMap):
            return None
        where = at / "reason" / "outside"
        bounds = model.reason.outside
        if len(bounds) != _PAIR or bounds[0] > bounds[1]:
            self.context.note("E106", where.where, name="outside")
            return None
        least, most = (
            self.context.required(Figure(((None, bound),)), where / number, Kind.NUMBER)
            for number, bound in enumerate(bounds)
        )
        return least, most

    def _reason(self, model: LineIn, at: At, columns: Columns) -> str | None:
        """Return the field in which a reason must stand: `reason`, else the form's only text."""
        if model.reason == "optional":
            return None
        texts = [name for name, own in columns.items() if own.kind is Kind.TEXT]
        if "reason" in texts:
            return "reason"
        if len(texts) == 1:
            return texts[0]
        self.context.note("E106", (at / "reason").where, name="reason")
        return None
