"""Lists to take along: registers and entries as xlsx or csv, printed registers as xlsx or PDF."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote, urlencode

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from app.domain.period import parse_period
from app.i18n import PRINT_LANGUAGES, Translator
from app.services.actor import ActorRef
from app.services.lists import Lists, Offer, Which
from app.ui.attachments import TYPES, Attachment, attached, language_of, own_print_language
from app.ui.frame import Action, button, frame
from app.ui.pages.ledger.filters import period_words
from app.ui.pages.parts.register_words import day_field
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import Note, Section, box, icon, text

EXPORT = "/export"
KINDS = ("xlsx", "csv", "pdf")


def register(shell: Shell) -> None:
    """Register `/export` and the addresses of its files."""
    lists = shell.services.lists
    if lists is None:
        return

    @shell.page(EXPORT)
    async def page(session: Session) -> None:
        await ExportPage(session, lists, read_which(ui.context.client.request.query_params)).build()

    async def give(request: Request, visitor: Visitor) -> Response:
        name, kind = request.path_params["name"], request.path_params["kind"]
        printed = request.path_params["sort"] == "printed"

        async def make(ref: ActorRef) -> Attachment | None:
            if kind not in KINDS or (kind == "csv" and printed) or (kind == "pdf" and not printed):
                return None
            actor = await shell.services.resolve(ref, shell.services.clock())
            asked = request.query_params.get("language", "")
            t = Translator(language_of(visitor, asked)).at(shell.services.zone(actor.community))
            making = lists.print_file if printed else lists.file
            content = await making(ref, name, read_which(request.query_params), kind, t)
            return Attachment(f"{name}.{kind}", content, TYPES[kind])

        return await attached(request, visitor, make)

    shell.document(EXPORT + "/{sort}/{name}.{kind}", give)


def read_which(query: Mapping[str, str]) -> Which:
    """Return what an address says; what it says wrongly is as if it weren't there."""
    try:
        day = date.fromisoformat(query.get("day", ""))
    except ValueError:
        day = None
    return Which(query.get("place", ""), day, query.get("period", ""))


class ExportPage:
    """One open view: place and time, and the files of each list."""

    def __init__(self, session: Session, lists: Lists, which: Which) -> None:
        """Start with what an address says of place and time; it says nothing: with all that the reader sees, now."""
        self._session = session
        self._t = session.t
        self._lists = lists
        self._place = which.place
        self._first = which.day
        self._day = "" if which.day is None else which.day.isoformat()
        self._period = which.period
        self._language = own_print_language(session.t.language)

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        offers = await self._lists.offers(self._session.ref)
        places = await self._lists.places(self._session.ref)
        views = self._session.services.ledger_views
        choices = None if views is None else await views.choices(self._session.ref)
        spans = {"": t("ledger-any")} | ({} if choices is None else period_words(t, choices))
        missing = self._lists.writers.pdf.available()
        with frame(t("export-title"), active="ledger", sub=t("export-sub"), back="/ledger"):
            with box("stack pad-desk im-page"):
                with Section(t("export-which")):
                    text(t("export-which-what"), "muted")
                    with box("ex-which"):
                        self._select("place", t("ledger-place"), {n: t.text(w) for n, w in places.items()})
                        self._select("period", t("ledger-period"), spans)
                        day = day_field(t("export-day"), self._first, "day")
                        day.on_value_change(lambda event: self._set("day", event.value or ""))
                        if any(offer.layouts for offer in offers):
                            spoken = {one: t(f"language-name-{one}") for one in PRINT_LANGUAGES}
                            self._select("language", t("prints-language"), spoken)
                if missing is not None:
                    Note(t.problem(missing).what, "due")
                self._files = box("stack")
            self._offers = offers
            self._printing = missing is None
            self._draw()

    def _select(self, name: str, label: str, options: dict[str, str]) -> None:
        before = getattr(self, f"_{name}")
        value = before if before in options else next(iter(options), "")
        setattr(self, f"_{name}", value)
        made = ui.select(options, value=value, label=label)
        made.on_value_change(lambda event: self._set(name, event.value or ""))
        made.props("hide-bottom-space").classes("ex-select").mark(name)

    def _set(self, name: str, value: str) -> None:
        setattr(self, f"_{name}", value)
        self._draw()

    def _draw(self) -> None:
        t = self._t
        self._files.clear()
        printed = [offer for offer in self._offers if offer.layouts]
        with self._files:
            if printed:
                with Section(t("export-printed"), padded=False), box("gb-list", "ul"):
                    for offer in printed:
                        for layout, title in offer.layouts:
                            kinds = ("pdf", "xlsx") if self._printing else ("xlsx",)
                            self._row(offer, "printed", layout, t.text(title), kinds)
            with Section(t("export-lists"), padded=False), box("gb-list", "ul"):
                for offer in self._offers:
                    self._row(offer, "list", offer.form, t.text(offer.title), ("xlsx", "csv"))

    def _row(self, offer: Offer, sort: str, name: str, title: str, kinds: tuple[str, ...]) -> None:
        t = self._t
        with box("ex-row", "li"):
            icon("print" if sort == "printed" else "description", "muted")
            with box("grow"):
                text(title, "strong")
                text(t("export-register" if offer.describes else "export-entries"), "meta")
            with box("gb-act-row"):
                for kind in kinds:
                    glyph = "picture_as_pdf" if kind == "pdf" else "download"
                    label = t(f"export-as-{kind}")
                    made = button(Action(label, href=self._address(offer, sort, name, kind), icon=glyph))
                    made.props["aria-label"] = f"{title} {label}"

    def _address(self, offer: Offer, sort: str, name: str, kind: str) -> str:
        said = {"place": self._place}
        if offer.describes:
            day = self._day or (self._period and _last_day(self._period)) or ""
            said["day"] = day
        else:
            said["period"] = self._period
        if sort == "printed" and self._language != own_print_language(self._session.t.language):
            said["language"] = self._language
        query = urlencode({key: value for key, value in said.items() if value})
        return f"{EXPORT}/{sort}/{quote(name)}.{kind}" + (f"?{query}" if query else "")


def _last_day(period: str) -> str:
    return date.fromordinal(parse_period(period).end.toordinal() - 1).isoformat()
