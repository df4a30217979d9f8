"""The list of a kind of subject (households), and the forms that one can fill in."""

from dataclasses import replace
from urllib.parse import urlencode

from nicegui import ui

from app.domain.kinds.form import Form
from app.services.actor import Permission
from app.services.registers.listing import PAGE, Page, Query, Row, Who
from app.services.work import WorkServices
from app.ui.assets import icon_or
from app.ui.frame import Action, frame, link
from app.ui.pages.parts.effects import told_done
from app.ui.pages.parts.paging import Part, pager
from app.ui.pages.parts.register_words import as_of_words, card_address, day_of, moves_word, plain_day
from app.ui.pages.parts.words import chip, state_fact
from app.ui.pages.registers.moves import move_address
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import (
    Count,
    CountFilter,
    DoorPlate,
    EmptyState,
    PlaceGroup,
    StateChip,
    box,
    icon,
    keeper,
    text,
)


def register(shell: Shell) -> None:
    """Register `/households`, `/subjects/{about}` and `/record`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/households")
    async def first(session: Session) -> None:
        about = await work.subjects.first(session.ref)
        if about is not None:
            await SubjectsPage(session, work, Query(about)).build()
            return
        t = session.t
        with frame(t("nav-households"), active="households"):
            EmptyState(t("subjects-none-kind"), t("subjects-none-kind-what"), "home")

    @shell.page("/subjects/{about}")
    async def listed(session: Session, about: str, done: str = "", on: str = "", known: str = "") -> None:
        query = Query(about, on=day_of(on), known=day_of(known))
        await SubjectsPage(session, work, query, done).build()

    @shell.page("/record")
    async def record(session: Session, done: str = "") -> None:
        forms = await work.submissions.fillable(session.ref)
        t = session.t
        with frame(t("nav-record"), sub=t("record-sub"), active="record"):
            await told_done(session, work, done)
            with box("pad-desk"):
                keeper.drafts_link(t, "/drafts", await work.doorstep.drafts.keys(session.ref))
            groups = {"record-work": forms.work, "record-year": forms.year, "record-files": forms.files}
            if not any(groups.values()):
                EmptyState(t("record-none"), t("record-none-what"), "edit_note")
                return
            for name, listed in groups.items():
                if listed:
                    with box("pad-desk", "section"):
                        with box("gb-place"):
                            text(t(name), tag="h2")
                        with box("gb-sheet gb-forms"):
                            for form in listed:
                                _form_link(session, form)


def _form_link(session: Session, form: Form) -> None:
    with link("", f"/fill/{form.id}", "hh-duty gb-form-link"):
        icon(icon_or(form.icon))
        text(session.t.text(form.heading.title), "strong lead grow", "span")
        icon("chevron_right", "go")


class SubjectsPage:
    """Search, filters and a page of rows, by place."""

    def __init__(self, session: Session, work: WorkServices, query: Query, done: str = "") -> None:
        """Start with everything that the reader sees."""
        self.session = session
        self.work = work
        self.t = session.t
        self.query = query
        self.done = done

    async def build(self) -> None:
        """Draw the page."""
        page = await self.work.subjects.find(self.session.ref, self.query)
        if page.own:  # one's own households first; a filter says so and can be taken away
            self.query = replace(self.query, place=page.own)
            page = await self.work.subjects.find(self.session.ref, self.query)
        types = await self.work.subjects.types(self.session.ref)
        t = self.t
        title = t.text(page.title)
        add = Action(t("subjects-add"), href=f"/fill/{page.form}", icon="add") if page.may_add else None
        with frame(title, active="households", primary=add, actions=self._actions(page)):
            await told_done(self.session, self.work, self.done)
            with box("pad gb-kinds"):
                for about, kind in types.items():
                    if len(types) > 1:
                        with link("", f"/subjects/{about}", "gb-filter") as made:
                            if about == self.query.about:
                                made.props["aria-current"] = "page"
                                made.classes("on")
                            text(t.text(kind), tag="span")
            empty = not any(page.counts.values())
            if empty and not page.past:
                self._nobody(page)
                return
            self._ways(page)
            self._left(page)
            self._as_of(page)
            if empty:
                with box("pad-desk"):
                    EmptyState(t("subjects-empty-then"), t("subjects-empty-then-what"), "history")
                return
            self._filters(page)
            self.list = box("gb-subjects pad-desk past" if page.past else "gb-subjects pad-desk")
            self._draw(page)

    def _nobody(self, page: Page) -> None:
        """Say that the register is empty, with the ways to fill it; there is nothing to search or filter."""
        t = self.t
        with box("pad-desk"):
            state = EmptyState(t("subjects-empty"), t("subjects-empty-what"), "home")
        with state, box("fs-doors"):
            if page.may_add:
                link(t("subjects-add"), f"/fill/{page.form}", "gb-button gb-btn-act")
            if self.session.actor.may(Permission.ADMINISTER):
                link(t("first-subjects-import"), "/import", "gb-button gb-btn-line")

    def _actions(self, page: Page) -> list[Action]:
        t, about = self.t, self.query.about
        found = []
        if page.duplicates:
            found.append(Action(t("duplicates-open"), f"/duplicates/{about}", icon="groups", only_desk=True))
        if page.quality:
            found.append(Action(t("mend-open"), f"/mend/{about}", icon="task_alt", only_desk=True))
        if page.may_add and page.places and self.session.services.moves is not None:
            found.append(Action(t("moves-open-page"), move_address(about), icon="swap_horiz", only_desk=True))
        return found

    def _ways(self, page: Page) -> None:
        """Lead to duplicates and to what is to be mended, on the phone; the desk has both in its head."""
        if not self._actions(page):
            return
        with box("pad gb-kinds only-phone"):
            for action in self._actions(page):
                with link("", action.href, "gb-filter"):
                    icon(action.icon)
                    text(action.label, tag="span")

    def _left(self, page: Page) -> None:
        """Say that some are in places which are there no more, and lead to where they are moved."""
        if not page.left:
            return
        t = self.t
        with box("pad-desk"), box("gb-note late"):
            icon("event_busy")
            text(t("subjects-left", n=sum(one.records for one in page.left)), "grow")
            if self.session.services.moves is not None and page.may_add:
                link(t("mend-left-do"), move_address(self.query.about, page.left[0].place), "gb-link")

    def _as_of(self, page: Page) -> None:
        """Say as of when the register is shown, and let another day be chosen: a page of its own, to come back to."""
        t, query = self.t, self.query
        with box("pad gb-asof", "details") as made:
            if page.past:
                made.props["open"] = True
            with box("", "summary"):
                icon("history")
                text(as_of_words(t, query.on, query.known), tag="span")
            with box("gb-asof-days", "form") as days:
                days.props["action"] = f"/subjects/{query.about}"
                days.props["method"] = "get"
                plain_day("on", t("register-on"), query.on, page.today)
                plain_day("known", t("register-known"), query.known, page.today)
                with box("gb-button gb-btn-line", "button") as go:
                    go.props["type"] = "submit"
                    text(t("register-look"), tag="span")
                if page.past:
                    with link("", f"/subjects/{query.about}", "gb-button gb-btn-quiet"):
                        text(t("register-now"), tag="span")
                text(t("register-known-what"), "meta")

    def _counts(self, page: Page) -> None:
        t = self.t
        counts = [
            Count(who.value, t(f"register-who-{who.value}", moves=moves_word(page.moves)), page.counts[who])
            for who in Who
        ]

        async def choose(key: str) -> None:
            await self._ask(who=Who(key))

        with box("pad"):
            CountFilter(counts, self.query.who.value, choose, t("register-who"))

    def _filters(self, page: Page) -> None:
        t = self.t
        self._counts(page)
        with box("pad gb-search"):
            search = ui.input(
                placeholder=t("subjects-search"), on_change=lambda e: self._ask(text=e.value or "")
            )
            search.props("debounce=300 clearable type=search").classes("grow")
            search.props["aria-label"] = t("subjects-search")
            if page.places:
                places = {"": t("subjects-all-places")} | {
                    key: t.text(name) for key, name in page.places.items()
                }
                made = ui.select(
                    places, value=self.query.place, on_change=lambda e: self._ask(place=e.value or "")
                )
                made.props["aria-label"] = t("subjects-all-places")
            for klass, cases in page.classes.items():
                values = {"": t("subjects-all-kinds")} | {key: t.text(name) for key, name in cases.items()}
                made = ui.select(
                    values,
                    value="",
                    on_change=lambda e, klass=klass: self._ask(
                        klass=klass if e.value else "", value=e.value or ""
                    ),
                )
                made.props["aria-label"] = t("subjects-all-kinds")
            if not page.past:
                ui.checkbox(t("subjects-late"), on_change=lambda e: self._ask(late=bool(e.value))).classes(
                    "gb-check"
                )

    async def _ask(self, **changes: object) -> None:
        self.query = replace(self.query, offset=0, **changes)  # type: ignore[arg-type]
        self._draw(await self.work.subjects.find(self.session.ref, self.query))

    async def _turn(self, offset: int) -> None:
        self.query = replace(self.query, offset=offset)
        self._draw(await self.work.subjects.find(self.session.ref, self.query))
        ui.run_javascript("window.scrollTo(0, 0)")

    def _draw(self, page: Page) -> None:
        t = self.t
        self.list.clear()
        plates = any(row.label.plate for row in page.rows)
        with self.list:
            if not page.rows:
                EmptyState(t("subjects-none"), t("subjects-none-what"), "search")
                return
            with box("gb-subject-head only-desk meta"):
                for name in (
                    *(("plate",) if plates else ()),
                    "name",
                    "time",
                    *(() if page.past else ("due",)),
                ):
                    text(t(f"register-column-{name}"), name, "span")
            groups: dict[str, list[Row]] = {}
            for row in page.rows:
                groups.setdefault(t.dotted(t.text(row.place), row.group), []).append(row)
            for group, rows in groups.items():
                with PlaceGroup(group):  # the page may have cut it: no count
                    for row in rows:
                        self._row(page, row)
            part = Part(self.query.offset, len(page.rows), page.total, PAGE)
            pager(self.session, part, self._turn, "pad")

    def _row(self, page: Page, row: Row) -> None:
        t = self.t
        with box("gb-subject-row", "a") as made:
            made.props["href"] = card_address(self.query.about, row.label.id, self.query.on, self.query.known)
            if row.label.plate:
                DoorPlate(row.label.plate)
            with box("grow"):
                text(row.label.name, "nm", "span")
                moving = t("day-may-move-short") if row.may_move else ""
                duty = t.dotted(t.text(row.duty), moving) if row.state is not None else ""
                if told := t.dotted(t.text(row.sort), duty):
                    text(told, "meta")
            text(self._time(row), "gb-since meta")
            if row.state is not None and row.day is not None:
                StateChip(chip(row.state, row.day), state_fact(t, row.state, row.day, page.today))
            icon("chevron_right", "go")

    def _time(self, row: Row) -> str:
        """Return since when a subject has been in the register, or until when it was."""
        t = self.t
        if row.until is not None and not row.label.present:
            return t("register-until", day=t.day_of_year(row.until))
        return t("register-since", day=t.day_of_year(row.since)) if row.since is not None else ""


def fill_address(form: str, subject: str, ask: str = "") -> str:
    """Return the address of a form about a subject; `ask` is the question that it is opened for."""
    return f"/fill/{form}?" + urlencode({"subject": subject} | ({"ask": ask} if ask else {}))
