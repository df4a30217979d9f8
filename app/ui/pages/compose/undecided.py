"""What two people made different things of, for as long as nobody has chosen one of them."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from app.domain.edits import Edit, Path
from app.i18n import Translator
from app.services.drafting.changes import Prefer
from app.services.drafting.drafts import Saved
from app.ui.pages.studio.parts import conflict_box
from app.ui.widgets import box


class Undecided:
    """The choices that wait, where the caller stands: what else is changed meanwhile leaves them there."""

    def __init__(self, t: Translator) -> None:
        """Begin with none."""
        self._t = t
        self._holder = ui.element("div")
        self._waiting: dict[frozenset[Path], ui.element] = {}

    def drop(self, edits: Sequence[Edit]) -> None:
        """Forget what was tried at the same places before."""
        before = self._waiting.pop(_places(edits), None)
        if before is not None:
            before.delete()

    def show(self, edits: Sequence[Edit], saved: Saved, decide: Callable[[Prefer], Awaitable[None]]) -> None:
        """Let somebody choose which of the two stays."""

        async def decided(prefer: Prefer) -> None:
            await decide(prefer)
            self.drop(edits)

        with self._holder, box("stack") as waiting:
            conflict_box(self._t, saved, decided)
        self._waiting[_places(edits)] = waiting

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self._waiting)


def _places(edits: Sequence[Edit]) -> frozenset[Path]:
    return frozenset(edit.path for edit in edits)
