"""Which changes a register has: they follow from what its form declares, never from its name."""

from collections.abc import Iterator
from typing import Final

from app.domain.kinds.form import Field, Form
from app.domain.kinds.links import WORKER
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.services.actor import Actor, Permission

OUT: Final = "out"
BACK: Final = "back"
TRANSFER: Final = "transfer"
MERGE: Final = "merge"
SPLIT: Final = "split"
KINDS: Final = (OUT, BACK, TRANSFER, MERGE, SPLIT)


def place_field(form: Form, regulation: Regulation) -> Field | None:
    """Return the field by which the described subject lies in a place of a level, or None."""
    levels = {place.level for place in regulation.places.places.values()}
    return next((item for item in form.fields if item.type.to in levels), None)


def moves(form: Form) -> bool:
    """Whether what the form describes moves in and out: it has a door plate or a telephone. Else it begins and ends."""
    return form.plate is not None or any(item.widget == "phone" for item in form.fields)


def may_fill(form: Form, actor: Actor) -> bool:
    """Whether the form is for the actor's post."""
    return not form.filled_by or not actor.post.roles.isdisjoint(form.filled_by)


def may_merge(form: Form, actor: Actor) -> bool:
    """Whether the actor may say who is who in this register: workers' and posts' accounts go by their ids."""
    return form.describes not in {None, WORKER, HOLDER} and actor.may(Permission.CORRECT)


def kinds_for(form: Form, actor: Actor, regulation: Regulation, *, present: bool) -> Iterator[str]:
    """Yield the kinds of change that the actor may make to a subject of this form.

    Posts are filled and ended on their own page, which sees to it that somebody is left who may administer.
    """
    if form.describes == HOLDER:
        return
    fills = may_fill(form, actor)
    if fills and form.ends is not None:
        yield OUT if present else BACK
    if fills and present and place_field(form, regulation) is not None:
        yield TRANSFER
    if may_merge(form, actor):
        yield MERGE
        yield SPLIT
