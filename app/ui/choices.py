"""What can be chosen is handed on as it is: nobody changes it in place."""

from nicegui.elements.choice_element import ChoiceElement


def install() -> None:
    """Let NiceGUI hand on by this module what its lists, radios and toggles offer. Twice is no fault."""
    ChoiceElement._update_options = _update_options  # type: ignore[method-assign] # noqa: SLF001 - it has no other way


def _update_options(self: ChoiceElement) -> None:
    """Do what NiceGUI's own method does, with a tuple: a list would be watched for changes, and each option in it."""
    chosen = self.value
    self._props["options"] = tuple({"value": at, "label": label} for at, label in enumerate(self._labels))
    self._props[self.VALUE_PROP] = self._value_to_model_value(chosen)
    if not isinstance(chosen, list):
        self.value = chosen if chosen in self._values else None
