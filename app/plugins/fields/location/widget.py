"""How it is asked for: the device says it, or the numbers are typed in."""

from nicegui import ui

from app.ui.controls import Asked
from app.ui.told import act, status, told
from app.ui.told import position_lines as lines_of


def control(asked: Asked) -> ui.element:
    """Build the button, what says how far it got, and two lines."""
    t = asked.t
    value = asked.value if isinstance(asked.value, dict) else {}
    with told(asked, "location", "gb-where", value) as made:
        act("locate", t("field-here"), "my_location")
        lines_of(t, str(value.get("lat", "")), str(value.get("lon", "")))
        words = ("asking", "denied", "unavailable", "timeout")
        status({name: t(f"field-here-{name}") for name in words} | {"off": t("field-here-off", metres="{n}")})
    return made
