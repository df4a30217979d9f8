"""What every builder needs: names, tables, the list of problems, and the reading of conditions, figures, titles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeGuard

from app.declarations.asked import Answers, always, days_of
from app.declarations.cited import named
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.names import Names
from app.declarations.place_folders import layer_of
from app.declarations.schema.common import ClauseIn, RoundIn, SourceMap, Titled
from app.declarations.schema.figures_in import Figure
from app.declarations.suggest import unknown_name, wrong_value
from app.declarations.switches import Switches
from app.declarations.tables import Tables
from app.declarations.trees import Reading, read_condition, read_expression
from app.domain.core.expressions import TRUE, All, Binary, Call, Expression, Literal, Name, Not, Some
from app.domain.core.types import type_of
from app.domain.core.values import Column, Kind, Number, Schema, Type, Unknown, Value
from app.domain.kinds.common import CitedText, Clause, Each, Heading, Parameter, Round, Rounding, Source
from app.domain.kinds.flag import LOOKED_AT
from app.domain.kinds.links import AmbiguousLinkError, link_column
from app.domain.kinds.versions import whole_of
from app.domain.problem import Problem, Where

MOMENT = "at"
SPAN = "start"
WINDOW = "end"
UNDECIDED = "undecided"


@dataclass(slots=True)
class Context:
    """One regulation being built. Builders note problems and return what they can."""

    names: Names
    tables: Tables
    problems: list[Problem] = field(default_factory=list)
    parameters: list[Parameter] = field(default_factory=list)
    uses: dict[str, list[tuple[str, Where]]] = field(default_factory=dict)
    current: str = ""
    answers: Answers = field(default_factory=Answers)
    holds: tuple[date | None, date | None] = (None, None)
    """From and until when the current definition is in force."""
    plugins: Switches = field(default_factory=lambda: Switches(()))
    cited: Mapping[str, CitedText] = field(default_factory=dict)
    """The documents that clauses are of."""

    # ---- noting
    def note(self, code: str, where: Where, **values: str | int) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, where, values))

    def wrong(self, reason: str, where: Where, what: str = "") -> None:
        """Note a value of the wrong sort."""
        self.problems.append(wrong_value(reason, where, what or self.current))

    def unknown(self, name: str, at: At, known: Iterable[str], what: str, *, key: bool = False) -> None:
        """Note a name that nothing has, unless a broken file has it: then its own fault is enough."""
        if name in self.names.of("flag") or name == LOOKED_AT:
            self.note("E135", at.key if key else at.where, what=name)
        elif name not in self.names.broken:
            self.problems.append(unknown_name(name, at.key if key else at.where, known, what))

    def depends(self, table: str, at: At) -> None:
        """Note that the current definition reads a table."""
        self.uses.setdefault(self.current, []).append((table.partition(".")[0], at.where))

    # ---- what all kinds have
    def heading(self, model: Titled, at: At) -> Heading:
        """Return a definition's heading."""
        force = model.in_force
        return Heading(
            id=at.root,
            title=model.title,
            clause=clause(model.clause, self.cited),
            since=force.since if force else None,
            until=force.until if force else None,
            where=at.where,
            notes=model.notes,
            acknowledged=tuple(
                (code, path)
                for code, reasons in model.acknowledged.items()
                for path in (reasons if isinstance(reasons, dict) else ("",))
            ),
        )

    def parameter(self, figure: Figure | None, at: At, kind: Kind) -> Parameter | None:
        """Return a dated figure as a parameter with its path, or None."""
        if figure is None:
            return None
        own = Parameter(
            path=at.name,
            values=figure.values,
            type=Type(kind),
            origin=figure.origin,
            why=figure.why,
            at_least=figure.at_least,
            at_most=figure.at_most,
            where=at.where,
            layer=layer_of(at.where.path),
            one_of=figure.one_of,
            percent=figure.percent,
        )
        self.parameters.append(own)
        return own

    def required(self, figure: Figure, at: At, kind: Kind) -> Parameter:
        """Return a figure that is given as a parameter."""
        found = self.parameter(figure, at, kind)
        if found is None:
            raise TypeError
        return found

    # ---- expressions
    def condition(self, data: object, at: At, columns: Columns, on: str = MOMENT) -> Expression:
        """Return a condition typed against `columns`; TRUE when there is none, or when it has faults (noted)."""
        if data is None:
            return TRUE
        tree = self._taken(read_condition(data, at, columns, self.tables.follow, on), TRUE)
        if whole_of(self.current) not in self.names.of(
            "form"
        ):  # in a form, what isn't known yet isn't relevant yet
            self._note_unasked(unguarded(tree), at)
        return tree

    def _note_unasked(self, columns: set[str], at: At) -> None:
        """Note columns that may lack an answer: nobody must fill them, or not all entries were asked."""
        for column in sorted(columns & self.answers.left_out):
            self.note("W210", at.where, what=column)
        for column in sorted(columns & self.answers.at_times.keys()):
            times = self.answers.at_times[column]
            if not always(times, *self.holds):
                self.note("W221", at.where, what=column, days=days_of(times) or "none")

    def optional(self, data: object, at: At, columns: Columns, on: str = MOMENT) -> Expression | None:
        """Return a condition, or None when there is none."""
        return None if data is None else self.condition(data, at, columns, on)

    def expression(
        self, text: str | None, at: At, columns: Columns, expected: Kind | None = None, on: str = MOMENT
    ) -> Expression | None:
        """Return an expression typed against `columns`, or None when there is none or it has faults (noted)."""
        if text is None:
            return None
        found = read_expression(text, at, columns, self.tables.follow, expected, on)
        self.note_all(found.problems)
        return None if found.problems else found.tree

    def _taken(self, reading: Reading, otherwise: Expression) -> Expression:
        self.note_all(reading.problems)
        return otherwise if reading.problems or reading.tree is None else reading.tree

    def note_all(self, problems: Iterable[Problem]) -> None:
        """Note problems of an expression, but not that of a column which a broken file would give."""
        for problem in problems:
            named = str(problem.values.get("what", "")).split(".")[0]
            if problem.code != "E102" or named not in self.names.broken:
                self.problems.append(problem)

    # ---- rows
    def source(
        self,
        data: object,
        at: At,
        *,
        wanted: str | None,
        extra: object = None,
        extra_at: At | None = None,
        held: bool = True,
    ) -> Source:
        """Return rows as declared: an id or a mapping. `wanted` is what they must be tied to (None: nothing).

        `extra` is a further condition that stands outside of the source. With `held`, whether rows count that a
        declared table holds as undecided isn't known.
        """
        table, where_at = source_table(data, at)
        columns = self.tables.columns(table)
        if columns is None:
            self.unknown(table, where_at, self.tables.names.tables(), "table")
            return Source(table)
        self.depends(table, where_at)
        added: tuple[tuple[str, Expression, Type], ...] = ()
        where: Expression = TRUE
        link = None
        if isinstance(data, SourceMap):
            if data.form is not None and data.table is not None:
                self.wrong("one_of_form_and_table", (at / "table").key)
            columns, added = self._added(data, at, columns)
            where = self.condition(data.where, at / "where", columns)
            link = data.link
            if link is not None and link not in columns:
                self.unknown(link, at / "link", columns, "column")
            elif link is not None and wanted is not None:
                self._tied(link, columns[link], wanted, table, at / "link")
        if extra is not None and extra_at is not None:
            where = both(where, self.condition(extra, extra_at, columns))
        if held and self.names.kind_of(table) == "table" and UNDECIDED in columns:
            where = both(unless_undecided(), where)
        return Source(table, where, added, self._link(table, columns, wanted, link, where_at))

    def columns_of(self, source: Source) -> Columns:
        """Return the columns of a source's rows, the added ones included."""
        return {**(self.tables.columns(source.table) or {}), **{name: own for name, _, own in source.set}}

    def _added(
        self, data: SourceMap, at: At, columns: Columns
    ) -> tuple[Columns, tuple[tuple[str, Expression, Type], ...]]:
        found: list[tuple[str, Expression, Type]] = []
        columns = dict(columns)
        for name, text in data.columns.items():
            where = at / "set" / name
            tree = (
                self.expression(text, where, columns)
                if isinstance(text, str)
                else self.condition(text, where, columns)
            )
            if tree is not None:
                own = type_of(tree)
                columns[name] = own
                found.append((name, tree, own))
        return columns, tuple(found)

    def _link(self, table: str, columns: Columns, wanted: str | None, link: str | None, at: At) -> str | None:
        """Check that the rows can be tied to one `wanted`; return the column where it isn't the plain one."""
        if wanted is None or link is not None or table in self.names.broken:
            return link
        if wanted in self.names.levels or wanted == "place":
            return None  # places tie by containment
        schema = Schema(tuple(Column(name, own) for name, own in columns.items()), ())
        try:
            link_column(schema, wanted)
        except AmbiguousLinkError as fault:
            reason = "many" if fault.candidates else "none"
            self.note(
                "E111",
                at.where,
                reason=reason,
                table=table,
                wanted=wanted,
                candidates=", ".join(fault.candidates),
            )
        return None

    def _tied(self, link: str, own: Type, wanted: str, table: str, at: At) -> None:
        """Check that a column ties rows to what is wanted; places of unlike levels tie by containment."""
        if own.kind not in (Kind.REF, Kind.REFS):
            self.wrong("ref_wanted", at.where, link)
        elif own.to not in (None, wanted) and not {own.to, wanted} & {"place", *self.names.levels}:
            self.note(
                "E111",
                at.where,
                reason="link",
                table=table,
                wanted=wanted,
                link=link,
                to=own.to or "",
                candidates="",
            )

    def each(self, data: object, at: At) -> tuple[Each, Columns, str]:
        """Return what a definition has a row for, the row's columns, and what its subject refers to."""
        rows = self.tables.rows_of(data)
        if isinstance(data, list):
            data, at = data[0] if data else "", at / 0
        if rows is None:
            self._unknown_each(data, at)
            return Each(level="?"), {}, "worker"
        if isinstance(data, SourceMap):
            source = self.source(data, at, wanted=None)
            return Each(source=source), self.columns_of(source), rows.about
        word, _, name = str(data).partition(" ")
        name = name.strip()
        if name:
            each = Each(role=name) if word == "role" else Each(post=name)
            return each, rows.columns, rows.about
        if word in self.names.subjects:
            return Each(subject=word), rows.columns, rows.about
        if rows.place_level:
            return Each(level=word), rows.columns, rows.about
        self.depends(word, at)
        return Each(source=Source(word)), rows.columns, rows.about

    def _unknown_each(self, data: object, at: At) -> None:
        if isinstance(data, SourceMap):
            table, at = source_table(data, at)
            self.unknown(table, at, self.tables.names.tables(), "table")
            return
        word, _, name = str(data).partition(" ")
        if name and word in ("role", "post"):
            self.unknown(name.strip(), at, self.names.of("role"), "role")
            return
        known = [*self.names.subjects, *self.names.levels, *self.names.tables()]
        self.unknown(word, at, known, "each")


def unguarded(tree: Expression) -> set[str]:
    """Return the columns that may be unknown and are read without `known`, `applies` or `or_else` around them."""
    match tree:
        case Name(path, own):
            return {path[-1]} if own is not None and own.may_be_unknown else set()
        case Binary(_, left, right):
            return unguarded(left) | unguarded(right)
        case All(parts) | Some(parts):
            return {name for part in parts for name in unguarded(part)}
        case Not(part):
            return unguarded(part)
        case Call(function, arguments):
            guarded = function in ("known", "applies", "or_else")
            return set() if guarded else {name for part in arguments for name in unguarded(part)}
        case _:
            return set()


def both(left: Expression, right: Expression) -> Expression:
    """Return `left && right` without empty parts."""
    parts = [
        *(left.parts if isinstance(left, All) else (left,)),
        *(right.parts if isinstance(right, All) else (right,)),
    ]
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def unless_undecided() -> Expression:
    """Return the condition that is unknown for the rows that a table holds as undecided."""
    unsure = Type(Kind.BOOLEAN, may_be_unknown=True)
    held = Name((UNDECIDED,), Type(Kind.BOOLEAN))
    return Call(
        "if",
        (held, Literal(Unknown(UNDECIDED), unsure), Literal(value=True, type=held.type or unsure)),
        unsure,
    )


def clause(model: ClauseIn | None, cited: Mapping[str, CitedText]) -> Clause | None:
    """Return the clause as the domain has it, with the document among the `cited` ones that it is of."""
    if model is None:
        return None
    return Clause(
        model.doc, model.ref, model.text, tuple(model.items), cited.get(model.doc) or named(model.doc)
    )


def rounding(model: RoundIn | None) -> Round | None:
    """Return the rounding as the domain has it."""
    return None if model is None else Round(model.to, Rounding(model.half))


def source_table(data: object, at: At) -> tuple[str, At]:
    """Return the table that a source names, and where."""
    if isinstance(data, SourceMap):
        key = "form" if data.form is not None else "table"
        return data.form or data.table or "", at / key
    return str(data), at


def is_number(value: Value) -> TypeGuard[Number]:
    """Whether a figure's value is a number, exact as all are."""
    return isinstance(value, int | Fraction) and not isinstance(value, bool)
