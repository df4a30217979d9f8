"""The ledger's tools: the search, and what it can be narrowed by."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from app.domain.period import parse_period
from app.i18n import Translator
from app.services.books.fields import Asked
from app.services.books.span import FREE, is_free
from app.services.books.views import SIZES, Choices, Wanted
from app.services.labels import SubjectLabel
from app.ui.pages.ledger.fields import FieldFilters
from app.ui.pages.ledger.span import Span
from app.ui.session import Session
from app.ui.widgets import FilterPill, box, icon, text

Change = Callable[[Wanted], Awaitable[None]]

ORDERS = {
    "newest": ("at", True),
    "oldest": ("at", False),
    "recorded": ("recorded_at", True),
    "recorded_first": ("recorded_at", False),
}
_TYPING_MS = 400


class Filters:
    """Builds the tools once; each change gives the page a new Wanted, on its first page. `end` takes further tools."""

    def __init__(
        self,
        session: Session,
        choices: Choices,
        wanted: Wanted,
        subject: SubjectLabel | None,
        on_change: Change,
    ) -> None:
        """Build them; `subject` is the one that the address narrows to."""
        self._t = session.t
        self._choices = choices
        self._wanted = wanted
        self._on_change = on_change
        t = self._t
        with box("lg-tools"):
            self._search()
            self._toggle()
            with box("lg-filters") as self._panel:
                self._selects(choices)
            self._span = Span(t, self._between, self._any_time)
            self._span.show(wanted.period)
            self._answers = FieldFilters(session, self._asked)
            self._answers.show(choices.filters.get(wanted.form, ()), wanted.fields)
            with box("lg-pills") as self._pills:
                if subject is not None:
                    self._pill = FilterPill(t.dotted(subject.plate, subject.name), self._any_subject)
            self.end = box("lg-end")

    # ---- search -------------------------------------------------------------------------------------------------
    def _search(self) -> None:
        t = self._t
        field = ui.input(placeholder=t("ledger-search-what")).classes("lg-search")
        field.props(f"type=search dense hide-bottom-space debounce={_TYPING_MS} maxlength=80")
        field.props["aria-label"] = t("ledger-search")
        field.mark("search")
        with field.add_slot("prepend"):
            icon("search")

        async def look(event: ValueChangeEventArguments[str | None]) -> None:
            await self._narrow(replace(self._wanted, search=(event.value or "").strip()))

        field.on_value_change(look)

    # ---- filters ------------------------------------------------------------------------------------------------
    def _toggle(self) -> None:
        """On the phone the filters unfold; on the desk they are always there."""
        with box("gb-filter only-phone", "button") as made:
            made.props["type"] = "button"
            made.props["aria-expanded"] = "false"
            icon("tune")
            self._toggle_words = text(self._count_words(), tag="span")

        def unfold() -> None:
            is_open = "open" not in self._panel.classes
            self._panel.classes(toggle="open")
            made.props["aria-expanded"] = "true" if is_open else "false"
            made.update()

        made.on("click", unfold)
        made.mark("filters")

    def _count_words(self) -> str:
        wanted = self._wanted
        on = [wanted.form, wanted.place, wanted.person, wanted.subject, wanted.period]
        on += [value for _, value in wanted.fields]
        return self._t("ledger-filters", n=sum(1 for item in on if item) + (not wanted.standing))

    def _selects(self, choices: Choices) -> None:
        t, wanted = self._t, self._wanted
        everything = {"": t("ledger-any")}
        forms = everything | {
            option.id: t("ledger-form-gone", form=t.text(option.title))
            if option.gone
            else t.text(option.title)
            for option in choices.forms
        }
        places = everything | {option.id: t.text(option.title) for option in choices.places}
        people = everything | {option.id: t.text(option.title) for option in choices.people}
        spans = everything | period_words(t, choices) | {FREE: t("ledger-span")}
        self._select("form", t("ledger-form"), forms, wanted.form)
        if choices.places:
            self._select("place", t("ledger-place"), places, wanted.place)
        if len(choices.people) > 1:
            self._select("person", t("ledger-by"), people, wanted.person)
        period = FREE if is_free(wanted.period) else wanted.period
        self._period = self._choose(t("ledger-period"), spans, period, "period", self._in_period)
        standing = {"1": t("ledger-standing"), "": t("ledger-everything")}
        self._choose(t("ledger-state"), standing, "1" if wanted.standing else "", "standing", self._standing)
        orders = {key: t(f"ledger-order-{key}") for key in ORDERS}
        order = next((k for k, v in ORDERS.items() if v == (wanted.order, wanted.descending)), "newest")
        self._ordered = self._choose(t("ledger-order"), orders, order, "order", self._order)
        sizes = {str(size): str(size) for size in SIZES}
        size = str(wanted.size) if wanted.size in SIZES else str(SIZES[0])
        self._choose(t("ledger-size"), sizes, size, "size", self._size)

    def _select(self, name: str, label: str, options: dict[str, str], value: str) -> None:
        async def narrow(chosen: str) -> None:
            changes: dict[str, Any] = {name: chosen}
            if name == "form":
                changes["fields"] = ()
                self._answers.show(self._choices.filters.get(chosen, ()), ())
            await self._narrow(replace(self._wanted, **changes))

        self._choose(label, options, value, name, narrow)

    def _choose(
        self,
        label: str,
        options: dict[str, str],
        value: str,
        mark: str,
        on_choose: Callable[[str], Awaitable[None]],
    ) -> ui.select:
        async def chosen(event: ValueChangeEventArguments[str]) -> None:
            await on_choose(event.value or "")

        options = options if value in options else {**options, value: value}
        made = ui.select(options, value=value, label=label, on_change=chosen)
        # An order takes more words than half a phone's line has.
        made.classes("lg-select wide" if mark == "order" else "lg-select").mark(mark)
        made.props("dense options-dense hide-bottom-space")
        made.props["aria-label"] = label
        made.style(f"--letters: {len(label)}")
        return made

    async def _in_period(self, chosen: str) -> None:
        """Narrow to a period; days of one's own narrow as soon as one of them is set."""
        if chosen == FREE and is_free(self._wanted.period):
            return
        self._span.show(chosen)
        await self._between("" if chosen == FREE else chosen)

    async def _between(self, period: str) -> None:
        if period != self._wanted.period:
            await self._narrow(replace(self._wanted, period=period))

    async def _any_time(self) -> None:
        self._period.set_value("")

    async def _asked(self, fields: Asked) -> None:
        await self._narrow(replace(self._wanted, fields=fields))

    async def _standing(self, value: str) -> None:
        await self._narrow(replace(self._wanted, standing=bool(value)))

    async def _order(self, value: str) -> None:
        order, descending = ORDERS[value or "newest"]
        await self._narrow(replace(self._wanted, order=order, descending=descending))

    def order(self, by: str, *, descending: bool) -> None:
        """Choose an order as somebody does in the list of orders."""
        self._ordered.set_value(next(key for key, value in ORDERS.items() if value == (by, descending)))

    async def _size(self, value: str) -> None:
        await self._narrow(replace(self._wanted, size=int(value)))

    async def _any_subject(self) -> None:
        await self._narrow(replace(self._wanted, subject=""))
        self._pill.delete()

    async def _narrow(self, wanted: Wanted) -> None:
        self._wanted = replace(wanted, page=1)
        self._toggle_words.set_text(self._count_words())
        await self._on_change(self._wanted)


def period_words(t: Translator, choices: Choices) -> dict[str, str]:
    """Return the periods by label, in words: months, quarters, years, the newest first."""
    found: dict[str, str] = {}
    for label in choices.periods.months:
        found[label] = t.month(parse_period(label).start)
    for label in choices.periods.quarters:
        start = parse_period(label).start
        found[label] = t("ledger-quarter", year=str(start.year), n=str((start.month + 2) // 3))
    for label in choices.periods.years:
        found[label] = t("ledger-year", year=str(int(label)))
    return found
