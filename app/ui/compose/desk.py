"""What the parts of the editor need of it, and the words that things are called by."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol, TypeVar

from nicegui import ui

from app.domain.edits import Data, Edit
from app.i18n import Translator
from app.services.drafting.described import Language, Leaf, Step
from app.services.drafting.offered import ColumnOffer, Columns, Offer, Offers
from app.ui.assets import glyph
from app.ui.widgets import box, icon, text

Path = tuple[Step, ...]
Found = TypeVar("Found")


class Desk(Protocol):
    """The editor, as its parts see it."""

    t: Translator
    language: Language
    offers: Offers
    kind: str
    data: Data
    shown: set[Path]

    def look(self, find: Callable[[], Found]) -> Found:
        """Return what `find` finds; what is drawn from it is drawn again once it finds something else.

        Whatever decides how something is drawn is looked at so; what happens on a click reads what is there then.
        """
        ...

    async def put(self, path: Path, value: Data, *, anew: bool = False) -> None:
        """Let a value stand at a path; `anew` says that its control doesn't show yet what follows from it."""

    async def clear(self, path: Path, *, anew: bool = True) -> None:
        """Let nothing stand at a path; without `anew` its control stays, for something else to be typed."""

    async def change(self, edits: Sequence[Edit], *, focus: Path | None = None) -> None:
        """Make edits, and draw again what follows from them."""

    def rows(self, path: Path) -> Columns:
        """Return the columns of the rows that are meant at a path."""

    def redraw(self, focus: Path | None = None) -> None:
        """Draw again what has become something else."""

    def laid(self, path: Path, label: str) -> bool:
        """Draw, where the caller stands, the control of a figure that the overlay says; whether it is one."""

    def beside(self, path: Path) -> None:
        """Draw, where the caller stands, what else is told of a figure: the level that it comes from."""

    def fault_at(self, path: Path) -> None:
        """Make the place, where the caller stands, at which faults of a path are told."""


def called(t: Translator, one: Offer | ColumnOffer) -> str:
    """Return what an offer is called by: its title, its message, else its id."""
    title = t.text(one.title).strip(" ?？¿:：")
    if title:
        return title
    return t(one.message) if one.message and t.has(one.message) else one.id


def options_of(t: Translator, offers: Sequence[Offer], value: str) -> dict[str, str]:
    """Return what a select offers: the title and, where two have the same, the id; also what stands there already."""
    titles = [called(t, one) for one in offers]
    found = {
        one.id: title
        if titles.count(title) == 1 or title == one.id
        else t("compose-with-id", title=title, id=one.id)
        for one, title in zip(offers, titles, strict=True)
    }
    if value and value not in found:
        found = {value: value, **found}
    return found


def select(
    options: Mapping[str, str],
    value: str | list[str] | None,
    label: str,
    on_change: Callable[[Any], Awaitable[None]],
    *,
    typed: bool = False,
    many: bool = False,
    searched: bool = True,
) -> ui.select:
    """Make a list to pick from; `typed` lets other values be typed. Long ones are searched unless that isn't wanted."""

    async def changed(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
        await on_change(event.value)

    made = ui.select(
        dict(options),
        value=value if many or value in options else None,
        multiple=many,
        with_input=typed or (searched and len(options) > _LONG),
        new_value_mode="add-unique" if typed else None,
        on_change=changed,
    ).classes("ed-select")
    made.props("outlined dense options-dense hide-bottom-space")
    made.props["aria-label"] = label
    return made


_LONG = 9


def line(
    value: str, label: str, on_change: Callable[[str], Awaitable[None]], *, kind: str = "text"
) -> ui.input:
    """Make something to type into; it tells what was typed at a pause or when it is left."""

    async def changed(event: Any) -> None:  # noqa: ANN401 - NiceGUI's event
        await on_change(str(event.value or ""))

    made = ui.input(value=value, on_change=changed).classes("ed-line")
    made.props("outlined dense debounce=1200 hide-bottom-space")
    made.props["type"] = kind
    made.props["aria-label"] = label
    made.props["autocomplete"] = "off"
    return made


def words(value: str, label: str, on_change: Callable[[str], Awaitable[None]]) -> ui.input:
    """Make something to type words into, like `line`: it wraps and grows with what it says.

    What stands in one line in the file stays so: Enter tells what was typed as in a line, and pasted lines are joined.
    """
    said = value.rstrip("\n")
    one_line, end = "\n" not in said, value[len(said) :]

    async def typed(new: str) -> None:
        joined = " ".join(new.strip("\n").split("\n"))
        await on_change((joined and joined + end) if one_line else new)

    made = line(said if one_line else value, label, typed, kind="textarea").classes("ed-words")
    made.props("autogrow")
    if one_line:
        made.on("keydown.enter", js_handler=_TELLS)
    return made


_TELLS: Final = """(event) => {
  if (event.isComposing) return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
}"""
"""As a line does on Enter; one that takes a word out of an input method is none."""


def small(glyph_name: str, label: str, on_click: Callable[[], Any], *, off: bool = False) -> ui.button:
    """Make a button of an icon alone; its label is for screen readers and for who rests on it."""
    made = ui.button(icon=glyph(glyph_name), color=None, on_click=on_click).classes("gb-btn-icon ed-small")
    made.props["aria-label"] = label
    made.props["title"] = label
    made.props["data-press"] = glyph_name
    if off:
        made.disable()
    return made


def quiet(label: str, on_click: Callable[[], Any], glyph_name: str = "add") -> ui.button:
    """Make a quiet button with a word."""
    made = ui.button(label, icon=glyph(glyph_name), color=None, on_click=on_click)
    made.props["data-press"] = glyph_name
    return made.classes("gb-btn-quiet ed-add")


LAID = "ed-laid"
"""The class of what is said elsewhere than in the file: it can be changed though the file is shut."""


def shut(element: ui.element) -> None:
    """Let nothing be typed or picked in an element, but for what is said elsewhere."""
    for child in element:
        if LAID in child.classes:
            continue
        if isinstance(child, ui.input | ui.select | ui.textarea):
            child.props("readonly")
        shut(child)


def at(path: Path) -> str:
    """Return a path as an attribute of the page."""
    return "/".join(map(str, path))


def row(path: Path) -> ui.element:
    """Make a row of the editor, in which nothing is yet."""
    made = box("ed-row")
    made.props["data-at"] = at(path)
    return made


@contextmanager
def in_row(label: str, help_: str, *, required: bool = False) -> Iterator[ui.element]:
    """Fill a row: what it is called and what it says, and beside it its control."""
    with box("ed-name"):
        with text(label, "strong"):
            if required:
                text(" *", "late-ink", "span").props("aria-hidden=true")
        if help_:
            text(help_, "meta")
    with box("ed-what") as what:
        yield what


def said(value: Data | None, depth: int = 0) -> str:
    """Return data as text, for what the editor only shows."""
    if value is None or isinstance(value, str):
        return value or ""
    indent = "  " * depth
    if isinstance(value, Mapping):
        lines = [
            f"{indent}{key}: {one}" if isinstance(one, str) else f"{indent}{key}:\n{said(one, depth + 1)}"
            for key, one in value.items()
        ]
    else:
        lines = [
            f"{indent}- {one if isinstance(one, str) else said(one, depth + 1).lstrip()}" for one in value
        ]
    return "\n".join(lines)


__all__ = [
    "Desk",
    "Leaf",
    "Path",
    "at",
    "called",
    "icon",
    "in_row",
    "line",
    "options_of",
    "quiet",
    "row",
    "said",
    "select",
    "shut",
    "small",
    "words",
]
