"""The ledger: all entries, searched, filtered and paged by the server; a table on the desk, a list on the phone.

What is wanted stands in the address, so that a page can be kept and sent; what somebody searches for does not.
"""

from dataclasses import replace
from urllib.parse import parse_qsl

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from app.services.actor import ActorRef, Permission
from app.services.books.fields import ANY, NONE
from app.services.books.views import Choices, LedgerList, LedgerViews, Wanted
from app.ui.attachments import Attachment, Handed, attached
from app.ui.frame import Action, frame
from app.ui.pages.ledger.address import LEDGER, Look, address, by_present_names, read_address
from app.ui.pages.ledger.bulk import recent
from app.ui.pages.ledger.columns import ColumnChoice
from app.ui.pages.ledger.export import HANDED, LedgerExport
from app.ui.pages.ledger.filters import Filters
from app.ui.pages.ledger.pager import pager
from app.ui.pages.ledger.picking import Picking
from app.ui.pages.ledger.rows import Rows, Shown
from app.ui.pages.ledger.saved import ViewsDialog
from app.ui.pages.ledger.ticking import Ticking
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Segments, box, text


def register(shell: Shell) -> None:
    """Register `/ledger`."""
    views = shell.services.ledger_views
    if views is None:
        return
    handed = Handed()

    @shell.page(LEDGER)
    async def ledger(session: Session) -> None:
        query = ui.context.client.request.query_params
        saved = session.services.saved_views
        first = await saved.default(session.ref) if saved is not None and not query else None
        wanted, look = read_address(query if first is None else first.query)
        await LedgerPage(session, views, (wanted, look), handed).build()

    async def give(request: Request, visitor: Visitor) -> Response:
        name = request.path_params["name"]

        async def take(ref: ActorRef) -> Attachment | None:
            await shell.services.resolve(ref, shell.services.clock())
            return handed.take(ref, name)

        return await attached(request, visitor, take)

    shell.document(HANDED + "/{name}", give)


class LedgerPage:
    """One open view: filters change it in place and the address with it."""

    def __init__(
        self, session: Session, views: LedgerViews, shown: tuple[Wanted, Look], handed: Handed
    ) -> None:
        """Keep what is wanted and how it looks; `build` fetches it. Files that it makes are fetched from `handed`."""
        self._session = session
        self._t = session.t
        self._views = views
        self._wanted, self._look = shown
        self._handed = handed

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        choices = await self._views.choices(self._session.ref)
        subject = (
            await self._views.about(self._session.ref, self._wanted.subject) if self._wanted.subject else None
        )
        self._choices = choices
        self._wanted, self._look = by_present_names(choices, self._wanted, self._look)
        saved = self._session.services.saved_views
        keeps = saved is not None and self._session.actor.may(Permission.RECORD)
        self._kept_columns = await saved.columns(self._session.ref) if keeps and saved is not None else {}
        self._picking = Picking()
        self._bulk = self._session.services.bulk
        found = await self._views.page(self._session.ref, self._wanted)
        with frame(t("ledger-title"), active="ledger", sub=self._scope(choices), actions=self._actions()):
            self._recent = box("stack pad-desk")
            await self._show_recent()
            with box("pad-desk"), box("gb-sheet lg-sheet"):
                self._filters = Filters(self._session, choices, self._wanted, subject, self._change)
                with self._filters.end:
                    self._look_tools()
                self._list = box("lg-body")
            self._fill(found)

    def _actions(self) -> list[Action]:
        t = self._t
        found = [Action(t("ledger-export"), on_click=self._ask_export, icon="download")]
        saved = self._session.services.saved_views
        if saved is not None:
            found.insert(0, Action(t("views-title"), on_click=self._ask_views, icon="bookmark"))
        if self._bulk is not None:
            found.insert(0, Action(t("bulk-pick"), on_click=self._pick, icon="playlist_add_check"))
        return found

    async def _ask_views(self) -> None:
        saved = self._session.services.saved_views
        if saved is not None:
            shown = address(self._wanted, self._look, self._worded()).partition("?")[2]
            await ViewsDialog(self._session, saved, dict(parse_qsl(shown))).ask()

    def _ask_export(self) -> None:
        form = self._wanted.form
        options = {one.id: one for one in self._choices.columns.get(form, ())}
        chosen = tuple(options[name] for name in self._look.columns if name in options)
        shown = tuple(options[name] for name in self._columns.shown(form, self._look.columns))
        every = chosen or tuple(options.values())
        LedgerExport(self._session, self._views, self._handed).ask(self._wanted, every, self._choices, shown)

    # ---- many at once ---------------------------------------------------------------------------------------------
    async def _show_recent(self) -> None:
        self._recent.clear()
        if self._bulk is not None:
            with self._recent:
                await recent(self._session, self._bulk, self._changed)

    async def _changed(self) -> None:
        self._picking = Picking()
        await self._show_recent()
        await self._refresh()

    async def _pick(self) -> None:
        self._picking = Picking(on=not self._picking.on)
        await self._refresh()

    def _scope(self, choices: Choices) -> str:
        place = self._session.actor.community if choices.whole else self._session.actor.post.place
        return self._t("ledger-sub", place=self._t.text(self._session.services.place_title(place)))

    # ---- changing ---------------------------------------------------------------------------------------------
    async def _change(self, wanted: Wanted) -> None:
        if replace(wanted, page=1) != replace(self._wanted, page=1):
            self._picking = Picking(on=self._picking.on)  # what was ticked was ticked among other rows
        if wanted.form != self._wanted.form:
            self._look = replace(self._look, columns=())  # those were of another form
        self._wanted = wanted
        await self._refresh()

    async def _refresh(self) -> None:
        """Fetch first: the rows stay until there are others, and a refusal leaves the page whole."""
        self._list.props["aria-busy"] = "true"
        self._list.update()
        try:
            found = await self._views.page(self._session.ref, self._wanted)
        finally:
            self._list.props["aria-busy"] = "false"
            self._list.update()
        self._wanted = replace(self._wanted, page=found.page)
        with self._list:  # not the button that was pressed: it goes away with the old rows
            ui.navigate.history.replace(address(self._wanted, self._look, self._worded()))
            self._fill(found)

    def _worded(self) -> frozenset[str]:
        """Return the questions that are looked into by words: what somebody searches for is in no address."""
        offered = self._choices.filters.get(self._wanted.form, ())
        told = dict(self._wanted.fields)
        words = (one.field for one in offered if one.sort == "words")
        return frozenset(name for name in words if told.get(name) not in {NONE, ANY})

    async def _turn(self, page: int) -> None:
        await self._change(replace(self._wanted, page=page))

    def _look_tools(self) -> None:
        t, saved = self._t, self._kept_columns

        async def density(key: str) -> None:
            self._look = replace(self._look, density=key)
            await self._refresh()

        async def columns(names: tuple[str, ...]) -> None:
            self._look = replace(self._look, columns=names)
            await self._refresh()

        self._columns = ColumnChoice(self._session, self._choices, saved, columns)
        with box("only-desk"):
            options = {
                "dense": ("density_small", t("ledger-dense")),
                "roomy": ("density_medium", t("ledger-roomy")),
            }
            Segments(options, self._look.density, density, t("ledger-density"))

    # ---- showing ----------------------------------------------------------------------------------------------
    def _fill(self, found: LedgerList) -> None:
        t, wanted = self._t, self._wanted
        self._list.clear()
        self._columns.draw(wanted.form, self._look.columns)
        ticking = Ticking(self._session, self._bulk, self._picking)
        with self._list:
            text(t("ledger-count", n=found.total), "lg-count meta").props("role=status")
            ticking.bar(found, wanted, redraw=self._refresh, changed=self._changed, stop=self._pick)
            if not found.rows:
                EmptyState(t("ledger-empty"), t("ledger-empty-what"), "menu_book")
                return
            titles = self._columns.titles(wanted.form)
            columns = {name: titles[name] for name in self._columns.shown(wanted.form, self._look.columns)}
            shown = Shown(wanted, self._look.density, columns)
            Rows(self._session, shown, ticking, self._filters.order).draw(found.rows)
            pager(t, found, wanted.size, self._turn)
