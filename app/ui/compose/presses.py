"""Presses on what was drawn again meanwhile: they go to what came in its place."""

from typing import Any

from nicegui import ui


def follow(root: ui.element) -> None:
    """Let presses on buttons in an element that is never drawn again reach what came in the place of those.

    The page tells each press before the press itself comes (`presses.js`). Where the server has taken that button away,
    the page presses its successor: the button that does the same (`data-press`) at the same place of the file.
    """

    def pressed(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
        number = int(event.args)
        if number not in root.client.elements:
            with root:
                ui.run_javascript(f"gbPresses.again({number})")

    root.on("gb-press", pressed, js_handler="(event) => emit(event.detail)")
