"""Dialogs that ask before something is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.submitted import Withdrawing
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.widgets import Note, box, text


@contextmanager
def asking(title: str, *, persistent: bool = False) -> Iterator[ui.dialog]:
    """Open a dialog with a heading, outside of what may be rebuilt; the block fills it."""
    with ui.context.client.content, ui.dialog(value=True) as dialog, box("gb-alert stack"):
        dialog.props["aria-label"] = title
        if persistent:
            dialog.props("persistent")
        text(title, tag="h2")
        yield dialog


def withdrawn_along(t: Translator, found: Withdrawing) -> None:
    """Say whose entries are taken back along with an act, and whose stay since more was told of them."""
    if found.going:
        text(t("withdraw-along", n=len(found.going), who=t.listed(found.going)), "muted")
    if found.staying:
        Note(t("withdraw-stays", n=len(found.staying), who=t.listed(found.staying)), "late")


@contextmanager
def telling(t: Translator, place: ui.element) -> Iterator[None]:
    """Tell what is wrong with what was asked for at a place of the dialog, which stays open with what was typed."""
    place.clear()
    try:
        yield
    except ProblemError as fault:
        place.clear()  # of what it said while it was at work
        with place:
            problem_notes(t, fault.problems)
