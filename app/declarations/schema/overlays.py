"""Overlays: what a place changes of the definitions above it."""

from typing import Annotated, Any

from pydantic import Field

from app.declarations.schema.base import (
    Boolean,
    Model,
    Text,
    named,
)
from app.declarations.schema.common import Titled
from app.services.drafting.described import Named


class ChangeIn(Model):
    """One change, with its reason.

    `to` is another figure at the path, `open` narrower bounds for the levels below (`locked`: none), `off` switches a
    definition off, `add` is what a form gains there: a field, a choice, a post that may fill it in. `over` is the
    figure over which the change was laid.
    """

    path: Annotated[Text, named(Named.PATH)]
    to: Any = None
    off: Boolean = False
    add: Any = None
    open: Any = None
    over: Any = None
    why: Text = ""


class OverlayFile(Titled):
    """The changes of a place. `adds` names folders beside the overlay whose definitions are in force there too.

    `over` holds by id the marks of definitions above over which the place's own ones were laid.
    """

    overlay: Text
    place: Annotated[Text, named(Named.PLACE)] | None = None
    changes: list[ChangeIn] = Field(default=[])
    adds: list[Text] = []
    over: dict[Text, Text] = {}
