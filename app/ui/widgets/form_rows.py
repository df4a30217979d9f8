"""Rows of a repeat as elements: a box for each, which the browser shows and takes away without a connection.

Some spare ones are built ahead and hidden; static/rows.js shows the next one when somebody adds a row.
"""

from collections.abc import Callable, Mapping
from json import dumps
from typing import Any

from nicegui import events, ui

from app.ui.session import translator
from app.ui.widgets.basic import box, icon, text

_TOLD = "(event) => emit(event.detail)"


class RowsBox(ui.element):
    """Use it as a context for the rows; `on_rows` hears of rows that were added or taken away (act, key)."""

    def __init__(self, label: str, most: int | None, on_rows: Callable[[str, str], Any]) -> None:
        """Build the place of the rows, and the button that adds one."""
        super().__init__("div")
        t = translator()
        self.classes("fm-rows")
        self.props["data-rows"] = "" if most is None else str(most)
        self.props["role"], self.props["aria-label"] = "group", label
        self.on("gb-rows", lambda event: on_rows(*_told(event)), js_handler=_TOLD)
        with self.default_slot:
            self._body = box("fm-rows-body")
            with box("fm-rows-foot"):
                with box("gb-btn-line gb-do", "button") as add:
                    add.props["type"], add.props["data-row-act"] = "button", "add"
                    icon("add")
                    text(t("rows-add"), tag="span")
                self._full = text(t("rows-full", n=most or 0), "meta fm-rows-full").props(
                    "hidden role=status"
                )
                text(t("rows-wait"), "meta fm-rows-wait").props("hidden role=status")

    def __enter__(self) -> ui.element:  # type: ignore[override]
        """Enter the place of the rows."""
        return self._body.__enter__()

    def __exit__(self, *rest: object) -> None:
        """Leave it."""
        self._body.__exit__(*rest)


def _told(event: events.GenericEventArguments) -> tuple[str, str]:
    told = event.args if isinstance(event.args, Mapping) else {}
    return str(told.get("act", "")), str(told.get("key", ""))


class RowBox(ui.element):
    """One row: its number, what takes it away, its questions inside."""

    def __init__(self, key: str, answers: Mapping[str, Any], *, spare: bool) -> None:
        """Build it; a spare one is hidden. `key` tells the rows of a page apart, whatever their order."""
        super().__init__("section")
        t = translator()
        self.classes("fm-row")
        self.props["data-row"] = key
        self.props["data-answers"] = dumps(dict(answers), ensure_ascii=False)
        if spare:
            self.props("hidden data-spare")
        with self.default_slot:
            with box("fm-row-head"):
                self._title = text("", "fm-row-title", "h4")
                with box("gb-btn-quiet fm-row-drop", "button") as drop:
                    drop.props["type"], drop.props["data-row-act"] = "button", "drop"
                    icon("delete")
                    text(t("rows-drop"), tag="span")
            self._body = box("fm-row-body")

    def __enter__(self) -> ui.element:  # type: ignore[override]
        """Enter the place of the questions."""
        return self._body.__enter__()

    def __exit__(self, *rest: object) -> None:
        """Leave it."""
        self._body.__exit__(*rest)

    def say(self, title: str) -> None:
        """Say which row it is."""
        self._title.set_text(title)

    def used(self) -> None:
        """Show it, which was spare."""
        self.props(remove="hidden data-spare")
