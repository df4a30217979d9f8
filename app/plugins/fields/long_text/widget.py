"""How it is asked for."""

from nicegui import ui

from app.ui.controls import Asked, lines


def control(asked: Asked) -> ui.element:
    """Build a field that grows with its text."""
    return lines(asked, grows=True)
