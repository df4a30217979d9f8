"""Moving many records to another place: which and where to, then what would happen, then it is done, or undone."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from nicegui import ui

from app.domain.problem import Problem, ProblemError
from app.services.books.move_plans import Move
from app.services.books.moves import MoveOptions, MovePreview, Moves
from app.services.labels import SubjectLabel
from app.ui.frame import Action, button, frame, link
from app.ui.pages.parts.asking import telling
from app.ui.pages.parts.register_words import day_field, day_picked, named
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets import EmptyState, Section, box, icon, text

_MOST_REASON = 300


def move_address(about: str, place: str = "") -> str:
    """Return the address of the page that moves records of a register away from a place."""
    return f"/move/{about}" + (f"?{urlencode({'place': place})}" if place else "")


def register(shell: Shell) -> None:
    """Register `/move/{about}`."""
    moves = shell.services.moves
    if moves is None:
        return

    @shell.page("/move/{about}")
    async def page(session: Session, about: str, place: str = "") -> None:
        options = await moves.options(session.ref, about, place)
        t = session.t
        sub = t.dotted(t.text(options.title), t.text(options.place_title))
        with frame(t("moves-title"), active="households", sub=sub, back=f"/subjects/{about}", tabs=False):
            await MovesPage(session, moves, about, options).build()


class MovesPage:
    """One move in the making; all records of the place are chosen at first."""

    def __init__(self, session: Session, moves: Moves, about: str, options: MoveOptions) -> None:
        """Start with everything chosen and no target."""
        self._session = session
        self._t = session.t
        self._moves = moves
        self._about = about
        self._options = options
        self._chosen = dict.fromkeys((one.id for one in options.records), True)
        self._groups: list[tuple[ui.checkbox, list[str]]] = []
        self._setting = False

    async def build(self) -> None:
        """Draw what was just moved, what is asked, and the place where the preview will stand."""
        t, options = self._t, self._options
        self._recent = box("stack pad-desk")
        await self._show_recent()
        if not options.records:
            with box("pad-desk"):
                state = EmptyState(t("moves-empty"), t("moves-empty-what"), "swap_horiz")
            with state, box("fs-doors"):
                for place in options.froms:
                    link(self._from_words(place), move_address(self._about, place), "gb-button gb-btn-line")
                link(t("moves-back"), f"/subjects/{self._about}", "gb-button gb-btn-quiet")
            return
        with box("rg-cols pad-desk"):
            with box("stack"), Section(t("moves-what")), box("stack"):
                text(t("moves-how"), "muted")
                self._ask_from()
                self._to = self._pick(t("moves-to"), self._titles(), None, "to")
                self._to.on_value_change(self._forget)
                day = options.ended or options.today
                hint = t("moves-on-hint") if options.ended else ""
                self._on = day_field(t("register-transfer-on"), day, "on", options.today, hint)
                self._on.on_value_change(self._forget)
                with box("gb-field"):
                    text(t("register-reason"), "label")
                    self._reason = ui.input().props(f"hide-bottom-space maxlength={_MOST_REASON}")
                    self._reason.mark("reason").props["aria-label"] = t("register-reason")
                look = Action(t("register-preview"), on_click=self._preview, icon="visibility")
                button(look, "line").mark("preview")
                self._told = box("").props("role=alert")
                self._shown = box("stack").props("role=status")
            with box("stack"):
                self._which()

    def _from_words(self, place: str) -> str:
        t = self._t
        title, many = self._options.froms[place]
        ended = place == self._options.place and self._options.ended is not None
        return t("moves-from-ended" if ended else "moves-from-one", place=t.text(title), n=many)

    def _titles(self) -> dict[str, str]:
        return {place: self._t.text(title) for place, title in self._options.targets.items()}

    def _ask_from(self) -> None:
        places = {place: self._from_words(place) for place in self._options.froms}
        made = self._pick(self._t("moves-from"), places, self._options.place, "from")
        made.on_value_change(lambda e: ui.navigate.to(move_address(self._about, str(e.value))))

    @staticmethod
    def _pick(label: str, options: dict[str, str], value: str | None, mark: str) -> ui.select:
        with box("gb-field"):
            text(label, "label")
            made = ui.select(options, value=value).props("hide-bottom-space").mark(mark)
            made.props["aria-label"] = label
        return made

    # ---- which ----------------------------------------------------------------------------------------------------
    def _which(self) -> None:
        t = self._t
        groups: dict[str, list[SubjectLabel]] = {}
        for label in self._options.records:
            groups.setdefault(" ".join(label.groups) or t("moves-others"), []).append(label)
        with Section(t("moves-which"), padded=False):
            with box("mv-head"):
                self._count = text("", "grow strong", "span").props("role=status")
                for word, on in (("moves-all", True), ("moves-none", False)):
                    button(Action(t(word), on_click=lambda on=on: self._all(on=on)), "quiet").mark(word)
            for group, labels in groups.items():
                self._group(group, labels)
        self._counted()

    def _group(self, group: str, labels: list[SubjectLabel]) -> None:
        """Draw a group with a tick for all of it; its records are drawn once it is opened."""
        ids = [label.id for label in labels]
        words = self._t("moves-group", group=group, n=len(labels))
        with box("mv-group"):
            with box("mv-group-head"):
                ticked = ui.checkbox(words, value=True).classes("gb-check grow").mark(f"group {group}")
                opens = button(Action(self._t("moves-open"), icon="expand_more"), "quiet")
                opens.mark(f"open {group}").props["aria-label"] = self._t.dotted(self._t("moves-open"), words)
            inside = box("mv-list")
        inside.set_visibility(False)
        opens.props["aria-expanded"] = "false"
        boxes: dict[str, ui.checkbox] = {}
        self._groups.append((ticked, ids))

        def draw() -> None:
            if boxes:
                for one, made in boxes.items():
                    made.set_value(self._chosen[one])
                return
            with inside:
                for label in labels:
                    made = ui.checkbox(named(label), value=self._chosen[label.id]).classes("gb-check")
                    boxes[label.id] = made.mark(f"pick {label.id}")
                    made.on_value_change(lambda e, one=label.id: self._tick([one], on=bool(e.value)))

        def whole() -> None:
            if not self._setting:
                self._tick(ids, on=bool(ticked.value))
                if boxes:
                    draw()

        def toggle() -> None:
            draw()
            inside.set_visibility(not inside.visible)
            opens.props["aria-expanded"] = "true" if inside.visible else "false"

        opens.on("click", toggle)
        ticked.on_value_change(whole)

    def _tick(self, ids: list[str], *, on: bool) -> None:
        self._chosen.update(dict.fromkeys(ids, on))
        self._counted()
        self._forget()

    def _all(self, *, on: bool) -> None:
        for ticked, _ in self._groups:
            ticked.set_value(on)
        self._tick(list(self._chosen), on=on)

    def _counted(self) -> None:
        """Say how many are chosen; a group is ticked while all of it is."""
        self._setting = True
        for ticked, ids in self._groups:
            ticked.set_value(all(self._chosen[one] for one in ids))
        self._setting = False
        self._count.set_text(self._t("moves-picked", n=sum(self._chosen.values()), of=len(self._chosen)))

    # ---- what it comes to -----------------------------------------------------------------------------------------
    def _forget(self) -> None:
        """Take the preview away: something else is wanted by now."""
        self._shown.clear()

    def _wanted(self) -> Move:
        if not self._to.value:
            raise ProblemError(Problem("E936", field="place"))
        chosen = tuple(one for one, on in self._chosen.items() if on)
        return Move(
            self._about,
            self._options.place,
            str(self._to.value),
            day_picked(self._on.value, "on"),
            chosen,
            self._reason.value or "",
            self._options.key,
        )

    async def _preview(self) -> None:
        self._shown.clear()
        with telling(self._t, self._told):
            found = await self._moves.preview(self._session.ref, self._wanted())
            with self._shown:
                self._tell(found)
            ui.run_javascript(
                f"document.getElementById('c{self._shown.id}')?.scrollIntoView({{block: 'nearest'}});"
            )

    def _tell(self, found: MovePreview) -> None:
        t = self._t
        with Section(t("register-planned")), box("stack"):
            text(t("moves-moving", n=found.moving, of=found.total), "strong")
            if found.along:
                what = t.listed(t("moves-many", what=t.text(title), n=n) for title, n in found.along)
                text(t("moves-along", what=what))
            if found.refused:
                text(t("moves-refused", n=found.refused), "strong")
                with box("gb-list bk-list", "ul").props("tabindex=0"):
                    for one in found.first_refused:
                        with box("bk-row", "li"):
                            text(one.whose, "strong", "span")
                            told = t.problem(one.problem)
                            words = t.text(one.message) or t.sentences(told.what, told.remedy)
                            text(t.dotted(t.text(one.field), words), "im-fault")
                if found.refused > len(found.first_refused):
                    text(t("moves-more", n=found.refused - len(found.first_refused)), "meta")
            text(t("moves-undoable"), "meta")
            if found.moving:
                sure = Action(t("moves-do", n=found.moving), on_click=self._move, icon="swap_horiz")
                with box("rg-do") as doors:
                    button(sure, "act").mark("record")
                self._doors = doors

    async def _move(self) -> None:
        with telling(self._t, self._told):
            wanted = self._wanted()
            if not wanted.reason.strip():
                raise ProblemError(Problem("E719"))
            self._doors.set_visibility(False)
            with self._shown:
                waiting = text(self._t("moves-working"), "meta")
            await asyncio.sleep(0.05)  # what is being done stands there before it is
            try:
                await self._moves.move(self._session.ref, wanted)
            finally:
                waiting.delete()
                self._doors.set_visibility(True)
            ui.navigate.to(move_address(self._about, self._options.place))

    # ---- undoing --------------------------------------------------------------------------------------------------
    async def _show_recent(self) -> None:
        t = self._t
        self._recent.clear()
        with self._recent:
            for batch in await self._moves.recent(self._session.ref):
                with box("bk-recent gb-note act").props("role=status") as strip:
                    icon("check_circle")
                    text(t("moves-moved", n=batch.count), "grow")
                    undo = Action(t("bulk-undo"), on_click=self._undoing(batch.id))
                    button(undo, "line").mark(f"undo {batch.id}")
                ui.timer(max(batch.left.total_seconds(), 0.1), strip.delete, once=True)

    def _undoing(self, batch: str) -> Callable[[], Awaitable[None]]:
        async def undo() -> None:
            told = box("")
            with telling(self._t, told):
                await self._moves.undo(self._session.ref, batch, self._t("undo-reason"))
                ui.navigate.to(move_address(self._about, self._options.place))

        return undo
