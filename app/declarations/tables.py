"""The columns of every table, by the kinds' contracts (language §2), so that conditions can be typed against them.

Worked out on demand: a rule's rows have the columns of the rows that it decides. A cycle gives no columns (E110).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from app.declarations.columns import INSTANT, TEXT, Columns, RowsOf, in_common, ref
from app.declarations.documents import Document
from app.declarations.kind_columns import SHEET_PARTS, columns_of
from app.declarations.names import HOLDER, PLACE, Names, classes_of
from app.declarations.schema.common import SourceMap
from app.declarations.schema.forms import FormFile
from app.declarations.schema.tables import TableFile
from app.declarations.schema.world import RoleFile
from app.domain.core.values import Column, Kind, Schema, Type
from app.domain.kinds.classes import class_type
from app.domain.kinds.flag import LOOKED_AT
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import merged_names
from app.domain.kinds.links import WORKER
from app.domain.kinds.versions import whole_of
from app.domain.source_rows import history_columns, moment_columns, row_columns


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
        return in_common(known) if known else None

    def _of(self, document: Document, part: str) -> Columns | None:
        """Return the columns of a definition's table, or of one of its parts."""
        if isinstance(document.model, TableFile):
            return self.declared(document)
        if isinstance(document.model, FormFile) and not part:
            form = self.forms.get(whole_of(document.id))
            return None if form is None else {column.name: column.type for column in moment_columns(form)}
        return columns_of(self, document, part)

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

    def source_columns(self, source: object) -> Columns:
        """Return the columns of a source's table."""
        if isinstance(source, SourceMap):
            return self.columns(source.form or source.table or "") or {}
        return self.columns(str(source)) or {}
