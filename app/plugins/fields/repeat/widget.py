"""How it is asked for: by its own questions, in as many rows as there are things to tell of."""

from nicegui import ui

from app.ui.controls import Asked
from app.ui.widgets import box


def control(asked: Asked) -> ui.element:
    """Build the rows."""
    return box() if asked.rows is None else asked.rows()
