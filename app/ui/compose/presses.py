"""Presses on what was drawn again meanwhile: they go to what came in its place."""

import re
from typing import Any

from nicegui import ui

from app.ui.compose.desk import Path, at


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


def control_at(path: Path, press: str = "", *, above: bool = True) -> str:
    """Return the script that finds what gets the keyboard at a path, or above it: parts of a condition have no place.

    At the path itself it is rather the button that does `press`, so that a row goes on being moved by the same key.
    Without `above` it is there or nowhere.
    """
    found = []
    for end in range(len(path), 0 if above else len(path) - 1, -1):
        spot = re.sub(r"""[\\"']""", "", at(path[:end]))
        if press and end == len(path):
            found.append(f'[data-at="{spot}"] button[data-press="{press}"]:not([disabled])')
        found.append(f'[data-at="{spot}"] :is(input,textarea,button)')
    either = " || ".join(f"document.querySelector('{one}')" for one in found)
    return f"({either or 'null'})"
