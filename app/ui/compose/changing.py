"""Changes of a file that is edited, and what is wrong with it where it stands."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from nicegui import ui

from app.domain.edits import Data, Edit, edited
from app.i18n import Translator
from app.services.drafting.composing import clear, put, value_at
from app.services.drafting.described import Language
from app.services.drafting.offered import Offers
from app.ui.compose.desk import Path
from app.ui.compose.sections import Sections
from app.ui.widgets import box, icon, text

Found = TypeVar("Found")
Apply = Callable[[Sequence[Edit]], Awaitable[Data | None]]
"""Makes edits of the file; returns what it says then, None where they weren't made."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the checker says of a place of the file; a reminder (no error) keeps nothing from being published."""

    words: str
    is_error: bool


class Beside(Protocol):
    """What is told of values beside them, and what says some of them in the place of the file."""

    @property
    def edition(self) -> int:
        """How often what is told was read: it may have become something else each time."""

    def is_laid(self, path: Path) -> bool:
        """Whether the place says a figure in its overlay, over what the file says."""

    def draw_laid(self, path: Path, label: str) -> None:
        """Draw the control of such a figure, by its label."""

    def draw(self, path: Path) -> None:
        """Draw what is told of a figure."""

    def origin(self, path: Path, value: Data | None) -> None:
        """Draw from which level a value comes that is no figure of the layers."""

    def told(self, path: Path, value: Data | None) -> str:
        """Return from which level all that stands at a path comes, "" where that isn't known."""


class Nothing:
    """Tells nothing."""

    edition = 0

    def is_laid(self, _path: Path) -> bool:
        """Whether the place says a figure elsewhere: no."""
        return False

    def draw_laid(self, _path: Path, _label: str) -> None:
        """Draw nothing."""

    def draw(self, _path: Path) -> None:
        """Draw nothing."""

    def origin(self, _path: Path, _value: Data | None) -> None:
        """Draw nothing."""

    def told(self, _path: Path, _value: Data | None) -> str:
        """Return nothing."""
        return ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it is opened for editing: of which kind it is, what it says, and what can be picked in it."""

    t: Translator
    language: Language
    offers: Offers
    kind: str
    data: Data


class Changing(ABC):
    """What one file says, and how it becomes something else.

    While it is `shut` nothing is changed in it: `on_shut` is told what somebody tried.
    """

    def __init__(self, file: Opened, apply: Apply) -> None:
        """Keep what is edited, and what tells it to the file."""
        self.t = file.t
        self.language = file.language
        self.offers = file.offers
        self.kind = file.kind
        self.data = file.data
        self.shown: set[Path] = set()
        self.shut = False
        self.on_shut: Callable[[], None] = lambda: None
        self._apply = apply
        self._told: Mapping[Path, Sequence[Told]] = {}
        self._told_at: dict[ui.element, Sequence[Told]] = {}
        self._one_at_a_time = asyncio.Lock()
        self.sections = Sections(self._is_drawn)

    def look(self, find: Callable[[], Found]) -> Found:
        """Return what `find` finds; what is drawn from it is drawn again once it finds something else."""
        return self.sections.look(find)

    @abstractmethod
    def redraw(self, focus: Path | None = None, *, lost: bool = False, press: str = "") -> None:
        """Draw again what has become something else; the control at `focus`, or above it, gets the keyboard.

        `lost`: only where nothing has it any more. `press`: rather the button there that does this.
        """

    @abstractmethod
    def _is_drawn(self, element: ui.element) -> None:
        """Take in hand what was drawn anew."""

    async def put(self, path: Path, value: Data, *, anew: bool = False) -> None:
        """Let a value stand at a path; `anew` says that its control doesn't show yet what follows from it."""
        async with self._one_at_a_time:
            if value_at(self.data, path) == value:
                return
            edits = put(self.language, self.kind, self.data, path, value)
            if await self._make(edits, None if anew else path):
                self.redraw(path, lost=True)

    async def clear(self, path: Path, *, anew: bool = True) -> None:
        """Let nothing stand at a path; without `anew` its control stays, for something else to be typed."""
        async with self._one_at_a_time:
            edits = clear(self.language, self.kind, self.data, path)
            if not anew:
                self.shown |= {path[:end] for end in range(1, len(path) + 1)}
            if not edits or await self._make(edits, None if anew else path):
                self.redraw()

    async def change(self, edits: Sequence[Edit], *, focus: Path | None = None, press: str = "") -> None:
        """Make edits, and draw again what follows from them."""
        async with self._one_at_a_time:
            if await self._make(edits):
                self.redraw(focus, press=press)

    async def _make(self, edits: Sequence[Edit], said: Path | None = None) -> bool:
        """Make edits; `said` is where a control shows already what is said there then."""
        if not edits:
            return False
        if self.shut:
            self.on_shut()
            self.sections.anew()
            self.redraw()
            return False
        wanted = self.data
        for edit in edits:
            wanted = edited(wanted, edit)
        found = await self._apply(edits)
        if found is None:
            return False
        if said is not None:
            self.data = wanted
            self.sections.accept(said)
        self.data = found  # more than was wanted, where somebody else changed the file, too
        return True

    # ---- faults ----------------------------------------------------------------------------------------------------
    def fault_at(self, path: Path) -> None:
        """Make the place, where the caller stands, at which faults of a path are told."""
        self.sections.place(path, box("ed-faults"))

    def tell(self, faults: Mapping[Path, Sequence[Told]]) -> None:
        """Tell faults beside what they are about: the nearest place that is drawn."""
        self._told = faults
        places = self.sections.places()
        here: dict[ui.element, list[Told]] = {place: [] for place in places.values()}
        for path, told in faults.items():
            spot = next((path[:end] for end in range(len(path), -1, -1) if path[:end] in places), None)
            if spot is not None:
                here[places[spot]] += told
        for place, told in here.items():
            if self._told_at.get(place, []) != told:
                place.clear()
                with place:
                    for one in told:
                        with box("gb-fault" if one.is_error else "gb-fault due") as made:
                            if one.is_error:
                                made.props["role"] = "alert"
                            icon("error" if one.is_error else "warning")
                            text(one.words, tag="span")
        self._told_at = {place: told for place, told in here.items() if told}
