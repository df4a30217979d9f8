"""How it is asked for."""

from nicegui import ui

from app.ui.controls import Asked, lines


def control(asked: Asked) -> ui.element:
    """Build the browser's own picker of times."""
    return lines(asked, kind="time")
