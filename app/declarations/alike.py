"""Whether an edit of a file changed what it says, or only a comment; or only what it says to people.

No definition looks at another one's texts for people, so that a title that is being typed is a matter of its own file.
Places count: what is built notes where it stands, and an edit that moves what follows changes these.
"""

from typing import Final

from app.declarations.located import LocatedList, LocatedMap, Path

_TEXTS: Final = frozenset({"title", "hint", "notes", "message"})
"""Keys of texts by language."""
READ: Final = frozenset({"set", "where", "when"})
"""Keys of mappings whose keys are columns, which may be called anything."""


def alike(one: object, other: object) -> bool:
    """Whether two readings of a file say the same at the same places; comments and unseen spaces aside."""
    return _alike(one, other, None)


def alike_to_others(one: object, other: object) -> bool:
    """Whether two readings of a file say the same at the same places but for its texts for people."""
    return _alike(one, other, ())


def _alike(one: object, other: object, path: Path | None) -> bool:
    """Compare what stands at `path`; without one texts for people count."""
    if one is other:
        return True
    if isinstance(one, LocatedMap):
        if not isinstance(other, LocatedMap) or one.where != other.where or [*one] != [*other]:
            return False
        return one.key_places == other.key_places and all(
            (path is not None and _is_text(path, key, one[key]) and _is_text(path, key, other[key]))
            or (
                one.value_places[key] == other.value_places[key]
                and _alike(one[key], other[key], None if path is None else (*path, key))
            )
            for key in one
        )
    if isinstance(one, LocatedList):
        return (
            isinstance(other, LocatedList)
            and one.places == other.places
            and all(
                _alike(mine, theirs, None if path is None else (*path, number))
                for number, (mine, theirs) in enumerate(zip(one, other, strict=True))
            )
        )
    return one == other


def _is_text(path: Path, key: str, value: object) -> bool:
    """Whether what stands at `path` under `key` is a text for people; where it could be anything else, it isn't."""
    if not path and key in ("title", "notes", "clause"):
        return True
    if isinstance(value, str):
        return (key == "why" and READ.isdisjoint(path)) or "acknowledged" in (*path, key)[:1]
    if not isinstance(value, LocatedMap) or not all(isinstance(text, str) for text in value.values()):
        return False
    if "zh" not in value and "en" not in value:  # a question, a figure, a column may be called "title", too
        return False
    if path in (("titles",), ("states",)) or (path[-1:] == ("from",) and path[-3:-2] == ("fields",)):
        return True
    return key in _TEXTS and READ.isdisjoint(path)
