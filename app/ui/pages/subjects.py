"""The list of a kind of subject (households), and the forms that one can fill in."""

from dataclasses import replace
from urllib.parse import urlencode

from nicegui import ui

from app.domain.kinds.form import Form
from app.services.subjects import PAGE, Page, Query, Row
from app.services.work import WorkServices
from app.ui.assets import icon_or
from app.ui.frame import Action, frame, link
from app.ui.pages.effects import told_done
from app.ui.pages.words import chip, state_fact
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import DoorPlate, EmptyState, PlaceGroup, StateChip, box, icon, text


def register(shell: Shell) -> None:
    """Register `/households`, `/subjects/{about}` and `/record`."""
    work = shell.services.work
    if work is None:
        return

    @shell.page("/households")
    async def first(session: Session) -> None:
        types = await work.subjects.types(session.ref)
        if types:
            await SubjectsPage(session, work, Query(next(iter(types)))).build()
            return
        t = session.t
        with frame(t("nav-households"), active="households"):
            EmptyState(t("subjects-none-kind"), t("subjects-none-kind-what"), "home")

    @shell.page("/subjects/{about}")
    async def listed(session: Session, about: str, done: str = "") -> None:
        await SubjectsPage(session, work, Query(about), done).build()

    @shell.page("/record")
    async def record(session: Session, done: str = "") -> None:
        forms = await work.submissions.fillable(session.ref)
        t = session.t
        with frame(t("nav-record"), sub=t("record-sub"), active="record"):
            await told_done(session, work, done)
            if not forms:
                EmptyState(t("record-none"), t("record-none-what"), "edit_note")
                return
            for files in (False, True):
                listed = [form for form in forms if (form.describes is not None) is files]
                if listed:
                    with box("pad-desk", "section"):
                        with box("gb-place"):
                            text(t("record-files" if files else "record-work"), tag="h2")
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
        with frame(title, active="households", primary=add):
            await told_done(self.session, self.work, self.done)
            with box("pad gb-kinds"):
                for about, kind in types.items():
                    if len(types) > 1:
                        with link("", f"/subjects/{about}", "gb-filter") as made:
                            if about == self.query.about:
                                made.props["aria-current"] = "page"
                                made.classes("on")
                            text(t.text(kind), tag="span")
            self._filters(page)
            self.list = box("gb-subjects pad-desk")
            self._draw(page)

    def _filters(self, page: Page) -> None:
        t = self.t
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
        with self.list:
            if not page.rows:
                EmptyState(t("subjects-none"), t("subjects-none-what"), "search")
                return
            groups: dict[str, list[Row]] = {}
            for row in page.rows:
                groups.setdefault(t.dotted(t.text(row.place), row.group), []).append(row)
            for group, rows in groups.items():
                with PlaceGroup(group):  # the page may have cut it: no count
                    for row in rows:
                        self._row(page, row)
            self._pager(page)

    def _row(self, page: Page, row: Row) -> None:
        t = self.t
        with box("gb-subject-row", "a") as made:
            made.props["href"] = f"/subjects/{self.query.about}/{row.label.id}"
            if row.label.plate:
                DoorPlate(row.label.plate)
            with box("grow"):
                text(row.label.name, "nm", "span")
                if row.state is not None:
                    text(t.text(row.duty), "meta")
            if row.state is not None and row.day is not None:
                StateChip(chip(row.state, row.day), state_fact(t, row.state, row.day, page.today))
            icon("chevron_right", "go")

    def _pager(self, page: Page) -> None:
        t = self.t
        first, last = self.query.offset + 1, self.query.offset + len(page.rows)
        with box("pad gb-pager", "nav"):
            text(t("subjects-range", first=first, last=last, total=page.total), "meta")
            before, after = self.query.offset - PAGE, self.query.offset + PAGE
            if before >= 0:
                ui.button(t("subjects-before"), color=None, on_click=lambda: self._turn(before)).classes(
                    "gb-btn-line"
                )
            if after < page.total:
                ui.button(t("subjects-after"), color=None, on_click=lambda: self._turn(after)).classes(
                    "gb-btn-line"
                )


def fill_address(form: str, subject: str) -> str:
    """Return the address of a form about a subject."""
    return f"/fill/{form}?" + urlencode({"subject": subject})
