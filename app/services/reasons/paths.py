"""What a path into a definition leads through, in words: titles of what stands on its way, keywords as editors do.

`visit/fields/minutes` is the visit's question, `year/items/calls/lines/missed/deduct` the deduction of a line. This is
the one piece that says so, for every page, message and print.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from app.domain.core.expressions import Expression, Name
from app.domain.edits import Data, Path
from app.domain.kinds.common import Texts
from app.domain.kinds.planning import definitions
from app.domain.kinds.sheet import Amount, Item, Line, Sheet
from app.domain.regulation import Regulation
from app.i18n import LANGUAGES, is_message
from app.services.reasons.phrases import Listed, Phrase, Said
from app.services.reasons.wording import Wording

Members = Mapping[tuple[str, ...], Said]
"""What members are called, by the ids from the definition (without its own) down to them: ("visits", "missed")."""

BETWEEN: Final = "trace-between"
_HOLDING: Final = frozenset({"items", "lines", "bonus", "fields", "from", "totals"})
"""Keys that say only that members follow, which have titles of their own; where none follows they are told."""
_FULL: Final = Phrase("trace-column-max")
"""What the greatest number of points of a sheet or an item is called: all others are no full marks."""


def led(path: str, regulation: Regulation) -> Said:
    """Return what a path leads through, the definition itself first: its id where the regulation hasn't it."""
    name, *steps = path.split("/")
    found = _called(name, regulation)
    words = (found, *_in_words(steps, members_in(name, regulation)))
    return Listed(words, BETWEEN) if len(words) > 1 else found


def inside(path: str, members: Members) -> Said:
    """Return what a path leads through within its definition, whose members are known; "" for the definition itself."""
    words = tuple(_in_words(path.split("/")[1:], members))
    return Listed(words, BETWEEN) if words else ""


def _in_words(steps: list[str], members: Members) -> Iterator[Said]:
    """Yield what steps lead through: members by their titles, all else by its keyword."""
    chain: tuple[str, ...] = ()
    for at, step in enumerate(steps):
        if member := _member(members, chain, steps[at - 1] if at else "", step):
            chain = member
            yield members[chain] or step
        elif at == len(steps) - 1 and at and step in LANGUAGES:  # of a text in several languages one
            yield Phrase(f"language-name-{step}")
        elif step.isdecimal():  # the place in a list of what has no name
            yield Phrase("trace-nth", {"n": int(step) + 1})
        elif step not in _HOLDING or at == len(steps) - 1:
            yield Phrase(f"key-{step}") if is_message(f"key-{step}") else step


def _member(members: Members, chain: tuple[str, ...], holder: str, step: str) -> tuple[str, ...]:
    """Return which member a step names; () for none. A sheet's own lines stand in an item that no file names."""
    if (*chain, step) in members:
        return (*chain, step)
    if holder not in _HOLDING:
        return ()
    deeper = (one for one in members if len(one) > len(chain) + 1 and one[: len(chain)] == chain)
    found = [one for one in deeper if one[-1] == step]
    return found[0] if len(found) == 1 else ()


# ---- members of definitions
def members_of(definition: object, regulation: Regulation | None = None) -> Members:
    """Return the titles of what a definition holds, however deep; what has none is left out.

    With its regulation the values that points hang on have titles, too: those of the choices of a question.
    """
    return dict(_within(definition, (), None if regulation is None else Wording(regulation)))


def members_in(name: str, regulation: Regulation) -> Members:
    """Return the titles of what a definition or a form holds, by its id; none where the regulation hasn't it."""
    return members_of(_definition(name, regulation), regulation)


def _within(
    value: object, chain: tuple[str, ...], words: Wording | None
) -> Iterator[tuple[tuple[str, ...], Said]]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _of(one, chain, words)
    elif isinstance(value, tuple):
        for one in value:
            yield from _of(one, chain, words)
    elif is_dataclass(value) and not isinstance(value, Expression):
        if isinstance(value, Sheet | Item):
            yield (*chain, "max"), _FULL
        if isinstance(value, Line) and value.amount is not None and words is not None:
            yield from _values(value.amount, _table(value), chain, words)
        for one in fields(value):
            yield from _within(getattr(value, one.name), chain, words)


def _of(
    one: Any,  # noqa: ANN401 - of any kind
    chain: tuple[str, ...],
    words: Wording | None,
) -> Iterator[tuple[tuple[str, ...], Said]]:
    name, title = getattr(one, "id", None), getattr(one, "title", None)
    if isinstance(name, str) and isinstance(title, Mapping):
        chain = (*chain, name)
        if title:
            yield chain, {language: text.strip(" ?？¿:：") for language, text in title.items()}
    yield from _within(one, chain, words)


def _table(line: Line) -> str:
    return line.source.table if line.source is not None else "" if line.mark is None else line.mark.form


def _values(
    amount: Amount, table: str, chain: tuple[str, ...], words: Wording
) -> Iterator[tuple[tuple[str, ...], Said]]:
    """Yield what the values are called that points hang on."""
    if amount.of is not None:
        for value, _ in amount.gives:
            yield (*chain, value), words.value(amount.of, value, table)
    for check in amount.checks:
        if isinstance(check.field, Name):
            asked = (*chain, check.field.path[-1])
            yield asked, words.expression(check.field, table)
            for value, _ in check.choices:
                yield (*asked, value), words.value(check.field, value, table)


def _definition(name: str, regulation: Regulation) -> object:
    return definitions(regulation).get(regulation.latest(name)) or regulation.forms.get(
        name, regulation.forms.get(regulation.latest(name))
    )


def _called(name: str, regulation: Regulation) -> Said:
    heading = getattr(_definition(name, regulation), "heading", None)
    title: Texts = {} if heading is None else heading.title
    return title or name


# ---- members of files, which may be at fault
def led_in_file(data: Data, path: Path) -> Said:
    """Return what a path into a file leads through, by what the file itself says: it needs no regulation."""
    words = list(_in_words([str(step) for step in path], dict(_told(data, ()))))
    title = data.get("title") if isinstance(data, Mapping) else None
    own = _texts(title)
    return Listed((*((own,) if own else ()), *words), BETWEEN) if words or own else ""


def _told(value: Data, chain: tuple[str, ...], holder: str = "") -> Iterator[tuple[tuple[str, ...], Said]]:
    if isinstance(value, Mapping):
        for key, one in value.items():
            title = one.get("title") if isinstance(one, Mapping) else None
            own = _texts(title) or (_texts(one) if holder == "from" else {})
            inner = (*chain, key) if own else chain
            if own:
                yield inner, own
            yield from _told(one, inner, key)
    elif isinstance(value, list):
        for one in value:
            yield from _told(one, chain)


def _texts(value: Data | None) -> Texts:
    """Return a title, in each language that it has."""
    if isinstance(value, str) and value:
        return {LANGUAGES[0]: value}
    if not isinstance(value, Mapping) or not set(value) <= set(LANGUAGES):
        return {}
    return {language: text for language, text in value.items() if isinstance(text, str)}


__all__ = ["BETWEEN", "Members", "inside", "led", "led_in_file", "members_in", "members_of"]
