"""Answers that are kept for some posts, where another post fills in the form that has them: it begins without them.

Left empty they stay as they are; what is typed takes their place. So a form can be corrected by whoever may fill it in,
without a look at what is kept for others.
"""

from collections.abc import Mapping
from typing import Any

from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.services.actor import Actor
from app.services.clearance import KEPT, clearance_of


def kept_back(actor: Actor, form: Form, standing: Entry | None) -> frozenset[str]:
    """Return the questions of a form whose answer in the standing entry is there, and isn't for the actor."""
    if standing is None:
        return frozenset()
    cleared = clearance_of(actor, form, standing)
    return frozenset(
        item.id
        for item in form.fields
        if item.sensitive_for and not cleared.reads(item) and not _is_empty(standing.answers.get(item.id))
    )


def without(answers: Mapping[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    """Return answers without those that are kept back."""
    return {name: value for name, value in answers.items() if name not in kept}


def as_it_stood(given: Mapping[str, Any], before: Mapping[str, Any], kept: frozenset[str]) -> dict[str, Any]:
    """Return what was given, and of what was kept back and left empty the answer that stood `before`."""
    return {**given, **{name: before[name] for name in kept if name in before and _is_empty(given.get(name))}}


def marked(
    actor: Actor, form: Form, answers: Mapping[str, Any], standing: Entry | None, by: str
) -> dict[str, Any]:
    """Return answers, marked where what is kept for others stands in them and the maker (`by`) didn't give it."""
    stays = kept_back(actor, form, standing)
    before = {} if standing is None else standing.answers
    taken = any(answers.get(name) == before[name] for name in stays)
    others = by != actor.person and any(item.sensitive_for and item.id in answers for item in form.fields)
    return {**answers, KEPT: True} if taken or others else dict(answers)


def _is_empty(answer: object) -> bool:
    return answer in (None, "", [])
