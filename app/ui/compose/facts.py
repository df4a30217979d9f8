"""Values whose shape nobody declares, as a place's facts: one, from one to another, or several, each with its line."""

from collections.abc import Sequence
from typing import TypeGuard

from app.domain.edits import END, AddItem, Data, Remove
from app.i18n import Translator
from app.services.drafting.composing import real_path
from app.ui.compose.desk import Desk, Path, line, quiet, small
from app.ui.widgets import box, text

_RANGE = 2
"""How many numbers make a range: from one to the other."""


def are_values(value: Data | None) -> TypeGuard[Sequence[str]]:
    """Whether a value is made of single values alone."""
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def in_short(t: Translator, value: Data | None) -> str:
    """Return single values in a line, two numbers as a range; "" for anything else."""
    if isinstance(value, str):
        return value
    if not are_values(value):
        return ""
    return t("compose-range", low=value[0], high=value[1]) if _is_range(value) else t.listed(value)


def values(desk: Desk, path: Path, held: Sequence[str], label: str) -> None:
    """Draw a line for each value; two numbers are told as a range."""
    t = desk.t
    ranging = _is_range(held)
    with box("ed-inline"):
        for number in range(len(held)):
            word = t("compose-range-to" if number else "compose-range-from") if ranging else str(number + 1)
            with box("ed-value"):
                if ranging:
                    text(word, "meta", "span").props("aria-hidden=true")
                _value(desk, (*path, number), held[number], f"{label} · {word}", alone=ranging)

    async def more() -> None:
        await desk.change([AddItem(real_path(desk.data, path), held[-1] if held else "", END)])

    async def one() -> None:
        await desk.put(path, held[0], anew=True)

    with box("row-c wrap"):
        quiet(t("compose-another-value"), more)
        if held:
            quiet(t("compose-one-value"), one, "undo")


def several(desk: Desk, path: Path, value: str, label: str) -> None:
    """Offer, beside a single value, to say from which to which it goes, or several of them."""

    async def more() -> None:
        await desk.put(path, [value, value], anew=True)

    small("more_horiz", desk.t("compose-several", what=label), more)


def _value(desk: Desk, path: Path, value: str, label: str, *, alone: bool) -> None:
    async def typed(new: str) -> None:
        if new.strip():  # an emptied line is in the middle of being typed anew; a value goes by its button
            await desk.put(path, new.strip())

    async def drop() -> None:
        await desk.change([Remove(real_path(desk.data, path))])

    line(value, label, typed).classes("ed-number")
    if not alone:
        small("close", desk.t("compose-remove", what=label), drop)


def _is_range(held: Sequence[str]) -> bool:
    numbers = [one.removeprefix("-").replace(".", "", 1) for one in held]
    return len(held) == _RANGE and all(one.isdecimal() for one in numbers)
