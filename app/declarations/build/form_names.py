"""What a form's file names: its own fields, its subject, and what the rest of the files declares."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.declarations.build.form_layout import names_in
from app.declarations.conditions import GROUPS
from app.declarations.documents import RESERVED_IDS
from app.declarations.located import At, LocatedList, LocatedMap
from app.declarations.names import HOLDER, Names
from app.declarations.schema.forms import FieldIn
from app.declarations.suggest import unknown_name, wrong_value
from app.domain.core.values import Kind
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.kinds.register import OWN_COLUMNS
from app.domain.period import UNITS
from app.domain.problem import Problem
from app.domain.source_rows import ROW, moment_columns
from app.domain.workdays import Calendar

RESERVED_COLUMNS: Final = frozenset({"id", "at", "date", "recorded_at", "by", "subject", "place"})
"""What every entry has already."""

_OF_SUBJECTS: Final = frozenset({"history", "quality", "subjects"})
"""What the tables of a described subject are called after the dot, as the rows of a repeat are."""

RESERVED_WORDS: Final = frozenset({"true", "false", *GROUPS})
"""What a condition would read as something else than a column."""


def name_faults(
    form: Form, fields: Mapping[str, FieldIn], at: At, names: Names, calendar: Calendar
) -> Iterator[Problem]:
    """Yield the problems of every name that a form gives or uses, those in its conditions aside."""
    yield from _taken_names(form, fields, at)
    yield from _names_of_fields(form, at, calendar)
    yield from _described(form, at, names)
    yield from _names_of_others(form, at, names)


def _taken_names(form: Form, fields: Mapping[str, FieldIn], at: At) -> Iterator[Problem]:
    """Yield the problems of names that mean something else already: their answers would never be read."""
    taken = set(RESERVED_COLUMNS)
    if form.describes is not None:
        taken |= {"start", "end"}
        if isinstance(at.data, LocatedMap) and "quality" in at.data:
            taken |= {*OWN_COLUMNS}
    elif form.span is not None:
        # Where the span's own fields have these names, both mean the same.
        taken |= {own for own, given in zip(("start", "end"), form.span, strict=True) if own != given}
    named = list(names_in(fields, at / "fields"))
    whole = {name for name, _, repeat in named if not repeat}
    seen: set[tuple[str, str]] = set()
    for name, where, repeat in named:
        reason = None
        if name in RESERVED_WORDS:
            reason = "reserved"
        elif name in taken or (repeat and name == ROW):
            reason = "column"
        elif (repeat, name) in seen or (repeat and name in whole):
            reason = "question"
        elif form.describes is not None and name in _OF_SUBJECTS and not repeat:
            reason = "reserved" if name in {item.id for item in form.repeats} else None
        seen.add((repeat, name))
        if reason is not None:
            yield Problem("E101", where.key, {"reason": reason, "name": name})


def _described(form: Form, at: At, names: Names) -> Iterator[Problem]:
    """Yield the problem of a subject that has a form already, or that isn't one: a level, a word of the language."""
    subject, where = form.describes, (at / "describes").where
    if subject is None:
        return
    first, *_ = names.subjects.get(subject, (form.id,))
    if first != form.id:
        yield Problem("E101", where, {"reason": "described", "name": subject, "first": first})
    if subject in names.levels:
        yield Problem("E101", where, {"reason": "level", "name": subject})
    elif subject in RESERVED_IDS - {WORKER, HOLDER}:
        yield Problem("E101", where, {"reason": "reserved", "name": subject})


def _names_of_fields(form: Form, at: At, calendar: Calendar) -> Iterator[Problem]:
    """Yield the problems of keys that name the form's own fields."""
    own = [item.id for item in form.fields]
    for name, where in _named_fields(form, at):
        if name not in own:
            yield unknown_name(name, where.where, own, "field")
    known = [column.name for column in moment_columns(form)]
    known += [*UNITS, *(name for name, _ in calendar.fiscal_years)]
    for index, name in enumerate(form.once_per):
        if name not in known:
            yield unknown_name(name, (at / "once_per" / index).where, known, "field")
    dates = [(form.ends, at / "ends")] if form.ends else []
    dates += [(name, at / "span" / index) for index, name in enumerate(form.span or ())]
    for name, where in dates:
        item = form.field(name)
        if item is not None and item.type.kind not in (Kind.DATE, Kind.INSTANT):
            yield wrong_value("date_field", where.where, name)


def _named_fields(form: Form, at: At) -> Iterator[tuple[str, At]]:
    for key, name in (("ends", form.ends), ("plate", form.plate)):
        if name is not None:
            yield name, at / key
    for key, names in (("label", form.label), ("group_by", form.group_by), ("span", form.span or ())):
        for index, name in enumerate(names):
            yield name, at / key / index


def _names_of_others(form: Form, at: At, names: Names) -> Iterator[Problem]:
    if form.about is not None and form.about not in names.references() and form.about not in names.broken:
        yield unknown_name(form.about, (at / "about").where, names.references(), "subject")
    roles = names.of("role")
    for role in form.filled_by:
        if role not in roles and role not in names.broken:
            yield unknown_name(role, _place_of(at, role).where, roles, "role")


def _place_of(at: At, word: str) -> At:
    """Return the place of a post in the form's list, or of the list."""
    listed = at.data.get("filled_by") if isinstance(at.data, LocatedMap) else None
    here = at / "filled_by"
    return here / listed.index(word) if isinstance(listed, LocatedList) and word in listed else here
