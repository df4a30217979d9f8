"""Places: the community's grids and buildings, added, renamed, ended and moved in a draft."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlencode

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.i18n import LANGUAGES
from app.services.drafting.drafts import READERS, RegulationDrafting, Saved
from app.services.drafting.place_editing import MOST_NAME, PlaceEditing, PlaceRow, PlacesView
from app.ui.frame import Action, button, frame, link
from app.ui.pages.administration.accounts import PEOPLE
from app.ui.pages.parts.asking import asking, telling
from app.ui.pages.parts.register_words import day_field, day_picked
from app.ui.pages.registers.moves import move_address
from app.ui.pages.studio.parts import draft_address, problem_rows
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import Note, Tag, box, text

PLACES = "/places"


def register(shell: Shell) -> None:
    """Register `/places`."""
    places, drafting = shell.services.place_editing, shell.services.drafting
    if places is None or drafting is None:
        return

    @shell.page(PLACES, permission=READERS)
    async def page(session: Session, draft: str = "") -> None:
        await PlacesPage(session, places, drafting, draft).build()


def places_address(draft: str = "") -> str:
    """Return where the places of a draft, or of what was published last, are shown."""
    return f"{PLACES}?{urlencode({'draft': draft})}" if draft else PLACES


class PlacesPage:
    """One view of the places; it reads them anew after each change."""

    def __init__(
        self, session: Session, places: PlaceEditing, drafting: RegulationDrafting, draft: str
    ) -> None:
        """Keep what the page speaks with."""
        self._session = session
        self._t = session.t
        self._places = places
        self._drafting = drafting
        self._draft = draft
        self._out: dict[str, list[tuple[str, str]]] = {}
        """By place that is there no more: the ways to move what it left behind, in words and as an address."""

    async def build(self) -> None:
        """Build the page."""
        t = self._t
        try:
            view = await self._places.view(self._session.ref, self._draft)
        except ProblemError as fault:
            with frame(t("places-title"), active="places"), box("stack pad-desk"):
                problem_rows(t, fault.problems)
            return
        primary = None
        if self._draft:
            primary = Action(t("layers-on"), href=draft_address(self._draft), icon="gavel")
        elif view.may_edit:
            primary = Action(t("layers-begin"), on_click=self._begin, icon="edit_note")
        back = draft_address(self._draft) if self._draft else ""
        place = t.text(self._session.services.place_title(self._session.actor.community))
        shown = frame(t("places-title"), active="places", sub=place, back=back, primary=primary)
        with shown, box("stack pad-desk"):
            text(t("places-what-draft" if self._draft else "places-what"), "meta ly-pad")
            self._body = box("stack")
        await self._read_left(view)
        self._show(view)

    async def _read_left(self, view: PlacesView) -> None:
        """Read which records are in places that are there no more, where there are any."""
        services, over = self._session.services, [row for row in view.rows if not row.there and row.subjects]
        if services.moves is not None and services.work is not None and over:
            titles = await services.work.subjects.types(self._session.ref)
            for about, found in (await services.moves.left(self._session.ref)).items():
                for one in found:
                    what = self._t.text(titles.get(about, {}))
                    label = self._t("places-move-left", what=what, n=one.records)
                    self._out.setdefault(one.place, []).append((label, move_address(about, one.place)))

    async def _begin(self) -> None:
        made = await self._drafting.open(self._session.ref, self._t("places-draft-title"))
        ui.navigate.to(places_address(made.id))

    async def _refresh(self) -> None:
        self._show(await self._places.view(self._session.ref, self._draft))

    def _show(self, view: PlacesView) -> None:
        self._view = view
        self._body.clear()
        with self._body:
            if view.problems:
                problem_rows(self._t, view.problems)
            with box("gb-sheet"), box("gb-list", "ul"):
                for row in view.rows:
                    self._row(row)

    def _row(self, row: PlaceRow) -> None:
        t = self._t
        with box(f"pp-row pl-row pl-{min(row.depth, 3)}", "li").mark(f"place {row.id}"):
            with box("grow"):
                with box("row-c wrap"):
                    text(t.text(row.title) or row.id.rpartition("/")[2], "strong", "span")
                    self._state(row)
                text(t.dotted(self._level(row.level), self._times(row)), "meta")
                if row.was is not None:
                    text(t("places-was", name=t.text(row.was)), "meta")
                if row.people:
                    text(t("places-people", who=t.listed(row.people)), "meta")
                if row.subjects:
                    what = t.listed(
                        t("studio-place-many", what=t.text(one.title), n=one.many) for one in row.subjects
                    )
                    text(t("places-subjects", what=what), "meta")
                if row.until is not None and row.until <= self._view.today and (row.people or row.subjects):
                    Note(t("places-left"), "late")
                    self._ways_out(row)
            if self._draft and self._view.may_edit and row.inline:
                with box("gb-act-row"):
                    self._acts(row)

    def _ways_out(self, row: PlaceRow) -> None:
        """Lead to where what an ended place left behind is moved, register by register, and to who holds posts."""
        t = self._t
        with box("row-c wrap"):
            for label, href in self._out.get(row.id, ()):
                link(label, href, "gb-link")
            if row.people and PEOPLE in self._session.paths:
                link(t("people-title"), PEOPLE, "gb-link")

    def _state(self, row: PlaceRow) -> None:
        t = self._t
        if row.is_new:
            Tag(t("places-new"), "add")
        if not row.there:
            over = row.until is not None and row.until <= self._view.today
            Tag(t("places-over" if over else "places-later"), "event_busy" if over else "schedule")
        elif row.until is not None:
            Tag(t("places-ending"), "event")

    def _times(self, row: PlaceRow) -> str:
        """Return from when and until when a place is there, where something is said of it."""
        t = self._t
        parts = []
        if row.since is not None:
            parts.append(t("places-since", day=t.day_of_year(row.since)))
        if row.until is not None:
            parts.append(t("places-until", day=t.day_of_year(row.until)))
        return t.dotted(*parts) if parts else ""

    def _level(self, level: str) -> str:
        return self._t(f"level-{level}") if self._t.has(f"level-{level}") else level

    def _acts(self, row: PlaceRow) -> None:
        t = self._t
        name = t.text(row.title) or row.id
        acts: list[tuple[str, str, Callable[[], None]]] = []
        over = row.until is not None and row.until <= self._view.today
        if not over and self._view.levels.get(row.level):
            acts.append(("add", "add", lambda: self._ask_add(row)))
        acts.append(("rename", "edit", lambda: self._ask_rename(row)))
        if row.depth:
            if not row.ends:
                acts.append(("end", "event_busy", lambda: self._ask_end(row)))
                if self._targets(row):
                    acts.append(("move", "swap_horiz", lambda: self._ask_move(row)))
            else:
                acts.append(("go-on", "undo", lambda: self._ask_end(row, back=True)))
        for word, symbol, ask in acts:
            made = button(Action(t(f"places-{word}"), on_click=ask, icon=symbol), "quiet")
            made.props["aria-label"] = t.dotted(t(f"places-{word}"), name)
            made.mark(f"{word} {row.id}")

    def _targets(self, row: PlaceRow) -> dict[str, str]:
        """Return where a place can go: into another one of the kind in which it lies."""
        parent = row.id.rpartition("/")[0]
        kind = next((one.level for one in self._view.rows if one.id == parent), None)
        return {
            one.id: self._t.text(one.title) or one.id
            for one in self._view.rows
            if one.level == kind and one.id != parent and one.inline and one.until is None
        }

    # ---- dialogs ------------------------------------------------------------------------------------------------
    def _ask_add(self, row: PlaceRow) -> None:
        t = self._t
        levels = {level: self._level(level) for level in self._view.levels[row.level]}
        with asking(t("places-add-in", place=t.text(row.title) or row.id)) as dialog:
            level = None
            if len(levels) > 1:
                with box("gb-field"):
                    text(t("places-level"), "label")
                    level = ui.select(levels, value=next(iter(levels))).props("hide-bottom-space")
                    level.props["aria-label"] = t("places-level")
            titles = self._titles({})
            since = day_field(t("places-from"), None, "day", hint=t("places-from-hint"))

            async def make() -> Saved:
                kind = next(iter(levels)) if level is None else str(level.value)
                said, day = _said(titles), day_picked(since.value, "from")
                return await self._places.add(
                    self._session.ref, self._draft, row.id, kind, said, day, seen=self._view.number
                )

            self._sure(dialog, t("places-add"), make)

    def _ask_rename(self, row: PlaceRow) -> None:
        t = self._t
        with asking(t("places-rename-ask", place=t.text(row.title) or row.id)) as dialog:
            text(t("places-rename-what"), "muted")
            titles = self._titles(row.title)

            async def make() -> Saved:
                return await self._places.rename(
                    self._session.ref, self._draft, row.id, _said(titles), seen=self._view.number
                )

            self._sure(dialog, t("places-rename"), make)

    def _ask_end(self, row: PlaceRow, *, back: bool = False) -> None:
        t = self._t
        name = t.text(row.title) or row.id
        with asking(t("places-go-on-ask" if back else "places-end-ask", place=name)) as dialog:
            text(t("places-go-on-what" if back else "places-end-what"), "muted")
            until = None if back else day_field(t("places-end-on"), self._view.today, "day")
            if not back and row.people:
                Note(t("places-end-people", who=t.listed(row.people)), "due")

            async def make() -> Saved:
                day = None
                if until is not None:
                    day = day_picked(until.value, "until")
                    if day is None:
                        raise ProblemError(Problem("E936", field="until"))
                return await self._places.end(
                    self._session.ref, self._draft, row.id, day, seen=self._view.number
                )

            self._sure(dialog, t("places-go-on" if back else "places-end"), make)

    def _ask_move(self, row: PlaceRow) -> None:
        t = self._t
        with asking(t("places-move-ask", place=t.text(row.title) or row.id)) as dialog:
            text(t("places-move-what"), "muted")
            with box("gb-field"):
                text(t("places-move-to"), "label")
                to = ui.select(self._targets(row), value=None).props("hide-bottom-space").mark("to")
                to.props["aria-label"] = t("places-move-to")
            on = day_field(t("places-move-on"), self._view.today, "day")

            async def make() -> Saved:
                day = day_picked(on.value, "on")
                if day is None or not to.value:
                    raise ProblemError(Problem("E936", field="to"))
                return await self._places.move(
                    self._session.ref, self._draft, row.id, str(to.value), day, seen=self._view.number
                )

            self._sure(dialog, t("places-move"), make)

    def _sure(self, dialog: ui.dialog, label: str, make: Callable[[], Awaitable[Saved]]) -> None:
        t = self._t
        told = box("").props("role=alert")

        async def go() -> None:
            with telling(t, told):
                saved = await make()
                if saved.conflicts:
                    raise ProblemError(Problem("E541"))
                dialog.close()
                await self._refresh()

        with box("gb-act-row"):
            button(Action(label, on_click=go), "act").mark("sure")
            button(Action(t("action-cancel"), on_click=dialog.close), "line")

    def _titles(self, said: Mapping[str, str]) -> dict[str, ui.input]:
        """Make a field for the name in each language: the reader's first, the others may stay empty."""
        t = self._t
        own = [t.language, *(one for one in LANGUAGES if one != t.language)]
        return {
            language: self._input(t(f"places-name-{language}"), said.get(language, "")) for language in own
        }

    @staticmethod
    def _input(label: str, value: str) -> ui.input:
        with box("gb-field"):
            text(label, "label")
            made = ui.input(value=value).props(f"hide-bottom-space maxlength={MOST_NAME}")
            made.props["aria-label"] = label
        return made


def _said(titles: Mapping[str, ui.input]) -> dict[str, str]:
    found = {language: field.value or "" for language, field in titles.items()}
    return {language: found[language] for language in LANGUAGES if found.get(language)}
