"""The editor of one file: every key that is there with its name, what it says and its control; others are added."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace

from nicegui import ui
from nicegui.elements.mixins.sortable_element import SortableElement
from nicegui.events import SortableEventArguments

from app.domain.edits import Data, RenameKey
from app.services.drafting.composing import (
    add_row,
    blank,
    fresh_name,
    move_row,
    real_path,
    value_at,
)
from app.services.drafting.described import (
    Either,
    Key,
    Leaf,
    Listed,
    Mapped,
    Part,
    Shape,
    chosen,
    fits,
    is_short,
    shape_at,
)
from app.services.drafting.offered import Columns, Offer, rows_at
from app.ui.compose.changing import Apply, Beside, Changing, Opened
from app.ui.compose.desk import LAID, Path, at, called, line, quiet, row, said, shut, small
from app.ui.compose.leaves import leaf
from app.ui.compose.rows import deciding, first, named, title
from app.ui.compose.ways import simplest, way, written_as
from app.ui.widgets import box, icon, text


class Editor(Changing):
    """One file as a form."""

    def __init__(self, file: Opened, apply: Apply, beside: Beside) -> None:
        """Keep what is edited, what tells it to the file, and what is told of its values."""
        super().__init__(file, apply)
        self._beside = beside
        self._open: set[Path] = set()
        self._only: Path = ()
        self._without: frozenset[str] = frozenset()
        self.on_tab: Callable[[Path], None] = lambda _only: None
        """Told when something is shown that stands on another part of the file."""

    # ---- drawing --------------------------------------------------------------------------------------------------
    def build(self, only: Path = (), without: Collection[str] = ()) -> None:
        """Draw the file, or what stands at one path of it, where the caller stands; `without` some keys at its top."""
        self._only = only
        self._without = frozenset(without)
        self._holder = box("ed")
        self._dialog = ui.dialog()
        self.redraw()

    def look_at(self, only: Path) -> None:
        """Draw another part of the file; () is all of it."""
        self._only = only
        self.redraw()

    def redraw(self, focus: Path | None = None) -> None:
        """Draw everything again; the control at `focus` gets the keyboard."""
        self._faults.clear()
        self._holder.clear()
        self._holder.classes(add="shut" if self.shut else "", remove="" if self.shut else "shut")
        with self._holder:
            shape: Shape | None = self.language.kind(self.kind)
            if self._only:
                shape = shape_at(self.language, self.kind, self.data, self._only)
            if shape is not None:
                self._draw(shape, self._only, self._label(self._only))
        if self.shut:
            shut(self._holder)
        self.tell(self._told)
        if focus is not None:
            spot = at(focus).replace("\\", "").replace('"', "")
            found = f'document.querySelector(\'[data-at="{spot}"] input,[data-at="{spot}"] button\')'
            with self._holder:
                ui.run_javascript(f"setTimeout(() => {found}?.focus(), 60)")

    def _label(self, path: Path) -> str:
        """Return what a key at the top of the file is called."""
        group = self.language.groups[self.language.kinds[self.kind]]
        key = group.key(str(path[0])) if len(path) == 1 else None
        return "" if key is None else self._name(key)

    def show(self, path: Path) -> None:
        """Open what leads to a path, and give it the keyboard."""
        self._open |= {path[:end] for end in range(1, len(path) + 1)}
        if self._without and path:
            self._only = path[:1] if path[0] in self._without else ()
            self.on_tab(self._only)
        if value_at(self.data, path) is None:
            self.shown.add(path)
        self.redraw(path)

    def rows(self, path: Path) -> Columns:
        """Return the columns of the rows that are meant at a path."""
        return rows_at(self.data, self.kind, path, self.offers)

    def _draw(self, shape: Shape, path: Path, label: str) -> None:
        value = value_at(self.data, path)
        own = chosen(shape, value, self.language) if value is not None else simplest(shape, path, self.shown)
        if isinstance(shape, Either):
            self._ways(shape, own, path, label)
        if value is not None and not fits(own, value, self.language):
            text(said(value), "ed-yaml", "pre").props("tabindex=0")
            return
        match own:
            case Leaf():
                leaf(self, own, path, label)
            case Part():
                self._part(own, path, value)
            case Listed():
                self._list(own, path, value, label)
            case Mapped():
                self._map(own, path, value, label)
            case Either():
                self._draw(own.shapes[0], path, label)

    # ---- mappings with fixed keys -----------------------------------------------------------------------------------
    def _part(self, part: Part, path: Path, value: Data | None) -> None:
        group = self.language.groups[part.group]
        short = value is not None and is_short(part, value, self.language)
        there = {part.short} if short else set(value) if isinstance(value, Mapping) else set()
        with box("ed-part"):
            for key in group.keys:
                if not path and key.id in self._without:
                    continue
                own = path if short and key.id == part.short else (*path, key.id)
                if key.id in there or key.required or own in self.shown:
                    self._key(replace(key, shape=self.language.shape_of(key, group, value)), own)
            unknown = [key for key in there if group.key(key) is None]
            for name in unknown:
                with row(name, self.t("compose-unknown-key"), (*path, name)):
                    text(said(value_at(self.data, (*path, name))), "ed-yaml", "pre").props("tabindex=0")
            lacking = [key for key in group.keys if key.id not in there and not key.required]
            lacking = [key for key in lacking if (*path, key.id) not in self.shown]
            lacking = [key for key in lacking if path or key.id not in self._without]
            if lacking:
                quiet(self.t("compose-add"), lambda: self._offer(lacking, path))

    def _key(self, key: Key, path: Path) -> None:
        label = self._name(key)
        help_ = f"{key.message}.help"
        with row(label, self.t(help_) if self.t.has(help_) else "", path, required=key.required):
            with box("ed-control"):
                if path == (key.id,) and key.id == self.kind:
                    text(str(value_at(self.data, path) or ""), "strong")
                else:
                    self._draw(key.shape, path, label)
                    if self._is_value(key.shape, path):
                        self._beside.origin(path, value_at(self.data, path))
                self.fault_at(path)
            if not key.required:
                small("close", self.t("compose-remove", what=label), lambda: self._take_away(path))

    def _is_value(self, shape: Shape, path: Path) -> bool:
        """Whether what stands at a path is a value by itself, and not made of others that have their own rows."""
        value = value_at(self.data, path)
        own = shape if value is None else chosen(shape, value, self.language)
        return isinstance(own, Leaf) or (isinstance(own, Listed) and isinstance(own.of, Leaf))

    def _name(self, key: Key) -> str:
        return self.t(key.message) if self.t.has(key.message) else key.id

    async def _take_away(self, path: Path) -> None:
        self.shown.discard(path)
        await self.clear(path)

    def _offer(self, keys: Sequence[Key], path: Path) -> None:
        """Let the reader pick what else is said there, each with what it says."""
        self._dialog.clear()

        def pick(key: Key) -> None:
            self._dialog.close()
            self.shown.add((*path, key.id))
            self._open.add((*path, key.id))
            self.redraw((*path, key.id))

        with self._dialog, box("gb-sheet ed-dialog"):
            text(self.t("compose-add-what"), "lead strong", "h2")
            for key in keys:
                with box("ed-offer", "button").props("type=button") as made:
                    text(self._name(key), "strong")
                    help_ = f"{key.message}.help"
                    if self.t.has(help_):
                        text(self.t(help_), "meta")
                made.on("click", lambda key=key: pick(key))
        self._dialog.open()

    # ---- several ways of writing -----------------------------------------------------------------------------------
    def _ways(self, shape: Either, own: Shape, path: Path, label: str) -> None:
        """Offer the other ways in which it can be written, where they say more or less."""
        ways = {str(number): self.t(f"compose-way-{way(one)}") for number, one in enumerate(shape.shapes)}
        if len(set(ways.values())) < len(ways):
            return
        now = next((str(number) for number, one in enumerate(shape.shapes) if one == own), "0")

        async def other(number: str) -> None:
            target = shape.shapes[int(number)]
            old = value_at(self.data, path)
            self.shown.add((*path, f"({way(target)})"))
            new = written_as(target, old, self.language)
            if new is None:
                await self.clear(path)
            else:
                await self.put(path, new, anew=True)

        with box("ed-ways", "span"):
            for number, word in ways.items():
                made = box("ed-way", "button").props("type=button")
                made.props["aria-pressed"] = "true" if number == now else "false"
                made.props["aria-label"] = f"{label} · {word}"
                with made:
                    text(word, tag="span")
                made.on("click", lambda number=number: other(number))

    # ---- rows ------------------------------------------------------------------------------------------------------
    def _list(self, listed: Listed, path: Path, value: Data | None, label: str) -> None:
        members = [] if value is None else value if isinstance(value, list) else [value]
        with self._rows([(*path, number) for number in range(len(members))]):
            for number, member in enumerate(members):
                own = (*path, number)
                inner = chosen(listed.of, member, self.language)
                plain = inner if isinstance(inner, Leaf) and not isinstance(listed.of, Either) else None
                self._row(own, number, len(members), str(number + 1), plain, listed.of, label)

        async def add() -> None:
            new = blank(self.language, listed.of, first(self, listed.of, path))
            own = (*path, len(members))
            self._open.add(own)
            await self.change(add_row(self.language, self.kind, self.data, path, new), focus=own)

        quiet(self.t("compose-add-row", what=label), add)

    def _map(self, mapped: Mapped, path: Path, value: Data | None, label: str) -> None:
        names = list(value) if isinstance(value, Mapping) else []
        with self._rows([(*path, name) for name in names]):
            for number, name in enumerate(names):
                self._row((*path, name), number, len(names), name, None, mapped.of, label)

        async def add(picked: tuple[Key, Offer] | None = None) -> None:
            base = mapped.of.group if isinstance(mapped.of, Part) else "row"
            name = fresh_name(names, base)
            offers = self.offers.of(mapped.key)
            if offers:
                name = next((one.id for one in offers if one.id not in names), name)
            new = blank(self.language, mapped.of, first(self, mapped.of, path))
            if picked is not None and isinstance(new, Mapping):
                key, one = picked
                new = {**new, key.id: one.id, **one.begins}
            if isinstance(mapped.of, Part) and isinstance(new, Mapping):
                new = named(self, mapped.of, new)
            own = (*path, name)
            self._open.add(own)
            await self.change(add_row(self.language, self.kind, self.data, path, new, name), focus=own)

        picks = deciding(self, mapped.of, path)
        if picks is None:
            quiet(self.t("compose-add-row", what=label), add)
        else:
            quiet(self.t("compose-add-row", what=label), lambda: self._pick(*picks, add))

    def _pick(
        self, key: Key, offers: Sequence[Offer], then: Callable[[tuple[Key, Offer]], Awaitable[None]]
    ) -> None:
        """Let the reader pick what a new row is before it is there."""
        self._dialog.clear()

        async def pick(one: Offer) -> None:
            self._dialog.close()
            await then((key, one))

        with self._dialog, box("gb-sheet ed-dialog"):
            text(self._name(key), "lead strong", "h2")
            with box("ed-palette"):
                for one in offers:
                    made = box("ed-offer", "button").props("type=button")
                    with made:
                        text(called(self.t, one), "strong")
                    made.on("click", lambda one=one: pick(one))
        self._dialog.open()

    def _rows(self, paths: Sequence[Path]) -> SortableElement:
        """Make what holds rows; one that is dragged by its handle, by mouse or finger, goes where it is dropped."""
        made = SortableElement("div").classes("ed-rows")

        async def dropped(event: SortableEventArguments) -> None:
            if event.old_index != event.new_index:
                moved = paths[event.old_index]
                await self._make(move_row(self.data, moved, event.new_index))
                self.redraw()  # also where it wasn't stored: then it goes back

        if len(paths) > 1:
            # Its own dragging instead of the browser's: that one knows no fingers.
            made.make_sortable({"forceFallback": True}, handle=".ed-handle", on_end=dropped)
        return made

    def _row(
        self, path: Path, number: int, of: int, name: str, plain: Leaf | None, shape: Shape, label: str
    ) -> None:
        t = self.t
        heading = title(self, path, name)
        opened = path in self._open
        with box("ed-item") as made:
            made.props["data-at"] = at(path)
            with box("ed-bar"):
                with box("ed-handle", "span").props("aria-hidden=true"):
                    icon("drag_indicator")
                if plain is not None:
                    with box("ed-grow"):
                        leaf(self, plain, path, f"{label} {number + 1}")
                        self.fault_at(path)
                else:
                    toggle = box("ed-toggle", "button").props("type=button")
                    toggle.props["aria-expanded"] = "true" if opened else "false"
                    toggle.on("click", lambda: self._toggle(path))
                    with toggle:
                        icon("expand_less" if opened else "expand_more")
                        with box("ed-called", "span"):
                            text(heading, "strong", "span")
                            if heading != name and not isinstance(path[-1], int):
                                text(name, "meta", "span")
                            origin = "" if opened else self._beside.told(path, value_at(self.data, path))
                            if origin:
                                text(origin, "meta", "span")
                    self.fault_at(path)
                small(
                    "arrow_upward",
                    t("compose-up", what=heading),
                    lambda: self._move(path, number - 1),
                    off=number == 0,
                )
                small(
                    "arrow_downward",
                    t("compose-down", what=heading),
                    lambda: self._move(path, number + 1),
                    off=number == of - 1,
                )
                small("delete", t("compose-remove", what=heading), lambda: self.clear(path))
            if plain is None and opened:
                with box("ed-body"):
                    if isinstance(path[-1], str):
                        self._rename(path)
                    self._draw(shape, path, heading)

    def _rename(self, path: Path) -> None:
        async def renamed(new: str) -> None:
            if new and new != path[-1]:
                self._open.add((*path[:-1], new))
                await self.change([RenameKey(real_path(self.data, path), new)], focus=(*path[:-1], new))

        with row(self.t("key-file"), self.t("compose-id-help"), (*path, "(id)")):
            line(str(path[-1]), self.t("key-file"), renamed).classes("ed-id")

    def _toggle(self, path: Path) -> None:
        self._open ^= {path}
        self.redraw(path)

    async def _move(self, path: Path, position: int) -> None:
        moved = (*path[:-1], position) if isinstance(path[-1], int) else path
        await self.change(move_row(self.data, path, position), focus=moved)

    def is_laid(self, path: Path) -> bool:
        """Whether the overlay says a figure, over what this file says."""
        return self._beside.is_laid(path)

    def laid(self, path: Path, label: str) -> bool:
        """Draw, where the caller stands, the control of a figure that the overlay says; whether it is one."""
        if not self.is_laid(path):
            return False
        with box(LAID):
            self._beside.draw_laid(path, label)
        return True

    def beside(self, path: Path) -> None:
        """Draw, where the caller stands, what else is told of a figure."""
        self._beside.draw(path)
