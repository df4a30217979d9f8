"""How it is asked for: the camera or a photo reads it where the browser can; it can be typed in everywhere."""

from nicegui import ui

from app.ui.controls import Asked
from app.ui.told import act, line, status, told
from app.ui.widgets import box


def control(asked: Asked) -> ui.element:
    """Build the line, the button of the camera, and what says how far it got."""
    t = asked.t
    with told(asked, "code", "gb-code") as made:
        with box("gb-pair"):
            line("text", asked.label, str(asked.value or ""), hidden_label=True)
            act("scan", t("field-code-scan"), "photo_camera")
        photo = box("gb-hidden", "input")
        photo.props["type"], photo.props["accept"], photo.props["capture"] = "file", "image/*", "environment"
        photo.props["tabindex"], photo.props["aria-hidden"] = -1, "true"
        words = ("none", "unsupported", "found", "looking")
        status({name: t(f"field-code-{name}") for name in words})
    return made
