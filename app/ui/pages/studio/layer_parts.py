"""What pages show of a figure's layers: from which level it comes, what may be made of it, and the form that does."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from nicegui import ui

from app.domain.kinds.common import Texts
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.services.layers.layers import Bounds, Effective
from app.services.layers.views import LayersService, LayersView
from app.ui.frame import Action, button
from app.ui.pages.studio.parts import problem_rows
from app.ui.session import Session
from app.ui.widgets import box, icon, text

Titles = Mapping[str, Texts]
Choose = Callable[[str, str, str], Awaitable[None]]
"""Lets a figure be another one at the place: (path, value, why). Raises ProblemError."""


def level_words(t: Translator, layer: str, titles: Titles) -> str:
    """Return what a level is called: the base, or the place's title."""
    if not layer:
        return t("layers-base")
    return t.text(titles.get(layer, {})) or layer.rsplit("/", 1)[-1]


def path_words(t: Translator, path: str) -> str:
    """Return where in its definition a figure stands, in the reader's words as far as there are any."""
    found = []
    for step in path.split("/")[1:]:
        message = f"key-{step}"
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


def origin_line(t: Translator, one: Effective, titles: Titles) -> None:
    """Say beside a figure from which level it comes, and what may be made of it."""
    with box("ly-origin"):
        icon("lock" if not one.is_open else "rule")
        words = t("layers-from", level=level_words(t, one.layer, titles), free=free_words(t, one.bounds))
        text(words, tag="span")


def choosing(t: Translator, one: Effective, choose: Choose, value: str = "") -> None:
    """Make the form by which a place chooses a figure within what the level above leaves open, with its reason."""
    with box("ly-choose"):
        label = t("layers-value")
        chosen: ui.select | ui.input
        if one.bounds.one_of:
            chosen = ui.select(list(one.bounds.one_of), label=label, value=None)
        else:
            chosen = ui.input(label, value=value or one.value).props("maxlength=200")
        chosen.props("outlined").classes("w-full").mark(f"value-{one.path}")
        why = ui.input(t("layers-why")).props("outlined maxlength=300").classes("w-full")
        why.mark(f"why-{one.path}")
        told = box("").props("role=alert")

        async def save() -> None:
            told.clear()
            try:
                await choose(one.path, str(chosen.value or ""), why.value or "")
            except ProblemError as fault:
                with told:
                    problem_rows(t, fault.problems)

        button(Action(t("layers-save"), on_click=save, icon="check")).mark(f"save-{one.path}")


class LayersBeside:
    """Tells beside the figures of one file of a draft where each comes from, and lets the place choose there."""

    def __init__(self, session: Session, layers: LayersService) -> None:
        """Keep what it speaks with; nothing is known before `read`."""
        self._session = session
        self._layers = layers
        self._draft = ""
        self._name = ""
        self._view: LayersView | None = None
        self._figures: Mapping[str, Effective] = {}
        self.on_chosen: Callable[[], Awaitable[None]] | None = None
        """Told after a choice was stored."""

    async def read(self, draft: str, name: str) -> None:
        """Read the layers of a definition of a draft. Raises DeniedError, ProblemError."""
        self._draft, self._name = draft, name
        view = self._view = await self._layers.view(self._session.ref, draft)
        self._figures = {one.path: one for group in view.groups if group.id == name for one in group.figures}

    def draw(self, path: Sequence[str | int]) -> None:
        """Draw, where the caller stands, what is known of the figure at a path of the file."""
        view, one = self._view, self._figures.get("/".join(map(str, (self._name, *path))))
        if one is None or view is None:
            return
        origin_line(self._session.t, one, view.titles)
        if view.may_edit and may_choose_here(one, view.place):
            opened(self._session.t, one, self._choose)

    async def _choose(self, path: str, value: str, why: str) -> None:
        await self._layers.choose(self._session.ref, self._draft, path, value, why)
        await self.read(self._draft, self._name)
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
