"""How it is shown: its title and hint say it all."""

from nicegui import ui

from app.ui.controls import Asked
from app.ui.widgets import box


def control(asked: Asked) -> ui.element:
    """Build nothing that could be filled in."""
    del asked
    return box("fm-note")
