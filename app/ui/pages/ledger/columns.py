"""Which questions of one form stand as columns of the ledger: those of the address, those kept, or the first ones."""

from collections.abc import Awaitable, Callable, Mapping

from nicegui import ui

from app.services.actor import Permission
from app.services.books.views import Choices, Option
from app.ui.session import Session
from app.ui.widgets import box

_FIRST = 4

Chosen = Callable[[tuple[str, ...]], Awaitable[None]]


class ColumnChoice:
    """The list of columns, above the table on the desk."""

    def __init__(
        self, session: Session, choices: Choices, kept: Mapping[str, tuple[str, ...]], chosen: Chosen
    ) -> None:
        """Make room for it; `kept` are each form's columns as they were chosen last, `chosen` draws the rows."""
        self._session = session
        self._t = session.t
        self._choices = choices
        self._kept = dict(kept)
        self._chosen = chosen
        self._room = box("only-desk")
        self._drawn_for: str | None = None

    def titles(self, form: str) -> dict[str, str]:
        """Return the titles of what can be shown of a form, by question."""
        return {option.id: self._t.text(option.title) for option in self._of(form)}

    def shown(self, form: str, wanted: tuple[str, ...]) -> list[str]:
        """Return the columns to show where an address wants `wanted`; none of no form."""
        now = {name: option.id for option in self._of(form) for name in (*option.was, option.id)}
        chosen = dict.fromkeys(now[name] for name in wanted or self._kept.get(form, ()) if name in now)
        return list(chosen) or [option.id for option in self._of(form)][:_FIRST]

    def draw(self, form: str, wanted: tuple[str, ...]) -> None:
        """Offer the questions of the one form that is shown; drawn anew with another form only.

        The rows come anew with each choice: the list that somebody is about to open again must not go with them.
        """
        if self._drawn_for == form:
            return
        self._drawn_for = form
        self._room.clear()
        t, options = self._t, self.titles(form)
        if not options:
            return
        with self._room:
            value = self.shown(form, wanted)
            picked = ui.select(options, value=value, multiple=True, label=t("ledger-columns"))
            picked.props("dense options-dense hide-bottom-space").classes("lg-select")
            picked.props["display-value"] = t("ledger-columns-n", n=len(value))
            picked.mark("columns")

            async def choose() -> None:
                names = tuple(
                    name for name in picked.value or () if name in options
                )  # in the order of ticking
                await self._keep(form, names)
                picked.value = self.shown(form, names)  # the first ones where nothing is ticked
                picked.props["display-value"] = t("ledger-columns-n", n=len(picked.value))
                picked.update()
                await self._chosen(names)

            picked.on("popup-hide", choose)

    def _of(self, form: str) -> tuple[Option, ...]:
        return self._choices.columns.get(form, ()) if form else ()

    async def _keep(self, form: str, names: tuple[str, ...]) -> None:
        saved = self._session.services.saved_views
        if saved is not None and self._session.actor.may(Permission.RECORD):
            self._kept[form] = names
            await saved.keep_columns(self._session.ref, form, names)
