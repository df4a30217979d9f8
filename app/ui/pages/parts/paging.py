"""Turning the pages of a list that has no end in sight: which part of it stands here, back, and on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.ui.frame import Action, button
from app.ui.session import Session
from app.ui.widgets import box, text


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is shown: `shown` rows after the first `offset` of `total`, at most `size` a page."""

    offset: int
    shown: int
    total: int
    size: int


def pager(session: Session, part: Part, turn: Callable[[int], Awaitable[None]], classes: str = "") -> None:
    """Say which part is shown and offer those beside it; `turn` is given the offset to go to."""
    t = session.t
    last = part.offset + part.shown
    with box(f"gb-pager {classes}".strip(), "nav"):
        text(t("subjects-range", first=part.offset + 1, last=last, total=part.total), "meta")
        if part.offset:
            before = max(0, part.offset - part.size)
            button(Action(t("subjects-before"), on_click=lambda: turn(before)), "line")
        if last < part.total:
            button(Action(t("subjects-after"), on_click=lambda: turn(part.offset + part.size)), "line")
