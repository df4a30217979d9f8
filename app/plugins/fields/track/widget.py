"""How it is asked for: the device notes the way while it is walked; a place on it can be typed in."""

from nicegui import ui

from app.ui.controls import Asked
from app.ui.told import act, position_lines, status, told
from app.ui.widgets import box


def control(asked: Asked) -> ui.element:
    """Build the buttons, two lines for a place by hand, and the count."""
    t = asked.t
    value = asked.value if isinstance(asked.value, list) else []
    with told(asked, "track", "gb-where", value) as made:
        with box("gb-pair"):
            act("start", t("field-track-start"), "directions_walk")
            act("stop", t("field-track-stop"), "check").props("disabled")
        position_lines(t, "", "")
        with box("gb-pair"):
            act("add", t("field-track-add"), "add")
            act("clear", t("field-track-clear"), "undo")
        words = {name: t(f"field-here-{name}") for name in ("asking", "denied", "unavailable", "timeout")}
        status(words | {"count": t("field-track-count", count="{n}", metres="{m}")})
    return made
