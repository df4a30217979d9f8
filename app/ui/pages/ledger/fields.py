"""Narrowing the ledger by answers: one asks for a question of the chosen form, and says what its answer should be."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from app.i18n import Translator
from app.services.books.fields import ANY, NONE, Asked, FieldFilter
from app.ui.session import Session
from app.ui.widgets import FilterPill, Lookup, box, text
from app.ui.widgets.lookup import lookup, shipped

_TYPING_MS = 500
_LISTED = 60
"""Options that are chosen from a list; more are found by typing."""

Change = Callable[[Asked], Awaitable[None]]


def asked_words(t: Translator, one: FieldFilter, value: str) -> str:
    """Return in words what a question is narrowed to."""
    if value in {NONE, ANY}:
        return t("ledger-field-none" if value == NONE else "ledger-field-any")
    if one.sort == "one_of":
        options = options_of(t, one)
        return t.listed(options.get(key, key) for key in value.split(",") if key)
    if one.sort in {"number", "date"}:
        low, _, high = value.partition("..")
        return f"{low}–{high}"
    return value


def options_of(t: Translator, one: FieldFilter) -> dict[str, str]:
    """Return what can be chosen of a question, in words, with whether it was answered at all."""
    yes_no = {"true": t("form-yes"), "false": t("form-no")}
    options = {key: t.text(words) or yes_no.get(key, key) for key, words in one.options.items()}
    return options | {NONE: t("ledger-field-none"), ANY: t("ledger-field-any")}


class FieldFilters:
    """A list of questions to choose from, and a control for each chosen one."""

    def __init__(self, session: Session, on_change: Change) -> None:
        """Make the place; `show` fills it."""
        self._t = session.t
        self._on_change = on_change
        self._asked: dict[str, str] = {}
        self._offered: dict[str, FieldFilter] = {}
        self._place = box("lg-fields")

    def show(self, offered: tuple[FieldFilter, ...], asked: Asked) -> None:
        """Show what can be asked, and what is."""
        self._offered = {one.field: one for one in offered}
        self._asked = {name: value for name, value in asked if name in self._offered}
        self._draw()

    def _draw(self) -> None:
        t = self._t
        self._place.clear()
        rest = {name: t.text(one.title) for name, one in self._offered.items() if name not in self._asked}
        with self._place:
            for name in self._asked:
                self._control(self._offered[name])
            if rest:
                made = ui.select(rest, label=t("ledger-field-add"), on_change=self._add)
                made.props("dense options-dense hide-bottom-space").classes("lg-select").mark("add field")
                made.props["aria-label"] = t("ledger-field-add")
                made.style(f"--letters: {len(t('ledger-field-add'))}")

    async def _add(self, event: ValueChangeEventArguments[str | None]) -> None:
        if event.value:
            self._asked[event.value] = ""
            self._draw()

    async def _remove(self, name: str) -> None:
        had = self._asked.pop(name)
        self._draw()
        if had:
            await self._tell()

    async def _say(self, name: str, value: str) -> None:
        if self._asked.get(name) != value:
            self._asked[name] = value
            await self._tell()

    async def _tell(self) -> None:
        await self._on_change(tuple((name, value) for name, value in self._asked.items() if value))

    # ---- controls ---------------------------------------------------------------------------------------------
    def _control(self, one: FieldFilter) -> None:
        title = self._t.text(one.title)
        with box("lg-field", "fieldset"):
            text(title, "meta", "legend")
            match one.sort:
                case "one_of":
                    self._choices(one, title)
                case _:
                    self._or_none(one, title)
            FilterPill(title, lambda: self._remove(one.field)).mark(f"remove {one.field}")

    def _or_none(self, one: FieldFilter, title: str) -> None:
        """Show what is wanted of an answer, or only whether there is one."""
        t = self._t
        said = self._asked[one.field]
        ways = {"": t("ledger-field-is"), NONE: t("ledger-field-none"), ANY: t("ledger-field-any")}

        async def choose(event: ValueChangeEventArguments[str | None]) -> None:
            self._asked[one.field] = event.value or ""
            self._draw()
            await self._tell()

        made = ui.select(ways, value=said if said in ways else "", on_change=choose)
        made.props("dense options-dense hide-bottom-space").classes("lg-bound lg-way").mark(
            f"way {one.field}"
        )
        made.props["aria-label"] = t("ledger-field-way", field=title)
        if said in {NONE, ANY}:
            return
        if one.sort in {"number", "date"}:
            self._range(one, title)
        else:
            self._words(one, title)

    def _words(self, one: FieldFilter, title: str) -> None:
        async def said(event: ValueChangeEventArguments[str | None]) -> None:
            await self._say(one.field, (event.value or "").strip())

        made = ui.input(value=self._asked[one.field], on_change=said)
        made.props(f"dense hide-bottom-space debounce={_TYPING_MS} maxlength=80").classes("lg-select plain")
        made.props["aria-label"] = self._t("ledger-field-words", field=title)

    def _range(self, one: FieldFilter, title: str) -> None:
        low, _, high = self._asked[one.field].partition("..")
        bounds = {"from": low, "to": high}
        for end in ("from", "to"):

            async def said(event: ValueChangeEventArguments[Any], end: str = end) -> None:
                bounds[end] = str(event.value or "").strip()
                told = f"{bounds['from']}..{bounds['to']}"
                await self._say(one.field, "" if told == ".." else told)

            label = self._t(f"ledger-field-{end}", field=title)
            made = ui.input(value=bounds[end], on_change=said)
            made.props(f"dense hide-bottom-space debounce={_TYPING_MS}").classes("lg-bound")
            made.props["type"] = "date" if one.sort == "date" else "text"
            if one.sort == "number":
                made.props["inputmode"] = "decimal"
            made.props["aria-label"] = label

    def _choices(self, one: FieldFilter, title: str) -> None:
        options = options_of(self._t, one)
        chosen = [key for key in self._asked[one.field].split(",") if key in options]

        async def said(event: ValueChangeEventArguments[list[str] | None]) -> None:
            await self._say(one.field, ",".join(event.value or ()))

        if len(options) > _LISTED:
            name = f"filter-{one.field}"
            shipped(name, options)

            async def picked(ids: list[str]) -> None:
                await self._say(one.field, ",".join(ids))

            lookup(lambda: Lookup(name, options, chosen, title, many=True), picked).mark(
                f"lookup {one.field}"
            )
            return
        made = ui.select(options, value=chosen, multiple=True, on_change=said)
        made.props("dense options-dense hide-bottom-space").classes("lg-select plain")
        made.props["aria-label"] = title
