"""How it is asked for."""

from nicegui import ui

from app.ui.controls import Asked, references


def control(asked: Asked) -> ui.element:
    """Build a list to search in."""
    return references(asked, many=False)
