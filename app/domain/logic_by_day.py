"""A form's logic by the day of an entry: what is asked then, its conditions compiled once."""

from collections.abc import Callable
from datetime import date

from app.domain.kinds.form import Form
from app.domain.submission import FormLogic


class LogicByDay:
    """Returns the logic of a form as it is asked on a day; many entries have few forms among them."""

    def __init__(self, form: Form, make: Callable[[Form], FormLogic]) -> None:
        """Keep the form of all days; `make` compiles it as it is asked on one."""
        self._form = form
        self._make = make
        self._by_day: dict[date, FormLogic] = {}

    def on(self, day: date) -> FormLogic:
        """Return the logic for what happened on `day`."""
        found = self._by_day.get(day)
        if found is None:
            asked = self._form.on(day)
            alike = (one for one in self._by_day.values() if one.form == asked)
            found = self._by_day[day] = next(alike, None) or self._make(asked)
        return found
