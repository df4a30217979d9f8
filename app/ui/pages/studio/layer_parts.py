"""What pages show of a figure's layers: from which level it comes, what may be made of it, and the form that does."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from nicegui import ui

from app.domain.core.numbers import parse_number
from app.domain.edits import Data
from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.services.drafting.changes import Prefer
from app.services.drafting.composer import Composed
from app.services.drafting.composing import value_at
from app.services.drafting.drafts import Saved
from app.services.layers.layers import Bounds, Effective, Level
from app.services.layers.views import LayersService, LayersView
from app.services.reasons.paths import Members, inside
from app.services.reasons.phrases import Percent, say
from app.ui.compose.desk import line, said
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


def path_words(t: Translator, path: str, members: Members) -> str:
    """Return where in its definition a figure stands: titles of what it stands in, and the figure's own name."""
    return say(inside(path, members), t)


def named(t: Translator, problems: Sequence[Problem], view: LayersView, titles: Titles) -> list[Problem]:
    """Return problems of layers with what the places, and what is changed, are called in the place of their ids."""
    found = []
    for one in problems:
        values = dict(one.values)
        for key in {"what", "place"} & values.keys() if one.code in _OF_LEVELS else ():
            value = str(values[key])
            group = next((group for group in view.groups if group.id == value.partition("/")[0]), None)
            own = next((title for name, title in view.own if name == value), {})
            if group is not None:
                values[key] = t.dotted(t.text(group.title) or group.id, path_words(t, value, group.members))
            else:
                values[key] = t.text(titles.get(value, {})) or t.text(own) or value
        found.append(replace(one, values=values))
    return found


_OF_LEVELS = frozenset({"E131", "E597", "E598", "W222"})
"""Problems that name a path into a definition (`what`), and levels by id."""


def free_words(t: Translator, bounds: Bounds) -> str:
    """Return what may be chosen of a figure; that nothing may, where nothing is open."""
    if bounds.one_of:
        return t("layers-one-of", values=t.listed(value_words(t, one) for one in bounds.one_of))
    low, high = (value_words(t, one) if one else "" for one in (bounds.at_least, bounds.at_most))
    if low and high:
        return t("layers-between", low=low, high=high)
    if low:
        return t("layers-at-least", low=low)
    if high:
        return t("layers-at-most", high=high)
    return t("layers-fixed")


def may_choose_here(one: Effective, place: str) -> bool:
    """Whether a place may make something else of a figure: one that it locked itself for below is its own."""
    return not is_further(one) and (one.is_open or one.layer == place)


def is_further(one: Effective) -> bool:
    """Whether it is no figure, but what an overlay made of a definition beside its figures."""
    return bool(one.levels) and one.levels[-1].sort in _OTHER_CHANGES


def figure_words(t: Translator, one: Effective, members: Members) -> tuple[str, str]:
    """Return what a figure is called, and what it is; of what an overlay added its title, and nothing more."""
    if is_further(one):
        return _further_words(t, one), ""
    return path_words(t, one.path, members) or one.path, value_words(t, one.value)


def value_words(t: Translator, value: str) -> str:
    """Return a figure in words: a length of time and a percentage as people say it, anything else as files do."""
    if _SHARE.fullmatch(value):
        return say(Percent(parse_number(value)), t)
    found = _LENGTH.fullmatch(value)
    if found is None:
        return value
    message = f"sentence-length-{found[2].rstrip('s').replace('_', '-')}s"
    return t(message, n=int(found[1])) if t.has(message) else value


def level_words_of(t: Translator, level: Level, titles: Titles) -> str:
    """Say what a level made of a figure, and why."""
    values = {
        "level": level_words(t, level.layer, titles),
        "before": value_words(t, level.before),
        "after": added_words(t, level) or value_words(t, level.after),
        "why": level.why,
    }
    return t(_OTHER_CHANGES.get(level.sort, "layers-level"), **values)


def added_words(t: Translator, level: Level) -> str:
    """Return what a level added in words: its title, or the posts that may fill in a form; "" where it has neither."""
    posts = (one if isinstance(one, str) else t.text(one) for one in level.posts)
    return t.text(level.title) or t.listed(posts)


_SHARE: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?%")
_LENGTH: Final = re.compile(r"([0-9]+) ([a-z_]+)")
_OTHER_CHANGES = {"add": "layers-level-adds", "off": "layers-level-off"}
"""How changes are told that put nothing in the place of a figure."""


def _further_words(t: Translator, one: Effective) -> str:
    """Return what an overlay made beside figures is called: by its title, else by where it stands."""
    title = next((t.text(level.title) for level in one.levels if level.title), "")
    return title or path_words(t, one.path, {}) or t("layers-whole")


def origin_line(t: Translator, one: Effective, titles: Titles) -> None:
    """Say beside a figure from which level it comes, and what may be made of it."""
    with box("ly-origin"):
        icon("lock" if not one.is_open else "rule")
        words = t("layers-from", level=level_words(t, one.layer, titles), free=free_words(t, one.bounds))
        text(words, tag="span")


def choosing(
    t: Translator,
    one: Effective,
    choose: Choose,
    view: LayersView | None = None,
    value: str = "",
    why: str = "",
) -> None:
    """Make the form by which a place chooses a figure within what the level above leaves open, with its reason.

    `view` has the titles by which a refusal calls what was chosen.
    """
    with box("ly-choose"):
        label = t("layers-value")
        chosen: ui.select | ui.input
        if one.bounds.one_of:
            known = value if value in one.bounds.one_of else None
            options = {choice: value_words(t, choice) for choice in one.bounds.one_of}
            chosen = ui.select(options, label=label, value=known)
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
                    problem_rows(
                        t, fault.problems if view is None else named(t, fault.problems, view, view.titles)
                    )
                return
            if saved.conflicts:
                with told:
                    conflict_box(t, saved, save)

        button(Action(t("layers-save"), on_click=save, icon="check")).mark(f"save-{one.path}")


def own_reason(one: Effective, place: str) -> str:
    """Return why a place made a figure what it is; "" where it didn't."""
    return next((level.why for level in reversed(one.levels) if level.layer == place), "")


_SHORT: Final = 60
"""Longest text of the level above that is told in one line."""


class LayersBeside:
    """Tells beside the figures of one file of a draft where each comes from, and lets the place choose there.

    A figure that the level above leaves open is changed in the overlay, not in a copy of the file: so what is changed
    above reaches the place for all the rest.
    """

    def __init__(self, session: Session, layers: LayersService) -> None:
        """Keep what it speaks with; nothing is known before `read`."""
        self._session = session
        self._layers = layers
        self._file: Composed | None = None
        self._view: LayersView | None = None
        self._figures: Mapping[str, Effective] = {}
        self.edition = 0
        """How often something else was read than before."""
        self.on_chosen: Callable[[], Awaitable[None]] | None = None
        """Told after a choice was stored."""

    async def read(self, file: Composed) -> None:
        """Read the layers of a file of a draft. Raises DeniedError, ProblemError."""
        before = self._read
        self._file = file
        view = self._view = await self._layers.view(self._session.ref, self._draft)
        self._figures = {
            one.path: one for group in view.groups if group.id == self._name for one in group.figures
        }
        if self._read != before:
            self.edition += 1

    @property
    def _read(self) -> tuple[object, ...]:
        """All that is told is made of this."""
        view, file = self._view, self._file
        if view is None or file is None:
            return ()
        return self._figures, view.titles, view.place, view.may_edit, file.inside, file.above, file.layer

    @property
    def _draft(self) -> str:
        return "" if self._file is None else self._file.draft.id

    @property
    def _name(self) -> str:
        return "" if self._file is None else self._file.name

    @property
    def _inside(self) -> bool:
        """Whether the file is the place's."""
        return self._file is None or self._file.inside

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

    def origin(self, path: Sequence[str | int], value: Data | None) -> None:
        """Say where a value comes from that is no figure of the layers: all of a file is of the level whose it is.

        In a copy that stands for a file above it is said whether that one says the same, and what else it says.
        """
        found = self._origin(path, value) if self._of(path) is None else None
        if found is not None:
            with box("ly-origin"):
                icon(found[1])
                text(found[0], tag="span")

    def told(self, path: Sequence[str | int], value: Data | None) -> str:
        """Return of which level all that stands at a path is, told where a row is closed; "" where that isn't known.

        A figure in it that an overlay says is told, too.
        """
        found, view = self._origin(path, value), self._view
        if found is None or view is None:
            return ""
        start = "/".join(map(str, (self._name, *path, "")))
        laid = (one for name, one in self._figures.items() if name.startswith(start) and one.levels)
        levels = dict.fromkeys(one.layer for one in laid)
        if not levels:
            return found[0]
        t = self._session.t
        return t("layers-with", origin=found[0], level=t.listed(self.level_of(one) for one in levels))

    def _origin(self, path: Sequence[str | int], value: Data | None) -> tuple[str, str] | None:
        """Return from which level a value comes, in words, and the sign of it."""
        file, view, t = self._file, self._view, self._session.t
        if file is None or view is None or value is None:
            return None
        if not self._inside:
            return t("layers-origin", level=level_words(t, file.layer, view.titles)), "lock"
        if file.above is None:
            return t("layers-origin", level=level_words(t, view.place, view.titles)), "edit"
        said_above = value_at(file.above, tuple(path))
        if said_above == value:
            return t("layers-same-as-base"), "rule"
        if said_above is None:
            return t("layers-added-here"), "edit"
        above = said(said_above).strip()
        if "\n" in above or len(above) > _SHORT or not isinstance(value, str):
            return t("layers-changed-here"), "edit"
        return t("layers-changed-from", above=above), "edit"

    @property
    def further(self) -> Sequence[Effective]:
        """What overlays made of the definition beside its figures: what a form gained, that it is off."""
        return [one for one in self._figures.values() if is_further(one)]

    def draw_further(self) -> None:
        """Draw what overlays made of the definition beside its figures, and let the place's own be taken out again."""
        view, t = self._view, self._session.t
        for one in self.further if view is not None else ():
            with box("ly-row") as made:
                made.props["data-path"] = one.path
                with box("grow"):
                    text(_further_words(t, one), "strong")
                    for level in one.levels:
                        text(level_words_of(t, level, view.titles), "meta")  # type: ignore[union-attr]
                told = box("")
                if one.layer == view.place and view.may_edit:  # type: ignore[union-attr]
                    back = Action(
                        t("layers-leave"), on_click=partial(self._leave, one.path, told), icon="undo"
                    )
                    button(back, "quiet").mark(f"leave-{one.path}")

    async def gain(self, what: str, given: Data, why: str) -> None:
        """Let a form gain something in the overlay. Raises ProblemError."""
        await self._layers.gain(self._session.ref, self._draft, what, given, why, seen=self._seen())
        await self._again()

    async def switch_off(self, why: str) -> None:
        """Let the definition be off at the place. Raises ProblemError."""
        await self._layers.switch_off(self._session.ref, self._draft, self._name, why, seen=self._seen())
        await self._again()

    def _seen(self) -> int:
        return 0 if self._view is None else self._view.number

    def level_of(self, layer: str) -> str:
        """Return what a level is called."""
        return level_words(self._session.t, layer, {} if self._view is None else self._view.titles)

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
                        choosing(t, one, self._choose, view, new.strip(), why)

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
        saved = await self._layers.choose(
            self._session.ref, self._draft, path, value, why, seen=self._seen(), prefer=prefer
        )
        if not saved.conflicts:
            await self._again()
        return saved

    async def _leave(self, path: str, told: ui.element | None, prefer: Prefer = "") -> None:
        saved = await self._layers.leave(
            self._session.ref, self._draft, path, seen=self._seen(), prefer=prefer
        )
        if not saved.conflicts:
            await self._again()
        elif told is not None:
            told.clear()
            with told:
                conflict_box(self._session.t, saved, lambda decided: self._leave(path, told, decided))

    async def _again(self) -> None:
        if self._file is not None:
            await self.read(self._file)
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
