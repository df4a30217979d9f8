"""The ledger: all entries, searched, filtered and paged by the server; a table on the desk, a list on the phone.

What is wanted stands in the address, so that a page can be kept and sent; what somebody searches for does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from app.services.actor import ActorRef, Permission
from app.services.books.bulk_views import Selection
from app.services.books.fields import ANY, NONE
from app.services.books.views import Choices, EntryRow, LedgerList, LedgerViews, Wanted
from app.ui.attachments import Attachment, Handed, attached
from app.ui.frame import Action, button, frame
from app.ui.pages.ledger.address import LEDGER, Look, address, by_present_names, read_address
from app.ui.pages.ledger.bulk import BulkDialog, recent
from app.ui.pages.ledger.export import HANDED, LedgerExport
from app.ui.pages.ledger.filters import Filters
from app.ui.pages.ledger.hits import Hits
from app.ui.pages.ledger.picking import Picking
from app.ui.pages.ledger.saved import ViewsDialog
from app.ui.pages.parts.lasting import told_of
from app.ui.pages.parts.saying import doer, moment, named, said
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, EmptyState, Segments, box, icon, text

STATES = {
    "stands": ("check_circle", "met"),
    "correction": ("edit", "met"),
    "supplement": ("add_a_photo", "met"),
    "restored": ("history", "met"),
    "supplemented": ("add_a_photo", "waived"),
    "corrected": ("history", "waived"),
    "withdrawn": ("undo", "waived"),
    "withdrawal": ("undo", "waived"),
}
_FIRST_COLUMNS = 4
_SUMMARY = 3
_SUMMARY_LETTERS = 60


def register(shell: Shell) -> None:
    """Register `/ledger`."""
    views = shell.services.ledger_views
    if views is None:
        return
    handed = Handed()

    @shell.page(LEDGER)
    async def ledger(session: Session) -> None:
        query: Mapping[str, str] = ui.context.client.request.query_params
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


def state_chip(session: Session, row: EntryRow, *, bare: bool = False) -> None:
    """Show what became of an entry."""
    glyph, tone = STATES[row.state]
    with box(f"gb-st {tone}{' bare' if bare else ''}", "span"):
        icon(glyph)
        text(session.t(f"entry-state-{row.state}"), tag="span")


def late_chip(session: Session, row: EntryRow) -> None:
    """Say that an entry was recorded days after it happened."""
    if row.late_days:
        with box("gb-st due bare", "span"):
            icon("schedule")
            text(session.t("entry-late", n=row.late_days), tag="span")


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
        self._kept = dict(await saved.columns(self._session.ref)) if keeps and saved is not None else {}
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
        options = {one.id: one for one in self._choices.columns.get(self._wanted.form, ())}
        chosen = tuple(options[name] for name in self._look.columns if name in options)
        shown = tuple(options[name] for name in self._shown_columns()) if self._wanted.form else ()
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

    def _picked(self) -> Selection:
        return self._picking.selection(self._wanted)

    def _bulk_bar(self, found: LedgerList) -> None:
        t, bulk = self._t, self._bulk
        self._picking.shown = tuple(row.id for row in found.rows)
        if bulk is None or not self._picking.on:
            return

        async def correct() -> None:
            await BulkDialog(self._session, bulk, self._picked(), self._changed).correct(self._wanted.form)

        async def withdraw() -> None:
            await BulkDialog(self._session, bulk, self._picked(), self._changed).withdraw()

        async def everything() -> None:
            self._picking.everything = found.total
            await self._refresh()

        with box("bk-bar"):
            self._count_words = text(self._picking.words(t), "strong").props("role=status")
            with box("gb-act-row"):
                if not self._picking.everything and found.total > len(found.rows):
                    button(Action(t("bulk-all", n=found.total), on_click=everything), "line").mark(
                        "all found"
                    )
                why_not = "" if self._wanted.form else t("bulk-form-first")
                button(
                    Action(t("bulk-correct"), on_click=correct, icon="edit", why_not=why_not), "line"
                ).mark("bulk correct")
                button(Action(t("bulk-withdraw"), on_click=withdraw, icon="undo"), "line").mark(
                    "bulk withdraw"
                )
                button(Action(t("action-cancel"), on_click=self._pick), "quiet")

    def _tick(self, row: EntryRow) -> None:
        def ticked(*, on: bool) -> None:
            self._picking.tick(row.id, on=on)
            self._count_words.set_text(self._picking.words(self._t))

        made = ui.checkbox(value=self._picking.holds(row.id)).classes("bk-tick")
        made.props["aria-label"] = self._t(
            "bulk-row", what=named(row.about) or self._t.text(row.title), at=moment(self._t, row.at)
        )
        made.on_value_change(lambda event: ticked(on=bool(event.value)))
        made.mark(f"tick {row.id}")

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

    async def _looks(self, look: Look) -> None:
        self._look = look
        await self._refresh()

    def _look_tools(self) -> None:
        t = self._t

        async def density(key: str) -> None:
            await self._looks(replace(self._look, density=key))

        self._columns = box("only-desk")
        self._columns_of: str | None = None
        with box("only-desk"):
            options = {
                "dense": ("density_small", t("ledger-dense")),
                "roomy": ("density_medium", t("ledger-roomy")),
            }
            Segments(options, self._look.density, density, t("ledger-density"))

    def _column_choice(self) -> None:
        """Offer the fields of the one form that is shown as columns; drawn anew with another form only.

        The rows come anew with each choice: the list that somebody is about to open again must not go with them.
        """
        if self._columns_of == self._wanted.form:
            return
        self._columns_of = self._wanted.form
        self._columns.clear()
        fields = self._choices.columns.get(self._wanted.form, ())
        if not fields:
            return
        t = self._t
        options = {option.id: t.text(option.title) for option in fields}
        with self._columns:
            picked = ui.select(options, value=self._shown_columns(), multiple=True, label=t("ledger-columns"))
            picked.props("dense options-dense hide-bottom-space").classes("lg-select")
            picked.props["display-value"] = t("ledger-columns-n", n=len(picked.value))
            picked.mark("columns")

            async def choose() -> None:
                kept = tuple(
                    name for name in picked.value or () if name in options
                )  # in the order of ticking
                self._look = replace(self._look, columns=kept)
                saved = self._session.services.saved_views
                if saved is not None and self._session.actor.may(Permission.RECORD):
                    self._kept[self._wanted.form] = kept
                    await saved.keep_columns(self._session.ref, self._wanted.form, kept)
                picked.value = self._shown_columns()  # the first ones where nothing is ticked
                picked.props["display-value"] = t("ledger-columns-n", n=len(picked.value))
                picked.update()
                await self._refresh()

            picked.on("popup-hide", choose)

    def _shown_columns(self) -> list[str]:
        options = self._choices.columns.get(self._wanted.form, ())
        known = [option.id for option in options]
        now = {name: option.id for option in options for name in (*option.was, option.id)}
        wanted = self._look.columns or self._kept.get(self._wanted.form, ())
        chosen = list(dict.fromkeys(now[name] for name in wanted if name in now))
        return chosen or known[:_FIRST_COLUMNS]

    # ---- showing ----------------------------------------------------------------------------------------------
    def _fill(self, found: LedgerList) -> None:
        t = self._t
        self._list.clear()
        self._column_choice()
        self._hits = Hits(self._session, self._wanted.search)
        with self._list:
            text(t("ledger-count", n=found.total), "lg-count meta").props("role=status")
            self._bulk_bar(found)
            if not found.rows:
                EmptyState(t("ledger-empty"), t("ledger-empty-what"), "menu_book")
                return
            self._table(found.rows)
            with box("only-phone gb-list", "ul"):
                for row in found.rows:
                    with box("bk-li" if self._picking.on else "", "li"):
                        if self._picking.on:
                            self._tick(row)
                        self._item(row)
            self._pager(found)

    def _table(self, rows: tuple[EntryRow, ...]) -> None:
        t = self._t
        fields = self._shown_columns() if self._wanted.form else []
        titles = {
            option.id: t.text(option.title) for option in self._choices.columns.get(self._wanted.form, ())
        }
        heads = [t("ledger-at"), *([] if self._wanted.form else [t("ledger-form")]), t("ledger-about")]
        heads += [titles[name] for name in fields] if self._wanted.form else [t("ledger-says")]
        heads += [t("ledger-by"), t("ledger-state")]
        with (
            box("lg-scroll only-desk").props("tabindex=0 role=region") as region,
            box(f"lg-grid {self._look.density}", "table"),
        ):
            region.props["aria-label"] = t("ledger-title")
            with box(tag="thead"), box(tag="tr"):
                if self._picking.on:
                    text(t("bulk-picked"), tag="th").props("scope=col")
                for place, head in enumerate(heads):
                    self._head(head, sorts=place == 0)
            with box(tag="tbody"):
                for row in rows:
                    hits = self._hits.beneath(row, self._in_row(row, fields))
                    with box(tag="tr"):
                        self._cells(row, fields)
                    if hits:
                        with box("lg-hits", "tr"), box(tag="td") as told:
                            told.props["colspan"] = len(heads) + self._picking.on
                            self._hits.line(hits)

    def _head(self, words: str, *, sorts: bool) -> None:
        """Show a column's head; the one of time turns the order round. No index carries another column's order."""
        t = self._t
        with box(tag="th").props("scope=col") as made:
            if not sorts:
                text(words, tag="span")
                made.props["title"] = t("ledger-sort-not")
                return
            by_it = self._wanted.order == "at"
            if by_it:
                made.props["aria-sort"] = "descending" if self._wanted.descending else "ascending"
            with box("lg-sort", "button").props("type=button") as press:
                text(words, tag="span")
                if by_it:
                    icon("arrow_downward" if self._wanted.descending else "arrow_upward")
            press.props["title"] = t("ledger-sort", column=words)
            descending = not (by_it and self._wanted.descending)
            press.on("click", lambda: self._filters.order("at", descending=descending))
            press.mark("sort")

    def _cells(self, row: EntryRow, fields: list[str]) -> None:
        t = self._t
        if self._picking.on:
            with box("bk-cell", "td"):
                self._tick(row)
        with box("nowrap", "td"), box("lg-link", "a") as made:
            made.props["href"] = f"/entry/{row.id}"
            text(moment(t, row.at), tag="span")
        if not self._wanted.form:
            text(t.text(row.title), "strong", "td")
        with box(tag="td"), box("lg-who"):
            if row.about is not None and row.about.plate:
                DoorPlate(row.about.plate, "mini")
            self._hits.mark(_whom(row) or t.text(row.place))
        if self._wanted.form:
            told = self._in_row(row, fields)
            for name in fields:
                self._hits.mark(told.get(name, ""), tag="td")
        else:
            self._hits.mark(self._summary(row), "lg-says", "td")
        text(doer(t, row.by), "nowrap", "td")
        with box(tag="td"), box("lg-who"):
            state_chip(self._session, row, bare=True)
            late_chip(self._session, row)

    def _item(self, row: EntryRow) -> None:
        t = self._t
        with box("lg-item", "a") as made:
            made.props["href"] = f"/entry/{row.id}"
            if row.about is not None and row.about.plate:
                DoorPlate(row.about.plate, "mini")
            else:
                icon("description", "muted")
            self._hits.mark(_whom(row) or t.text(row.title), "strong lead")
            if row.state != "stands":
                state_chip(self._session, row)
            else:
                late_chip(self._session, row)
            form = t.text(row.title) if row.about is not None else t.text(row.place)
            text(t.dotted(form, moment(t, row.at), doer(t, row.by)), "meta")
            summary = self._summary(row)
            if summary:
                self._hits.mark(summary, "meta", "div")
            self._hits.line(self._hits.beneath(row, self._in_row(row)))

    def _in_row(self, row: EntryRow, fields: Sequence[str] = ()) -> dict[str, str]:
        """Return what a row shows of its answers, by question: of `fields`, or the first that tell something."""
        if fields:
            telling = {a.field: said(self._t, a) for a in row.answers if a.field in fields}
        else:
            telling = dict(islice(told_of(self._t, row).items(), _SUMMARY))
        return {name: _short(words) for name, words in telling.items()}

    def _summary(self, row: EntryRow) -> str:
        return self._t.dotted(*self._in_row(row).values())

    def _pager(self, found: LedgerList) -> None:
        t = self._t
        first = (found.page - 1) * self._wanted.size + 1
        with box("lg-pager", "nav") as made:
            made.props["aria-label"] = t("ledger-pages")
            text(
                t("ledger-range", first=first, last=first + len(found.rows) - 1, n=found.total),
                "meta",
                "span",
            )
            for key, glyph, page in (
                ("first", "first_page", 1),
                ("previous", "chevron_left", found.page - 1),
                ("next", "chevron_right", found.page + 1),
                ("last", "last_page", found.pages),
            ):
                here = page < 1 or page > found.pages or page == found.page
                self._page_button(key, glyph, page, here=here)

    def _page_button(self, key: str, glyph: str, page: int, *, here: bool) -> None:
        with box("gb-btn-icon lg-turn", "button") as made:
            made.props["type"] = "button"
            made.props["aria-label"] = self._t(f"ledger-page-{key}")
            icon(glyph)
        if here:
            made.props["disabled"] = True
        else:
            made.on("click", lambda: self._turn(page))
        made.mark(f"page {key}")


def _short(words: str) -> str:
    """Cut what is long for a row; the entry's own page has all of it."""
    return words if len(words) <= _SUMMARY_LETTERS else f"{words[: _SUMMARY_LETTERS - 1]}…"


def _whom(row: EntryRow) -> str:
    """Return whom an entry is about, and how many more; its own page names them."""
    name = named(row.about)
    return f"{name} +{len(row.also)}" if name and row.also else name
