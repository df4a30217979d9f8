"""The columns of every table, by the kinds' contracts (language §2), so that conditions can be typed against them.

Worked out on demand: a rule's rows have the columns of the rows that it decides. A cycle gives no columns (E110).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.declarations.documents import Document
from app.declarations.names import HOLDER, PLACE, ROLE, Names, classes_of, tiers_of
from app.declarations.schema.common import SourceMap
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import RUNS, AppraisalFile, IndicatorFile, RuleFile
from app.declarations.schema.forms import FormFile
from app.declarations.schema.procedures import ProcedureFile
from app.declarations.schema.sheets import SheetFile
from app.declarations.schema.tables import TableFile
from app.declarations.schema.world import RoleFile
from app.domain.core.values import Column, Kind, Schema, Type
from app.domain.kinds.classes import class_type
from app.domain.kinds.duty import State
from app.domain.kinds.flag import LOOKED_AT
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import merged_names
from app.domain.kinds.links import WORKER
from app.domain.kinds.versions import whole_of
from app.domain.source_rows import history_columns, moment_columns, row_columns

INTEGER = Type(Kind.INTEGER)
NUMBER = Type(Kind.NUMBER)
TEXT = Type(Kind.TEXT)
BOOLEAN = Type(Kind.BOOLEAN)
INSTANT = Type(Kind.INSTANT)
PERIOD = Type(Kind.PERIOD)
STATE = Type(Kind.CHOICE, choices=tuple(State), may_be_unknown=True)
SCORE_STATES = ("computed", "not_computable", "not_applicable", "not_eligible", "over_quota", "undecided")

SHEET_PARTS = ("items", "lines", "wallet", "moves")
"""Tables of a sheet beside its own, the last two where it has a wallet."""

Columns = dict[str, Type]


def ref(to: str | None) -> Type:
    """Return the type of a reference."""
    return Type(Kind.REF, to=to)


def absent(own: Type) -> Type:
    """Return a type that may be n/a."""
    return replace(own, may_be_na=True)


def uncertain(own: Type) -> Type:
    """Return a type that may be unknown or n/a."""
    return replace(own, may_be_unknown=True, may_be_na=True)


def _in_common(versions: Sequence[Columns]) -> Columns:
    """Return the columns that all versions of a table have; one may hold what it holds in any of them.

    A column that is a number in one and a text in another isn't one: no condition could be read for both.
    """
    first, *others = versions
    return {
        name: _wider(own, [one[name] for one in others])
        for name, own in first.items()
        if all(name in one and alike(own, one[name]) for one in others)
    }


def alike(own: Type, other: Type) -> bool:
    """Whether two columns of one name can be one: of one kind, or whole numbers beside others."""
    return own.kind is other.kind or {own.kind, other.kind} == {Kind.INTEGER, Kind.NUMBER}


def _wider(own: Type, others: Sequence[Type]) -> Type:
    all_of_them = (own, *others)
    if len({one.kind for one in all_of_them}) > 1:
        own = Type(Kind.NUMBER)
    choices = tuple(dict.fromkeys(choice for one in all_of_them for choice in one.choices))
    return replace(
        own,
        choices=choices if own.kind in (Kind.CHOICE, Kind.CHOICES) else own.choices,
        ordered=own.ordered and all(one.choices == own.choices for one in others),
        may_be_unknown=any(one.may_be_unknown for one in all_of_them),
        may_be_na=any(one.may_be_na for one in all_of_them),
    )


@dataclass(frozen=True, slots=True)
class RowsOf:
    """What a definition has a row for, resolved: the row's columns, and what its subject refers to."""

    columns: Columns
    about: str
    place_level: bool = False


@dataclass(slots=True)
class Tables:
    """The columns of tables by name. `forms` are built already; `profile` are the facts of places."""

    names: Names
    forms: Mapping[str, Form]
    profile: Mapping[str, Type] = field(default_factory=dict)
    declared: Callable[[Document], Columns] = lambda _document: {}
    """Gives the columns of a declared table, which follow from its steps."""
    _known: dict[str, Columns] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def columns(self, table: str) -> Columns | None:
        """Return the columns of a table, or None when there is none of this name."""
        if table in self._known:
            return self._known[table]
        if table in self._open:
            return {}
        self._open.add(table)
        found = self._columns(table)
        self._open.discard(table)
        if found is not None:
            self._known[table] = found
        return found

    def schema(self, table: str) -> Schema:
        """Return the columns of a table as a schema, empty when there is none of this name."""
        return Schema(tuple(Column(name, own) for name, own in (self.columns(table) or {}).items()), ())

    def _columns(self, table: str) -> Columns | None:
        name, _, part = table.partition(".")
        whole = whole_of(name)
        if whole == LOOKED_AT:
            return None  # what somebody made of a flag is no row of anything
        kind = self.names.kind_of(whole)
        if kind == "form" and (rows := self._rows(name, part)) is not None:
            return rows
        if part and name in self.names.of("role"):
            return self._ineligible(name) if part == "ineligible" else None
        parts = {"sheet": SHEET_PARTS, "procedure": ("out_of_order",), "form": ("quality",)}
        if kind is None or (part and part not in parts.get(kind, ())):
            return None
        definitions = self.names.of(kind)[whole].definitions
        versions = [self._of(one, part) for one in definitions if name in {whole, one.id}]
        known = [columns for columns in versions if columns is not None]
        return _in_common(known) if known else None

    def _of(self, document: Document, part: str) -> Columns | None:
        """Return the columns of a definition's table, or of one of its parts."""
        name, model = document.id, document.model
        match model:
            case DutyFile():
                return self._duty(document, model)
            case RuleFile():
                return self._rule(model)
            case IndicatorFile():
                return self._indicator(model)
            case SheetFile():
                return self._sheet(model, part)
            case AppraisalFile():
                return self._appraisal(model)
            case TableFile():
                return self.declared(document)
            case ProcedureFile():
                return self._procedure(model, part)
            case FormFile() if part:
                return self._quality(model)
            case _:
                form = self.forms.get(whole_of(name))
                return None if form is None else {column.name: column.type for column in moment_columns(form)}

    def _ineligible(self, role: str) -> Columns | None:
        """Return the columns of a role's appointments of people who aren't eligible; None where it asks nothing."""
        model = self.names.of("role")[role].model
        if not isinstance(model, RoleFile) or model.eligible is None:
            return None
        return {"post": ref(HOLDER), "about": ref(WORKER), "rule": TEXT, "place": ref(PLACE), "at": INSTANT}

    def _rows(self, name: str, part: str) -> Columns | None:
        """Return the columns of the rows of one of a form's repeats; None where it has none of this name."""
        form = self.forms.get(name)
        repeat = next((item for item in form.repeats if item.id == part), None) if form is not None else None
        if form is None or repeat is None:
            return None
        return {one.name: one.type for one in row_columns(form, repeat)}

    # ---- subjects
    def subject(self, subject: str) -> Columns:
        """Return the columns of a described subject over time, its classes included."""
        if subject not in self.names.subjects and subject != WORKER:
            return {}
        found: Columns = {}
        for form_id in self.names.subjects.get(subject, ()):
            form = self.forms.get(form_id)
            for column in history_columns(form) if form is not None else ():
                found.setdefault(column.name, column.type)
        for name, models in classes_of(self.names, subject):
            found[name] = class_type(merged_names([tuple(model.first_of) for model in models]))
        if subject == WORKER:
            found.setdefault("subject", ref(WORKER))
            held = Type(Kind.CHOICES, choices=tuple(self.names.of("role")))
            found.setdefault("employed_as", replace(held, kind=Kind.CHOICE))
        return found

    def place(self, level: str = PLACE) -> Columns:
        """Return the columns of places: their level and the facts of their profiles."""
        return {"subject": ref(level), "level": TEXT, **self.profile}

    def role(self) -> Columns:
        """Return the columns of somebody in a post: the appointment's, and those of the worker's file."""
        found = {**self.subject(WORKER), **self.subject(HOLDER)}
        found["subject"] = ref(WORKER)
        return found

    def follow(self, own: Type, part: str) -> Type | None:
        """Return the type of `part` of what a reference points at, or None: to-one paths of conditions."""
        to = own.to or ""
        found = self.columns_of_reference(to)
        if part not in found and part in self.names.subjects.get(to, ()):
            return Type(Kind.REF, to=part, may_be_unknown=True)
        beyond = found.get(part)
        # What it refers to may have no file.
        return None if beyond is None else replace(beyond, may_be_unknown=True)

    def columns_of_reference(self, to: str) -> Columns:
        """Return the columns of what a reference of type `to` points at; none for what has none."""
        if to in self.names.levels or to == PLACE:
            return self.place(to)
        if to == WORKER or to in self.names.subjects:
            return self.subject(to)
        return self.columns(to) or {}

    def rows_of(self, each: object) -> RowsOf | None:
        """Return what `for_each` or `per` names, or None when nothing has this name."""
        if isinstance(each, list):
            return self.rows_of(each[0]) if each else None
        if isinstance(each, SourceMap):
            return self._source(each.form or each.table or "")
        word, _, name = str(each).partition(" ")
        name = name.strip()
        if name:
            if word not in ("role", "post") or name not in self.names.of("role"):
                return None
            return RowsOf(self.role(), WORKER) if word == "role" else RowsOf(self.subject(HOLDER), HOLDER)
        if word in self.names.subjects:
            return RowsOf(self.subject(word), word)
        if word in self.names.levels:
            return RowsOf(self.place(word), word, place_level=True)
        return self._source(word)

    def _source(self, table: str) -> RowsOf | None:
        """Return the rows of a table: those that are entries still are referred to as the entries of their form."""
        columns = self.columns(table)
        if columns is None:
            return None
        entry = columns.get("id")
        return RowsOf(columns, entry.to if entry is not None and entry.to else table)

    def _is_source(self, each: object) -> bool:
        """Whether `for_each` names rows, not those who are judged in windows."""
        return not isinstance(each, str) or not (
            " " in each or each in self.names.subjects or each in self.names.levels
        )

    def about(self, each: object) -> str:
        """Return whom the rows of a definition are about: the subject, or whom a source's rows belong to."""
        rows = self.rows_of(each)
        if rows is None:
            return WORKER
        if self.names.kind_of(rows.about.partition(".")[0]) is None or rows.about in self.names.subjects:
            return rows.about
        for column in ("about", "owner", "subject", "by"):
            own = rows.columns.get(column)
            if own is not None and own.kind is Kind.REF and own.to is not None:
                return own.to
        return WORKER

    def _quality(self, model: FormFile) -> Columns | None:
        """Return the columns of how a form's register is kept; None where it doesn't say what is wanted of it."""
        if model.quality is None or model.describes is None:
            return None
        own = {"window": PERIOD, "at": INSTANT, "known": BOOLEAN, "missing": INTEGER}
        if model.quality.fresh is not None:
            own |= {"confirmed_at": absent(INSTANT), "fresh": BOOLEAN}
        return {**self.subject(model.describes), **own}

    # ---- kinds
    def _duty(self, document: Document, model: DutyFile) -> Columns:
        rows = self.rows_of(model.for_each)
        subject = rows.about if rows else None
        owner = WORKER if model.owed_by is not None or subject is None else subject
        tiers = tiers_of(document)
        return {
            "subject": ref(subject),
            "window": PERIOD,
            "tier": Type(Kind.CHOICE, choices=tiers) if tiers else absent(TEXT),
            "owner": absent(ref(owner)),
            "place": absent(ref(PLACE)),
            "start": INSTANT,
            "at": absent(INSTANT),
            "due": absent(INSTANT) if model.pauses or model.extended_by else INSTANT,
            "needed": INTEGER,
            "counted": NUMBER,
            "possible": NUMBER,
            "short": NUMBER,
            "met_at": absent(INSTANT),
            "state": STATE,
        }

    def _rule(self, model: RuleFile) -> Columns:
        rows = self.rows_of(model.for_each)
        found: Columns = {
            "rule": TEXT,
            "about": absent(ref(self.about(model.for_each))),
            "subject": ref(None),
            "at": INSTANT,
            "level": absent(TEXT),
        }
        if rows is not None:
            own = rows.columns.get("level") if self._is_source(model.for_each) else None
            if own is not None and model.then.level is None:
                found["level"] = own  # what the rule itself says goes before it
            found = {**rows.columns, **found}
            found["subject"] = rows.columns.get("subject", ref(rows.about))
        found.setdefault("id", ref(None))
        found.setdefault("place", absent(ref(PLACE)))
        if model.every is not None:
            found |= {"period": PERIOD, "start": INSTANT, "end": INSTANT}
        for name, fact in model.facts.items():
            if name == "level" and model.then.level is not None:
                continue
            found[name] = uncertain(
                INTEGER if fact.function in (None, "count", "distinct", *RUNS) else NUMBER
            )
        return found

    def _indicator(self, model: IndicatorFile) -> Columns:
        found: Columns = {"about": ref(self.about(model.per)), "period": PERIOD}
        of = self.source_columns(model.of)
        for column in model.per[1:] if isinstance(model.per, list) else []:
            found[column] = of.get(column, TEXT)
        value = uncertain(NUMBER)
        return {
            **found,
            "value": value,
            "part": value,
            "whole": value,
            "target": absent(NUMBER),
            "met": uncertain(BOOLEAN),
        }

    def source_columns(self, source: object) -> Columns:
        """Return the columns of a source's table."""
        if isinstance(source, SourceMap):
            return self.columns(source.form or source.table or "") or {}
        return self.columns(str(source)) or {}

    def _wallet(self, model: SheetFile, part: str) -> Columns | None:
        """Return the columns of a wallet, or of what moves in it; None for a sheet that has none."""
        if model.wallet is None:
            return None
        about = ref(self.about(model.for_each))
        moved = {"event": TEXT, "refused": uncertain(TEXT), "line": TEXT, "at": INSTANT}
        if part == "moves":
            return {
                "about": about,
                **moved,
                **dict.fromkeys(("points", "moved", "balance"), uncertain(NUMBER)),
            }
        level = Type(Kind.CHOICE, tuple(model.wallet.levels), ordered=True)
        sums = ("balance", "earned", "spent", "expired", "earned_so_far")
        own: Columns = {"about": about, "period": PERIOD, "day": Type(Kind.DATE), "at": INSTANT}
        return {**own, **dict.fromkeys(sums, uncertain(NUMBER)), "level": uncertain(level)}

    def _sheet(self, model: SheetFile, part: str) -> Columns | None:
        if part in ("wallet", "moves"):
            return self._wallet(model, part)
        head: Columns = {"about": ref(self.about(model.for_each)), "period": PERIOD}
        points = uncertain(Type(Kind.MONEY, currency=model.unit) if model.unit.isupper() else NUMBER)
        tail: Columns = {"points": points, "max": absent(NUMBER)}
        state = Type(Kind.CHOICE, choices=SCORE_STATES)
        if part:
            middle: Columns = {"item": TEXT} | ({"line": TEXT, "row": TEXT} if part == "lines" else {})
            return {**head, **middle, **tail, "state": state}
        more = {} if model.prorate is None else {"part": uncertain(NUMBER)}
        return {**head, **tail, "bonus": uncertain(NUMBER), "total": points, **more, "state": state}

    def _procedure(self, model: ProcedureFile, part: str) -> Columns:
        matter, who, place = ref(model.matter), absent(ref(WORKER)), absent(ref(PLACE))
        if part:
            state = Type(Kind.TEXT, may_be_unknown=True, may_be_na=True)
            head: Columns = {"entry": ref(None), "matter": matter, "rule": TEXT, "about": who}
            return {**head, "place": place, "at": INSTANT, "state": state}
        return {
            "matter": matter,
            "nth": INTEGER,
            "state": Type(Kind.CHOICE, choices=tuple(model.states)),
            "step": absent(TEXT),
            "entry": ref(None),
            "by": who,
            "handler": absent(ref(WORKER)),
            "place": place,
            "at": INSTANT,
            "start": INSTANT,
            "end": absent(INSTANT),
        }

    def _appraisal(self, model: AppraisalFile) -> Columns:
        grades = Type(Kind.CHOICE, choices=tuple(reversed(model.grades)), ordered=True)
        return {
            "about": ref(self.about(model.for_each)),
            "period": PERIOD,
            "score": uncertain(NUMBER),
            "grade": uncertain(grades),
            "state": Type(Kind.CHOICE, choices=SCORE_STATES),
            "passed": uncertain(BOOLEAN),
            "rank": uncertain(INTEGER),
            "place": absent(ref(PLACE)),
            "bonus": uncertain(NUMBER),
            **{f"part_{part}": uncertain(NUMBER) for part in model.parts},
        }


__all__ = ["PLACE", "ROLE", "Columns", "RowsOf", "Tables"]
