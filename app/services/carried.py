"""The same as last time: which answers of the last entry can be taken over for the next one about the same subject."""

from collections.abc import Mapping
from typing import Any

from app.domain.entry import Entry
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import as_asked
from app.services.clearance import Clearance
from app.services.registers.facts import Subjects


def carried(
    form: Form, asked: Form, last: Entry, fixed: Mapping[str, Any], subjects: Subjects, cleared: Clearance
) -> dict[str, Any]:
    """Return the answers to take over as JSON, by field of the form as it is `asked` now.

    Left out are those of questions that don't carry over (a date, a photo, what the form says), sensitive ones for
    those who may not read them, choices that are retired, and what is no longer there; `fixed` ones stand as they are.
    """
    found = {}
    answers = as_asked(form, asked, last.answers)
    for item in asked.fields:
        value = answers.get(item.id)
        if value in (None, []) or not item.carry_over or item.is_worked_out or item.read_only:
            continue
        if not cleared.reads(item) or not _is_there(item, value, subjects):
            continue
        found[item.id] = value
    return {**found, **{name: value for name, value in fixed.items() if name in found}}


def _is_there(item: Field, value: object, subjects: Subjects) -> bool:
    """Whether every choice can still be picked, and what is referred to still exists."""
    named = [str(one) for one in value] if isinstance(value, list) else [str(value)]
    if item.choices:
        return {choice.id for choice in item.choices if not choice.retired}.issuperset(named)
    to = item.type.to
    return not to or all(
        subjects.exists_as_reference(to, one) and subjects.there(one, subjects.now) for one in named
    )
