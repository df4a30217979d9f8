"""How it is asked for: the browser shows the place's time, what is stored has its offset."""

from datetime import datetime

from nicegui import ui

from app.ui.controls import Asked, lines


def control(asked: Asked) -> ui.element:
    """Build the browser's own picker of day and time."""
    zone = asked.t.zone

    def shown(value: object) -> str:
        try:
            return datetime.fromisoformat(str(value)).astimezone(zone).strftime("%Y-%m-%dT%H:%M")
        except ValueError:
            return ""

    def told(text: str) -> object:
        try:
            return datetime.fromisoformat(text).replace(tzinfo=zone).isoformat()
        except ValueError:
            return text

    return lines(asked, kind="datetime-local", shown=shown, told=told)
