"""Dialogs that ask before something is done."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from app.ui.widgets import box, text


@contextmanager
def asking(title: str, *, persistent: bool = False) -> Iterator[ui.dialog]:
    """Open a dialog with a heading, outside of what may be rebuilt; the block fills it."""
    with ui.context.client.content, ui.dialog(value=True) as dialog, box("gb-alert stack"):
        dialog.props["aria-label"] = title
        if persistent:
            dialog.props("persistent")
        text(title, tag="h2")
        yield dialog
