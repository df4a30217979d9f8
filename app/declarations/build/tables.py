"""Declared tables: each step read against the columns that the steps before it leave."""

from dataclasses import dataclass, field, replace

from app.declarations.build.aggregates import Aggregates
from app.declarations.build.context import MOMENT, SPAN, WINDOW, Context
from app.declarations.build.in_order import InOrder
from app.declarations.build.spacing import every_of
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.names import PLACE
from app.declarations.schema.tables import (
    AllotIn,
    ExpandIn,
    RowsMap,
    SequenceIn,
    StepIn,
    TableFile,
    TallyIn,
    TimeMap,
)
from app.declarations.tables import Columns
from app.domain.core.expressions import Call, Expression, Literal, Name, Operator
from app.domain.core.functions import PERIOD_UNITS
from app.domain.core.plan import Overlap, TimeLink
from app.domain.core.types import LISTS, incomparable, type_of, unmarked
from app.domain.core.values import NUMERIC, Column, Kind, Schema, Type
from app.domain.kinds.links import PREFERRED, AmbiguousLinkError, link_column
from app.domain.kinds.table import (
    Add,
    Figures,
    Fill,
    Gather,
    Group,
    Keep,
    Members,
    Order,
    Rows,
    Series,
    Table,
    TableStep,
    Windows,
)
from app.domain.kinds.versions import whole_of

INTEGER = Type(Kind.INTEGER)
INSTANT = Type(Kind.INSTANT)
OPEN = Type(Kind.INSTANT, may_be_na=True)
BOOLEAN = Type(Kind.BOOLEAN)
TEXT = Type(Kind.TEXT)
PERIOD = Type(Kind.PERIOD)
UNDECIDED = "undecided"
STEPS = ("where", "set", "figures", "tally", "expand", "per", "sequence", "allot")

Pairs = tuple[tuple[str, str], ...]


def build_table(context: Context, model: TableFile, at: At, units: frozenset[str]) -> tuple[Table, Columns]:
    """Return a declared table and its columns."""
    builder = _Builder(context, units)
    rows = builder.start(model, at / "from")
    if whole_of(at.root) != at.root and not {"at", "start"} & builder.columns.keys():
        context.note("E132", (at / "from").where, what=at.root, reason="timeless")
    steps: list[TableStep] = []
    for number, step in enumerate(model.steps):
        steps += builder.step(step, at / "steps" / number)
    if {"window", "end"} <= builder.columns.keys():
        builder.columns["at"] = INSTANT
    return Table(context.heading(model, at), rows, tuple(steps), model.at == "window_start"), builder.columns


@dataclass(slots=True)
class DeclaredTables:
    """The declared tables, each built when its columns are first asked for: what reads it may come before it."""

    context: Context
    units: frozenset[str]
    _built: dict[str, tuple[Table, Columns]] = field(default_factory=dict)

    def columns(self, document: Document) -> Columns:
        """Return the columns of a table, or of one version of it."""
        return self._build(document)[1]

    def all(self) -> dict[str, Table]:
        """Return all tables, in declared order."""
        for name in self.context.names.of("table"):
            self.context.tables.columns(name)
        return {
            one.id: self._built[one.id][0]
            for document in self.context.names.of("table").values()
            for one in document.definitions
            if one.id in self._built
        }

    def _build(self, document: Document) -> tuple[Table, Columns]:
        name = document.id
        if name not in self._built and isinstance(document.model, TableFile):
            before, self.context.current = self.context.current, name
            self._built[name] = build_table(self.context, document.model, document.at, self.units)
            self.context.current = before
        return self._built[name]


@dataclass(slots=True)
class _Builder:
    """The columns so far, as the steps go by."""

    context: Context
    units: frozenset[str]
    columns: Columns = field(default_factory=dict)

    @property
    def on(self) -> str:
        """The column that ages and paths are reckoned at."""
        return MOMENT if "at" in self.columns else WINDOW if "window" in self.columns else SPAN

    # ---- rows
    def start(self, model: TableFile, at: At) -> tuple[Rows, ...]:
        """Return what the table starts from; several tables leave the columns that they have in common."""
        if not isinstance(model.rows, list):
            rows, self.columns = self._rows(model.rows, at, held=False)
            return (rows,)
        found = [self._rows(one, at / number, held=False) for number, one in enumerate(model.rows)]
        if not found:
            self.context.note("E106", at.where, name="from")
            return ()
        _, first = found[0]
        common = {
            name: _wider(own, *(columns[name] for _, columns in found[1:]))
            for name, own in first.items()
            if all(name in columns and columns[name].kind is own.kind for _, columns in found[1:])
        }
        self.columns = {**common, "row": Type(Kind.DATA), "source": TEXT}
        return tuple(rows for rows, _ in found)

    def _rows(self, data: object, at: At, *, held: bool = True) -> tuple[Rows, Columns]:
        context = self.context
        if isinstance(data, RowsMap) and data.each is not None:
            each, _, about = context.each(data.each, at / "each")
            if each.source is not None:
                context.unknown(
                    data.each, at / "each", [*context.names.subjects, *context.names.levels], "each"
                )
            ref = Type(Kind.REF, to=about)
            return Rows(each=each), {"subject": ref, "start": OPEN, "end": OPEN}
        if isinstance(data, RowsMap) and data.history is not None:
            subjects = context.names.subjects
            if data.history not in subjects:
                context.unknown(data.history, at / "history", subjects, "described")
            for form in subjects.get(data.history, ()):
                context.depends(form, at / "history")
            return Rows(history=data.history), dict(context.tables.subject(data.history))
        source = context.source(data, at, wanted=None, held=held)
        return Rows(source=source), dict(context.columns_of(source))

    # ---- steps
    def step(self, model: StepIn, at: At) -> list[TableStep]:
        """Return the steps of one entry of the list."""
        given = [key for key in STEPS if getattr(model, {"set": "columns"}.get(key, key)) not in (None, {})]
        kinds = [key for key in given if not (key == "set" and "per" in given)]
        if len(kinds) != 1:
            self.context.note("E106", at.where, name="where") if not kinds else self.context.wrong(
                "one_step", (at / kinds[1]).key, kinds[1]
            )
            return []
        (kind,) = kinds
        if model.undecided is not None and kind not in ("where", "expand", "per"):
            self.context.unknown("undecided", at / "undecided", STEPS, "key", key=True)
        if model.where is not None:
            return [self._keep(model, at)]
        if model.tally is not None:
            return self._tally(model.tally, at / "tally")
        if model.expand is not None:
            return self._expand(model.expand, at / "expand", model.undecided)
        if model.per is not None:
            return self._per(model, at)
        if model.sequence is not None:
            return self._sequence(model.sequence, at / "sequence")
        if model.allot is not None:
            return self._allot(model.allot, at / "allot")
        return [self._figures(model, at / "figures")] if model.figures else [self._add(model, at / "set")]

    def _keep(self, model: StepIn, at: At) -> Keep:
        condition = self.context.condition(model.where, at / "where", self.columns, self.on)
        if type_of(condition).may_be_unknown and model.undecided is None:
            self.context.note("E113", (at / "where").where, what=at.root, reason="undecided")
        if model.undecided == "hold":
            self._take({UNDECIDED: BOOLEAN}, at / "undecided", again=True)
        return Keep(condition, model.undecided)

    def _add(self, model: StepIn, at: At) -> Add:
        found = []
        for name, data in model.columns.items():
            where = at / name
            tree = (
                self.context.expression(data, where, self.columns, on=self.on)
                if isinstance(data, str)
                else self.context.condition(data, where, self.columns, self.on)
            )
            if tree is not None and self._take({name: type_of(tree)}, where):
                found.append((name, tree, type_of(tree)))
        return Add(tuple(found))

    def _figures(self, model: StepIn, at: At) -> Figures:
        figures = []
        for name, given in model.figures.items():
            parameter = self.context.required(given, at / name, Kind.NUMBER)
            if self._take({name: parameter.type}, at / name):
                figures.append((name, parameter))
        if not {"at", "start"} & self.columns.keys():
            self.context.wrong("moment_table", at.key, "figures")
        return Figures(tuple(figures))

    # ---- other tables
    def _tally(self, model: TallyIn, at: At) -> list[TableStep]:
        rows, other = self._rows(model.of, at / "of")
        on = self._links(model.on, at, rows, other)
        rows, doubted = _decided(rows, model.undecided)
        reader = Aggregates(self.context, other, self.columns, _on(other), model.undecided, doubted)
        reader.read(model.columns, at / "set")
        time = self._time(model, at / "time", other)
        if not self._take(reader.types(), at / "set"):
            return []
        return [Gather(rows, on, time, tuple(reader.found), tuple(reader.made))]

    def _links(self, data: object, at: At, rows: Rows, other: Columns) -> Pairs:
        """Return the equal columns as declared, else the one reference that both have."""
        if not other:
            return ()
        if data is None:
            return self._only_link(at, rows, other)
        names = _named(data)
        found = []
        for own, others in names.items():
            where = at / "on"
            if own not in self.columns:
                self.context.unknown(own, where, self.columns, "column")
            elif others not in other:
                self.context.unknown(others, where, other, "column")
            elif not self._alike(self.columns[own], _member(other[others])):
                self.context.wrong("different_types", where.where, own)
            else:
                found.append((own, others))
        return tuple(found)

    def _alike(self, own: Type, other: Type) -> bool:
        """Whether values of the types may be equal; references to places of any level may."""
        places = {*self.context.names.levels, PLACE}
        if own.kind is other.kind is Kind.REF and own.to in places and other.to in places:
            return True
        return incomparable(Operator.EQUAL, own, other) is None

    def _only_link(self, at: At, rows: Rows, other: Columns) -> Pairs:
        mine = [
            name
            for name, own in self.columns.items()
            if own.kind is Kind.REF and own.to not in (None, "place")
        ]
        chosen = next((name for name in PREFERRED if name in mine), None) or (
            mine[0] if len(mine) == 1 else None
        )
        table = rows.source.table if rows.source is not None else rows.history or "each"
        if chosen is None:
            self.context.note(
                "E111",
                at.where,
                reason="many" if mine else "none",
                table=at.root,
                wanted="subject",
                candidates=", ".join(mine),
            )
            return ()
        wanted = self.columns[chosen].to or ""
        schema = Schema(tuple(Column(name, own) for name, own in other.items()), ())
        try:
            declared = rows.source.link if rows.source is not None else None
            return ((chosen, link_column(schema, wanted, declared=declared)),)
        except AmbiguousLinkError as fault:
            reason = "many" if fault.candidates else "none"
            self.context.note(
                "E111",
                (at / "of").where,
                reason=reason,
                table=table,
                wanted=wanted,
                candidates=", ".join(fault.candidates),
            )
            return ()

    def _time(self, model: TallyIn, at: At, other: Columns) -> TimeLink | None:
        if model.time is None:
            return None
        if isinstance(model.time, TimeMap):
            given = {
                "in": model.time.inside,
                "overlaps": model.time.overlaps,
                "longer_part": model.time.longer_part,
                "before": [model.time.before] if model.time.before else [],
                "holds": [model.time.holds] if model.time.holds else [],
            }
            words = [word for word, columns in given.items() if columns]
            if len(words) != 1:
                self.context.note("E106", at.where, name="in")
                return None
            (word,) = words
            columns = given[word]
        else:
            word, columns = model.time, []
        return self._time_link(word, columns, at, other)

    def _time_link(self, word: str, columns: list[str], at: At, other: Columns) -> TimeLink | None:
        instants = [name for name, own in self.columns.items() if own.kind is Kind.INSTANT]
        bounds = word in ("in", "overlaps", "longer_part")
        if not columns:
            columns = ["start", "end"] if bounds else [self.on]
        if len(columns) != (2 if bounds else 1):
            self.context.wrong("pair", at.where, word)
            return None
        for column in columns:
            if column not in instants:
                self.context.unknown(column, at, instants, "column")
                return None
        spans = "start" in other and "end" in other
        moment = "at" if "at" in other else "start"
        if word not in {"in", "before"} and not spans:
            self.context.wrong("span_wanted", at.where, word)
            return None
        if moment not in other:
            self.context.wrong("moment_table", at.where, word)
            return None
        if word == "in":
            return TimeLink(Overlap.INSIDE, columns[0], columns[1], moment, "")
        if word == "before":
            return TimeLink(Overlap.BEFORE, "", columns[0], moment, "")
        if word == "holds":
            return TimeLink(Overlap.HOLDS, columns[0], "", "start", "end")
        overlap = Overlap.OVERLAPS if word == "overlaps" else Overlap.LONGER_PART
        return TimeLink(overlap, columns[0], columns[1], "start", "end")

    # ---- more rows, fewer rows
    def _expand(self, model: ExpandIn, at: At, undecided: str | None) -> list[TableStep]:
        given = [key for key in ("every", "each", "of", "series") if getattr(model, key)]
        if len(given) != 1:
            self.context.note("E106", at.where, name="every")
            return []
        if model.every is not None:
            if not {"at", "start"} & self.columns.keys():
                self.context.wrong("moment_table", at.where, "every")
            for name in ("start", "end"):  # the row's own give way to the window's
                self.columns.pop(name, None)
            self._take({"window": PERIOD, "start": INSTANT, "end": INSTANT, "seconds": INTEGER}, at / "every")
            return [Windows(every_of(self.context, model.every, at / "every", self.units))]
        if model.series:
            return self._series(model, at)
        if model.of:
            name = model.name or "item"
            self._take({name: TEXT}, at)
            return [Members(name, TEXT, None, tuple(model.of))]
        return self._members(model, at, undecided)

    def _members(self, model: ExpandIn, at: At, undecided: str | None) -> list[TableStep]:
        column = model.each or ""
        own = self.columns.get(column)
        if own is None:
            self.context.unknown(column, at / "each", self.columns, "column")
            return []
        if own.kind not in {Kind.CHOICES, Kind.REFS}:
            self.context.wrong("list_wanted", (at / "each").where, column)
            return []
        if own.may_be_unknown and undecided != "leave_out":
            self.context.note("E113", (at / "each").where, what=at.root, reason="undecided")
        member = replace(_member(own), may_be_unknown=False, may_be_na=False)
        name = model.name or "item"
        self._take({name: member}, at)
        return [Members(name, member, column)]

    def _series(self, model: ExpandIn, at: At) -> list[TableStep]:
        if "at" not in self.columns:
            self.context.wrong("moment_table", at.where, "series")
        name = model.name or "due"
        offsets = tuple(
            self.context.required(offset, at / "series" / number, Kind.LENGTH)
            for number, offset in enumerate(model.series)
        )
        self._take({"number": INTEGER, name: INSTANT}, at)
        return [Series(name, "number", offsets)]

    def _per(self, model: StepIn, at: At) -> list[TableStep]:
        keys = self._keys(model.per, at / "per")
        own = {name: own for name, _, own in keys}
        unsure = [name for name, item in own.items() if item.may_be_unknown]
        steps: list[TableStep] = []
        if unsure and model.undecided is None:
            self.context.note("E113", (at / "per").where, what=unsure[0], reason="undecided")
        if unsure and model.undecided == "leave_out":
            known = tuple(Call("known", (tree,), BOOLEAN) for name, tree, _ in keys if name in unsure)
            steps = [Keep(one) for one in known]
        reader = Aggregates(
            self.context, self.columns, own, self.on, None if unsure else _policy(model.undecided)
        )
        reader.read(model.columns, at / "set")
        held = UNDECIDED in self.columns
        self.columns = dict(own)
        self._take(
            {
                name: replace(item, may_be_unknown=item.may_be_unknown or held)
                for name, item in reader.types().items()
            },
            at / "set",
        )
        return [*steps, Group(keys, tuple(reader.found), tuple(reader.made))]

    def _keys(self, data: object, at: At) -> tuple[tuple[str, Expression, Type], ...]:
        """Return the columns of a group: names of columns, or names with expressions."""
        names = _named(data)
        found = []
        for name, text in names.items():
            where = at / name if isinstance(data, dict) else at
            tree = self.context.expression(text, where, self.columns, on=self.on)
            if tree is not None:
                found.append((name, tree, type_of(tree)))
        return tuple(found)

    # ---- order
    def _sequence(self, model: SequenceIn, at: At) -> list[TableStep]:
        for name in model.within:
            if name not in self.columns:
                self.context.unknown(name, at / "within", self.columns, "column")
        order = self._order(model, at / "order")
        if not order:
            return []
        reader = InOrder(self.context, self.columns, self.on, order[0][0])
        reader.read(model.columns, at / "set")
        since = self._since(model, at, order[0][0])
        if model.since is None and any(item.function == "running" for item in reader.found):
            self.context.note("E114", (at / "set").where, what="running", reason="running")
        if not self._take(reader.types(), at / "set"):
            return []
        within = tuple(name for name in model.within if name in self.columns)
        return [Order(within, order, tuple(reader.found), tuple(reader.made), since)]

    def _order(self, model: SequenceIn, at: At) -> tuple[tuple[str, bool], ...]:
        found = []
        for number, one in enumerate(model.order):
            pairs = one.items() if isinstance(one, dict) else [(one, "up")]
            for name, way in pairs:
                if name not in self.columns:
                    self.context.unknown(name, at / number, self.columns, "column")
                elif way not in ("up", "down"):
                    self.context.unknown(way, at / number, ("up", "down"), "word")
                elif self.columns[name].kind in LISTS:
                    self.context.wrong("not_ordered", (at / number).where, name)
                else:
                    found.append((name, way == "down"))
        return tuple(found)

    def _since(self, model: SequenceIn, at: At, first: str) -> Expression | None:
        """Return the period with which running totals begin anew: that of the first column that orders the rows."""
        if model.since is None:
            return None
        if model.since not in PERIOD_UNITS:
            self.context.unknown(model.since, at / "since", PERIOD_UNITS, "no_unit")
            return None
        own = self.columns[first]
        if own.kind not in {Kind.DATE, Kind.INSTANT}:
            self.context.wrong("instant_wanted", (at / "since").where, first)
            return None
        marks = replace(PERIOD, may_be_unknown=own.may_be_unknown, may_be_na=own.may_be_na)
        return Call("period_of", (Name((first,), own), Literal(model.since, TEXT)), marks)

    def _allot(self, model: AllotIn, at: At) -> list[TableStep]:
        rows, other = self._rows(model.of, at / "of")
        on = self._links(model.on, at, rows, other)
        opens, closes = (*model.open, "start", "end")[:2] if len(model.open) != 1 else ("", "")
        for name in (opens, closes):
            if self.columns.get(name, TEXT).kind is not Kind.INSTANT:
                self.context.unknown(name, at / "open", list(self.columns), "column")
                return []
        if "at" not in other:
            self.context.wrong("moment_table", (at / "of").where, "of")
        needed = self.context.expression(model.needed, at / "needed", self.columns, Kind.NUMBER, self.on)
        reader = Aggregates(self.context, other, self.columns, _on(other))
        reader.read(model.columns, at / "set")
        if not self._take(reader.types(), at / "set") or needed is None:
            return []
        if type_of(needed).may_be_unknown or type_of(needed).may_be_na or type_of(needed).kind not in NUMERIC:
            self.context.note("E113", (at / "needed").where, what=model.needed, reason="undecided")
        return [Fill(rows, on, opens, closes, needed, tuple(reader.found), tuple(reader.made))]

    def _take(self, columns: Columns, at: At, *, again: bool = False) -> bool:
        """Add columns; one that stands there already is a fault."""
        fine = True
        for name, own in columns.items():
            if name in self.columns and not again:
                self.context.note("E101", (at / name).key, reason="has_column", name=name)
                fine = False
            self.columns[name] = own
        return fine


def _decided(rows: Rows, undecided: str | None) -> tuple[Rows, bool]:
    """Return the rows with what is undecided left out or counted in, and whether it may be unknown which count."""
    source = rows.source
    if source is None or not type_of(source.where).may_be_unknown:
        return rows, False
    if undecided is None:
        return rows, True
    instead = Literal(undecided == "count_in", BOOLEAN)
    where = Call("or_else", (source.where, instead), replace(type_of(source.where), may_be_unknown=False))
    return replace(rows, source=replace(source, where=where)), False


def _on(columns: Columns) -> str:
    return MOMENT if "at" in columns else WINDOW if "window" in columns else SPAN


def _member(own: Type) -> Type:
    kinds = {Kind.CHOICES: Kind.CHOICE, Kind.REFS: Kind.REF}
    return replace(own, kind=kinds.get(own.kind, own.kind))


def _named(data: object) -> dict[str, str]:
    """Return names with what they stand for: themselves, where only names are given."""
    if isinstance(data, dict):
        return data
    names = data if isinstance(data, list) else [data]
    return {name: name for name in names if isinstance(name, str)}


def _wider(own: Type, *others: Type) -> Type:
    """Return the type that holds what several columns of one name may hold."""
    unknown = any(item.may_be_unknown for item in (own, *others))
    absent = any(item.may_be_na for item in (own, *others))
    same = all(unmarked(item) == unmarked(own) for item in others)
    to = own.to if all(item.to == own.to for item in others) else None
    plain = own if same else Type(own.kind, to=to)
    return replace(plain, may_be_unknown=unknown, may_be_na=absent)


def _policy(word: str | None) -> str | None:
    return word if word in ("leave_out", "count_in") else None
