"""Printing everybody at once: batches with how far they are, paused and gone on with, and their files."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from app.domain.problem import ProblemError
from app.i18n import PRINT_LANGUAGES, Translator
from app.services.actor import ActorRef, Permission
from app.services.appraisals import AppraisalsService
from app.services.prints.batches import PrintBatches
from app.services.prints.file_names import file_name
from app.services.prints.places import PlacePrints
from app.services.prints.printing_jobs import PAUSED, PrintingJob
from app.ui.attachments import TYPES, Attachment, attached, own_print_language
from app.ui.frame import Action, button, frame
from app.ui.pages.parts.printing_rows import LOOK_AGAIN, PrintingRows, file_button
from app.ui.pages.parts.problem_notes import problem_notes
from app.ui.pages.prints.files import certificate_address, report_address
from app.ui.security import origin_of
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, box, text

if TYPE_CHECKING:
    from app.services.prints.certificates import Praise

PRINTS = "/prints"


def register(shell: Shell) -> None:
    """Register `/prints` and the addresses of the files of a batch."""
    batches, appraisals = shell.services.print_batches, shell.services.appraisals
    if batches is None or appraisals is None:
        return

    @shell.page(PRINTS, permission=Permission.APPRAISE)
    async def page(session: Session, year: str = "") -> None:
        address = origin_of(ui.context.client.request.scope, shell.settings.public_url)
        page = PrintsPage(session, batches, year or None, address)
        await page.build(appraisals, shell.services.place_prints)

    async def give(request: Request, visitor: Visitor) -> Response:
        job, which = request.path_params["job"], request.path_params["which"]

        async def make(ref: ActorRef) -> Attachment | None:
            path = await batches.file(ref, job, which)
            if path is None:
                return None
            t = Translator(visitor.language)
            view = next(one for one in await batches.all(ref) if one.id == job)
            return Attachment(file_name(f"{t.text(view.title)}-{view.period}", which), path, TYPES[which])

        return await attached(request, visitor, make, refused=404)

    shell.document(PRINTS + "/{job}.{which}", give)


class PrintsPage:
    """One open view; while a batch goes on it looks again and again."""

    def __init__(self, session: Session, batches: PrintBatches, year: str | None, address: str) -> None:
        """Keep which year is looked at, and where the app is reached, for the codes on the pages."""
        self._session = session
        self._t = session.t
        self._batches = batches
        self._year = year
        self._address = address
        self._language = own_print_language(session.t.language)
        self._praises: tuple[Praise, ...] = ()
        self._period = ""

    async def build(self, appraisals: AppraisalsService, prints: PlacePrints | None) -> None:
        """Build the page."""
        t = self._t
        titles = await appraisals.titles(self._session.ref)
        missing = appraisals.can_print()
        view = await appraisals.view(self._session.ref, titles[0].id, self._year) if titles else None
        period = "" if view is None else view.period
        frame_ = frame(t("prints-title"), active="appraisals", sub=t("prints-sub"), back="/appraisals")
        with frame_, box("stack pad-desk im-page"):
            if missing is not None:
                Note(str(t.problem(missing)), "due")
            with Section(t("prints-new")), box("stack"):
                text(t("prints-new-what"), "muted")
                self._languages(prints, period)
                with box("gb-act-row"):
                    for item in titles if view is not None else ():
                        label = t("prints-start", title=t.text(item.title), year=period)
                        start = Action(
                            label,
                            on_click=self._doing(self._start(item.id, period)),
                            icon="print",
                            why_not=str(t.problem(missing)) if missing is not None else "",
                        )
                        button(start, "act").mark(f"start {item.id}")
            if prints is not None and period:
                praises = await prints.praises(self._session.ref, period)
                with Section(t("prints-certificates"), padded=False):
                    self._certificates = box("stack")
                self._praises, self._period = praises, period
                self._draw_links()
            self._told = box("stack").props("role=status")
            with Section(t("prints-list"), padded=False):
                self._rows = PrintingRows(
                    t,
                    self._how_far,
                    self._below_row,
                    lambda: EmptyState(t("prints-none"), t("prints-none-what"), "print"),
                )
            await self._draw()
        self._timer = ui.timer(LOOK_AGAIN, self._draw)

    def _languages(self, prints: PlacePrints | None, period: str) -> None:
        """Let the reader choose the language of what is printed, and offer the report in it."""
        t = self._t
        with box("gb-act-row"):
            options = {one: t(f"language-name-{one}") for one in PRINT_LANGUAGES}
            picked = ui.select(options, value=self._language, label=t("prints-language"))
            picked.props("hide-bottom-space").classes("ex-select").mark("language")
            picked.on_value_change(lambda event: self._speak(str(event.value)))
            self._report = box("gb-act-row")
        self._period = period if prints is not None else ""

    def _speak(self, language: str) -> None:
        self._language = language
        self._draw_links()

    def _draw_links(self) -> None:
        """Draw what is printed at once: the report, and a certificate for each who is praised."""
        t, period = self._t, self._period
        if not period:
            return
        self._report.clear()
        with self._report:
            button(Action(t("prints-report"), href=report_address(period, self._language), icon="print"))
        self._certificates.clear()
        with self._certificates:
            if not self._praises:
                EmptyState(t("prints-certificates-none"), t("prints-certificates-none-what"), "print")
            with box("gb-list", "ul"):
                for one in self._praises:
                    name = one.name if isinstance(one.name, str) else t.text(one.name)
                    with box("ex-row", "li"):
                        with box("grow"):
                            text(name, "strong")
                            text(t.text(one.title), "meta")
                        address = certificate_address(period, one.finding, self._language)
                        made = button(Action(t("prints-pdf-one"), href=address, icon="download"))
                        made.props["aria-label"] = f"{name} {t.text(one.title)} {t('prints-pdf-one')}"

    def _start(self, appraisal: str, period: str) -> Callable[[], Awaitable[object]]:
        async def start() -> None:
            ref = self._session.ref
            await self._batches.start(ref, appraisal, period, self._language, self._address)

        return start

    def _doing(self, act: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
        """Return a handler that does something, says what is in its way, and draws what became of it."""

        async def do() -> None:
            self._told.clear()
            try:
                await act()
            except ProblemError as fault:
                with self._told:
                    problem_notes(self._t, fault.problems)
            await self._draw(anew=True)

        return do

    async def _draw(self, *, anew: bool = False) -> None:
        found = await self._batches.all(self._session.ref, self._year)
        self._rows.show(found, anew=anew)

    def _below_row(self, one: PrintingJob, name: str) -> None:
        t = self._t
        stopped = one.state in {PAUSED, "failed"}
        if stopped and one.total:
            text(t("prints-progress", done=one.done, of=one.total), "meta")
        with box("gb-act-row"):
            if one.under_way:
                self._button(one, "pause", "pause", self._batches.pause)
            elif stopped:
                self._button(one, "go-on", "play_arrow", self._batches.go_on)
            for which in ("pdf", "zip") if one.made else ():
                file_button(name, t(f"prints-{which}"), f"{PRINTS}/{one.id}.{which}")

    def _how_far(self, one: PrintingJob) -> str:
        """Return what is being done: before the first page everybody is worked out, after the last all is joined."""
        t = self._t
        if not one.total:
            return t("prints-counting")
        if one.done == one.total:
            return t("prints-joining", of=one.total)
        return t("prints-progress", done=one.done, of=one.total)

    def _button(self, one: PrintingJob, what: str, glyph: str, act: Callable[..., Awaitable[object]]) -> None:
        action = Action(
            self._t(f"prints-{what}"),
            on_click=self._doing(lambda: act(self._session.ref, one.id)),
            icon=glyph,
        )
        button(action).mark(f"{what} {one.id}")
