"""Flags: entries side by side that somebody of the office should look at, and what came of it."""

from functools import partial
from urllib.parse import quote

from nicegui import ui

from app.services.actor import Permission
from app.services.books.views import EntryRow
from app.services.flags import PAGE, Flagged, FlagList, FlagsService, Looked
from app.ui.frame import Action, button, frame, link
from app.ui.pages.ledger.chips import late_chip
from app.ui.pages.parts.asking import asking
from app.ui.pages.parts.clause_line import clause_line
from app.ui.pages.parts.paging import Part, pager
from app.ui.pages.parts.saying import doer, said
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, EmptyState, Note, Section, Segments, box, icon, text

_LOOKED = {"fine": ("met", "check_circle"), "talk": ("due", "forum")}
"""By what came of it: tone and icon."""
_SAID = 4
"""How many answers of an entry stand beside those of the others."""


def register(shell: Shell) -> None:
    """Register `/flags`."""
    flags = shell.services.flags
    if flags is None:
        return

    @shell.page("/flags", permission=Permission.CORRECT)
    async def page(session: Session) -> None:
        await FlagsPage(session, flags).build()


class FlagsPage:
    """One open view; it fetches everything anew after each change."""

    def __init__(self, session: Session, flags: FlagsService) -> None:
        """Start with the first page of what waits."""
        self._session = session
        self._t = session.t
        self._flags = flags
        self._done = False
        self._offset = 0

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        found = await self._flags.flags(self._session.ref)
        with frame(t("flags-title"), active="flags", sub=t("flags-sub", n=found.open)):
            options = {"open": ("flag", t("flags-open")), "done": ("task_alt", t("flags-done"))}
            with box("fl-top pad"):
                Note(t("flags-what"))
                Segments(options, "open", self._turn, t("flags-which"))
            self._list = box("stack pad-desk")
        self._draw(found)

    async def _turn(self, which: str) -> None:
        self._done, self._offset = which == "done", 0
        await self._refresh()

    async def _page(self, offset: int) -> None:
        self._offset = offset
        await self._refresh()
        ui.run_javascript("window.scrollTo(0, 0)")

    async def _refresh(self) -> None:
        self._draw(await self._flags.flags(self._session.ref, done=self._done, offset=self._offset))

    def _draw(self, found: FlagList) -> None:
        t = self._t
        self._list.clear()
        with self._list:
            if not found.rows:
                what = "flags-none-done" if self._done else "flags-none"
                EmptyState(t(what), t("flags-none-what"), "task_alt")
            for one in found.rows:
                self._flag(one)
            if found.total > PAGE:
                pager(self._session, Part(self._offset, len(found.rows), found.total, PAGE), self._page)

    def _flag(self, one: Flagged) -> None:
        t = self._t
        with Section(t.text(one.title), one.who, padded=False):
            with box("fl-says"):
                icon("flag")
                text(t.text(one.words))
                clause_line(t, one.clause)
            with box("fl-beside"):
                for row in one.entries:
                    self._entry(row)
            with box("fl-end"):
                if one.more:
                    text(t("flags-more", n=one.more), "meta")
                if one.looked is not None:
                    self._looked(one.looked)
                self._acts(one)

    def _entry(self, row: EntryRow) -> None:
        t = self._t
        with link("", f"/entry/{quote(row.id, safe='')}", "fl-entry"):
            with box("row-c wrap"):
                if row.about is not None and row.about.plate:
                    DoorPlate(row.about.plate, "mini")
                text(row.about.name if row.about is not None else t.text(row.title), "strong", "span")
            text(t.dotted(t.day_of_year(row.at), t.time(row.at)), "strong", "span")
            text(t.dotted(t.text(row.title), doer(t, row.by)), "meta", "span")
            text(t("flags-recorded", when=t.moment(row.recorded_at)), "meta", "span")
            late_chip(self._session, row)
            for answer in row.answers[:_SAID]:
                text(t.dotted(t.text(answer.title), said(t, answer)), "meta", "span")

    def _looked(self, looked: Looked) -> None:
        t = self._t
        tone, glyph = _LOOKED.get(looked.verdict, _LOOKED["talk"])
        with box("fl-looked"):
            with box(f"gb-st {tone}", "span"):
                icon(glyph)
                text(t(f"flags-verdict-{looked.verdict}"), tag="span")
            text(looked.reason)
            text(t.dotted(looked.who, t.day_of_year(looked.at)), "meta")

    def _acts(self, one: Flagged) -> None:
        t = self._t
        with box("row-c wrap"):
            for verdict in _LOOKED:
                label = t(f"flags-verdict-{verdict}")
                made = button(Action(label, on_click=partial(self._ask, one, verdict)), "line")
                made.props["aria-label"] = t("flags-say", what=label, flag=t.text(one.title), who=one.who)
                made.mark(f"{verdict} {one.id}")

    def _ask(self, one: Flagged, verdict: str) -> None:
        t = self._t
        with asking(t(f"flags-ask-{verdict}")) as dialog:
            text(t("flags-ask-what"))
            with box("gb-field"):
                text(t("flags-reason"), "label")
                reason = ui.textarea().props("autogrow maxlength=500").mark("reason")
                reason.props["aria-label"] = t("flags-reason")

            async def store() -> None:
                await self._flags.look(self._session.ref, one.id, verdict, reason.value or "")
                dialog.close()
                await self._refresh()

            with box("gb-act-row"):
                button(Action(t("flags-store"), on_click=store), "act").mark("sure")
                button(Action(t("action-cancel"), on_click=dialog.close), "line")
