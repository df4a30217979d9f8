"""What names mean: definitions by kind, described subjects, levels, and the columns of every table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.declarations.documents import WITHOUT_ID, Document, ReadDocument
from app.declarations.schema.base import Model
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import RuleFile
from app.declarations.schema.forms import ClassFile, FieldIn, FormFile
from app.declarations.schema.world import PlaceFile, RoleFile
from app.domain.kinds.links import WORKER
from app.domain.kinds.procedure import out_of_order
from app.domain.kinds.register import quality_table
from app.domain.kinds.role import ineligible
from app.domain.problem import Problem

LEVELS = ("district", "street", "community", "grid", "building")
"""The usual levels; a deployment's places and roles may name others."""

HOLDER = "holder"
PLACE = "place"
ROLE = "role"

TABLE_KINDS = ("form", "duty", "rule", "indicator", "sheet", "appraisal", "table", "procedure")
"""Kinds whose definitions are tables; a class is a column."""


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one place's files. `documents` holds the whole ones, by kind and id.

    `broken` are the ids of files that have faults of their own: naming one starts no further fault. `left_out` are
    those that the place doesn't use: a list of posts may name one, and is read without it.
    """

    documents: Mapping[str, Mapping[str, Document]]
    broken: frozenset[str]
    subjects: Mapping[str, tuple[str, ...]]
    levels: frozenset[str]
    findings: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()

    def of(self, kind: str) -> Mapping[str, Document]:
        """Return the definitions of a kind."""
        return self.documents.get(kind, {})

    def kind_of(self, name: str) -> str | None:
        """Return the kind of the table of this name, or None."""
        return next((kind for kind in TABLE_KINDS if name in self.of(kind)), None)

    def posts(self, listed: Iterable[str]) -> tuple[str, ...]:
        """Return the listed posts without those that the place doesn't use; all of them if it uses none.

        An empty list would mean everybody: where nobody is left, the missing posts are told instead.
        """
        named = tuple(listed)
        return tuple(one for one in named if one not in self.left_out) or named

    def tables(self) -> list[str]:
        """Return the names of all tables, parts of sheets included."""
        found = [name for kind in TABLE_KINDS for name in self.of(kind)]
        parts = [f"{name}.{part}" for name in self.of("sheet") for part in ("items", "lines", "wallet")]
        forms = _models(self.documents, "form")
        parts += [f"{name}.{part}" for name, model in forms for part in _repeats(model)]
        parts += _registers(self.documents)
        posts = _models(self.documents, "role")
        parts += [ineligible(name) for name, model in posts if isinstance(model, RoleFile) and model.eligible]
        return found + parts + [out_of_order(name) for name in self.of("procedure")]

    def are_entries(self, table: str) -> bool:
        """Whether a table's rows are entries, or rows within them: moments, of which no window is to come."""
        form, _, part = table.partition(".")
        document = self.of("form").get(form)
        return document is not None and (not part or part in _repeats(document.model))

    def references(self) -> set[str]:
        """Return what a reference may point at: a finding is referred to by its rule."""
        return {WORKER, HOLDER, PLACE, ROLE, *self.subjects, *self.of("form"), *self.of("rule"), *self.levels}


def names_of(
    read: Iterable[ReadDocument], left_out: frozenset[str] = frozenset()
) -> tuple[Names, list[Problem]]:
    """Return the index of what was read, and the problems of ids that are given twice."""
    documents: dict[str, dict[str, Document]] = {}
    problems: list[Problem] = []
    broken: set[str] = set()
    first: dict[str, str] = {}
    for one in read:
        document = one.document
        broken |= one.lost
        if document is None:
            broken.add(one.id)
            continue
        if document.kind in WITHOUT_ID:
            documents.setdefault(document.kind, {})[document.path] = document
            continue
        if document.id in first:
            where = document.data.value_places[document.kind]
            values = {"reason": "twice", "name": document.id, "first": first[document.id]}
            problems.append(Problem("E101", where, values))
            continue
        first[document.id] = document.path
        documents.setdefault(document.kind, {})[document.id] = document
    return Names(
        documents,
        frozenset(broken),
        _subjects(documents),
        _levels(documents),
        _findings(documents),
        left_out,
    ), problems


def _models(documents: Mapping[str, Mapping[str, Document]], kind: str) -> Iterable[tuple[str, Model]]:
    return ((name, document.model) for name, document in documents.get(kind, {}).items())


def _repeats(model: Model) -> Iterable[str]:
    """Return the ids of a form's repeats, those within sections too."""
    fields = model.fields if isinstance(model, FormFile | FieldIn) else {}
    for name, one in fields.items():
        if one.type == "repeat":
            yield name
        else:
            yield from _repeats(one)


def _subjects(documents: Mapping[str, Mapping[str, Document]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, model in _models(documents, "form"):
        if isinstance(model, FormFile) and model.describes is not None:
            found[model.describes] = (*found.get(model.describes, ()), name)
    return found


def _registers(documents: Mapping[str, Mapping[str, Document]]) -> Iterable[str]:
    """Yield the tables of how registers are kept."""
    for name, model in _models(documents, "form"):
        if isinstance(model, FormFile) and model.quality is not None:
            yield quality_table(name)


def _levels(documents: Mapping[str, Mapping[str, Document]]) -> frozenset[str]:
    found = set(LEVELS)
    for _, model in _models(documents, "place"):
        if isinstance(model, PlaceFile):
            found.add(model.level)
            inner = list(model.places.values())
            while inner:
                one = inner.pop()
                found.add(one.level)
                inner.extend(one.places.values())
    return frozenset(found)


def _findings(documents: Mapping[str, Mapping[str, Document]]) -> dict[str, str]:
    return {
        one.model.then.finding: name
        for name, document in documents.get("rule", {}).items()
        for one in document.definitions
        if isinstance(one.model, RuleFile)
    }


def classes_of(names: Names, subject: str) -> list[tuple[str, list[ClassFile]]]:
    """Return the classes of a subject, each a column of it, with their versions."""
    found = []
    for name, document in names.of("class").items():
        models = [one.model for one in document.definitions if isinstance(one.model, ClassFile)]
        if models and models[0].of == subject:
            found.append((name, models))
    return found


def tiers_of(document: Document) -> tuple[str, ...]:
    """Return the ids of a duty's tiers."""
    return tuple(document.model.tiers) if isinstance(document.model, DutyFile) else ()
