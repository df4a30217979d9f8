"""How the registers hang together: what a record refers to, and what refers to it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.core.values import Kind
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.source_histories import history_table
from app.services.as_known import Tables
from app.services.labels import Labels, SubjectLabel
from app.services.registers.facts import Subjects
from app.services.registers.sorts import sort_of


@dataclass(frozen=True, slots=True)
class Link:
    """A record of another register: its type and how it is shown; `mine` when the reader may open it; its `sort`."""

    about: str
    label: SubjectLabel
    mine: bool = True
    sort: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Links:
    """Records of one register that hang together with a subject: `title` is the register's, or the question's."""

    title: Texts
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Dependent:
    """A present record that refers to a subject: the form that describes it, and the field that refers."""

    form: Form
    field: str
    subject: str


def dependents(tables: Tables, about: str, subject: str, at: datetime) -> Iterator[Dependent]:
    """Yield the records of any register that refer to a subject at an instant, in the order of the forms."""
    for _, one in dependents_of(tables, about, frozenset((subject,)), at):
        yield one


def dependents_of(
    tables: Tables, about: str, subjects: frozenset[str], at: datetime
) -> Iterator[tuple[str, Dependent]]:
    """Yield the records that refer to one of many subjects at an instant, each with whom it refers to."""
    for form in tables.regulation.forms.values():
        fields = [
            item.id
            for item in form.fields
            if form.describes is not None and item.type.kind is Kind.REF and item.type.to == about
        ]
        table = history_table(form.describes or "")
        if not fields or not tables.has(table):
            continue
        schema = tables.schema(table)
        key, start, end = (schema.position(name) for name in ("subject", "start", "end"))
        places = [(name, schema.position(name)) for name in fields if name in schema]
        for row in tables.rows(table).values():
            if row[start] <= at and (row[end] is None or at < row[end]):
                for name, position in places:
                    whom = row[position]
                    if isinstance(whom, str) and whom in subjects:
                        yield whom, Dependent(form, name, str(row[key]))


def links_of(
    seen: Subjects, tables: Tables, form: Form, subject: str, state: dict[str, object], at: datetime
) -> tuple[Links, ...]:
    """Return what a record refers to by the answers of its `state`, then what refers to it, as of an instant."""
    labels = Labels(tables, at)
    found: list[Links] = []
    for item in form.fields:
        given = state.get(item.id)
        to = item.type.to or ""
        if item.type.kind in {Kind.REF, Kind.REFS} and labels.form_of(to) is not None and not item.sensitive:
            ids = given if isinstance(given, list | tuple) else [given]
            known = labels.all(to)
            links = tuple(_link(seen, to, known[one]) for one in ids if isinstance(one, str) and one in known)
            if links:
                found.append(Links(item.title, links))
    groups: dict[str, list[Link]] = {}
    for one in dependents(tables, str(form.describes), subject, at):
        about = str(one.form.describes)
        groups.setdefault(one.form.id, []).append(_link(seen, about, labels.of(about, one.subject)))
    for form_id, members in groups.items():
        shown = tuple(link for link in members if link.mine)
        if shown:
            found.append(Links(seen.regulation.forms[form_id].heading.title, shown))
    return tuple(found)


def _link(seen: Subjects, about: str, label: SubjectLabel) -> Link:
    return Link(about, label, seen.exists(about, label.id), sort_of(seen, about, label))
