"""Today: what is due and late, one tap from the right form for the right household."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from nicegui import ui

from app.domain.kinds.duty import State
from app.i18n import Translator
from app.i18n.citing import cited
from app.services.first_steps import FirstSteps
from app.services.notices import Notices
from app.services.reasons.phrases import say
from app.services.several import together
from app.services.today import Item, Today
from app.services.window_words import window_words
from app.services.work import WorkServices
from app.ui.frame import Action, frame, link
from app.ui.pages.doorstep.first_steps import first_steps
from app.ui.pages.doorstep.notices import NoticesSection
from app.ui.pages.parts.effects import fill_address, told_done, told_several, told_undone
from app.ui.pages.parts.words import chip, state_fact, words
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import (
    Count,
    CountFilter,
    DoorPlate,
    DutyRow,
    EmptyState,
    Note,
    PlaceGroup,
    box,
    icon,
    keeper,
    text,
)

_ROWS = 60
"""How many rows are drawn at once; a button brings the next."""


def register(shell: Shell) -> None:
    """Register `/today`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/today")
    async def today(
        session: Session, done: str = "", several: str = "", of: str = "", undone: str = ""
    ) -> None:
        view = await work.today.today(session.ref)
        t = session.t
        now_due = [item for item in view.soon if item.day is not None and item.day <= view.day]
        count = len(view.late) + len(now_due)
        title = t("today-title", n=count) if count else t("today-title-none")
        place = t.text(session.services.place_title(session.actor.post.place))
        sub = t.dotted(t.weekday(view.day), place, session.actor.name)
        record = Action(t("nav-record"), href="/record", icon="add")
        with frame(title, sub=sub, active="today", primary=record):
            await told_done(session, work, done)
            await told_several(session, work, several, of)
            told_undone(session, undone)
            notices = await work.notices.notices(session.ref)
            steps = await work.first_steps.left(session.ref)
            drafts = await work.doorstep.drafts.keys(session.ref)
            TodayPage(session, work, view, notices, steps, drafts).build()


class TodayPage:
    """The list with its filters, and on a wide screen the reason of the selected item beside it."""

    def __init__(
        self,
        session: Session,
        work: WorkServices,
        view: Today,
        notices: Notices,
        steps: FirstSteps | None,
        drafts: Sequence[str] = (),
    ) -> None:
        """Show all that needs a look now; first of all the `steps` that a new community still lacks.

        `drafts` are the keys of what the reader has typed and not submitted.
        """
        self.drafts = drafts
        self.notices = notices
        self.steps = steps
        self.session = session
        self.work = work
        self.view = view
        self.t = session.t
        self.filter = "all"
        self.shown = _ROWS
        self.rows: dict[tuple[str, str, str], DutyRow] = {}

    def build(self) -> None:
        """Draw counts, list and panel."""
        t, view = self.t, self.view
        counts = [
            Count("all", t("today-all"), len(view.late) + len(view.soon)),
            Count("late", t("state-overdue"), len(view.late), "overdue", "warning"),
            Count("soon", t("today-soon"), len(view.soon), "due", "schedule"),
            Count("done", t("state-met"), len(view.done), "met", "check_circle"),
        ]
        with box("pad"):
            CountFilter(counts, self.filter, self._select, t("today-filter"))
        with box("td-cols"):
            with box():
                if self.steps is not None:
                    first_steps(self.session, self.steps)
                keeper.drafts_link(t, "/drafts", self.drafts)
                NoticesSection(self.session, self.work.notices, self.notices, self.view.day).build()
                self.list = box("td-list")
            self.side = box("td-side only-desk")
        self._draw()
        ui.timer(0.1, self._first, once=True)

    def _select(self, key: str) -> None:
        self.filter = key
        self.shown = _ROWS
        self._draw()

    def _items(self) -> Sequence[Item]:
        view = self.view
        return {
            "all": (*view.late, *view.soon),
            "late": view.late,
            "soon": view.soon,
            "done": view.done,
            "later": view.later,
        }[self.filter]

    def _draw(self) -> None:
        t = self.t
        self.list.clear()
        self.rows.clear()
        items = list(self._items())
        with self.list:
            if self.filter == "later":
                with box("pad gb-back-line"):
                    ui.button(
                        t("today-later-back"), color=None, on_click=lambda: self._select("all")
                    ).classes("gb-btn-quiet")
            if not items:
                self._empty()
            for name, members in self._groups(items[: self.shown]):
                with PlaceGroup(name, len(members)):
                    for item in members:
                        self._row(item)
                    self._at_once(members)
            rest = len(items) - self.shown
            if rest > 0:
                self._button(t("today-more", n=min(rest, _ROWS)), self._more)
            elif self.filter == "all" and self.view.later:
                self._later()

    def _groups(self, items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
        """Return the items by place: those with something late first, then the ones due first."""
        own = self.t("today-own")
        by_group: dict[str, list[Item]] = {}
        for item in items:
            by_group.setdefault(item.group or own, []).append(item)
        return sorted(
            by_group.items(),
            key=lambda pair: (
                -sum(item.state is State.OVERDUE for item in pair[1]),
                min(item.day or date.max for item in pair[1]),
                pair[0],
            ),
        )

    def _at_once(self, members: Sequence[Item]) -> None:
        """Offer to record a whole stairwell, where the same is due of several there."""
        seen: set[int] = set()
        for first in members:
            alike = together(first, members) if id(first) not in seen else []
            seen |= {id(item) for item in alike}
            if len(alike) > 1:
                query = urlencode({"of": first.of, "window": first.window})
                label = self.t("several-open", n=len(alike), what=self.t.text(first.title))
                with box("gb-together"), link("", f"/several/{first.duty}?{query}", "gb-button gb-btn-line"):
                    icon("groups")
                    text(label, tag="span")

    def _row(self, item: Item) -> None:
        t = self.t
        name = item.name if isinstance(item.name, str) else t.text(item.name)
        last = (
            t("today-last", day=t.near_day(item.last_at.astimezone(t.zone).date(), self.view.day))
            if item.last_at
            else ""
        )
        row = DutyRow(
            plate=item.subject.plate if item.subject else "",
            name=name or t.text(item.title),
            duty=t.text(item.title) if name else window_words(t, item.window),
            detail=t.dotted(
                t.text(item.tier),
                _times(t, item),
                *(say(why, t) for why in item.held),
                _moving(t, item),
                _left(t, item),
                last,
            ),
            state=chip(item.state, item.day),
            fact=state_fact(t, item.state, item.day, self.view.day, item.met_at),
            href=address(item),
            action=t("today-fill") if item.state not in {State.MET, State.LATE} else t("today-look"),
            on_select=lambda: self._panel(item),
        )
        self.rows[item.duty, item.of, item.window] = row

    def _later(self) -> None:
        """Offer what else the period holds, with how much of it there is."""
        t = self.t
        day = self.view.later[0].day
        what = t("today-later-held") if day is None else t("today-later-what", day=t.day(day))
        with box("gb-sheet in gb-later"):
            with box("grow"):
                text(t("today-later", n=len(self.view.later)), "strong")
                text(what, "meta")
            ui.button(t("today-later-show"), color=None, on_click=lambda: self._select("later")).classes(
                "gb-btn-line"
            )

    def _empty(self) -> None:
        t = self.t
        if self.filter == "all" and self.steps is not None:
            return  # what comes next stands above
        if self.filter == "all":
            EmptyState(t("today-none"), t("today-none-what"))
        elif self.filter == "done":
            EmptyState(t("today-none-done"), t("today-none-done-what"), "schedule")
        else:
            EmptyState(t("today-none-late"), t("today-none-late-what"))

    def _button(self, label: str, handler: object) -> None:
        with box("pad gb-more"):
            ui.button(label, color=None, on_click=handler).classes("gb-btn-line")  # type: ignore[arg-type]

    def _more(self) -> None:
        self.shown += _ROWS
        self._draw()

    # ---- the panel ------------------------------------------------------------------------------------------------
    async def _first(self) -> None:
        items = self._items()
        if items:
            await self._panel(items[0])

    def _limit(self, item: Item) -> None:
        """Say by when it is due, since when it is late, or why its clock stands still."""
        t = self.t
        if item.state is State.OVERDUE and item.day is not None:
            n = max((self.view.day - item.day).days, 1)
            Note(t("today-late-since", day=t.day(item.day), n=n), "late")
        elif item.held:
            Note(t("today-held", why=t.dotted(*(say(why, t) for why in item.held))))
        elif item.state is State.DUE and item.day is not None:
            Note(t("today-due-by", day=t.near_day(item.day, self.view.day)), "due")
            if item.may_move:
                text(t("day-may-move", year=str(item.day.year)), "meta")

    async def _panel(self, item: Item) -> None:
        """Show why there is the item."""
        reason = await self.work.today.reason(self.session.ref, item.duty, item.of, item.window)
        t = self.t
        for key, row in self.rows.items():
            row.select(selected=key == (item.duty, item.of, item.window))
        self.side.clear()
        if reason is None:
            return
        name = item.name if isinstance(item.name, str) else t.text(item.name)
        with self.side, box("gb-sheet gb-panel", "aside") as panel:
            panel.props["aria-label"] = t("today-why")
            with box("in"):
                with box("row-c"):
                    if item.subject and item.subject.plate:
                        DoorPlate(item.subject.plate, "solid")
                    with box("grow"):
                        text(name or t.text(item.title), "lead strong")
                        text(t.dotted(t.text(item.title), window_words(t, item.window)), "meta")
                self._limit(item)
                text(t("today-why"), "st-lab")
                if reason.clause is not None and reason.clause.text:
                    text(reason.clause.text)
                    text(cited(t, reason.clause), "meta")
                if t.text(reason.notes):
                    text(t.text(reason.notes), "meta")
                if reason.contacts:
                    text(t("today-contacts"), "st-lab")
                for contact in reason.contacts:
                    with box("fm-last"):
                        text(t.day(contact.at.astimezone(t.zone).date()), "muted", "span")
                        text(words(t, contact.words) or "—", tag="span")
            with box("in rule-t row-c"):
                href = address(item)
                if item.target is not None and item.state not in {State.MET, State.LATE}:
                    with link("", href, "gb-button gb-btn-act grow"):
                        icon("edit_note")
                        text(t("today-fill"), tag="span")
                if item.subject is not None:
                    about = item.subject_type
                    with link("", f"/subjects/{about}/{item.subject.id}", "gb-button gb-btn-line"):
                        icon("home")
                        text(t("subject-open"), tag="span")


def _left(t: Translator, item: Item) -> str:
    """Say who held the post before and left it undone."""
    return t("today-left", name=item.left_by) if item.left_by else ""


def _times(t: Translator, item: Item) -> str:
    """Say how often it was done and has to be, where once isn't enough."""
    if item.times is None:
        return ""
    done, of = (t.number(one) for one in item.times)
    return t("today-times", done=done, of=of)


def _moving(t: Translator, item: Item) -> str:
    return t("day-may-move-short") if item.may_move else ""


def address(item: Item) -> str:
    """Return where an item leads: to the form that meets it; what is done leads to the subject."""
    if item.state in {State.MET, State.LATE} or item.target is None:
        return f"/subjects/{item.subject_type}/{item.subject.id}" if item.subject else "/ledger"
    return fill_address(item)
