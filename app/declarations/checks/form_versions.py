"""Whether the questions of a form go on from one version to the next (E134)."""

from collections.abc import Iterator

from app.declarations.build.form_layout import Placed, layout
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.schema.forms import FormFile
from app.declarations.tables import Tables
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import goes_on, questions, same_order
from app.domain.problem import Problem


def _fault(reason: str, at: At, name: str, *, key: bool = False) -> Problem:
    return Problem("E134", at.key if key else at.where, {"what": at.name, "reason": reason, "name": name})


def _placed(version: Document) -> dict[str, Placed]:
    """Return a version's questions by name, those in sections too."""
    if not isinstance(version.model, FormFile):
        return {}
    return {one.name: one for one in layout(version.model.fields, version.at / "fields").questions}


def renaming_faults(document: Document) -> Iterator[Problem]:
    """Yield the names that a form gives to two questions: in one version, or to another one later."""
    ever: dict[str, str] = {}
    for version in document.definitions:
        fields = _placed(version)
        carried: dict[str, str] = {}
        for name, item in fields.items():
            for number, old in enumerate(item.model.was):
                where = item.at / "was" / number
                if old in fields:
                    yield _fault("there", where, old)
                elif old in carried:
                    yield _fault("twice", where, old)
                carried.setdefault(old, name)
        for name in fields:
            if name in ever and name not in carried:
                yield _fault("taken", fields[name].at, name, key=True)
        ever |= carried


def form_faults(document: Document, tables: Tables) -> Iterator[Problem]:
    """Yield the questions whose answers of an earlier version aren't answers of a later one."""
    form = tables.forms.get(document.id)
    if form is None or len(form.versions) != len(document.versions):
        return  # a faulty version: its own faults are enough
    placed = [_placed(version) for version in document.versions]
    for question in questions(form.versions):
        before: Field | None = None
        for version, own, now in zip(document.versions, placed, question.asked, strict=True):
            if now is not None and before is not None:
                at = own[now.id].at if now.id in own else version.at
                if not goes_on(before.type, now.type):
                    yield _fault("retyped", at / "type", before.widget)
                elif not same_order(before.type, now.type):
                    yield _fault("order", at / "from", now.id)
            before = now or before
    yield from _shape(document, form)


def _shape(document: Document, form: Form) -> Iterator[Problem]:
    """Yield what makes rows of another shape: a span, an end, an only answer, of other questions than at first."""
    places = {name: item.id for item in form.fields for name in item.names}

    def meant(one: Form) -> dict[str, list[str]]:
        given = {"span": one.span or (), "ends": (one.ends or "",), "once_per": one.once_per}
        return {key: [places.get(name, name) for name in names] for key, names in given.items()}

    first = meant(form.versions[0])
    for version, one in zip(document.versions[1:], form.versions[1:], strict=True):
        for key, names in meant(one).items():
            if names != first[key]:
                yield _fault("shape", version.at / key, key)
