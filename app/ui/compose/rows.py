"""Rows of lists and mappings: what a new one begins with, and what those that are there are called."""

from collections.abc import Iterator, Mapping

from app.domain.edits import Data
from app.i18n import LANGUAGES
from app.services.drafting.composing import fresh_name, value_at
from app.services.drafting.described import Key, Leaf, Mapped, Part, Shape, chosen, shape_at
from app.services.drafting.offered import Offer
from app.ui.compose.desk import Desk, Path, called

_TITLES = ("title", "case", "says")
_FIRST = {"field.type": "text"}
"""What a new row says where it must say something and nothing is likelier than anything else."""


def deciding(desk: Desk, shape: Shape, path: Path) -> tuple[Key, tuple[Offer, ...]] | None:
    """Return the one name that a new row can't do without, where there are several to choose from."""
    if not isinstance(shape, Part):
        return None
    keys = [key for key in desk.language.groups[shape.group].keys if key.required]
    if len(keys) != 1 or not isinstance(keys[0].shape, Leaf):
        return None
    offers = desk.offers.of(keys[0].shape, desk.rows((*path, "", keys[0].id)))
    return (keys[0], offers) if len(offers) > 1 else None


def named(desk: Desk, part: Part, new: Mapping[str, Data]) -> Mapping[str, Data]:
    """Return a new row with a title to begin with, since a row without one is called by its id."""
    if desk.language.groups[part.group].key("title") is None:
        return new
    return {**named_so(desk), **new}


def begun(desk: Desk, begins: Mapping[str, Data], name: str) -> dict[str, Data]:
    """Return what stands beside a new row's type, its own rows with titles to begin with: options, questions.

    A question gets an id that no other of the file has, nor the new row, whose id is `name`.
    """
    taken = {name, *question_ids(desk.data)}
    found: dict[str, Data] = {}
    for key, rows in begins.items():
        if not isinstance(rows, Mapping):
            found[key] = rows
            continue
        made: dict[str, Data] = {}
        for number, (own, row) in enumerate(rows.items(), 1):
            if isinstance(row, Mapping) and row:
                made[fresh_name({*taken, *made}, "field")] = {**named_so(desk), **row}
            else:
                made[own] = _titled(desk, desk.t("compose-new-option", n=number))
        found[key] = made
    return found


def named_so(desk: Desk) -> dict[str, Data]:
    """Return the title that a new row begins with."""
    return {"title": _titled(desk, desk.t("compose-new"))}


def _titled(desk: Desk, words: str) -> dict[str, Data]:
    """Return words as a title in the reader's language, as far as files have it."""
    return {desk.t.language if desk.t.language in LANGUAGES else LANGUAGES[0]: words}


def question_ids(value: Data, holder: str = "") -> Iterator[str]:
    """Yield the ids of all questions, those of rows and groups among them."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            if holder == "fields":
                yield key
            yield from question_ids(one, key)


def first(desk: Desk, shape: Shape, path: Path) -> dict[str, str]:
    """Return what a new row can begin with: what is the likeliest, else the first that is offered."""
    found = dict(_FIRST)
    if isinstance(shape, Part):
        for key in desk.language.groups[shape.group].keys:
            spot = f"{shape.group}.{key.id}"
            if key.required and isinstance(key.shape, Leaf) and spot not in found:
                offers = desk.offers.of(key.shape, desk.rows((*path, key.id)))
                if offers:
                    found[spot] = offers[0].id
    elif isinstance(shape, Leaf):
        offers = desk.offers.of(shape, desk.rows(path))
        if offers:
            found[""] = offers[0].id
    return found


def title(desk: Desk, path: Path, name: str) -> str:
    """Return what a row is called: its title, what it says where it is short, what its id is the name of, or its id."""
    found = _own_title(desk, path, name)
    return _named_by_key(desk, path) or name if found == name and isinstance(path[-1], str) else found


def _named_by_key(desk: Desk, path: Path) -> str:
    """Return the title of what a row's id is the name of: a fact of a place, a question; "" where it is its own."""
    holder = shape_at(desk.language, desk.kind, desk.data, path[:-1])
    held = value_at(desk.data, path[:-1])
    own = None if holder is None else chosen(holder, held, desk.language)
    if not isinstance(own, Mapped) or not own.key.names:
        return ""
    offers = desk.offers.of(own.key, desk.rows(path))
    return next((called(desk.t, one) for one in offers if one.id == path[-1]), "")


def _own_title(desk: Desk, path: Path, name: str) -> str:
    value = value_at(desk.data, path)
    if isinstance(value, Mapping):
        own = next((value[key] for key in _TITLES if key in value), value)
        found = own if isinstance(own, str) else desk.t.text(_texts(own))
        if found:
            return found
        inner = next((one for one in value.values() if isinstance(one, str)), "")
        return f"{name} {_called(desk, inner)}".strip() if isinstance(path[-1], int) else name
    return _called(desk, value) if isinstance(value, str) and isinstance(path[-1], int) else name


def _called(desk: Desk, name: str) -> str:
    for offers in desk.offers.names.values():
        for one in offers:
            if one.id == name:
                return called(desk.t, one)
    return name


def _texts(value: Data) -> dict[str, str]:
    """Return a text by language, none for what is something else: a row of single values is no text."""
    if not isinstance(value, Mapping) or not value.keys() <= set(LANGUAGES):
        return {}
    found = {name: one for name, one in value.items() if isinstance(one, str)}
    return found if len(found) == len(value) else {}
