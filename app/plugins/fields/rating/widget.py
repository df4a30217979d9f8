"""How it is asked for: a box for each step; what the ends mean stands in the form's hint."""

from nicegui import ui

from app.plugins.fields.rating.data import most_of
from app.ui.controls import Asked, picks


def control(asked: Asked) -> ui.element:
    """Build the steps in one row."""
    steps = {str(step): str(step) for step in range(1, most_of(asked.field) + 1)}
    value = None if asked.value is None else str(asked.value)
    made = picks(asked, steps, value, lambda word: asked.on_change(int(word)))
    made.props["data-told"] = "integer"
    return made.classes("steps", remove="two three")
