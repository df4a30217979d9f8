"""Parts of controls whose answer the browser puts together (static/fields.js), so that they work without a connection.

The element around them tells each change by one event, `gb-answer`, with the answer as JSON: to the server here, and to
what keeps answers on the phone (static/keeper.js).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from json import dumps
from typing import Any

from nicegui import events, ui

from app.i18n import Translator
from app.ui.controls import Asked
from app.ui.widgets import box, icon, text

_TOLD = "(event) => emit(event.detail)"


@contextmanager
def told(asked: Asked, control: str, classes: str, value: Any = None) -> Iterator[ui.element]:  # noqa: ANN401 - JSON
    """Build the element around a control's parts; `control` names its function in fields.js."""
    made = box(f"gb-told {classes}")
    made.props["role"], made.props["aria-label"] = "group", asked.label
    made.props["data-control"] = control
    if value is not None:
        made.props["data-value"] = dumps(value, ensure_ascii=True)

    def changed(event: events.GenericEventArguments) -> Any:  # noqa: ANN401 - what the handler gives
        return asked.on_change(event.args)

    made.on("gb-answer", changed, js_handler=_TOLD)
    with made:
        yield made


def line(part: str, label: str, value: str = "", mode: str = "", *, hidden_label: bool = False) -> ui.element:
    """Build a line to type into, one of a control's parts, with its label above."""
    with box("gb-part", "label"):
        text(label, "gb-visually-hidden" if hidden_label else "meta", "span")
        made = box("gb-line", "input")
        made.props["type"], made.props["data-part"] = "text", part
        made.props["autocomplete"] = "off"
        # As an attribute: the property would be set again at each drawing, over what was typed since.
        made.props["^value"] = value
        if mode:
            made.props["inputmode"] = mode
    return made


def selection(
    part: str,
    label: str,
    options: Sequence[tuple[str, str]],
    value: str,
    *,
    hidden_label: bool = False,
    locked: bool = False,
) -> ui.element:
    """Build a native list, one of a control's parts, with its label above: (value, words).

    `locked`: it stays as it is.
    """
    with box("gb-part", "label"):
        text(label, "gb-visually-hidden" if hidden_label else "meta", "span")
        with box("gb-line", "select") as made:
            made.props["data-part"] = part
            if locked:
                made.props("disabled")
            for key, words in options:
                one = text(words, tag="option")
                one.props["value"] = key
                if key == value:
                    one.props("selected")
    return made


def number_line(asked: Asked, part: str, label: str, value: str) -> ui.element:
    """Build a line for a whole number."""
    made = line(part, label, value, "numeric")
    if asked.field.read_only:
        made.props("readonly")
    return made


def act(name: str, label: str, glyph: str) -> ui.element:
    """Build a button that fields.js answers to."""
    with box("gb-btn-line gb-do", "button") as made:
        made.props["type"], made.props["data-act"] = "button", name
        icon(glyph)
        text(label, tag="span")
    return made


def status(words: Mapping[str, str]) -> None:
    """Build the place where the browser says how far it got, in one of these sentences."""
    made = box("gb-said meta")
    made.props["role"] = "status"
    made.props["data-words"] = dumps(dict(words), ensure_ascii=True)


def position_lines(t: Translator, latitude: str, longitude: str) -> None:
    """Build two lines for a position."""
    with box("gb-lines"):
        line("lat", t("field-lat"), latitude, "decimal")
        line("lon", t("field-lon"), longitude, "decimal")
