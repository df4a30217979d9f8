"""What references point at, with the columns that a form's conditions may read of it, as it stands now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.answer_rows import rows_of
from app.domain.asked import Facts
from app.domain.core.values import Column, Kind, Type, Unknown, Value
from app.domain.kinds.form import Field, Form
from app.domain.kinds.spine import class_table
from app.domain.place import Place
from app.domain.submission import FormLogic
from app.services.live import Community
from app.services.registers.facts import Subjects

_PLACE: tuple[Column, ...] = (Column("subject", Type(Kind.REF, to="place")), Column("level", Type(Kind.TEXT)))


class Standing:
    """The registers of one community at an instant (`app.domain.asked.Register`); each is read when it is asked for."""

    def __init__(self, community: Community, now: datetime) -> None:
        """Look at the tables as they are; what an actor may not see is left out where it is picked, not here."""
        self._evaluation = community.evaluation
        self._regulation = community.regulation
        self._now = now
        self._rows: dict[str, Mapping[str, tuple[Value, ...]]] = {}

    def columns(self, to: str) -> tuple[Column, ...]:
        """Return the columns of a described subject with its classes, of a place, or of a form's entries."""
        table = self._table(to)
        if table:
            return self._evaluation.schema(table).columns
        if self._is_level(to):
            return (*_PLACE, *(Column(name, own) for name, own in self._regulation.facts.items()))
        return ()

    def row(self, to: str, ref: str) -> tuple[Value, ...] | None:
        """Return the values of what a reference names, in the order of its columns; None for what isn't there now."""
        if to not in self._rows:
            self._rows[to] = dict(self._read(to))
        return self._rows[to].get(ref)

    def _table(self, to: str) -> str:
        described = class_table(to, self._regulation)
        return next((name for name in (described, to) if to and self._evaluation.has(name)), "")

    def _is_level(self, to: str) -> bool:
        return any(place.level == to for place in self._regulation.places.places.values())

    def _read(self, to: str) -> Iterator[tuple[str, tuple[Value, ...]]]:
        table = self._table(to)
        if not table:
            yield from self._places(to)
            return
        evaluation, now = self._evaluation, self._now
        schema = evaluation.schema(table)
        if table == to:
            key = schema.position("id") if "id" in schema else 0
            yield from ((str(row[key]), row) for row in evaluation.rows(table).values())
            return
        key, start, end = (schema.position(name) for name in ("subject", "start", "end"))
        for row in evaluation.rows(table).values():
            since, until = row[start], row[end]
            if since <= now and (until is None or now < until):
                yield str(row[key]), row

    def _places(self, level: str) -> Iterator[tuple[str, tuple[Value, ...]]]:
        facts = self._regulation.facts
        for place in self._regulation.places.places.values():
            if place.level == level:
                told = (place.profile.get(name, Unknown(name)) for name in facts)
                yield place.id, (place.id, place.level, *told)


@dataclass(frozen=True, slots=True)
class Picking:
    """What can be picked for the references of an open form, as its answers change. `subjects` names what is there."""

    form: Form
    logic: FormLogic
    subjects: Subjects

    def field(self, path: str) -> Field | None:
        """Return the question of a path, as a fault names it."""
        return _question(self.form, path)

    def way(self, place: str) -> list[Place]:
        """Return the places from below the community's own down to one, itself last."""
        regulation = self.subjects.regulation
        inside = [one for one in regulation.places.ancestors(place) if one.id != regulation.place.id]
        return [one for one in reversed(inside) if regulation.places.contains(regulation.place.id, one.id)]

    def fitting(
        self, path: str, answers: Mapping[str, Any], facts: Facts, ids: Mapping[str, Any]
    ) -> list[str]:
        """Return those of `ids` that may be picked with these answers; all where the form says no condition."""
        return _fitting(self.logic, path, answers, facts, ids)


def unfitting(
    logic: FormLogic, facts: Facts, answers: Mapping[str, Any], before: Mapping[str, Any]
) -> Iterator[str]:
    """Yield the paths of references that the other answers rule out; what `before` named may be named again."""
    earlier = {one for _, _, named in references(logic.form, before) for one in named}
    for path, item, wanted in references(logic.form, answers):
        if item.where is not None:
            new = dict.fromkeys(one for one in wanted if one not in earlier)
            if len(_fitting(logic, path, answers, facts, new)) < len(new):
                yield path


def _question(form: Form, path: str) -> Field | None:
    repeat, _, rest = path.partition(".")
    found = form.field(repeat)
    if found is None or not rest:
        return found
    return next((item for item in found.columns if item.id == rest.rpartition(".")[2]), None)


def _fitting(
    logic: FormLogic, path: str, answers: Mapping[str, Any], facts: Facts, ids: Mapping[str, Any]
) -> list[str]:
    field = _question(logic.form, path)
    if field is None or field.where is None or facts.register is None:
        return list(ids)
    fits = logic.picker(path, answers, facts)
    rows = ((one, facts.register.row(field.type.to or "", one)) for one in ids)
    return [one for one, row in rows if row is not None and fits(row)]


def references(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[str, Field, list[Any]]]:
    """Yield each answered reference of a form, in rows too: its path, its question, what it names."""
    for item in form.fields:
        given = answers.get(item.id)
        if item.type.to and given is not None:
            yield item.id, item, given if isinstance(given, list) else [given]
        for number, row in enumerate(rows_of(given) if item.columns else (), 1):
            for one in item.columns:
                inside = row.get(one.id)
                if one.type.to and inside is not None:
                    path = f"{item.id}.{number}.{one.id}"
                    yield path, one, inside if isinstance(inside, list) else [inside]
