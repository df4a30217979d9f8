"""How it is asked for: a field to draw in; who can't draw types the name, which is drawn then."""

from nicegui import ui

from app.ui.controls import Asked
from app.ui.told import act, line, told
from app.ui.widgets import box, text


def control(asked: Asked) -> ui.element:
    """Build the field, the line for the name, and what takes the drawing away."""
    t = asked.t
    there = asked.value[0] if isinstance(asked.value, list) and asked.value else None
    with told(asked, "signature", "gb-sign") as made:
        canvas = box("gb-canvas", "canvas")
        canvas.props["width"], canvas.props["height"] = 640, 240
        canvas.props["role"], canvas.props["aria-label"] = "img", asked.label
        if isinstance(there, dict):
            canvas.style(f"background-image:url(/files/{there.get('sha256')})")
        with box("gb-pair"):
            line("name", t("field-sign-name"))
            act("clear", t("field-sign-clear"), "undo")
        text(t("field-sign-hint"), "meta")
    return made
