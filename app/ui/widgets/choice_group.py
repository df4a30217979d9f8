"""ChoiceGroup: one of a few, or some of a few, as large boxes; keyboard and roles are the native ones.

They are the browser's own fields, so that they can be ticked while the connection is away.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from nicegui import events, ui

_TWO, _SHORT = 2, 4
_NARROW = 13
"""What fits beside another on a phone, in Latin letters; an ideograph is as wide as two of them."""
_WIDE = 0x2E80
"""Where the letters of East Asia begin."""
_TOLD = "(event) => emit({value: event.target.value, checked: event.target.checked})"


class ChoiceGroup(ui.element, component="choice_group.js"):
    """`options` are stored value → words. One is chosen unless `many`; `value` is then a list.

    `on_change` gets the new value. `label` names the group for screen readers: the question's text. `only` are those
    that can be chosen now, None for all: the others are there too, for a browser that is alone (static/narrow.js).
    `empty` says what to do where none can be.
    """

    def __init__(
        self,
        options: Mapping[str, str],
        value: str | Sequence[str] | None,
        on_change: Callable[[Any], Any],
        label: str,
        *,
        many: bool = False,
        only: Collection[str] | None = None,
        empty: str = "",
    ) -> None:
        """Build the choices."""
        super().__init__()
        short = max((len(words) for words in options.values()), default=0) <= _SHORT
        fits = max((_width(words) for words in options.values()), default=0) <= _NARROW
        beside = fits and ((many and short) or len(options) <= _TWO)
        self.classes(f"gb-choices {'two' if beside else 'three'}")
        self._many = many
        self._on_change = on_change
        self._options = list(options)
        self._chosen = [value] if isinstance(value, str) else [*(value or ())]
        # At once and as tuples: each change of an element costs on a long form, and so does each list that is watched.
        self.props.update(
            {
                "role": "group" if many else "radiogroup",
                "aria-label": label,
                "options": tuple(options.items()),
                "type": "checkbox" if many else "radio",
                "group": f"choice-{self.id}",
                "chosen": tuple(key for key in options if key in self._chosen),
                "only": None if only is None else tuple(only),
            }
        )
        if empty:
            self.props["empty"] = empty
        self.on("change", self._changed, js_handler=_TOLD)

    def offer(self, only: Collection[str]) -> None:
        """Let these be chosen from now on."""
        if self.props["only"] != tuple(only):
            self.props["only"] = tuple(only)

    def _changed(self, event: events.GenericEventArguments) -> Any:  # noqa: ANN401 - what the handler gives
        key, checked = event.args["value"], event.args["checked"]
        if key not in self._options:
            return None
        if not self._many:
            self._chosen = [key]
            return self._on_change(key)
        kept = [chosen for chosen in self._chosen if chosen != key]
        self._chosen = [*kept, key] if checked else kept
        return self._on_change(list(self._chosen))


def _width(words: str) -> int:
    return sum(1 if ord(letter) < _WIDE else 2 for letter in words)
