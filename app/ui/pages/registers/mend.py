"""How a register is kept, and what is to be mended in it: one tap leads to the form that mends it."""

from nicegui import ui

from app.services.registers.mending import PAGE, Mending, Share, ToMend
from app.services.window_words import window_words
from app.services.work import WorkServices
from app.ui.frame import frame, link
from app.ui.pages.parts.paging import Part, pager
from app.ui.pages.parts.register_words import card_address
from app.ui.pages.registers.moves import move_address
from app.ui.pages.registers.subjects import fill_address
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, EmptyState, Section, box, icon, text


def register(shell: Shell) -> None:
    """Register `/mend/{about}`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/mend/{about}")
    async def mend(session: Session, about: str) -> None:
        found = await work.registers.mending.to_mend(session.ref, about)
        t = session.t
        with frame(
            t("mend-title"),
            active="households",
            sub=t.dotted(t.text(found.title), window_words(t, found.window) if found.window else ""),
            back=f"/subjects/{about}",
        ):
            MendPage(session, work, about, found).build()


def left_section(session: Session, about: str, found: Mending) -> None:
    """Tell which records lie in places that are there no more, with the way to move them together."""
    t = session.t
    with Section(t("mend-left"), padded=False):
        text(t("mend-left-what"), "muted pad")
        with box("gb-list", "ul"):
            for one in found.left:
                with box("pp-row", "li"):
                    with box("grow"):
                        text(t.text(one.title), "strong", "span")
                        text(t("mend-left-row", n=one.records, day=t.day_of_year(one.ended)), "meta")
                    if found.may and session.services.moves is not None:
                        with link("", move_address(about, one.place), "gb-button gb-btn-line"):
                            icon("swap_horiz")
                            text(t("mend-left-do"), tag="span")


class MendPage:
    """The register's shares and the records to mend."""

    def __init__(self, session: Session, work: WorkServices, about: str, found: Mending) -> None:
        """Start with the first page."""
        self.session = session
        self.work = work
        self.about = about
        self.found = found
        self.offset = 0
        self.t = session.t

    def build(self) -> None:
        """Draw the shares, then the records."""
        t = self.t
        if self.found.left:
            with box("pad-desk"):
                left_section(self.session, self.about, self.found)
        if not self.found.quality:
            if not self.found.left:
                with box("pad-desk"):
                    EmptyState(t("mend-no-rules"), t("mend-no-rules-what"), "task_alt")
            return
        with box("en-cols md-cols pad-desk"):
            with Section(t("mend-shares"), padded=False), box("gb-list", "ul"):
                for share in self.found.shares:
                    self._share(share)
            self.list = box("stack")
        self._draw()

    def _share(self, share: Share) -> None:
        t = self.t
        with box("pp-row", "li"):
            with box("grow"):
                text(t.text(share.place), "strong", "span")
                text(t("mend-records", n=share.records), "meta")
            with box("md-figures"):
                text(t("mend-known", share=self._percent(share.known, share.records)), "strong")
                if share.fresh is not None:
                    text(t("mend-fresh", share=self._percent(share.fresh, share.records)), "strong")

    def _percent(self, part: int, whole: int) -> str:
        return "—" if not whole else f"{self.t.number(100 * part / whole, 1)}%"

    def _draw(self) -> None:
        t, found = self.t, self.found
        self.list.clear()
        with self.list, Section(t("mend-list"), t("mend-n", n=found.total), padded=False):
            if not found.records:
                EmptyState(t("mend-none"), t("mend-none-what"), "task_alt")
            for one in found.records:
                self._record(one)
            if found.total > PAGE:
                pager(
                    self.session, Part(self.offset, len(found.records), found.total, PAGE), self._turn, "pad"
                )

    def _record(self, one: ToMend) -> None:
        t, found = self.t, self.found
        with box("md-row"):
            with link("", card_address(self.about, one.label.id), "md-who"):
                if one.label.plate:
                    DoorPlate(one.label.plate)
                with box("grow"):
                    text(one.label.name, "strong", "span")
                    text(t.text(one.place), "meta")
            if one.open:
                text(t("mend-open-fields", fields=t.listed(t.text(title) for title in one.open)))
            if one.stale:
                day = t.day_of_year(one.confirmed) if one.confirmed else "—"
                text(t("mend-stale", day=day), "muted")
            with box("row-c wrap"):
                if found.may:
                    with link("", fill_address(found.form, one.label.id, one.first), "gb-button gb-btn-line"):
                        icon("edit")
                        text(t("mend-do"), tag="span")
                if one.stale and not one.open:
                    for form, title in found.confirms.items():
                        with link("", fill_address(form, one.label.id), "gb-button gb-btn-quiet"):
                            icon("task_alt")
                            text(t.text(title), tag="span")

    async def _turn(self, offset: int) -> None:
        self.offset = offset
        self.found = await self.work.registers.mending.to_mend(self.session.ref, self.about, self.offset)
        self._draw()
        ui.run_javascript("window.scrollTo(0, 0)")
