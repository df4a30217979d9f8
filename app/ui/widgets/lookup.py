"""Lookup: one, or some, of many, found by typing; what is there comes with the page and is searched in the browser.

A list that is too long for that is searched on the server, a part of it comes along.
"""

from collections.abc import Callable, Mapping, Sequence
from json import dumps
from typing import Any, Final

from nicegui import events, ui

from app.ui.session import translator
from app.ui.widgets.basic import box

SHIPPED: Final = 3_000
"""The most that come with the page."""
_FOUND: Final = 60


def shipped(name: str, options: Mapping[str, str]) -> None:
    """Put a list onto the page, once for all lookups that search in it."""
    made = box("gb-hidden").props("hidden")
    made.props["data-list"] = name
    made.props["data-options"] = dumps(list(options.items())[:SHIPPED], ensure_ascii=False)


class Lookup(ui.element, component="lookup.js"):
    """`options` is what can be picked, id → words, of the list `name` on the page; `value` what is picked.

    `on_change` gets the id, or with `many` the list of ids; "" is none.
    """

    def __init__(
        self,
        name: str,
        options: Mapping[str, str],
        value: Sequence[str],
        label: str,
        *,
        many: bool = False,
        whole: bool = True,
        locked: bool = False,
    ) -> None:
        """Build it; not `whole` when only some of the list may be picked."""
        super().__init__()
        t = translator()
        self._options = options
        self._whole = whole
        self.props["source"] = name
        self.props["list"] = f"offers-{self.id}"
        self.props["label"] = label
        self.props["many"] = many
        self.props["locked"] = locked
        self.props["chosen"] = list(value)
        self.props["words"] = {
            "hint": t("lookup-hint"),
            "none": t("lookup-none"),
            "more": t("lookup-more", n="{n}"),
            "count": t("lookup-count", n="{n}"),
            "drop": t("lookup-drop", name="{name}"),
        }
        self._narrow()
        if self.props["remote"]:
            self.on("search", self._search)

    def offer(self, options: Mapping[str, str]) -> None:
        """Let these be picked from now on."""
        if options == self._options:
            return  # at each answer of the form: up to thousands of ids don't go over the wire for nothing
        self._options = dict(options)
        self._narrow()

    def _narrow(self) -> None:
        long = len(self._options) > SHIPPED
        self.props["remote"] = long
        self.props["only"] = None if self._whole or long else list(self._options)
        if long:
            self.props["found"] = self._matching("")

    def _search(self, event: events.GenericEventArguments) -> None:
        self.props["found"] = self._matching(str(event.args or ""))

    def _matching(self, text: str) -> list[tuple[str, str]]:
        wanted = text.casefold().split()
        picked = set(self.props["chosen"])
        found = [
            (key, name)
            for key, name in self._options.items()
            if key in picked or all(word in name.casefold() for word in wanted)
        ]
        return found[:_FOUND]


def lookup(made: Callable[[], Lookup], on_change: Callable[[Any], Any]) -> Lookup:
    """Build a lookup within an element that tells its answers, to the server and to what keeps them on the phone."""
    holder = box("gb-told")
    holder.on("gb-answer", lambda event: on_change(event.args), js_handler="(event) => emit(event.detail)")
    with holder:
        return made()
