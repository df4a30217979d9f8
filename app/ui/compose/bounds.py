"""What lower levels may make of a figure: from, to, or one of the values that are listed."""

from collections.abc import Mapping, Sequence

from app.domain.edits import END, AddItem, Data, Remove
from app.services.drafting.composing import real_path, value_at
from app.ui.compose.desk import Desk, Path, line, quiet, small
from app.ui.compose.facts import are_values
from app.ui.widgets import box, text

_BOUNDS = ("at_least", "at_most")


def left_open(desk: Desk, path: Path, data: Mapping[str, Data], label: str) -> None:
    """Draw the bounds of a figure at `path`, of which `data` is told, and the values to choose from."""
    t = desk.t
    given = data.get("open")
    bounds = given if isinstance(given, Mapping) else {}
    for word in _BOUNDS:
        with box("ed-inline"):
            text(t(f"compose-open-{word}"), "meta", "span")
            _bound(desk, (*path, "open", word), str(bounds.get(word, "")), f"{label} · {word_of(desk, word)}")
    choices = bounds.get("one_of")
    own = (*path, "open", "one_of")
    if are_values(choices) and choices:
        _choices(desk, own, choices, f"{label} · {word_of(desk, 'one_of')}")
        return

    async def first() -> None:
        await desk.put(own, [_now(value_at(desk.data, path))], anew=True)

    quiet(t("compose-open-list"), first, "rule")


def word_of(desk: Desk, word: str) -> str:
    """Return what a bound is called."""
    return desk.t(f"compose-open-{word}")


def _bound(desk: Desk, path: Path, value: str, label: str) -> None:
    async def typed(new: str) -> None:
        await desk.put(path, new.strip()) if new.strip() else await desk.clear(path, anew=False)

    line(value, label, typed).classes("ed-number")


def _choices(desk: Desk, path: Path, held: Sequence[str], label: str) -> None:
    """Draw a line for each value that can be chosen; the last that is taken out takes the list with it."""
    text(word_of(desk, "one_of"), "meta", "span")
    for number, value in enumerate(held):
        with box("ed-inline"):
            _choice(desk, (*path, number), value, f"{label} · {number + 1}", alone=len(held) == 1)

    async def more() -> None:
        await desk.change([AddItem(real_path(desk.data, path), held[-1], END)])

    quiet(desk.t("compose-another-value"), more)


def _choice(desk: Desk, path: Path, value: str, label: str, *, alone: bool) -> None:
    async def typed(new: str) -> None:
        if new.strip():  # an emptied line is in the middle of being typed anew; a value goes by its button
            await desk.put(path, new.strip())

    async def drop() -> None:
        if alone:
            await desk.clear(path[:-1])
        else:
            await desk.change([Remove(real_path(desk.data, path))])

    line(value, label, typed).classes("ed-number")
    small("close", desk.t("compose-remove", what=label), drop)


def _now(figure: Data | None) -> str:
    """Return the value that a figure has, the last one of those by date."""
    value = figure.get("value", figure) if isinstance(figure, Mapping) else figure
    if isinstance(value, Mapping):
        value = list(value.values())[-1] if value else ""
    return value if isinstance(value, str) else ""
