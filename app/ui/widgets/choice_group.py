"""ChoiceGroup: one of a few, or some of a few, as large boxes; keyboard and roles are the native ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

_TWO, _SHORT = 2, 4


class ChoiceGroup(ui.element):
    """`options` are stored value → words. One is chosen unless `many`; `value` is then a list.

    `on_change` gets the new value. `label` names the group for screen readers: the question's text.
    """

    def __init__(
        self,
        options: Mapping[str, str],
        value: str | Sequence[str] | None,
        on_change: Callable[[Any], Any],
        label: str,
        *,
        many: bool = False,
    ) -> None:
        """Build the choices."""
        super().__init__("div")
        short = max((len(words) for words in options.values()), default=0) <= _SHORT
        self.classes(f"gb-choices {'two' if many and short else 'three' if len(options) > _TWO else 'two'}")
        self.props["role"] = "group"
        self.props["aria-label"] = label
        self._chosen = [] if value is None or isinstance(value, str) else [*value]
        with self:
            if many:
                for key, words in options.items():
                    self._box(key, words, on_change)
            else:
                chosen = value if isinstance(value, str) else None
                radio = ui.radio(dict(options), value=chosen, on_change=lambda event: on_change(event.value))
                radio.props["aria-label"] = label

    def _box(self, key: str, words: str, on_change: Callable[[Any], Any]) -> None:
        def toggle(event: Any) -> Any:  # noqa: ANN401 - NiceGUI's event in, the handler's result out
            kept = [chosen for chosen in self._chosen if chosen != key]
            self._chosen = [*kept, key] if event.value else kept
            return on_change(list(self._chosen))

        ui.checkbox(words, value=key in self._chosen, on_change=toggle)
