"""How a form's questions stand: in sections, in rows; each question with its place in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from app.declarations.located import At
from app.declarations.schema.forms import FieldIn
from app.declarations.suggest import wrong_value
from app.domain.kinds.form import Group
from app.domain.problem import Problem

GROUP: Final = "group"
REPEAT: Final = "repeat"


@dataclass(frozen=True, slots=True)
class Placed:
    """A question as the file has it. `around` are the conditions of the sections that it stands in, outer ones first.

    `hidden` is what its answer becomes when it isn't asked: its own word, else the innermost section's.
    """

    name: str
    model: FieldIn
    at: At
    group: str = ""
    around: tuple[tuple[object, At], ...] = ()
    hidden: str = "clear"


@dataclass(frozen=True, slots=True)
class Layout:
    """A form's questions in order, sections taken apart, and the sections."""

    questions: tuple[Placed, ...]
    groups: tuple[Group, ...]


def layout(fields: Mapping[str, FieldIn], at: At) -> Layout:
    """Return the questions of a form; `at` stands at the mapping of its fields."""
    questions: list[Placed] = []
    groups: list[Group] = []
    _lay_out(fields, _Inside(at), questions, groups)
    return Layout(tuple(questions), tuple(groups))


@dataclass(frozen=True, slots=True)
class _Inside:
    """What questions stand in: where, the section, its conditions, what becomes of answers that aren't asked for."""

    at: At
    group: str = ""
    around: tuple[tuple[object, At], ...] = ()
    hidden: str = "clear"


def _lay_out(
    fields: Mapping[str, FieldIn], inside: _Inside, questions: list[Placed], groups: list[Group]
) -> None:
    for name, model in fields.items():
        where = inside.at / name
        hidden = model.when_hidden or inside.hidden
        if model.type != GROUP:
            questions.append(Placed(name, model, where, inside.group, inside.around, hidden))
            continue
        groups.append(Group(name, model.title, model.hint, inside.group, model.folded))
        around = inside.around
        if model.relevant is not None:
            around = (*around, (model.relevant, where / "relevant"))
        _lay_out(model.fields, _Inside(where / "fields", name, around, hidden), questions, groups)


def layout_faults(fields: Mapping[str, FieldIn], at: At, *, in_rows: bool = False) -> Iterator[Problem]:
    """Yield what is said where it means nothing: rows in rows, totals without rows, sections without questions."""
    for name, model in fields.items():
        where = at / name
        holds = model.type in (GROUP, REPEAT)
        if holds and in_rows:
            yield wrong_value("in_rows", (where / "type").where, model.type)
        if holds and not model.fields:
            yield Problem("E106", where.key, {"name": "fields"})
        if model.fields and not holds:
            yield wrong_value("not_here", (where / "fields").key, "fields")
        if in_rows or model.type == GROUP:
            yield from (wrong_value("not_here", (where / key).key, key) for key in _later(model))
        if model.totals and model.type != REPEAT:
            yield wrong_value("not_here", (where / "totals").key, "totals")
        if model.folded and model.type != GROUP:
            yield wrong_value("not_here", (where / "folded").key, "folded")
        if holds and not in_rows:
            yield from layout_faults(model.fields, where / "fields", in_rows=model.type == REPEAT)


def _later(model: FieldIn) -> Iterator[str]:
    """Yield what is said of a question's time, which those of a form have alone."""
    if model.was:
        yield "was"
    if model.in_force is not None:
        yield "in_force"


def names_in(fields: Mapping[str, FieldIn], at: At) -> Iterator[tuple[str, At, str]]:
    """Yield every name that a form's file gives to an answer or a section, and where.

    With a name in a repeat's rows the repeat's, else nothing.
    """
    for name, model in fields.items():
        where = at / name
        yield name, where, ""
        if model.type == GROUP:
            yield from names_in(model.fields, where / "fields")
        elif model.type == REPEAT:
            yield from ((inner, where / "fields" / inner, name) for inner in model.fields)
            yield from ((total, where / "totals" / total, "") for total in model.totals)
