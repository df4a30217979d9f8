"""A draft, opened where it was left; where its form can't be filled in any more, what was typed is shown as text."""

from functools import partial
from urllib.parse import urlencode

from nicegui import ui
from starlette.responses import RedirectResponse, Response

from app.domain.problem import ProblemError
from app.services.own_drafts import DraftText
from app.services.ports import Begun
from app.services.work import WorkServices
from app.ui.frame import Action, button, frame
from app.ui.pages.forms.form import form_page
from app.ui.pages.parts.asking import telling
from app.ui.pages.parts.effects import attach_address
from app.ui.pages.parts.shown import shown
from app.ui.pages.parts.words import word
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, EmptyState, FactList, Note, box, keeper, text

_HOME = "/drafts"


def register(shell: Shell) -> None:
    """Register `/drafts/{key}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/drafts/{key}")
    async def draft(session: Session, key: str) -> Response | None:
        drafts = work.doorstep.drafts
        try:
            elsewhere = await _elsewhere(session, work, key, await drafts.begun(session.ref, key))
        except ProblemError:
            _unknown(session, work, key)  # perhaps this device has it
            return None
        if elsewhere:
            return RedirectResponse(elsewhere, status_code=303)
        view = await drafts.open(session.ref, key)
        if view is not None:
            form_page(session, work, view)
            return None
        await DraftPage(session, work, key).build()
        return None


async def _elsewhere(session: Session, work: WorkServices, key: str, begun: Begun | None) -> str:
    """Return the page of its own that such a draft is opened by, empty where it isn't there (any more)."""
    opening = {} if begun is None else {name: str(value) for name, value in begun.opening.items()}
    entry, duty, batch = (opening.get(name, "") for name in ("entry", "duty", "batch"))
    try:
        if batch == "several":
            found = await work.doorstep.several.open(
                session.ref, duty, opening.get("of", ""), opening.get("window", "")
            )
            query = urlencode({"of": opening.get("of", ""), "window": opening.get("window", "")})
            return f"/several/{duty}?{query}" if found.view.key == key else ""
        if batch == "files":
            await work.doorstep.attaching.open(session.ref, entry)
            return attach_address(entry, "/today")
    except ProblemError:
        return ""
    return ""


def _unknown(session: Session, work: WorkServices, key: str) -> None:
    """Ask this device for a draft that the server doesn't have, and take it in."""
    t = session.t
    with frame(t("drafts-title"), back=_HOME, active="today"):
        place = box("pad-desk")

        async def ask() -> None:
            kept = await keeper.kept_of(key)
            try:
                if kept is not None:
                    answers = keeper.answers_of(kept.get("answers"), t.zone)
                    answers = await work.files.take_inline(session.ref, answers)
                    await work.doorstep.drafts.take(session.ref, key, {**kept, "answers": answers})
                    ui.navigate.reload()
                    return
            except ProblemError:
                pass  # nothing that we can read
            place.clear()
            with place:
                state = EmptyState(t("drafts-gone"), t("drafts-gone-what"), "edit_note")
            with state:
                button(Action(t("drafts-title"), href=_HOME), "line")

        ui.timer(0.1, ask, once=True)


class DraftPage:
    """What was typed, as questions and answers, with the ways on."""

    def __init__(self, session: Session, work: WorkServices, key: str) -> None:
        """Keep whose draft it is."""
        self.session = session
        self.work = work
        self.key = key
        self.t = session.t

    async def build(self) -> None:
        """Draw it; what this device has beyond the server's comes in at once."""
        found = await self.work.doorstep.drafts.read(self.session.ref, self.key)
        t = self.t
        with frame(t.text(found.line.title), sub=t("draft-sub"), back=_HOME, active="today"):
            self.place = box("pad-desk stack")
            self._draw(found)
        ui.timer(0.1, self._on_device, once=True)

    async def _on_device(self) -> None:
        kept = await keeper.kept_of(self.key)
        if kept is None:
            return
        answers = keeper.answers_of(kept.get("answers"), self.t.zone)
        if answers:
            answers = await self.work.files.take_inline(self.session.ref, answers)
            await self.work.doorstep.drafts.take(self.session.ref, self.key, {**kept, "answers": answers})
        keeper.tell_kept("forget", self.key)
        self._draw(await self.work.doorstep.drafts.read(self.session.ref, self.key))

    def _draw(self, found: DraftText) -> None:
        t, line = self.t, found.line
        self.place.clear()
        with self.place:
            Note(t("draft-closed"), "due")
            with box("gb-sheet in stack"):
                name = word(t, line.name)
                if line.plate or name:
                    with box("row-c"):
                        if line.plate:
                            DoorPlate(line.plate)
                        text(name, "strong lead")
                moment = line.saved_at.astimezone(t.zone)
                text(
                    t("drafts-typed", time=f"{t.day_of_year(moment.date())} {t.time(line.saved_at)}"), "meta"
                )
                typed = box("dr-typed")
                with typed:
                    FactList([(t.text(one.title), shown(t, one)) for one in found.answers])
                self._copy(typed)
            with box().props("hidden") as waiting, box("gb-sheet in stack"):
                text(t("draft-files"), "strong lead", "h2")
                text(t("draft-files-what"), "meta")
                box("stack", "ul")
            keeper.waiting_files(self.key, waiting)
            if found.successors:
                with box("gb-sheet in stack"):
                    text(t("draft-go-on"), "strong lead", "h2")
                    text(t("draft-go-on-what"), "meta")
                    self.told = box("stack")
                    for one in found.successors:
                        label = t("draft-go-on-form", form=t.text(one.title), n=one.n)
                        action = Action(label, on_click=partial(self._go_on, one.form), icon="arrow_forward")
                        button(action, "line").mark(f"go-on-{one.form}")

    def _copy(self, typed: ui.element) -> None:
        t = self.t
        with box("row-c wrap"):
            copy = button(Action(t("draft-copy"), icon="content_copy"), "line").mark("copy")
            said = text("", "meta", "span")
            said.props("role=status")
        # By the browser alone: it lets only what was just pressed write to the clipboard.
        script = f"(e) => window.gridbookKept?.copy('c{typed.id}', e.currentTarget)"
        copy.on("click", lambda: None, js_handler=script)
        copy.on("gb-copied", lambda: said.set_text(t("draft-copied")))

    async def _go_on(self, form: str) -> None:
        with telling(self.t, self.told):
            there = await self.work.doorstep.drafts.go_on(self.session.ref, self.key, form)
            await keeper.move_files(self.key, there.key, there.files)
            ui.navigate.to(f"/drafts/{there.key}")
