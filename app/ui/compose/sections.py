"""Parts of a page that are drawn again alone, once something that they were drawn from has become something else.

Whoever draws a part asks for what it needs through `look`. Renewing asks again for all of it, and draws those parts
anew where another answer comes. Everything else stays as it is: what has the keyboard, what is typed and not sent yet,
how far somebody has scrolled.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from nicegui import ui

from app.ui.compose.desk import Path

Found = TypeVar("Found")
Draw = Callable[[], None]


class Section:
    """What is drawn into one element, from what it has looked at; parts of it may be sections again.

    `path` is what of the file it shows. `places` are elements in it that others look for by a path.
    """

    def __init__(self, holder: ui.element, path: Path, draw: Draw) -> None:
        """Keep what it is drawn into and by."""
        self.holder = holder
        self.path = path
        self._draw = draw
        self._looks: list[tuple[Callable[[], object], object]] = []
        self.inner: list[Section] = []
        self.places: dict[Path, ui.element] = {}

    def look(self, find: Callable[[], Found]) -> Found:
        """Return what `find` finds; once it finds something else, the section is drawn again."""
        found = find()
        self._looks.append((find, found))
        return found

    def draw(self) -> None:
        """Draw it, where nothing is drawn yet."""
        with self.holder:
            self._draw()

    def forget(self) -> None:
        """Take away all that is drawn."""
        self._looks.clear()
        self.inner.clear()
        self.places.clear()
        self.holder.clear()

    def accept(self) -> None:
        """Take what it would look at now for what is drawn: a control already shows what was typed into it."""
        self._looks = [(find, find()) for find, _ in self._looks]

    @property
    def is_stale(self) -> bool:
        """Whether it shows something that has become something else."""
        return any(find() != found for find, found in self._looks)

    def every(self) -> Iterator["Section"]:
        """Return it and all sections in it, outer ones first."""
        yield self
        for one in self.inner:
            yield from one.every()


class Sections:
    """All sections of a page; `drawn` is told each element whose content was drawn anew."""

    def __init__(self, drawn: Callable[[ui.element], None]) -> None:
        """Begin with none."""
        self._drawn = drawn
        self._open: list[Section] = []
        self._root: Section | None = None

    def look(self, find: Callable[[], Found]) -> Found:
        """Return what `find` finds, and let the section that is being drawn depend on it."""
        return self._open[-1].look(find) if self._open else find()

    def root(self, holder: ui.element, draw: Draw) -> None:
        """Draw everything, in the place of what was there."""
        self._root = Section(holder, (), draw)
        self._fill(self._root)

    def part(self, holder: ui.element, path: Path, draw: Draw) -> Section:
        """Draw a section into an element, as a part of the one that is being drawn."""
        made = Section(holder, path, draw)
        self._open[-1].inner.append(made)
        self._fill(made)
        return made

    def members(
        self,
        holder: ui.element,
        path: Path,
        keys: Callable[[], Sequence[Hashable]],
        draw: Callable[[Hashable], "Section"],
    ) -> "Members":
        """Draw a section for each key into an element; members whose key stays are kept when others come or go."""
        made = Members(self, holder, path, keys, draw)
        self._open[-1].inner.append(made)
        made.fill()
        return made

    def renew(self) -> None:
        """Draw again what has become something else."""
        if self._root is not None:
            self.renewed(self._root)

    def renewed(self, one: Section) -> None:
        """Draw a section again if it is stale, else those in it that are."""
        if isinstance(one, Members):
            one.renew()
        elif one.is_stale:
            self.anew(one)
        else:
            for inner in list(one.inner):
                self.renewed(inner)

    def anew(self, one: Section | None = None) -> None:
        """Draw a section again, all of it; without one everything."""
        found = one or self._root
        if found is not None:
            found.forget()
            self._fill(found)

    def accept(self, path: Path) -> None:
        """Let what shows a path best stand as it is, whatever is said there now."""
        if self._root is None:
            return
        around = [one for one in self._root.every() if one.path == path[: len(one.path)]]
        deepest = max(len(one.path) for one in around)
        for one in around:
            if len(one.path) == deepest:
                one.accept()

    def place(self, path: Path, element: ui.element) -> None:
        """Let an element be found by a path, for as long as the section stands that is being drawn."""
        if self._open:
            self._open[-1].places[path] = element

    def places(self) -> dict[Path, ui.element]:
        """Return all elements that are found by a path."""
        every = self._root.every() if self._root is not None else ()
        return {path: element for one in every for path, element in one.places.items()}

    def _fill(self, one: Section) -> None:
        self.within(one, one.draw)
        self._drawn(one.holder)

    def within(self, one: Section, do: Draw) -> None:
        """Do something as if a section were being drawn."""
        self._open.append(one)
        try:
            do()
        finally:
            self._open.pop()


class Members(Section):
    """Sections side by side, each with a key: those whose key stays keep their elements."""

    def __init__(
        self,
        sections: Sections,
        holder: ui.element,
        path: Path,
        keys: Callable[[], Sequence[Hashable]],
        draw: Callable[[Hashable], Section],
    ) -> None:
        """Keep which there are, and what draws one of them where the caller stands."""
        super().__init__(holder, path, lambda: None)
        self._sections = sections
        self._keys = keys
        self._draw_one = draw
        self._drawn: dict[Hashable, Section] = {}

    def fill(self) -> None:
        """Draw all of them, where nothing is drawn yet."""
        for key in self._keys():
            self._add(key)

    def renew(self) -> None:
        """Take away, add and move members until they are those of now; draw again what is stale in the others."""
        keys = self._keys()
        for gone in [key for key in self._drawn if key not in set(keys)]:
            one = self._drawn.pop(gone)
            self.inner.remove(one)
            one.holder.delete()
        stayed = list(self._drawn)
        for number, key in enumerate(keys):
            if key not in self._drawn:
                self._add(key)
            holder = self._drawn[key].holder
            if self.holder.default_slot.children[number] is not holder:
                holder.move(self.holder, number)
        for key in stayed:
            self._sections.renewed(self._drawn[key])

    def anew(self) -> None:
        """Draw all of them again."""
        self.forget()
        self._drawn.clear()
        self.fill()

    def _add(self, key: Hashable) -> None:
        def draw() -> None:
            with self.holder:
                self._drawn[key] = self._draw_one(key)

        self._sections.within(self, draw)


__all__ = ["Members", "Section", "Sections"]
