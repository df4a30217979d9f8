"""A calendar's months as tables of days, each turned around by a click; a year without official days says so."""

from datetime import date, timedelta
from typing import Final

from nicegui import ui

from app.domain.workdays import WEEKDAYS, Calendar, is_provisional
from app.services.drafting.calendar_days import DayState, confirmed, state_of, turned
from app.ui.compose import Editor
from app.ui.compose.desk import small
from app.ui.frame import Action, button
from app.ui.widgets import Note, box, icon, text

_MARKS: Final = {DayState.HOLIDAY: "calendar-off", DayState.MADE_UP: "calendar-on"}

_PRESSED: Final = "(event) => event.currentTarget.setAttribute('aria-busy', 'true')"


class CalendarTable:
    """One month of a calendar. It is drawn anew once checking found another one."""

    def __init__(self, editor: Editor, holder: ui.element, today: date) -> None:
        """Begin with the month of today; `holder` is what it is drawn into."""
        self._editor = editor
        self._holder = holder
        self._month = today.replace(day=1)
        self._calendar: Calendar | None = None
        self._shut = False

    def show(self, calendar: Calendar) -> None:
        """Draw the month of this calendar, where it isn't drawn already: a click may be on its way to a day."""
        if (calendar, self._editor.shut) != (self._calendar, self._shut):
            self._calendar, self._shut = calendar, self._editor.shut
            self._draw()

    def _draw(self) -> None:
        calendar, t = self._calendar, self._editor.t
        if calendar is None:
            return
        self._holder.clear()
        with self._holder, box("co-month"):
            with box("ed-inline"):
                small("chevron_left", t("calendar-before"), lambda: self._go(-1))
                text(t.month(self._month), "lead strong", "h2")
                small("chevron_right", t("calendar-after"), lambda: self._go(31))
            if is_provisional(calendar, self._month):
                self._provisional(calendar, self._month.year)
            elif calendar.official_until is not None:
                text(t("calendar-official", year=str(calendar.official_until)), "meta")
            with box("co-days"):
                first = WEEKDAYS.index(calendar.week_starts)
                for number in range(len(WEEKDAYS)):
                    name = WEEKDAYS[(first + number) % len(WEEKDAYS)]
                    head = text(t(f"calendar-short-{name}"), "meta co-weekday", "span")
                    head.props["title"] = t(f"option-{name}")
                ahead = (self._month.weekday() - first) % len(WEEKDAYS)
                for _ in range(ahead):
                    box("", "span")
                day = self._month
                while day.month == self._month.month:
                    self._day(calendar, day)
                    day += timedelta(days=1)
            if self._shut:
                with box("row-c"):
                    icon("lock")
                    text(t("calendar-shut"), "meta")
            else:
                text(t("calendar-how"), "meta")

    def _provisional(self, calendar: Calendar, year: int) -> None:
        """Say that the year's days may still change, and let somebody take them as they are."""
        t = self._editor.t
        Note(t("calendar-provisional", year=str(year)), "due")
        edits = confirmed(self._editor.language, self._editor.data, calendar, year)
        if edits and not self._shut:
            text(t("calendar-confirm-what"), "meta")
            confirm = Action(
                t("calendar-confirm", year=str(year)),
                on_click=lambda: self._editor.change(edits),
                icon="task_alt",
            )
            button(confirm, "line").mark("confirm-year")

    def _day(self, calendar: Calendar, day: date) -> None:
        t = self._editor.t
        state = state_of(calendar, day)
        made = box(f"co-day {state.value}", "button").props("type=button")
        if self._shut:
            made.props("disabled")
        made.props["aria-label"] = t.dotted(t.day_of_year(day), t(f"calendar-state-{state.value}"))
        made.props["data-day"] = day.isoformat()
        with made:
            text(str(day.day), tag="span")
            if state in _MARKS:
                text(t(_MARKS[state]), "meta", "span")
        made.on("click", js_handler=_PRESSED)  # at once: checking what is stored takes its time
        made.on("click", lambda: self._turn(calendar, day, made))

    async def _turn(self, calendar: Calendar, day: date, pressed: ui.element) -> None:
        edits = turned(self._editor.language, self._editor.data, calendar, day)
        before = self._editor.data
        if edits:
            await self._editor.change(edits)
        if self._editor.data == before and not pressed.is_deleted:  # nothing is drawn anew then
            pressed.client.run_javascript(f"getHtmlElement({pressed.id})?.removeAttribute('aria-busy')")

    def _go(self, days: int) -> None:
        self._month = (self._month + timedelta(days=days)).replace(day=1)
        self._draw()
