"""A layer's files as they come to lie in those of a community below it."""

from collections.abc import Callable, Mapping

from app.domain.edits import Data, SetValue
from app.services.layers.changes import list_of, mapping_of
from app.services.layers.layers import OVERLAY, Layering

Owns = Callable[[str], bool]
"""Whether the file at a path is one of the layer's own."""


def under(files: Mapping[str, str], layer: Mapping[str, str], owns: Owns) -> dict[str, str]:
    """Return a community's files with those of a layer as they are in `layer` instead of as they were."""
    kept = {path: text for path, text in files.items() if not owns(path)}
    return dict(sorted({**kept, **{path: text for path, text in layer.items() if owns(path)}}.items()))


def without_doubles(declared: Layering, files: Mapping[str, str], place: str, level: str) -> dict[str, str]:
    """Return a community's files without what the level above says now in the same words: it has become its rule.

    Own definitions go whose text is the level's, and changes of the overlay that the level's makes, too.
    """
    mine, theirs = (f"{declared.folder(one)}/" for one in (place, level))
    kept = {
        path: text
        for path, text in files.items()
        if not (path.startswith(mine) and files.get(theirs + path.removeprefix(mine)) == text)
    }
    own, upper = kept.get(mine + OVERLAY), kept.get(theirs + OVERLAY)
    if own is not None and upper is not None:
        kept[mine + OVERLAY] = _without(declared, own, upper)
    return kept


def _without(declared: Layering, own: str, upper: str) -> str:
    """Return an overlay without the changes that the one above makes."""
    data, above = (mapping_of(declared.said(text)) for text in (own, upper))
    made = [_change(one) for one in list_of(above.get("changes", ()))]
    changes = list_of(data.get("changes", ()))
    staying = [one for one in changes if _change(one) not in made]
    if len(staying) == len(changes):
        return own
    rest: dict[str, Data] = {key: value for key, value in data.items() if key != "changes"}
    return declared.edited(own, [SetValue((), rest | ({"changes": staying} if staying else {}))])


def _change(one: Data) -> dict[str, Data]:
    """Return what a change does, without why, and what it was laid over."""
    return {key: value for key, value in mapping_of(one).items() if key not in {"why", "over"}}
