"""The editor of one file: every key that is there with its name, what it says and its control; others are added."""

from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping, Sequence
from typing import cast

from nicegui import ui
from nicegui.elements.mixins.sortable_element import SortableElement
from nicegui.events import SortableEventArguments

from app.domain.edits import RenameKey
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
    Sort,
    Step,
    chosen,
    fits,
    is_short,
    shape_at,
)
from app.services.drafting.offered import Columns, Offer, rows_at
from app.ui.compose.changing import Apply, Beside, Changing, Opened
from app.ui.compose.desk import LAID, Path, at, called, in_row, line, quiet, row, said, shut, small
from app.ui.compose.facts import in_short
from app.ui.compose.leaves import leaf
from app.ui.compose.presses import control_at, follow
from app.ui.compose.rows import begun, deciding, first, named, question_ids, title
from app.ui.compose.sections import Section
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
        follow(self._holder)
        self._dialog = ui.dialog()
        self.sections.root(self._holder, self._draw_file)

    def look_at(self, only: Path) -> None:
        """Draw another part of the file; () is all of it."""
        self._only = only
        self.redraw()

    def redraw(self, focus: Path | None = None, *, lost: bool = False, press: str = "") -> None:
        """Draw again what has become something else; the control at `focus`, or above it, gets the keyboard.

        `lost`: only where nothing has it any more, since what had it was drawn again. `press`: rather the button there
        that does this.
        """
        self.sections.renew()
        self.tell(self._told)
        if focus is not None:
            has_it = "document.activeElement && document.activeElement !== document.body"
            unless = f"({has_it}) || " if lost else ""
            with self._holder:
                found = control_at(focus, press, above=not lost)
                ui.run_javascript(f"setTimeout(() => {{ {unless}{found}?.focus() }}, 60)")

    def _draw_file(self) -> None:
        only = self.look(lambda: self._only)
        is_shut = self.look(lambda: self.shut)
        self._holder.classes(add="shut" if is_shut else "", remove="" if is_shut else "shut")
        shape: Shape | None = self.language.kind(self.kind)
        if only:
            shape = self.look(lambda: shape_at(self.language, self.kind, self.data, only))
        if shape is not None:
            self._draw(shape, only, self._label(only))

    def _is_drawn(self, element: ui.element) -> None:
        if self.shut:
            shut(element)

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
        own = self.look(lambda: self._own(shape, path))
        if isinstance(shape, Either):
            self._ways(shape, own, path, label)
        unfit = self.look(lambda: self._unfit(own, path))
        if unfit is not None:
            text(unfit, "ed-yaml", "pre").props("tabindex=0")
            return
        match own:
            case Leaf():
                leaf(self, own, path, label)
            case Part():
                self._part(own, path)
            case Listed():
                self._list(own, path, label)
            case Mapped():
                self._map(own, path, label)
            case Either():
                self._draw(own.shapes[0], path, label)

    def _own(self, shape: Shape, path: Path) -> Shape:
        """Return in which of its ways it is written."""
        value = value_at(self.data, path)
        return simplest(shape, path, self.shown) if value is None else chosen(shape, value, self.language)

    def _unfit(self, own: Shape, path: Path) -> str | None:
        """Return what stands at a path where that isn't what may; None where it is."""
        value = value_at(self.data, path)
        return None if value is None or fits(own, value, self.language) else said(value)

    # ---- mappings with fixed keys -----------------------------------------------------------------------------------
    def _part(self, part: Part, path: Path) -> None:
        def draw(key: Hashable) -> Section:
            name, own = cast("tuple[str, Path]", key)
            if not name:
                return self.sections.part(box(""), (), lambda: self._more(part, path))
            found = self.language.groups[part.group].key(name)
            if found is None:
                return self.sections.part(row(own), own, lambda: self._unknown(own))
            return self.sections.part(row(own), own, lambda: self._key(found, part, path, own))

        self.sections.members(box("ed-part"), (), lambda: [*self._keys(part, path), ("", ())], draw)

    def _there(self, part: Part, path: Path) -> Collection[str]:
        """Return the keys that a mapping has, in its own order."""
        value = value_at(self.data, path)
        if value is not None and is_short(part, value, self.language):
            return (part.short,)
        return tuple(value) if isinstance(value, Mapping) else ()

    def _keys(self, part: Part, path: Path) -> list[tuple[str, Path]]:
        """Return the keys of a mapping that have a row, and what each shows; those that nobody knows come last."""
        group = self.language.groups[part.group]
        there = self._there(part, path)
        value = value_at(self.data, path)
        short = value is not None and is_short(part, value, self.language)
        found = []
        for key in group.keys:
            if not path and key.id in self._without:
                continue
            own = path if short and key.id == part.short else (*path, key.id)
            if key.id in there or key.required or own in self.shown:
                found.append((key.id, own))
        return found + [(key, (*path, key)) for key in there if group.key(key) is None]

    def _unknown(self, path: Path) -> None:
        with in_row(str(path[-1]), self.t("compose-unknown-key")):
            found = self.look(lambda: said(value_at(self.data, path)))
            text(found, "ed-yaml", "pre").props("tabindex=0")

    def _more(self, part: Part, path: Path) -> None:
        """Draw the way to say more of a mapping, where there is more to say."""

        def lacking() -> list[Key]:
            drawn = {name for name, _ in self._keys(part, path)}
            return [
                key
                for key in self.language.groups[part.group].keys
                if key.id not in drawn and (path or key.id not in self._without)
            ]

        if self.look(lambda: bool(lacking())):
            quiet(self.t("compose-add"), lambda: self._offer(lacking(), path))

    def _key(self, key: Key, part: Part, holder: Path, path: Path) -> None:
        label = self._name(key)
        help_ = f"{key.message}.help"
        group = self.language.groups[part.group]
        shape = self.look(lambda: self.language.shape_of(key, group, value_at(self.data, holder)))
        with in_row(label, self.t(help_) if self.t.has(help_) else "", required=key.required):
            with box("ed-control"):
                if path == (key.id,) and key.id == self.kind and isinstance(shape, Leaf):
                    text(self.look(lambda: str(value_at(self.data, path) or "")), "strong")
                else:
                    self._draw(shape, path, label)
                    if self.look(lambda: self._is_value(shape, path)):
                        self.sections.part(box(""), (), lambda: self._origin(path))
                self.fault_at(path)
            if not key.required:
                small("close", self.t("compose-remove", what=label), lambda: self._take_away(path))

    def _origin(self, path: Path) -> None:
        self.look(lambda: self._beside.edition)
        self._beside.origin(path, self.look(lambda: value_at(self.data, path)))

    def _is_value(self, shape: Shape, path: Path) -> bool:
        """Whether what stands at a path is a value by itself, and not made of others that have their own rows."""
        value = value_at(self.data, path)
        own = shape if value is None else chosen(shape, value, self.language)
        return isinstance(own, Leaf) or (isinstance(own, Listed) and isinstance(own.of, Leaf))

    def _name(self, key: Key) -> str:
        return self.t(key.message) if self.t.has(key.message) else key.id

    async def _take_away(self, path: Path) -> None:
        self.shown = {one for one in self.shown if one[: len(path)] != path}
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
                made.props["data-press"] = f"way-{number}"
                with made:
                    text(word, tag="span")
                made.on("click", lambda number=number: other(number))

    # ---- rows ------------------------------------------------------------------------------------------------------
    def _list(self, listed: Listed, path: Path, label: str) -> None:
        def draw(key: Hashable) -> Section:
            own = (*path, cast("int", key))
            return self._row(own, listed.of, label)

        self._rows(path, draw)

        async def add() -> None:
            new = blank(self.language, listed.of, first(self, listed.of, path))
            own = (*path, len(self._steps(path)))
            self._open.add(own)
            await self.change(add_row(self.language, self.kind, self.data, path, new), focus=own)

        quiet(self.t("compose-add-row", what=label), add)

    def _map(self, mapped: Mapped, path: Path, label: str) -> None:
        def draw(key: Hashable) -> Section:
            own = (*path, cast("str", key))
            return self._row(own, mapped.of, label)

        self._rows(path, draw)

        async def add(picked: tuple[Key, Offer] | None = None) -> None:
            names = [str(one) for one in self._steps(path)]
            base = mapped.of.group if isinstance(mapped.of, Part) else "row"
            name = fresh_name([*names, *question_ids(self.data)], base)
            offers = self.offers.of(mapped.key)
            if offers:
                name = next((one.id for one in offers if one.id not in names), name)
            new = blank(self.language, mapped.of, first(self, mapped.of, path))
            if picked is not None and isinstance(new, Mapping):
                key, one = picked
                new = {**new, key.id: one.id, **begun(self, one.begins, name)}
            if isinstance(mapped.of, Part) and isinstance(new, Mapping):
                new = named(self, mapped.of, new)
            own = (*path, name)
            self._open.add(own)
            await self.change(add_row(self.language, self.kind, self.data, path, new, name), focus=own)

        async def begin() -> None:
            picks = deciding(self, mapped.of, path)
            if picks is None:
                await add()
            else:
                self._pick(*picks, add)

        quiet(self.t("compose-add-row", what=label), begin)

    def _steps(self, path: Path) -> list[Step]:
        """Return by what the rows at a path are told apart: positions or names, in their order."""
        value = value_at(self.data, path)
        if isinstance(value, Mapping) and not self._is_list(path):
            return list(value)
        return list(range(len(value))) if isinstance(value, list) else [] if value is None else [0]

    def _is_list(self, path: Path) -> bool:
        shape = shape_at(self.language, self.kind, self.data, path)
        return shape is not None and isinstance(self._own(shape, path), Listed)

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

    def _rows(self, path: Path, draw: Callable[[Hashable], Section]) -> None:
        """Draw rows; one that is dragged by its handle, by mouse or finger, goes where it is dropped."""
        made = SortableElement("div").classes("ed-rows")
        rows = self.sections.members(made, (), lambda: self._steps(path), draw)

        async def dropped(event: SortableEventArguments) -> None:
            if event.old_index != event.new_index:
                step = self._steps(path)[event.old_index]
                await self._make(move_row(self.data, (*path, step), event.new_index))
                if isinstance(step, int):  # what is dragged is told apart by where it stood
                    rows.anew()
                self.redraw()  # also where it wasn't stored: then it goes back

        if self.look(lambda: len(self._steps(path)) > 1):
            # Its own dragging instead of the browser's: that one knows no fingers.
            made.make_sortable({"forceFallback": True}, handle=".ed-handle", on_end=dropped)

    def _row(self, path: Path, shape: Shape, label: str) -> Section:
        made = box("ed-item")
        made.props["data-at"] = at(path)

        def draw() -> None:
            plain = self.look(lambda: self._plain(shape, path))
            opened = self.look(lambda: path in self._open)
            own = path if plain is not None else ()
            self.sections.part(
                box("ed-bar"),
                own,
                lambda: self._bar(path, plain, label, self._own(shape, path), opened=opened),
            )
            if plain is None and opened:
                with box("ed-body"):
                    if isinstance(path[-1], str):
                        self._rename(path)
                    self._draw(shape, path, title(self, path, str(path[-1])))

        return self.sections.part(made, (), draw)

    def _plain(self, shape: Shape, path: Path) -> Leaf | None:
        """Return what a row of a list is where it is a single value, which needs no opening."""
        if isinstance(path[-1], str) or isinstance(shape, Either):
            return None
        inner = self._own(shape, path)
        return inner if isinstance(inner, Leaf) else None

    def _bar(self, path: Path, plain: Leaf | None, label: str, shape: Shape, *, opened: bool) -> None:
        """Draw what a row is called, and what can be done with all of it."""
        t = self.t
        step = path[-1]
        name = str(step + 1) if isinstance(step, int) else step
        heading = self.look(lambda: title(self, path, name))
        number, last = self.look(lambda: self._position(path))
        with box("ed-handle", "span").props("aria-hidden=true"):
            icon("drag_indicator")
        if plain is not None:
            with box("ed-grow"):
                leaf(self, plain, path, f"{label} {number + 1}")
                self.fault_at(path)
        else:
            toggle = box("ed-toggle", "button").props("type=button")
            toggle.props["data-press"] = "toggle"
            toggle.props["aria-expanded"] = "true" if opened else "false"
            toggle.on("click", lambda: self._toggle(path))
            with toggle:
                icon("expand_less" if opened else "expand_more")
                with box("ed-called", "span"):
                    text(heading, "strong", "span")
                    if heading != name and not isinstance(step, int):
                        text(name, "meta", "span")
                    if isinstance(shape, Leaf) and shape.sort is Sort.ANYTHING and not opened:
                        text(self.look(lambda: in_short(t, value_at(self.data, path))), "", "span")
                    origin = (
                        ""
                        if opened
                        else self.look(lambda: self._beside.told(path, value_at(self.data, path)))
                    )
                    if origin:
                        text(origin, "meta", "span")
            self.fault_at(path)
        up, down = t("compose-up", what=heading), t("compose-down", what=heading)
        small("arrow_upward", up, lambda: self._move(path, -1), off=number == 0)
        small("arrow_downward", down, lambda: self._move(path, 1), off=number == last)
        small("delete", t("compose-remove", what=heading), lambda: self.clear(path))

    def _position(self, path: Path) -> tuple[int, int]:
        """Return at which place among its own a row stands, and which is the last (0 first)."""
        steps = self._steps(path[:-1])
        return (steps.index(path[-1]) if path[-1] in steps else 0), len(steps) - 1

    def _rename(self, path: Path) -> None:
        async def renamed(new: str) -> None:
            if new and new != path[-1]:
                self._open.add((*path[:-1], new))
                await self.change([RenameKey(real_path(self.data, path), new)], focus=(*path[:-1], new))

        made = row((*path, "(id)"))
        with made, in_row(self.t("key-file"), self.t("compose-id-help")):
            line(str(path[-1]), self.t("key-file"), renamed).classes("ed-id")

    def _toggle(self, path: Path) -> None:
        self._open ^= {path}
        self.redraw(path)

    async def _move(self, path: Path, by: int) -> None:
        position = self._position(path)[0] + by
        moved = (*path[:-1], position) if isinstance(path[-1], int) else path
        press = "arrow_upward" if by < 0 else "arrow_downward"
        await self.change(move_row(self.data, path, position), focus=moved, press=press)

    @property
    def told_edition(self) -> int:
        """How often something else was told beside values than before."""
        return self._beside.edition

    def is_laid(self, path: Path) -> bool:
        """Whether the overlay says a figure, over what this file says."""
        return self._beside.is_laid(path)

    def laid(self, path: Path, label: str) -> bool:
        """Draw, where the caller stands, the control of a figure that the overlay says; whether it is one."""
        if not self.look(lambda: self.is_laid(path)):
            return False
        self.look(lambda: self._beside.edition)
        with box(LAID):
            self._beside.draw_laid(path, label)
        return True

    def beside(self, path: Path) -> None:
        """Draw, where the caller stands, what else is told of a figure."""
        self.look(lambda: self._beside.edition)
        self._beside.draw(path)
