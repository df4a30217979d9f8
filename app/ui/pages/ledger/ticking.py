"""Ticking rows of the ledger to change many at once: the bar above them, and the box at each row."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from app.services.books.bulk import BulkChanges
from app.services.books.views import EntryRow, LedgerList, Wanted
from app.ui.frame import Action, button
from app.ui.pages.ledger.bulk import BulkDialog
from app.ui.pages.ledger.picking import Picking
from app.ui.pages.parts.saying import moment, named
from app.ui.session import Session
from app.ui.widgets import box, text

Do = Callable[[], Awaitable[None]]


class Ticking:
    """What one page of rows is ticked with; nothing is drawn while `picking` is off."""

    def __init__(self, session: Session, bulk: BulkChanges | None, picking: Picking) -> None:
        """Keep whose ticks they are; `bulk` is None where nobody can change many at once."""
        self._session = session
        self._t = session.t
        self._bulk = bulk
        self._picking = picking

    @property
    def on(self) -> bool:
        """Whether rows are being ticked."""
        return self._picking.on

    def bar(self, found: LedgerList, wanted: Wanted, *, redraw: Do, changed: Do, stop: Do) -> None:
        """Show how many are ticked and what can be done with them.

        `redraw` shows the same rows again, `changed` the ledger after a change, and `stop` ends the ticking.
        """
        t, bulk, picking = self._t, self._bulk, self._picking
        picking.shown = tuple(row.id for row in found.rows)
        if bulk is None or not picking.on:
            return

        def dialog() -> BulkDialog:
            return BulkDialog(self._session, bulk, picking.selection(wanted), changed)

        async def correct() -> None:
            await dialog().correct(wanted.form)

        async def withdraw() -> None:
            await dialog().withdraw()

        async def everything() -> None:
            picking.everything = found.total
            await redraw()

        with box("bk-bar"):
            self._count = text(picking.words(t), "strong").props("role=status")
            with box("gb-act-row"):
                if not picking.everything and found.total > len(found.rows):
                    button(Action(t("bulk-all", n=found.total), on_click=everything), "line").mark(
                        "all found"
                    )
                why_not = "" if wanted.form else t("bulk-form-first")
                button(
                    Action(t("bulk-correct"), on_click=correct, icon="edit", why_not=why_not), "line"
                ).mark("bulk correct")
                button(Action(t("bulk-withdraw"), on_click=withdraw, icon="undo"), "line").mark(
                    "bulk withdraw"
                )
                button(Action(t("action-cancel"), on_click=stop), "quiet")

    def tick(self, row: EntryRow) -> None:
        """Show the box of a row."""

        def ticked(*, on: bool) -> None:
            self._picking.tick(row.id, on=on)
            self._count.set_text(self._picking.words(self._t))

        made = ui.checkbox(value=self._picking.holds(row.id)).classes("bk-tick")
        made.props["aria-label"] = self._t(
            "bulk-row", what=named(row.about) or self._t.text(row.title), at=moment(self._t, row.at)
        )
        made.on_value_change(lambda event: ticked(on=bool(event.value)))
        made.mark(f"tick {row.id}")
