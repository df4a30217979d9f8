"""What controls of field types are made with. A control tells each change through `Asked.on_change`."""

import dataclasses
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nicegui import events, ui

from app.domain.kinds.form import Field
from app.i18n import Translator
from app.ui.widgets import ChoiceGroup, box, icon, text

OnChange = Callable[[Any], Any]
KeepFile = Callable[[str, str, bytes], Awaitable[dict[str, Any] | None]]
"""Keeps an uploaded file (name, type, content): returns what the answer holds, or None when it was refused."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as its control sees it: the field, the answer so far as JSON, and where changes go.

    `label` names the control for screen readers. `options` are what a reference can be: id → words.
    """

    field: Field
    value: Any
    label: str
    t: Translator
    on_change: OnChange
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)
    keep_file: KeepFile | None = None


Control = Callable[[Asked], ui.element]
"""Builds the control of a field type."""


def lines(
    asked: Asked,
    *,
    kind: str = "text",
    mode: str = "",
    grows: bool = False,
    shown: Callable[[object], str] = str,
    told: Callable[[str], object] = str,
) -> ui.element:
    """Build something to type into; `kind` is the browser's type of input, `mode` its keyboard."""
    value = "" if asked.value is None else shown(asked.value)

    def changed(event: events.ValueChangeEventArguments[Any]) -> Any:  # noqa: ANN401 - what the handler gives
        typed = event.value
        return asked.on_change(told(typed) if typed not in (None, "") else None)

    if grows:
        made: Any = ui.textarea(value=value, on_change=changed).props("autogrow debounce=400")
    else:
        made = ui.input(value=value, on_change=changed).props("debounce=400")
        made.props["type"] = kind
    made.props["aria-label"] = asked.label
    made.props["autocomplete"] = "off"
    if mode:
        made.props["inputmode"] = mode
    unit = asked.t.text(asked.field.unit)
    if unit:
        made.props["suffix"] = unit
    if asked.field.read_only or asked.field.calculation is not None:
        made.props("readonly")
    made.classes("w-full")
    return made  # type: ignore[no-any-return]


def picks(
    asked: Asked,
    options: Mapping[str, str],
    value: str | list[str] | None,
    on_change: OnChange,
    *,
    many: bool = False,
) -> ui.element:
    """Build boxes to pick from."""
    return ChoiceGroup(options, value, on_change, asked.label, many=many)


def choice_titles(asked: Asked) -> dict[str, str]:
    """Return the choices in words; a retired one only where it is the answer already."""
    chosen = asked.value if isinstance(asked.value, list) else [asked.value]
    return {
        choice.id: asked.t.text(choice.title) or choice.id
        for choice in asked.field.choices
        if not choice.retired or choice.id in chosen
    }


def references(asked: Asked, *, many: bool) -> ui.element:
    """Build a list to search in."""
    value: Any = asked.value
    if many:
        value = [item for item in value if item in asked.options] if isinstance(value, list) else []
    elif value not in asked.options:
        value = None
    made = ui.select(
        dict(asked.options),
        value=value,
        multiple=many,
        with_input=True,
        clearable=not many,
        on_change=lambda event: asked.on_change(event.value),
    )
    made.props["aria-label"] = asked.label
    if many:
        made.props("use-chips")
    return made.classes("w-full")


def files(asked: Asked, most: int, largest_mb: int, types: Sequence[str]) -> ui.element:
    """Build tiles of the files that are there, and one to add another."""
    kept: list[dict[str, Any]] = list(asked.value) if isinstance(asked.value, list) else []
    holder = box("fm-photos")

    def drop(item: dict[str, Any]) -> None:
        kept.remove(item)
        asked.on_change(list(kept))
        draw()

    async def take(event: events.UploadEventArguments) -> None:
        if asked.keep_file is None or len(kept) >= most:
            return
        item = await asked.keep_file(event.file.name, event.file.content_type, await event.file.read())
        upload.reset()
        if item is not None:
            kept.append(item)
            asked.on_change(list(kept))
            draw()

    upload = (
        ui.upload(on_upload=take, auto_upload=True, max_file_size=largest_mb * 1024 * 1024)
        .props(f'accept="{",".join(types)}"')
        .classes("hidden")
    )

    def draw() -> None:
        holder.clear()
        with holder:
            for item in kept:
                with box("fm-photo pic", "button").props("type=button") as tile:
                    tile.style(f"background-image:url(/files/{item['sha256']})")
                    tile.props["aria-label"] = asked.t("form-photo-drop")
                    with box("cap", "span"):
                        icon("close")
                tile.on("click", lambda item=item: drop(item))
            if len(kept) < most:
                with box("fm-photo", "button").props("type=button") as tile:
                    icon("add_a_photo")
                    text(asked.t("form-photo-add"), tag="span")
                tile.on("click", lambda: upload.run_method("pickFiles"))

    draw()
    return holder
