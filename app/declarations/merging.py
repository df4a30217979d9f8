"""Two changes of a declared file in one text: by lines where that says both, else leaf by leaf on the other's text."""

from app.declarations.nodes import nodes_of
from app.declarations.rewriting import transformed
from app.domain.edits import Data, UnfitError, UnreadableError, is_same
from app.domain.merging import Conflict, merged, merged_lines


def merged_text(base: str, mine: str, theirs: str) -> tuple[str, tuple[Conflict, ...]]:
    """Return both changes of `base` in one text, and what they disagree on; there the text has what `theirs` says.

    A text that isn't YAML is merged by lines alone; where that can't be, the whole file is the conflict.
    """
    if mine in (theirs, base):
        return theirs, ()
    if theirs == base:
        return mine, ()
    whole = Conflict((), base, mine, theirs)
    was, own, other = (_data(text) for text in (base, mine, theirs))
    texts = [text.split("\n") for text in (base, mine, theirs)]
    if was is None or own is None or other is None:
        lines = merged_lines(*texts)
        return (theirs, (whole,)) if lines is None else ("\n".join(lines), ())
    wanted, conflicts = merged(was, own, other)
    lines = merged_lines(*texts, adjoining=True)
    by_lines = "\n".join(lines or ())
    found = _data(by_lines)
    if not conflicts and found is not None and is_same(found, wanted):
        return by_lines, ()
    try:
        if transformed(base, own) == mine:  # nothing but leaves: no comment of theirs or mine is lost
            return transformed(theirs, wanted), conflicts
        if transformed(base, other) == theirs:
            return transformed(mine, wanted), conflicts
    except UnfitError:  # a form of text that can't be edited by leaf
        pass
    return theirs, conflicts or (whole,)


def _data(text: str) -> Data | None:
    try:
        return nodes_of(text).data
    except UnreadableError:
        return None
