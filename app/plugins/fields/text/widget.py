"""How it is asked for."""

from nicegui import ui

from app.ui.controls import Asked, lines


def control(asked: Asked) -> ui.element:
    """Build a line to type into."""
    return lines(asked)
