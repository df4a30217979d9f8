"""What is wrong with a scenario's entries, by the rules that a form itself has for what people type in."""

from collections.abc import Iterator, Mapping, Sequence

from app import plugins
from app.domain.entry import RETRACTION, Entry
from app.domain.kinds.form import Form
from app.domain.regulation import Regulation
from app.domain.submission import Facts, FormLogic

INVENTED = "E713"
"""An ID number of an area that doesn't exist: all those of the demo are, on purpose."""


def check(regulation: Regulation, entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a line for each fault: an answer that a form refuses, an author who may not, a reference to nothing."""
    types = plugins.field_types(plugins.load(others=False))
    logic = {form.id: FormLogic(form, regulation.calendar, types) for form in regulation.forms.values()}
    ids = {entry.id for entry in entries} | {entry.subject for entry in entries}
    ids |= {*regulation.places.places, *regulation.roles}
    moments = regulation.forms.keys() - {form.describes for form in regulation.forms.values()}
    forms = {name: {entry.id for entry in entries if entry.form == name} for name in moments}
    posts = {
        (entry.answers["worker"], entry.answers["role"]) for entry in entries if entry.form == "appointment"
    }
    for entry in entries:
        if entry.form == RETRACTION:
            continue
        form = regulation.forms[entry.form]
        facts = Facts(entry.at, entry.recorded_at, entry.by, entry.place, entry.subject)
        checked = logic[entry.form].check(entry.answers, facts)
        for fault in checked.faults:
            if fault.problem.code == INVENTED:
                continue
            yield f"{entry.id} {entry.form}: {fault.problem.code} {fault.problem.field} {fault.message.get('en', '')}"
        if form.about is not None and entry.subject not in ids:
            yield f"{entry.id} {entry.form}: about nothing"
        yield from _references(entry, form, ids, forms)
        if form.filled_by and not any((entry.by, role) in posts for role in form.filled_by):
            yield f"{entry.id} {entry.form}: {entry.by} may not fill it in"


def _references(
    entry: Entry, form: Form, ids: set[str | None], forms: Mapping[str, set[str]]
) -> Iterator[str]:
    """Yield a line for each answer that refers to nothing, or to an entry of another form."""
    for item in form.fields:
        answer = entry.answers.get(item.id)
        for one in answer if isinstance(answer, list) else [answer]:
            if item.type.to and one is not None and one not in forms.get(item.type.to, ids):
                yield f"{entry.id} {entry.form}: {item.id} refers to no {item.type.to}, {one}"
