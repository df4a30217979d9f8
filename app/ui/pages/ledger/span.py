"""The first and the last day that the ledger is narrowed to, where no period fits."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from app.i18n import Translator
from app.services.books.span import between, days_of, is_free
from app.ui.widgets import FilterPill, box, text

Change = Callable[[str], Awaitable[None]]
_TYPING_MS = 400


class Span:
    """Two days, shown while they are wanted."""

    def __init__(self, t: Translator, on_change: Change, on_remove: Callable[[], Awaitable[None]]) -> None:
        """Make the place; `show` fills it."""
        self._t = t
        self._on_change = on_change
        self._on_remove = on_remove
        self._place = box("lg-fields")

    def show(self, period: str) -> None:
        """Show the days of a period that is told by its days, none for another one."""
        self._place.clear()
        if not is_free(period):
            return
        t = self._t
        told = list(days_of(period))
        with self._place, box("lg-field", "fieldset"):
            text(t("ledger-span"), "meta", "legend")
            for place, key in enumerate(("ledger-span-from", "ledger-span-to")):

                async def said(event: ValueChangeEventArguments[Any], place: int = place) -> None:
                    told[place] = str(event.value or "").strip()
                    await self._on_change(between(*told))

                made = ui.input(value=told[place], on_change=said)
                made.props(f"type=date dense hide-bottom-space debounce={_TYPING_MS}").classes("lg-bound")
                made.props["aria-label"] = t(key)
                made.mark(key)
            FilterPill(t("ledger-span"), self._on_remove).mark("remove span")


def span_words(t: Translator, period: str) -> str:
    """Return in words from which day to which a list is."""
    first, last = (_day_words(t, told) for told in days_of(period))
    if first and last:
        return f"{first}–{last}"
    return t("ledger-span-since", day=first) if first else t("ledger-span-until", day=last)


def _day_words(t: Translator, told: str) -> str:
    """Return a day as the reader writes it; what is no day yet as it was typed."""
    try:
        return t.day_of_year(date.fromisoformat(told))
    except ValueError:
        return told
