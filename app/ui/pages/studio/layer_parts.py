"""What pages show of a figure's layers: from which level it comes, what may be made of it, and the form that does."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from nicegui import ui

from app.domain.kinds.common import Texts
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.drafting.changes import Prefer
from app.services.drafting.drafts import Saved
from app.services.layers.layers import Bounds, Effective, Level
from app.services.layers.naming import Members
from app.services.layers.views import LayersService, LayersView
from app.ui.compose.desk import line
from app.ui.frame import Action, button
from app.ui.pages.studio.parts import conflict_box, problem_rows
from app.ui.session import Session
from app.ui.widgets import box, icon, text

Titles = Mapping[str, Texts]
Choose = Callable[[str, str, str, Prefer], Awaitable[Saved]]
"""Lets a figure be another one at the place: (path, value, why, whose is taken). Raises ProblemError."""


def level_words(t: Translator, layer: str, titles: Titles) -> str:
    """Return what a level is called: the base, or the place's title."""
    if not layer:
        return t("layers-base")
    return t.text(titles.get(layer, {})) or layer.rsplit("/", 1)[-1]


_OF_MEMBERS = frozenset({"items", "lines"})
"""Keys that say only that members follow, which have titles of their own."""


def path_words(t: Translator, path: str, members: Members) -> str:
    """Return where in its definition a figure stands: titles of what it stands in, and the figure's own name."""
    found: list[str] = []
    chain: tuple[str, ...] = ()
    steps = path.split("/")[1:]
    for at, step in enumerate(steps):
        message = f"key-{step}"
        if (*chain, step) in members:
            chain = (*chain, step)
            found.append(t.text(members[chain]).strip(" :："))
        elif step not in _OF_MEMBERS or at == len(steps) - 1:
            found.append(t(message) if t.has(message) else step)
    return " › ".join(found)


def free_words(t: Translator, bounds: Bounds) -> str:
    """Return what may be chosen of a figure; that nothing may, where nothing is open."""
    if bounds.one_of:
        return t("layers-one-of", values=t.listed(bounds.one_of))
    if bounds.at_least and bounds.at_most:
        return t("layers-between", low=bounds.at_least, high=bounds.at_most)
    if bounds.at_least:
        return t("layers-at-least", low=bounds.at_least)
    if bounds.at_most:
        return t("layers-at-most", high=bounds.at_most)
    return t("layers-fixed")


def may_choose_here(one: Effective, place: str) -> bool:
    """Whether a place may make something else of a figure: one that it locked itself for below is its own."""
    return one.is_open or one.layer == place


def level_words_of(t: Translator, level: Level, titles: Titles) -> str:
    """Say what a level made of a figure, and why."""
    values = {
        "level": level_words(t, level.layer, titles),
        "before": level.before,
        "after": level.after,
        "why": level.why,
    }
    return t(_OTHER_CHANGES.get(level.sort, "layers-level"), **values)


_OTHER_CHANGES = {"add": "layers-level-adds", "off": "layers-level-off"}
"""How changes are told that put nothing in the place of a figure."""


def origin_line(t: Translator, one: Effective, titles: Titles) -> None:
    """Say beside a figure from which level it comes, and what may be made of it."""
    with box("ly-origin"):
        icon("lock" if not one.is_open else "rule")
        words = t("layers-from", level=level_words(t, one.layer, titles), free=free_words(t, one.bounds))
        text(words, tag="span")


def choosing(t: Translator, one: Effective, choose: Choose, value: str = "", why: str = "") -> None:
    """Make the form by which a place chooses a figure within what the level above leaves open, with its reason."""
    with box("ly-choose"):
        label = t("layers-value")
        chosen: ui.select | ui.input
        if one.bounds.one_of:
            known = value if value in one.bounds.one_of else None
            chosen = ui.select(list(one.bounds.one_of), label=label, value=known)
        else:
            chosen = ui.input(label, value=value or one.value).props("maxlength=200")
        chosen.props("outlined").classes("w-full").mark(f"value-{one.path}")
        reason = ui.input(t("layers-why"), value=why).props("outlined maxlength=300").classes("w-full")
        reason.mark(f"why-{one.path}")
        told = box("").props("role=alert")

        async def save(prefer: Prefer = "") -> None:
            told.clear()
            try:
                saved = await choose(one.path, str(chosen.value or ""), reason.value or "", prefer)
            except ProblemError as fault:
                with told:
                    problem_rows(t, fault.problems)
                return
            if saved.conflicts:
                with told:
                    conflict_box(t, saved, save)

        button(Action(t("layers-save"), on_click=save, icon="check")).mark(f"save-{one.path}")


def own_reason(one: Effective, place: str) -> str:
    """Return why a place made a figure what it is; "" where it didn't."""
    return next((level.why for level in reversed(one.levels) if level.layer == place), "")


class LayersBeside:
    """Tells beside the figures of one file of a draft where each comes from, and lets the place choose there.

    A figure that the level above leaves open is changed in the overlay, not in a copy of the file: so what is changed
    above reaches the place for all the rest.
    """

    def __init__(self, session: Session, layers: LayersService) -> None:
        """Keep what it speaks with; nothing is known before `read`."""
        self._session = session
        self._layers = layers
        self._draft = ""
        self._name = ""
        self._inside = True
        self._view: LayersView | None = None
        self._figures: Mapping[str, Effective] = {}
        self.on_chosen: Callable[[], Awaitable[None]] | None = None
        """Told after a choice was stored."""

    async def read(self, draft: str, name: str, *, inside: bool) -> None:
        """Read the layers of a definition of a draft; `inside`: its file is the place's.

        Raises DeniedError, ProblemError.
        """
        self._draft, self._name, self._inside = draft, name, inside
        view = self._view = await self._layers.view(self._session.ref, draft)
        self._figures = {one.path: one for group in view.groups if group.id == name for one in group.figures}

    def _of(self, path: Sequence[str | int]) -> Effective | None:
        steps = path[:-1] if path and path[-1] == "value" else path
        return self._figures.get("/".join(map(str, (self._name, *steps))))

    def is_laid(self, path: Sequence[str | int]) -> bool:
        """Whether the place says a figure in its overlay: one chosen there, and each open one of a file above."""
        view, one = self._view, self._of(path)
        if view is None or one is None or not view.may_edit:
            return False
        return bool(own_reason(one, view.place)) or (not self._inside and one.is_open)

    def draw(self, path: Sequence[str | int]) -> None:
        """Draw, where the caller stands, what is known of the figure at a path of the file."""
        view, one = self._view, self._of(path)
        if one is not None and view is not None:
            origin_line(self._session.t, one, view.titles)

    def draw_laid(self, path: Sequence[str | int], label: str) -> None:
        """Draw the control of a figure that the overlay says: typed over, it is chosen there, with its reason."""
        view, one, t = self._view, self._of(path), self._session.t
        if view is None or one is None:
            return
        why = own_reason(one, view.place)
        holder: ui.element | None = None

        async def typed(new: str) -> None:
            if holder is not None:
                holder.clear()
                if new.strip() and new.strip() != one.value:
                    with holder:
                        choosing(t, one, self._choose, new.strip(), why)

        line(one.value, label, typed).classes("ed-number").mark(f"laid-{one.path}")
        origin_line(t, one, view.titles)
        for level in one.levels:
            text(level_words_of(t, level, view.titles), "meta")
        holder = box("")
        if why:
            with box("row-c wrap"):
                back = Action(t("layers-leave"), on_click=lambda: self._leave(one.path, holder), icon="undo")
                button(back, "quiet").mark(f"leave-{one.path}")

    async def _choose(self, path: str, value: str, why: str, prefer: Prefer) -> Saved:
        seen = 0 if self._view is None else self._view.number
        saved = await self._layers.choose(
            self._session.ref, self._draft, path, value, why, seen=seen, prefer=prefer
        )
        if not saved.conflicts:
            await self._again()
        return saved

    async def _leave(self, path: str, told: ui.element | None, prefer: Prefer = "") -> None:
        seen = 0 if self._view is None else self._view.number
        saved = await self._layers.leave(self._session.ref, self._draft, path, seen=seen, prefer=prefer)
        if not saved.conflicts:
            await self._again()
        elif told is not None:
            told.clear()
            with told:
                conflict_box(self._session.t, saved, lambda decided: self._leave(path, told, decided))

    async def _again(self) -> None:
        await self.read(self._draft, self._name, inside=self._inside)
        if self.on_chosen is not None:
            await self.on_chosen()


def opened(t: Translator, one: Effective, choose: Choose) -> None:
    """Make a button that opens the form of a figure where the caller stands."""
    holder = box("")

    def open_() -> None:
        holder.clear()
        with holder:
            choosing(t, one, choose)

    with holder:
        button(Action(t("layers-choose"), on_click=open_, icon="tune"), "quiet").mark(f"choose-{one.path}")
