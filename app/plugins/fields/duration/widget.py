"""How it is asked for: hours and minutes, which the browser adds up."""

from nicegui import ui

from app.ui.controls import Asked
from app.ui.told import number_line, told

_HOUR = 60


def control(asked: Asked) -> ui.element:
    """Build two lines with digits on the keyboard."""
    known = asked.value if isinstance(asked.value, int) and not isinstance(asked.value, bool) else None
    hours, minutes = ("", "") if known is None else (str(known // _HOUR), str(known % _HOUR))
    with told(asked, "duration", "gb-pair") as made:
        number_line(asked, "hours", asked.t("field-hours"), hours)
        number_line(asked, "minutes", asked.t("field-minutes"), minutes)
    return made
