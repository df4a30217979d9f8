"""The notices on *Today*: what the regulation tells this post of, with the way to the reason."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from urllib.parse import quote

from nicegui import ui

from app.services.notices import Link, Notice, Notices, NoticesService
from app.ui.frame import link
from app.ui.pages.parts.clause_line import clause_line
from app.ui.session import Session
from app.ui.widgets import Section, box, icon, text

_FIRST = 1
"""How many are shown before somebody asks for more: the work below mustn't go out of sight."""


class NoticesSection:
    """What wasn't seen yet, newest first; what was seen is a tap away. Without any notice there is no section."""

    def __init__(self, session: Session, service: NoticesService, notices: Notices, today: date) -> None:
        """Show `notices` as they were read for this page."""
        self._session = session
        self._t = session.t
        self._service = service
        self._notices = notices
        self._today = today
        self._all = False
        self._seen = False

    def build(self) -> None:
        """Draw the section."""
        self._place = box("nt")
        self._draw()

    def _draw(self) -> None:
        t, notices = self._t, self._notices
        self._place.clear()
        if not notices.unseen and not notices.seen:
            return
        shown = notices.unseen if self._all else notices.unseen[:_FIRST]
        end = t("notices-unseen", n=notices.count) if notices.count else t("notices-none")
        with self._place, Section(t("notices-title"), end, padded=False):
            self._rows(shown, seen=False)
            if self._seen:
                self._rows(notices.seen, seen=True)
            rest = len(notices.unseen) - len(shown)
            later = notices.count - len(notices.unseen)
            with box("nt-end"):
                if later > 0:
                    text(t("notices-later", n=later, shown=len(notices.unseen)), "meta w-full")
                if rest > 0:
                    self._button(t("notices-more", n=rest), self._show_all, "notices-more")
                elif len(shown) > 1:
                    label = t("notices-see-all", n=len(shown))
                    self._button(label, partial(self._see, *shown), "notices-see-all")
                if notices.seen:
                    label = t("notices-hide") if self._seen else t("notices-show-seen", n=len(notices.seen))
                    self._button(label, self._turn_seen, "notices-seen")

    def _rows(self, notices: Sequence[Notice], *, seen: bool) -> None:
        for notice in notices:
            self._row(notice, seen=seen)

    def _row(self, notice: Notice, *, seen: bool) -> None:
        t = self._t
        whom = notice.whom if isinstance(notice.whom, str) else t.text(notice.whom)
        title, day = t.text(notice.title), t.near_day(notice.day, self._today)
        with box("nt-row seen" if seen else "nt-row"):
            icon("visibility" if seen else "notifications")
            with box("grow"):
                href = None if notice.link is None else address(notice.link)
                if href is None:
                    text(title, "strong")
                else:
                    with link("", href, "strong"):
                        text(title, tag="span")
                place = t.text(notice.place)
                text(t.dotted(whom, notice.door, "" if place == whom else place, day))
                clause_line(t, notice.clause)
            if not seen:
                made = self._button(t("notices-see"), partial(self._see, notice), f"see-{notice.id}")
                made.props["aria-label"] = t("notices-see-what", what=t.dotted(title, whom, notice.door, day))

    def _button(self, label: str, handler: Callable[[], object], mark: str) -> ui.button:
        return ui.button(label, color=None, on_click=handler).classes("gb-btn-quiet").mark(mark)

    def _show_all(self) -> None:
        self._all = True
        self._draw()

    def _turn_seen(self) -> None:
        self._seen = not self._seen
        self._draw()

    async def _see(self, *notices: Notice) -> None:
        await self._service.see(self._session.ref, *(one.id for one in notices))
        self._notices = await self._service.notices(self._session.ref)
        self._draw()


def address(target: Link) -> str:
    """Return the page on which the reason of a notice stands."""
    name = quote(target.id, safe="")
    match target.sort:
        case "entry":
            return f"/entry/{name}"
        case "person":
            return f"/staff/{name}"
        case "appeal":
            return f"/year/appeals/{name}"
        case "own":
            return "/score"
        case "summary":
            return f"/year/{name}/summary/{target.of}"
        case "marks":
            return f"/year/{name}/marks"
        case "draft":
            return f"/studio/{name}"
        case "year":
            return f"/score?year={name}"
        case _:
            return f"/subjects/{target.of}/{name}"
