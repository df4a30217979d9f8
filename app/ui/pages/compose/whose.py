"""Whose a file is, what of it the place may change, and the ways to take it over and to give it back."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from app.services.drafting.composer import Composed
from app.ui.compose import Editor
from app.ui.frame import Action, button
from app.ui.pages.compose.permitted import Permitted
from app.ui.pages.studio.layer_parts import LayersBeside
from app.ui.widgets import Note, box, icon, text

if TYPE_CHECKING:
    from nicegui import ui


class Whose:
    """Tells whose a file is. It is shut where it is of a level above, until the place says that it takes it over."""

    def __init__(
        self,
        editor: Editor,
        layers: LayersBeside | None,
        taken: Callable[[], None],
        back: Callable[[], Awaitable[None]],
    ) -> None:
        """Keep what is asked for: `taken` is told that the file is taken over, `back` gives it back."""
        self._t = editor.t
        self._editor = editor
        self._layers = layers
        self._taken = taken
        self._back = back
        self._is_taken = False
        self._holder: ui.element | None = None

    def draw(self, composed: Composed) -> None:
        """Draw it where the caller stands."""
        self._holder = box("")
        self.show(composed)

    def show(self, composed: Composed) -> None:
        """Tell whose the file is now, and let it be shut or open accordingly."""
        t = self._t
        shut = self._editor.shut = not composed.inside and not self._is_taken
        if self._holder is None:
            return
        self._holder.clear()
        with self._holder:
            if shut:
                self._show_shut(composed)
            elif not composed.inside:
                Note(t("compose-taken"), "plain")
            elif composed.stands_for:
                with box("row-c wrap"):
                    text(t("compose-copied"), "meta")
                    back = Action(t("compose-take-back"), on_click=self._give_back, icon="undo")
                    button(back, "quiet").mark("take-back")

    def _show_shut(self, composed: Composed) -> None:
        """Tell who changes what is shut, what can be changed all the same, and the way to have it all."""
        t = self._t
        with box("co-shut"):
            icon("lock")
            with box("grow stack-s"):
                if composed.layer or self._layers is None:
                    level = "" if self._layers is None else self._layers.level_of(composed.layer)
                    text(t("compose-shut-above", level=level), "strong")
                    text(t("compose-shut-above-who", level=level, path=composed.path), "meta")
                else:
                    text(t("compose-shut-base"), "strong")
                    text(t("compose-shut-base-who", path=composed.path), "meta")
                text(t("compose-shut-open"), "meta")
                if self._layers is not None:
                    self._layers.draw_further()
                    Permitted(self._editor, self._layers, composed.name).draw()
                if composed.own:
                    take = Action(
                        t("compose-take-over"), on_click=lambda: self._take_over(composed), icon="edit"
                    )
                    button(take, "line").mark("take-over")
                    text(t("compose-take-over-what"), "meta")

    def _take_over(self, composed: Composed) -> None:
        """Open the file: what is changed from now on makes a copy of the place's own."""
        self._is_taken = True
        self.show(composed)
        self._editor.redraw()
        self._taken()

    async def _give_back(self) -> None:
        """Let the base say it again."""
        self._is_taken = False
        await self._back()
