"""What an entry says, ready to be shown: answers with their titles, choices and references by name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.answer_rows import rows_of
from app.domain.core.values import Kind
from app.domain.entry import Entry
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import present
from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER, posts_fields
from app.domain.regulation import Regulation
from app.i18n import LANGUAGES, Translator
from app.services.clearance import Clearance
from app.services.data_words import data_words
from app.services.labels import Labels, SubjectLabel
from app.services.year_forms import ITEM, LINE, contested_in, item_titles, row_title

MADE = "_"
"""What the names of answers start with that the server adds to a correction: why (`_reason`), and who (`_by`)."""

_EMPTY: tuple[object, ...] = (None, "", [], ())


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer. `value` is JSON data as stored.

    `words` are the titles of choices, the names of references, or what files and positions are.

    `kind` tells how to read `value`; it is None for an answer to a question that the form in force no longer has.
    `rows` are the answers of a repeat, row by row.
    """

    field: str
    title: Texts
    kind: Kind | None
    value: object
    words: tuple[Texts, ...] = ()
    unit: Texts | None = None
    sensitive: bool = False
    rows: tuple[tuple["AnswerView", ...], ...] = ()


def answers_of(entry: Entry, form: Form | None, labels: Labels, cleared: Clearance) -> tuple[AnswerView, ...]:
    """Return the answers in the form's order, then those that it no longer asks for.

    Left out is what isn't `cleared`; with nothing sensitive also what the form in force doesn't know: nobody can tell
    any more what that was.
    """
    fields = () if form is None else form.fields
    answers = entry.answers if form is None else present(form, entry.answers)
    said = {name: value for name, value in answers.items() if not name.startswith(MADE)}
    against = {} if form is None else _against(form, said, labels.regulation)
    found = [
        replace(answer_of(field, said[field.id], labels), words=against.get(field.id, ()))
        if field.id in against
        else answer_of(field, said[field.id], labels)
        for field in fields
        if field.id in said and cleared.reads(field)
    ]
    if cleared.sensitive:
        known = {field.id for field in fields}
        found += [
            AnswerView(name, {"zh": name}, None, value, sensitive=True)
            for name, value in said.items()
            if name not in known
        ]
    return tuple(found)


def _against(form: Form, said: Mapping[str, object], regulation: Regulation) -> dict[str, tuple[Texts, ...]]:
    """Return the words of what an appeal, or the decision on it, is against: its item, and the line of its row."""
    item, row = str(said.get(ITEM) or ""), str(said.get(LINE) or "")
    for appraisal in contested_in(regulation, form.id):
        titles = item_titles(appraisal, regulation, item)
        if titles:
            line = row_title(regulation, item, row)
            words = {one: Translator(one).dotted(*map(Translator(one).text, titles)) for one in LANGUAGES}
            return {ITEM: (words,)} | ({LINE: (line,)} if line else {})
    return {}


def answer_of(field: Field, value: object, labels: Labels) -> AnswerView:
    """Return the view of one answer to `field`."""
    words = _words(field, value, labels)
    rows = tuple(
        tuple(answer_of(one, row[one.id], labels) for one in field.columns if one.id in row)
        for row in (rows_of(value) if field.columns else ())
    )
    return AnswerView(field.id, field.title, field.type.kind, value, words, field.unit, field.sensitive, rows)


def same(one: object, other: object) -> bool:
    """Whether two answers say the same: one that was left empty says no more than none at all."""
    return one == other or (one in _EMPTY and other in _EMPTY)


def _words(field: Field, value: object, labels: Labels) -> tuple[Texts, ...]:
    kind = field.type.kind
    if kind is Kind.DATA and not field.columns:
        return data_words(value)
    if kind not in {Kind.CHOICE, Kind.CHOICES, Kind.REF, Kind.REFS}:
        return ()
    items = [str(item) for item in (value if isinstance(value, list | tuple) else [value])]
    if kind in {Kind.REF, Kind.REFS}:
        return tuple(name_of(labels.regulation, labels, field.type.to or "", item) for item in items)
    titles = {choice.id: choice.title for choice in field.choices}
    return tuple(titles.get(item) or {"zh": item} for item in items)


def name_of(regulation: Regulation, labels: Labels, to: str, item: str) -> Texts:
    """Return the name of what a reference of type `to` points at; an unknown one is shown by its id."""
    if to == "role" and item in regulation.roles:
        return regulation.roles[item].heading.title
    if item in regulation.places.places:
        return labels.place(item)
    if to in regulation.forms and labels.form_of(to) is None:
        return labels.entry(to, item)
    label = labels.of(to, item)
    return {"zh": " ".join(part for part in (label.plate, label.name) if part)}


def about_of(entry: Entry, form: Form | None, regulation: Regulation, labels: Labels) -> SubjectLabel | None:
    """Return the label of whom or what an entry is about; None when it is about nobody.

    An appointment is about the worker whom it names, whatever its own id.
    """
    if form is not None and form.describes == HOLDER:
        fields = posts_fields(form)
        worker = present(form, entry.answers).get(fields[0]) if fields is not None else None
        return labels.of(WORKER, worker) if isinstance(worker, str) else None
    if entry.subject is None or entry.subject in regulation.places.places:
        return None
    kind = "" if form is None else form.about or form.describes or ""
    if kind:
        return labels.of(kind, entry.subject)
    kinds = dict.fromkeys(found.describes for found in regulation.forms.values() if found.describes)
    registers = (labels.all(kind) for kind in kinds)
    return next((found[entry.subject] for found in registers if entry.subject in found), None)
