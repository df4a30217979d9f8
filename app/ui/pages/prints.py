"""Printing everybody at once: batches with how far they are, paused and gone on with, and their files."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from starlette.requests import Request
from starlette.responses import Response

from app.domain.problem import ProblemError
from app.services.actor import ActorRef, Permission
from app.services.appraisals import AppraisalsService
from app.services.print_batches import PAUSED, BatchView, PrintBatches
from app.ui.attachments import TYPES, Attachment, attached
from app.ui.frame import Action, button, frame
from app.ui.pages.problem_notes import problem_notes
from app.ui.pages.saying import moment
from app.ui.session import Session, Visitor
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Note, Section, box, icon, text

PRINTS = "/prints"
LOOK_AGAIN = 1.0
"""Seconds between two looks at how far batches are."""
_UNDER_WAY = frozenset({"queued", "running"})
_SIGNS = {
    "queued": ("schedule", "due"),
    "running": ("print", "due"),
    PAUSED: ("pause_circle", "waived"),
    "done": ("check_circle", "met"),
    "failed": ("error", "late"),
}


def register(shell: Shell) -> None:
    """Register `/prints` and the addresses of the files of a batch."""
    batches, appraisals = shell.services.print_batches, shell.services.appraisals
    if batches is None or appraisals is None:
        return

    @shell.page(PRINTS, permission=Permission.APPRAISE)
    async def page(session: Session, year: str = "") -> None:
        await PrintsPage(session, batches, year or None, shell.settings.public_url).build(appraisals)

    async def give(request: Request, visitor: Visitor) -> Response:
        job, which = request.path_params["job"], request.path_params["which"]

        async def make(ref: ActorRef) -> Attachment | None:
            path = await batches.file(ref, job, which)
            return None if path is None else Attachment(f"{path.stem}.{which}", path, TYPES[which])

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

    async def build(self, appraisals: AppraisalsService) -> None:
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
            self._told = box("stack").props("role=status")
            with Section(t("prints-list"), padded=False):
                self._list = box("stack")
            await self._draw()
        self._timer = ui.timer(LOOK_AGAIN, self._draw)

    def _start(self, appraisal: str, period: str) -> Callable[[], Awaitable[object]]:
        language = "en" if self._t.language not in {"zh", "en", "es"} else self._t.language

        async def start() -> None:
            await self._batches.start(self._session.ref, appraisal, period, language, self._address)

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
        shown = tuple((one.id, one.state, one.done, one.total) for one in found)
        if not anew and shown == getattr(self, "_shown", None):
            return
        self._shown = shown
        self._list.clear()
        with self._list:
            if not found:
                EmptyState(self._t("prints-none"), self._t("prints-none-what"), "print")
            with box("gb-list", "ul"):
                for one in found:
                    with box("ex-row", "li"):
                        self._row(one)

    def _row(self, one: BatchView) -> None:
        t = self._t
        glyph, tone = _SIGNS.get(one.state, _SIGNS["queued"])
        name = t.dotted(t.text(one.title), t("score-year", year=one.period))
        with box("grow stack"):
            with box("row-c"):
                text(name, "strong", "span")
                with box(f"gb-st {tone}", "span"):
                    icon(glyph)
                    text(t(f"prints-state-{one.state}"), tag="span")
            text(t.dotted(one.by, moment(t, one.at)), "meta")
            if one.state in _UNDER_WAY:
                bar = box("im-bar", "progress")
                bar.props["aria-label"] = name
                if one.total:
                    bar.props["max"], bar.props["value"] = str(one.total), str(one.done)
                text(t("prints-progress", done=one.done, of=one.total), "meta").props("role=status")
            problem_notes(t, one.problems)
            with box("gb-act-row"):
                if one.state in _UNDER_WAY:
                    self._button(one, "pause", "pause", self._batches.pause)
                elif one.state in {PAUSED, "failed"}:
                    self._button(one, "go-on", "play_arrow", self._batches.go_on)
                if one.made:
                    for which in ("pdf", "zip"):
                        label = t(f"prints-{which}")
                        made = button(Action(label, href=f"{PRINTS}/{one.id}.{which}", icon="download"))
                        made.props["aria-label"] = f"{name} {label}"

    def _button(self, one: BatchView, what: str, glyph: str, act: Callable[..., Awaitable[object]]) -> None:
        action = Action(
            self._t(f"prints-{what}"),
            on_click=self._doing(lambda: act(self._session.ref, one.id)),
            icon=glyph,
        )
        button(action).mark(f"{what} {one.id}")
