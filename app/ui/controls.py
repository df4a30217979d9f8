"""What controls of field types are made with. A control tells each change through `Asked.on_change`."""

import dataclasses
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nicegui import events, ui

from app.domain.contents import IMAGES
from app.domain.kinds.form import Field
from app.domain.problem import Problem, ProblemError
from app.domain.workdays import Calendar
from app.i18n import Translator
from app.ui.widgets import ChoiceGroup, Lookup, box, icon, text
from app.ui.widgets.lookup import lookup

OnChange = Callable[[Any], Any]
KeepFile = Callable[[str, Collection[str], bytes], Awaitable[dict[str, Any]]]
"""Keeps an uploaded file (name, accepted types, content): returns what the answer holds. Raises ProblemError."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as its control sees it: the field, the answer so far as JSON, and where changes go.

    `label` names the control for screen readers. `options` are what a reference can be: id → words. `say_fault` says
    beneath the question what went wrong; an empty sentence takes it away. `offered` are the choices that other answers
    leave, None for all; `rows` builds the rows of a repeat; `calendar` is that of the place, `today`
    the day there. `way` leads to a place: those around it and itself, (id, title), the outermost first.
    """

    field: Field
    value: Any
    label: str
    t: Translator
    on_change: OnChange
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)
    keep_file: KeepFile | None = None
    say_fault: Callable[[str], None] = lambda sentence: None  # noqa: ARG005 - says nothing
    offered: Collection[str] | None = None
    rows: Callable[[], ui.element] | None = None
    calendar: Calendar | None = None
    today: date = date.min
    way: Callable[[str], Sequence[tuple[str, str]]] = lambda place: ((place, place),)


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

    made: Any = (ui.textarea if grows else ui.input)(value=value, on_change=changed)
    told_of: dict[str, Any] = {"aria-label": asked.label, "autocomplete": "off", "debounce": 400}
    if grows:
        told_of["autogrow"] = True
    else:
        told_of["type"] = kind
    if mode:
        told_of["inputmode"] = mode
    unit = asked.t.text(asked.field.unit)
    if unit:
        told_of["suffix"] = unit
    if asked.field.read_only or asked.field.is_worked_out:
        told_of["readonly"] = True
    made.props.update(told_of)  # at once: each change of an element costs on a long form
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
    only = (
        None
        if asked.offered is None
        else [one for one in options if one in asked.offered or one in chosen_of(asked)]
    )
    hangs = any(choice.where is not None for choice in asked.field.choices)
    empty = asked.t("form-none-offered") if hangs else ""
    return ChoiceGroup(options, value, on_change, asked.label, many=many, only=only, empty=empty)


def chosen_of(asked: Asked) -> list[Any]:
    """Return what is chosen, as a list."""
    return asked.value if isinstance(asked.value, list) else [asked.value]


def choice_titles(asked: Asked) -> dict[str, str]:
    """Return the choices in words; a retired one only where it is the answer already."""
    chosen = chosen_of(asked)
    return {
        choice.id: asked.t.text(choice.title) or choice.id
        for choice in asked.field.choices
        if choice.id in chosen or not choice.retired
    }


def references(asked: Asked, *, many: bool) -> ui.element:
    """Build a list to search in."""
    picked = asked.value if isinstance(asked.value, list) else [asked.value]

    def made() -> Lookup:
        return Lookup(
            asked.field.type.to or "",
            asked.options,
            [one for one in picked if one in asked.options],
            asked.label,
            many=many,
            whole=asked.field.where is None,
            locked=asked.field.read_only,
        )

    return lookup(made, asked.on_change)


def files(
    asked: Asked,
    most: int,
    largest_mb: int,
    accepted: Collection[str],
    add: tuple[str, str] = ("add_a_photo", "form-photo-add"),
) -> ui.element:
    """Build tiles of the files that are there, and one to add another; `add` is its icon and message."""
    kept: list[dict[str, Any]] = list(asked.value) if isinstance(asked.value, list) else []
    holder = box("fm-photos")
    t = asked.t

    def drop(item: dict[str, Any]) -> None:
        kept.remove(item)
        asked.on_change(list(kept))
        draw()

    async def take(event: events.UploadEventArguments) -> None:
        upload.reset()
        if asked.keep_file is None:
            return
        try:
            _has_room(kept, most)
            item = await asked.keep_file(event.file.name, accepted, await event.file.read())
        except ProblemError as fault:
            refuse(*fault.problems)
            return
        if item not in kept:
            kept.append(item)
        asked.on_change(list(kept))
        draw()

    def refuse(*problems: Problem) -> None:
        told = [t.problem(problem) for problem in problems]
        asked.say_fault(t.sentences(*(part for one in told for part in (one.what, one.remedy))))

    upload = (
        ui.upload(
            on_upload=take,
            on_rejected=lambda: refuse(Problem("E716", values={"limit": largest_mb})),
            auto_upload=True,
            max_file_size=largest_mb * 1024 * 1024,
        )
        .props(f'accept="{",".join(sorted(accepted))}"')
        .classes("hidden")
    )

    def draw() -> None:
        holder.clear()
        with holder:
            for item in kept:
                _tile(asked, item).on("click", lambda item=item: drop(item))
            if len(kept) < most:
                with box("fm-photo", "button").props("type=button") as tile:
                    icon(add[0])
                    text(t(add[1]), tag="span")
                # In the browser: a way over the server can take longer than browsers let a tap open anything.
                tile.on("click", js_handler=f"() => getElement({upload.id}).$refs.qRef.pickFiles()")

    draw()
    return holder


def _has_room(kept: Collection[object], most: int) -> None:
    """Raise ProblemError E717 where no other file goes."""
    if len(kept) >= most:
        raise ProblemError(Problem("E717", values={"limit": most}))


def _tile(asked: Asked, item: Mapping[str, Any]) -> ui.element:
    """Build the tile of a file that is there: a picture itself, of another its name."""
    is_picture = item["type"] in IMAGES
    with box(f"fm-photo {'pic' if is_picture else 'doc'}", "button").props("type=button") as tile:
        if is_picture:
            tile.style(f"background-image:url(/files/{item['sha256']})")
            tile.props["aria-label"] = asked.t("form-photo-drop")
        else:
            icon("description")
            text(str(item["name"]), "name", "span")
            tile.props["aria-label"] = asked.t("form-file-drop", name=str(item["name"]))
        with box("cap", "span"):
            icon("close")
    return tile
