"""Edits as an editor made from the description of the language means them: a value put somewhere, a row added, moved.

A path is where the editor shows something. What is written short in the file (one value where a list may stand, a
title alone, a name for a source) becomes long only where more has to be said. What is returned are edits.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from app.domain.edits import (
    END,
    AddItem,
    AddKey,
    Data,
    Edit,
    Move,
    NowhereError,
    Path,
    Remove,
    SetValue,
    at_path,
)
from app.services.drafting.described import (
    ABOUT_A_FIGURE,
    FIGURES,
    Either,
    Group,
    Language,
    Leaf,
    Listed,
    Mapped,
    Part,
    Shape,
    Sort,
    Step,
    chosen,
    is_short,
    shape_at,
)

SOURCE_LANGUAGE: Final = "zh"
"""The language of a text that doesn't say its language."""


def value_at(data: Data, path: Sequence[Step]) -> Data | None:
    """Return what the editor shows at a path, None for nothing: the first of a list may stand alone."""
    value: Data | None = data
    for step in path:
        value = _member(value, step)
    return value


def _member(value: Data | None, step: Step) -> Data | None:
    if isinstance(value, Mapping):
        if isinstance(step, int):
            return value if step == 0 else None
        return value.get(step)
    if value is None or isinstance(step, str):
        return None
    if isinstance(value, str):
        return value if step == 0 else None
    return value[step] if 0 <= step < len(value) else None


def real_path(data: Data, path: Sequence[Step]) -> Path:
    """Return where in the file the editor's path is: without the position of what stands alone."""
    found: list[Step] = []
    value: Data | None = data
    for step in path:
        inner = _member(value, step)
        alone = isinstance(step, int) and (isinstance(value, str | Mapping) or value is None)
        if not (alone and step == 0 and value is not None):
            found.append(step)
        value = inner
    return tuple(found)


def put(language: Language, kind: str, data: Data, path: Sequence[Step], value: Data) -> tuple[Edit, ...]:
    """Return the edits by which a value stands at a path; what is lacking on the way is made."""
    steps = tuple(path)
    if value_at(data, steps) is not None:
        return (SetValue(real_path(data, steps), value),)
    depth = len(steps) - 1
    while depth and value_at(data, steps[:depth]) is None:
        depth -= 1
    above, step, rest = steps[:depth], steps[depth], steps[depth + 1 :]
    holder = value_at(data, above)
    shape = shape_at(language, kind, data, above)
    inner = _nested(rest, value)
    where = real_path(data, above)
    if isinstance(holder, Mapping) and _is_dated(shape, holder, language) and step in ABOUT_A_FIGURE:
        return (SetValue(where, {"value": holder, str(step): inner}),)
    if isinstance(holder, Mapping) and isinstance(step, str) and not _is_short_there(shape, holder, language):
        return (AddKey(where, step, inner, _place(shape, holder, step, language)),)
    if isinstance(holder, Sequence) and not isinstance(holder, str) and isinstance(step, int):
        return (AddItem(where, inner, END),)
    longer = _longer(shape, holder if holder is not None else "", step, inner, language)
    return (SetValue(where, longer),)


def _is_dated(shape: Shape | None, holder: Mapping[str, Data], language: Language) -> bool:
    """Whether values by date alone stand there: what else is told of a figure stands beside them, not among them."""
    own = None if shape is None else chosen(shape, holder, language)
    return (
        bool(holder)
        and isinstance(own, Leaf)
        and own.sort in FIGURES
        and holder.keys().isdisjoint(ABOUT_A_FIGURE)
    )


def _nested(rest: Sequence[Step], value: Data) -> Data:
    """Return a value inside what the rest of the path leads through."""
    found = value
    for step in reversed(rest):
        found = [found] if isinstance(step, int) else {step: found}
    return found


def _is_short_there(shape: Shape | None, holder: Data, language: Language) -> bool:
    if shape is None:
        return False
    own = chosen(shape, holder, language)
    return isinstance(own, Part) and is_short(own, holder, language)


def _longer(shape: Shape | None, old: Data, step: Step, inner: Data, language: Language) -> Data:
    """Return what was written short, long, with something more in it."""
    if isinstance(step, int):
        return [old, inner]
    own = None if shape is None else chosen(shape, old, language)
    if isinstance(own, Listed):
        own = chosen(own.of, old, language)
    if isinstance(own, Part) and is_short(own, old, language):
        return _ordered(language.groups[own.group], {own.short: old, step: inner})
    if isinstance(own, Leaf) and own.sort is Sort.TEXTS:
        return {SOURCE_LANGUAGE: old, step: inner}
    if isinstance(own, Leaf) and own.sort in FIGURES:
        return {"value": old, step: inner}
    part = _part_for(shape, step, language)
    if part is None or not old:
        return {step: inner}
    group = language.groups[part.group]
    key = _key_for(own, group)
    return _ordered(group, {key: old, step: inner}) if key and key != step else {step: inner}


def _part_for(shape: Shape | None, step: str, language: Language) -> Part | None:
    """Return the mapping among a shape's ways of writing that has a key."""
    if isinstance(shape, Part):
        return shape if language.groups[shape.group].key(step) else None
    if isinstance(shape, Listed):
        return _part_for(shape.of, step, language)
    if isinstance(shape, Either):
        found = (_part_for(one, step, language) for one in shape.shapes)
        return next((one for one in found if one is not None), None)
    return None


def _key_for(own: Shape | None, group: Group) -> str:
    """Return the key of a mapping that holds what a single value says: the one for the same names, or its first."""
    if isinstance(own, Leaf) and own.names:
        for key in group.keys:
            if isinstance(key.shape, Leaf) and set(key.shape.names) & set(own.names):
                return key.id
        return next((key.id for key in group.keys if key.id == "table"), group.keys[0].id)
    return group.keys[0].id


def _ordered(group: Group, values: dict[str, Data]) -> dict[str, Data]:
    return {key.id: values[key.id] for key in group.keys if key.id in values}


def _place(shape: Shape | None, holder: Mapping[str, Data], key: str, language: Language) -> int:
    """Return where a key goes: after what the description names before it."""
    own = None if shape is None else chosen(shape, holder, language)
    if not isinstance(own, Part):
        return END
    before: set[str] = set()
    for one in language.groups[own.group].keys:
        if one.id == key:
            break
        before.add(one.id)
    there = [number for number, name in enumerate(holder) if name in before]
    return there[-1] + 1 if there else 0


def clear(language: Language, kind: str, data: Data, path: Sequence[Step]) -> tuple[Edit, ...]:
    """Return the edits by which nothing stands at a path; what is left empty by that, and may be lacking, goes too."""
    where = real_path(data, path)
    if not where or value_at(data, path) is None:
        return ()
    above = where[:-1]
    while above and _only_holds_it(data, above) and _may_lack(language, kind, data, above):
        where, above = above, above[:-1]
    return (Remove(where),)


def _only_holds_it(data: Data, path: Path) -> bool:
    holder = at_path(data, path)
    return not isinstance(holder, str) and len(holder) == 1


def _may_lack(language: Language, kind: str, data: Data, path: Path) -> bool:
    """Whether what stands at a path is an optional key of a mapping, and no row that somebody made."""
    shape = shape_at(language, kind, data, path[:-1])
    own = None if shape is None else chosen(shape, value_at(data, path[:-1]), language)
    if isinstance(own, Leaf) and own.sort in FIGURES:
        return path[-1] == "open"
    if not isinstance(own, Part):
        return False
    key = language.groups[own.group].key(str(path[-1]))
    return key is not None and not key.required


def add_row(
    language: Language, kind: str, data: Data, path: Sequence[Step], row: Data, name: str = ""
) -> tuple[Edit, ...]:
    """Return the edits by which a list or mapping of rows gets one more at its end; `name` is its id in a mapping."""
    rows = value_at(data, path)
    if name:
        if isinstance(rows, Mapping):
            return (AddKey(real_path(data, path), name, row, END),)
        return put(language, kind, data, path, {name: row})
    if rows is None:
        return put(language, kind, data, path, [row])
    if isinstance(rows, str | Mapping):
        return (SetValue(real_path(data, path), [rows, row]),)
    return (AddItem(real_path(data, path), row, END),)


def move_row(data: Data, path: Sequence[Step], position: int) -> tuple[Edit, ...]:
    """Return the edits by which a row goes to another position among its own (0 first)."""
    where = real_path(data, path)
    try:
        holder = at_path(data, where[:-1])
    except NowhereError:
        return ()
    if isinstance(holder, str) or not 0 <= position < len(holder):
        return ()
    return (Move(where, position),)


def fresh_name(taken: Collection[str], base: str) -> str:
    """Return an id that isn't taken yet: `question_1`, `question_2`."""
    number = 1
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def blank(language: Language, shape: Shape, offers: Mapping[str, str]) -> Data:
    """Return the least that a new row says: what it must say, with the first that is offered (`group.key` → value)."""
    if isinstance(shape, Part):
        group = language.groups[shape.group]
        return {
            key.id: offers.get(f"{group.id}.{key.id}", "") or blank(language, key.shape, offers)
            for key in group.keys
            if key.required
        }
    if isinstance(shape, Listed):
        return []
    if isinstance(shape, Mapped):
        return {}
    if isinstance(shape, Either):
        return blank(language, shape.shapes[0], offers)
    return {Sort.BOOLEAN: "false"}.get(shape.sort, shape.words[0] if shape.words else "")
