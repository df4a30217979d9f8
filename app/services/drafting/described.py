"""What a file of each kind may say, key by key: data from which editors are made, none of them written by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final


class Sort(StrEnum):
    """What a single value is."""

    TEXT = "text"
    TEXTS = "texts"
    """A text, or texts by language."""
    ID = "id"
    """An id that the file itself gives."""
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    CLOCK = "clock"
    LENGTH = "length"
    WORD = "word"
    """A word out of a closed list."""
    NAME = "name"
    """A name of something that is declared elsewhere."""
    EXPRESSION = "expression"
    CONDITION = "condition"
    COUNT_FIGURE = "count_figure"
    """A whole number that may have dates, an origin and what lower levels may change; likewise the next two."""
    NUMBER_FIGURE = "number_figure"
    LENGTH_FIGURE = "length_figure"
    ANYTHING = "anything"
    """What only a plugin, or the person, knows the shape of."""


FIGURES: Final = frozenset({Sort.COUNT_FIGURE, Sort.NUMBER_FIGURE, Sort.LENGTH_FIGURE})


class Named(StrEnum):
    """What a name can be the name of."""

    FORM = "form"
    CLASS = "class"
    DUTY = "duty"
    INDICATOR = "indicator"
    RULE = "rule"
    SHEET = "sheet"
    APPRAISAL = "appraisal"
    TABLE = "table"
    """Anything that has rows, whatever its kind."""
    PROCEDURE = "procedure"
    CALENDAR = "calendar"
    ROLE = "role"
    EACH = "each"
    """Whom something is for: a subject, `role x`, `post x`, a level of places, or what has rows."""
    SUBJECT = "subject"
    REFERENCE = "reference"
    """What an answer can point at."""
    LEVEL = "level"
    COLUMN = "column"
    """A column of the rows that are meant where it stands."""
    FIELD = "field"
    """A question of the form that the file is, or names."""
    STATE = "state"
    """A state of the procedure that the file is."""
    FINDING = "finding"
    SPACING = "spacing"
    """`quarter`, `2 months`, a unit of a calendar."""
    FIELD_TYPE = "field_type"
    METHOD = "method"
    MEASURE = "measure"
    PERMISSION = "permission"
    ITEM = "item"
    """An item of an inventory: a clause of the text."""
    ITEM_KIND = "item_kind"
    """A kind of item, which says what can carry it."""
    DOCUMENT = "document"
    """A document that an inventory is of."""
    COUNTRY = "country"
    PLUGIN = "plugin"
    PLACE = "place"
    FACT = "fact"
    """What the profile of a place tells."""
    PATH = "path"
    """A path of ids into a definition of a level above."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value: its sort, the words that it may be, what it may be the name of (the first is the likeliest)."""

    sort: Sort
    words: tuple[str, ...] = ()
    names: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A list; `alone` if one value may stand without one."""

    of: "Shape"
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping of rows by their ids, in the order that is shown and that decides."""

    key: Leaf
    of: "Shape"


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping with the keys of a group. `short` is the key whose value may stand for the whole."""

    group: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class Short:
    """Marks a mapping that may be written as what its key `key` holds."""

    key: str


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes, the simplest first; the value tells which."""

    shapes: tuple["Shape", ...]


Shape = Leaf | Listed | Mapped | Part | Either


@dataclass(frozen=True, slots=True)
class Key:
    """A key: what stands at it, whether it must, and what holds where it doesn't (empty: nothing does).

    `message` is the id of the text that names it to people; its attribute `help` explains it.
    """

    id: str
    shape: Shape
    required: bool
    default: str
    message: str


@dataclass(frozen=True, slots=True)
class Group:
    """A mapping with fixed keys, in the order in which they are best filled in."""

    id: str
    keys: tuple[Key, ...]

    def key(self, name: str) -> Key | None:
        """Return the key of this id, or None."""
        return next((one for one in self.keys if one.id == name), None)


@dataclass(frozen=True, slots=True)
class Language:
    """All that can be said. `kinds` has the group of each kind of file.

    `options` has, by type of field, what that type makes of keys: a period's `unit` is a word, no text for people.
    `needs` has, by type of field, the keys that a question of that type can't do without. `gained` has, for a key
    (`group.key`) that holds what is added at a path (`path` beside it), what is added by the path's last word but one,
    or its last: a question in `fields`, a post in `filled_by`.
    """

    kinds: Mapping[str, str]
    groups: Mapping[str, Group]
    options: Mapping[str, Mapping[str, Leaf]] = field(default_factory=dict)
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gained: Mapping[str, Mapping[str, Shape]] = field(default_factory=dict)

    def kind(self, kind: str) -> Part:
        """Return what a file of a kind is. Raises KeyError for a kind that isn't one."""
        return Part(self.kinds[kind])

    def shape_of(self, key: Key, group: Group, holder: object) -> Shape:
        """Return what stands at a key of a mapping that says what `holder` does."""
        gained = self.gained.get(f"{group.id}.{key.id}")
        if gained and isinstance(holder, Mapping):
            *_, above, last = ("", "", *str(holder.get("path", "")).split("/"))
            return gained.get(above) or gained.get(last) or key.shape
        if self.options and isinstance(holder, Mapping):
            types = (
                holder.get(one.id)
                for one in group.keys
                if isinstance(one.shape, Leaf) and Named.FIELD_TYPE in one.shape.names
            )
            for name in types:
                if key.id in (own := self.options.get(str(name), {})):
                    return own[key.id]
        return key.shape

    def messages(self) -> frozenset[str]:
        """Return the ids of all texts that keys and words are named by."""
        found: set[str] = set()
        for group in self.groups.values():
            for key in group.keys:
                found.add(key.message)
                found |= {
                    word_message(word)
                    for leaf in leaves_of(key.shape)
                    for word in leaf.words
                    if leaf.sort is Sort.WORD and not word.isdecimal()
                }
        return frozenset(found)


def word_message(word: str) -> str:
    """Return the id of the text of a word of a closed list; a number there is its own word."""
    return f"option-{word}"


def leaves_of(shape: Shape) -> Iterator[Leaf]:
    """Yield every single value that a shape may hold without a further mapping of fixed keys."""
    if isinstance(shape, Leaf):
        yield shape
    elif isinstance(shape, Listed):
        yield from leaves_of(shape.of)
    elif isinstance(shape, Mapped):
        yield shape.key
        yield from leaves_of(shape.of)
    elif isinstance(shape, Either):
        for one in shape.shapes:
            yield from leaves_of(one)


# ---- which shape a value has
ABOUT_A_FIGURE = frozenset({"value", "origin", "why", "open"})


def is_figure_map(value: object) -> bool:
    """Whether a value is a figure that has dates or an origin."""
    if not isinstance(value, dict) or not value:
        return False
    return not ABOUT_A_FIGURE.isdisjoint(value) or all(_is_day(str(key)) for key in value)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def fits(shape: Shape, value: object, language: Language) -> bool:
    """Whether a value (texts, lists and dicts of them) has a shape, looking no deeper than is needed to choose one."""
    if isinstance(shape, Leaf):
        if shape.sort is Sort.ANYTHING:
            return True
        if isinstance(value, dict):
            if shape.sort in FIGURES:
                return is_figure_map(value)
            return shape.sort in (Sort.TEXTS, Sort.CONDITION)
        return isinstance(value, str)
    if isinstance(shape, Listed):
        return isinstance(value, list) or (shape.alone and fits(shape.of, value, language))
    if isinstance(shape, Mapped):
        return isinstance(value, dict)
    if isinstance(shape, Part):
        return isinstance(value, dict) or _shortly(shape, value, language)
    return any(fits(one, value, language) for one in shape.shapes)


def chosen(shape: Shape, value: object, language: Language) -> Shape:
    """Return the shape that a value has: of several, the one that fits best; else the shape itself."""
    if not isinstance(shape, Either):
        return shape
    fitting = [one for one in shape.shapes if fits(one, value, language)]
    if isinstance(value, dict):
        for one in fitting:
            if isinstance(one, Part) and any(language.groups[one.group].key(str(key)) for key in value):
                return one
    return chosen(fitting[0], value, language) if fitting else shape.shapes[0]


def is_short(part: Part, value: object, language: Language) -> bool:
    """Whether a value stands for the whole part: it is what its key `short` would hold."""
    if not part.short:
        return False
    if isinstance(value, dict):
        group = language.groups[part.group]
        return bool(value) and not any(group.key(str(key)) for key in value)
    return _shortly(part, value, language)


def _shortly(part: Part, value: object, language: Language) -> bool:
    key = language.groups[part.group].key(part.short) if part.short else None
    return key is not None and isinstance(value, str) and fits(key.shape, value, language)


Step = str | int


def shape_at(language: Language, kind: str, data: object, path: tuple[Step, ...]) -> Shape | None:
    """Return the shape of what stands, or could stand, at a path of a file's data; None where nothing is foreseen."""
    shape: Shape | None = language.kind(kind)
    value = data
    for step in path:
        shape = None if shape is None else _inner(chosen(shape, value, language), step, value, language)
        value = _member(value, step)
    return shape


def _inner(shape: Shape, step: Step, value: object, language: Language) -> Shape | None:
    if isinstance(shape, Part):
        if is_short(shape, value, language):
            short = language.groups[shape.group].key(shape.short)
            return None if short is None else _inner(short.shape, step, value, language)
        group = language.groups[shape.group]
        key = group.key(str(step))
        return None if key is None else language.shape_of(key, group, value)
    if isinstance(shape, Listed):
        return (
            shape.of
            if isinstance(step, int)
            else _inner(chosen(shape.of, value, language), step, value, language)
        )
    if isinstance(shape, Mapped):
        return shape.of
    if isinstance(shape, Leaf):
        return _within_a_leaf(shape, step)
    return None


def _within_a_leaf(leaf: Leaf, step: Step) -> Shape | None:
    """Return what stands within a value that is a mapping though it counts as single: a text by language, a figure."""
    if leaf.sort is Sort.TEXTS:
        return Leaf(Sort.TEXT)
    if leaf.sort in FIGURES:
        if step in ("origin", "why"):
            return Leaf(Sort.WORD, ("text", "assumed")) if step == "origin" else Leaf(Sort.TEXT)
        return leaf
    return Leaf(Sort.ANYTHING) if leaf.sort in (Sort.ANYTHING, Sort.CONDITION) else None


def _member(value: object, step: Step) -> object:
    if isinstance(value, dict):
        return value if step == 0 else value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return value if step == 0 else None
