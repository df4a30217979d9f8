"""How it is asked for."""

from nicegui import ui

from app.ui.controls import Asked, choice_titles, picks


def control(asked: Asked) -> ui.element:
    """Build a box for each choice, of which several can be ticked."""
    value = asked.value if isinstance(asked.value, list) else []
    return picks(asked, choice_titles(asked), value, asked.on_change, many=True)
