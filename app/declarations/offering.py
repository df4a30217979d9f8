"""What a place's files declare, to pick from while one of them is edited: read from their shapes, also with faults."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from app.declarations.build.forms import bare_form
from app.declarations.build.spacing import UNITS
from app.declarations.build.world import PERMISSIONS, build_places, fact_titles
from app.declarations.cited import cited_texts
from app.declarations.closure import in_force
from app.declarations.columns import Columns
from app.declarations.deployment import FieldSort
from app.declarations.documents import Document
from app.declarations.ground import NO_CALENDAR
from app.declarations.load import system_documents
from app.declarations.names import HOLDER, PLACE, ROLE, Names, names_of
from app.declarations.overlays import with_overlays
from app.declarations.schema.common import Titled
from app.declarations.schema.figures import MEASURES
from app.declarations.schema.forms import ClassFile, FormFile
from app.declarations.schema.inventories import InventoryFile
from app.declarations.schema.world import CalendarFile
from app.declarations.tables import Tables
from app.domain.core.aggregates import AGGREGATES
from app.domain.core.methods import METHODS
from app.domain.core.values import Kind
from app.domain.kinds.common import Texts
from app.domain.kinds.counting import COUNTINGS, WINDOWS
from app.domain.kinds.duty import State
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import whole_form
from app.domain.kinds.links import WORKER
from app.domain.place import profile_types
from app.domain.plugin import PLUGINS
from app.services.drafting.described import Named
from app.services.drafting.offered import ColumnOffer, Offer, Offers
from app.services.reasons.column_words import column_message

_OF_KINDS: Mapping[str, Named] = {
    "form": Named.FORM,
    "class": Named.CLASS,
    "duty": Named.DUTY,
    "indicator": Named.INDICATOR,
    "rule": Named.RULE,
    "sheet": Named.SHEET,
    "appraisal": Named.APPRAISAL,
    "procedure": Named.PROCEDURE,
    "calendar": Named.CALENDAR,
    "role": Named.ROLE,
}
_OF_QUESTIONS = ("group", "repeat")
"""Types of question that consist of questions."""
_SHORT = 60
"""Characters of an item that are offered beside its number."""


def offers(place: str, files: Mapping[str, str], field_types: Mapping[str, FieldSort]) -> Offers:
    """Return what can be picked in a file of a place. Files with faults give what is left of them."""
    read, _ = with_overlays(in_force(place, files).read)
    names, _ = names_of([*system_documents(), *read])
    bare = _bare_forms(names, field_types)
    facts = profile_types(build_places(names.of("place")))
    tables = Tables(names, bare, facts)
    told = _Told(names, bare)
    return Offers(dict(_names(names, told, field_types, facts)), dict(_columns(names, tables, told)))


def _bare_forms(names: Names, field_types: Mapping[str, FieldSort]) -> dict[str, Form]:
    found: dict[str, Form] = {}
    for name, document in names.of("form").items():
        versions = [
            bare_form(one.model, one.at, names, field_types, NO_CALENDAR)[0]
            for one in document.definitions
            if isinstance(one.model, FormFile)
        ]
        found[name] = whole_form(tuple(versions))
    return found


class _Told:
    """The titles of definitions and of what they hold."""

    def __init__(self, names: Names, forms: Mapping[str, Form]) -> None:
        self._names = names
        self.facts = fact_titles(names.of("place"))
        self._fields = {
            name: {field.id: field for part in (form, *form.versions) for field in part.fields}
            for name, form in forms.items()
        }

    @staticmethod
    def document(document: Document) -> Texts:
        return document.model.title if isinstance(document.model, Titled) else {}

    def subject(self, subject: str) -> Texts:
        forms = self._names.subjects.get(subject, ())
        return self.document(self._names.of("form")[forms[0]]) if forms else {}

    def column(self, forms: Iterable[str], name: str, kind: Kind, choices: tuple[str, ...]) -> ColumnOffer:
        """Return a column of rows that hold the answers of these forms."""
        field = next((self._fields[one][name] for one in forms if name in self._fields.get(one, {})), None)
        own = {choice.id: choice.title for choice in field.choices} if field is not None else {}
        if field is not None and own.keys() >= set(choices):  # else the rows have another column of that name
            values = tuple(Offer(choice, own.get(choice, {})) for choice in choices)
            return ColumnOffer(name, field.title, kind, values)
        document = self._names.of("class").get(name)
        if document is not None and isinstance(document.model, ClassFile):
            titles = document.model.titles
            values = tuple(Offer(choice, titles.get(choice, {})) for choice in choices)
            return ColumnOffer(name, document.model.title, kind, values)
        states = set(State)
        values = tuple(
            Offer(choice, {}, f"state-{choice}" if name == "state" and choice in states else "")
            for choice in choices
        )
        return ColumnOffer(name, {}, kind, values, column_message(name))


# ---- names
def _names(
    names: Names, told: _Told, field_types: Mapping[str, FieldSort], facts: Iterable[str]
) -> Iterator[tuple[Named, tuple[Offer, ...]]]:
    for kind, named in _OF_KINDS.items():
        yield named, tuple(Offer(name, told.document(one)) for name, one in names.of(kind).items())
    tables = tuple(Offer(name, _title(names, told, name)) for name in names.tables())
    subjects = tuple(Offer(name, told.subject(name)) for name in names.subjects)
    yield Named.TABLE, tables
    yield Named.SUBJECT, subjects
    levels = tuple(Offer(name, {}, f"level-{name}") for name in sorted(names.levels))
    yield Named.LEVEL, levels
    facts_known = dict.fromkeys([*told.facts, *facts])
    yield Named.FACT, tuple(Offer(name, told.facts.get(name, {})) for name in facts_known)
    roles = [(name, told.document(one)) for name, one in names.of("role").items()]
    posts = [Offer(f"{word} {name}", title) for word in ("role", "post") for name, title in roles]
    yield Named.EACH, (*subjects, *posts, *levels, *tables)
    own = {one.id for one in (*subjects, *tables, *levels)}
    others = [Offer(name) for name in (WORKER, HOLDER, PLACE, ROLE) if name not in own]
    known = names.references()
    yield Named.REFERENCE, tuple(one for one in (*subjects, *others, *tables, *levels) if one.id in known)
    yield (
        Named.FINDING,
        tuple(
            Offer(finding, told.document(names.of("rule")[rule])) for finding, rule in names.findings.items()
        ),
    )
    yield Named.SPACING, (*_spacings(), *_own_units(names))
    to = next((one.id for one in subjects), WORKER)
    sorts = {name: sort.kind for name, sort in field_types.items()}
    types = tuple(
        Offer(
            name,
            {},
            f"field-type-{name}",
            {"fields": {"field_1": {"type": "text"}}}
            if name in _OF_QUESTIONS
            else _begins(sorts.get(name), to),
        )
        for name in dict.fromkeys((*field_types, *_OF_QUESTIONS))
    )
    yield Named.FIELD_TYPE, types
    yield from _clauses(names)
    methods = {name: one.title for group in (METHODS, COUNTINGS, WINDOWS) for name, one in group.items()}
    yield Named.METHOD, tuple(Offer(name, title) for name, title in methods.items() if title)
    yield (
        Named.MEASURE,
        tuple(
            Offer(name, {}, f"key-{name}")
            for name in (*MEASURES, *(name for name, one in AGGREGATES.items() if one.written))
        ),
    )
    yield Named.PERMISSION, tuple(Offer(name, {}, f"may-{name}") for name in PERMISSIONS)
    yield Named.PLUGIN, tuple(Offer(name) for name in sorted(PLUGINS))
    yield Named.PLACE, tuple(Offer(path) for path in names.of("place"))


def _begins(kind: Kind | None, to: str) -> Mapping[str, Any]:
    """Return what a new question must say beside its type: options, what it points at."""
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return {"from": {"option_1": {}, "option_2": {}}}
    if kind in (Kind.REF, Kind.REFS):
        return {"to": to}
    return {}


def _clauses(names: Names) -> Iterator[tuple[Named, tuple[Offer, ...]]]:
    """Yield the documents that are declared or taken in, and the items of the place's own inventories."""
    models = [one.model for one in names.of("inventory").values()]
    own = [one for one in models if isinstance(one, InventoryFile)]
    declared = {name: one.title for name, one in cited_texts(names).items()}
    documents = {one.document: one.title for one in own} | declared
    yield Named.DOCUMENT, tuple(Offer(name, title) for name, title in documents.items())
    yield (
        Named.ITEM,
        tuple(
            Offer(name, {language: f"{name} {words[:_SHORT]}" for language, words in item.says.items()})
            for one in own
            for name, item in one.items.items()
        ),
    )


def _title(names: Names, told: _Told, table: str) -> Texts:
    name = table.partition(".")[0]
    kind = names.kind_of(name)
    return told.document(names.of(kind)[name]) if kind is not None else {}


def _spacings() -> Iterator[Offer]:
    for unit in UNITS:
        spelled = "half_day of working_days" if unit == "half_day" else unit
        yield Offer(spelled, {}, f"sentence-every-{unit.replace('_', '-')}")


def _own_units(names: Names) -> Iterator[Offer]:
    for document in names.of("calendar").values():
        if isinstance(document.model, CalendarFile):
            yield from (Offer(name) for name in document.model.units)


# ---- columns
def _columns(names: Names, tables: Tables, told: _Told) -> Iterator[tuple[str, tuple[ColumnOffer, ...]]]:
    for table in names.tables():
        forms = _forms_of(names, table)
        yield table, _told_columns(told, forms, tables.columns(table) or {})
    for subject in names.subjects:
        yield subject, _told_columns(told, names.subjects[subject], tables.subject(subject))
    own = (*names.subjects.get(WORKER, ()), *names.subjects.get(HOLDER, ()))
    people = _told_columns(told, own, tables.role())
    held = _told_columns(told, names.subjects.get(HOLDER, ()), tables.subject(HOLDER))
    for role in names.of("role"):
        yield f"role {role}", people
        yield f"post {role}", held
    for level in names.levels:
        of_place = _told_columns(told, (), tables.place(level))
        yield level, tuple(replace(one, title=told.facts.get(one.id, one.title)) for one in of_place)


def _forms_of(names: Names, table: str) -> tuple[str, ...]:
    """Return the forms whose questions a table's columns may be: its own, or those about its subject."""
    name = table.partition(".")[0]
    return (name, *(one for group in names.subjects.values() for one in group))


def _told_columns(told: _Told, forms: Iterable[str], columns: Columns) -> tuple[ColumnOffer, ...]:
    listed = tuple(forms)
    return tuple(told.column(listed, name, own.kind, own.choices) for name, own in columns.items())
