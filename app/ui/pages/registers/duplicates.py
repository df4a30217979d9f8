"""Records that may be of one subject, side by side, with the reason; somebody merges them or says that they are two."""

from nicegui import ui

from app.services.labels import SubjectLabel
from app.services.registers.duplicates import PAGE, Twin, Twins
from app.services.work import WorkServices
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.paging import Part, pager
from app.ui.pages.parts.register_words import card_address
from app.ui.pages.parts.words import words
from app.ui.pages.registers.change import change_address
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, EmptyState, Note, Section, box, icon, text


def register(shell: Shell) -> None:
    """Register `/duplicates/{about}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/duplicates/{about}")
    async def duplicates(session: Session, about: str, done: str = "") -> None:
        found = await work.registers.duplicates.proposed(session.ref, about)
        t = session.t
        with frame(
            t("duplicates-title"),
            active="households",
            sub=t.dotted(t.text(found.title), t("duplicates-n", n=found.total)),
            back=f"/subjects/{about}",
        ):
            if done:
                with box("pad"):
                    Note(t("duplicates-told"), "act")
            DuplicatesPage(session, work, about, found).build()


class DuplicatesPage:
    """The pairs of one register."""

    def __init__(self, session: Session, work: WorkServices, about: str, found: Twins) -> None:
        """Start with the first page."""
        self.session = session
        self.work = work
        self.about = about
        self.found = found
        self.offset = 0
        self.t = session.t

    def build(self) -> None:
        """Draw the pairs, and what too many share."""
        self.list = box("stack pad-desk")
        self._draw()

    def _draw(self) -> None:
        t, found = self.t, self.found
        self.list.clear()
        with self.list:
            if not found.twins:
                EmptyState(t("duplicates-none"), t("duplicates-none-what"), "task_alt")
            for twin in found.twins:
                self._twin(twin)
            if found.total > PAGE:
                pager(self.session, Part(self.offset, len(found.twins), found.total, PAGE), self._turn)
            if found.shared and not self.offset:
                with Section(t("duplicates-shared")), box("stack"):
                    text(t("duplicates-shared-what"), "muted")
                    for shared in found.shared:
                        told = t.dotted(t.text(shared.title), t.listed(shared.words))
                        text(t.dotted(told, t("duplicates-records", n=shared.records)))

    def _twin(self, twin: Twin) -> None:
        t = self.t
        with box("gb-sheet dp-pair", "section"):
            with box("dp-two"):
                for label, place in zip((twin.one, twin.other), twin.places, strict=True):
                    with link("", card_address(self.about, label.id), "dp-record"):
                        if label.plate:
                            DoorPlate(label.plate)
                        with box("grow"):
                            text(label.name, "strong", "span")
                            text(t.dotted(t.text(place), self._since(label)), "meta")
            for why in twin.why:
                for same in why.same:
                    with box("dp-why"):
                        icon("check" if same.sure else "more_horiz")
                        told = words(t, same.one)
                        if not same.sure and words(t, same.other) != told:
                            told = t("duplicates-alike", one=told, other=words(t, same.other))
                        text(t.dotted(t.text(same.title), told))
            with box("row-c wrap"):
                if self.found.may_merge:
                    where = change_address(self.about, twin.one.id, "merge", twin.other.id)
                    button(Action(t("duplicates-merge"), href=where, icon="merge"), "line")
                if self.found.may_tell:
                    apart = Action(t("duplicates-apart"), on_click=lambda: self._apart(twin))
                    button(apart, "quiet").mark(f"apart {twin.one.id} {twin.other.id}")

    def _since(self, label: SubjectLabel) -> str:
        return "" if label.since is None else self.t("register-since", day=self.t.day_of_year(label.since))

    async def _apart(self, twin: Twin) -> None:
        await self.work.registers.duplicates.tell_apart(
            self.session.ref, self.about, twin.one.id, twin.other.id
        )
        ui.navigate.to(f"/duplicates/{self.about}?done=1")

    async def _turn(self, offset: int) -> None:
        self.offset = offset
        self.found = await self.work.registers.duplicates.proposed(self.session.ref, self.about, self.offset)
        self._draw()
