"""What drafts are called by what they change, where nobody named them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Protocol

from app.domain.edits import Data, UnreadableError
from app.domain.kinds.common import Texts
from app.services.drafting.changes import Files
from app.services.drafting.ports import Changes, DeclaredFile

OVERLAY: Final = "overlay.yaml"
_ENDING: Final = ".yaml"
_CASES: Final = ".case"


class Reading(Protocol):
    """What is asked of the declared files."""

    def said(self, text: str) -> Data:
        """Return what a file's text says. Raises UnreadableError."""
        ...


def changed_names(reading: Reading, base: Files, changes: Changes) -> tuple[str, ...]:
    """Return the ids of the definitions that changes are about, each once: an overlay's by what it lies over.

    A file without a definition's name is called by its own; cases go with what they try.
    """
    found: dict[str, None] = {}
    for path, text in changes.items():
        file = path.rsplit("/", 1)[-1]
        if file == OVERLAY:
            found |= dict.fromkeys(_laid_over(reading, base.get(path) or "", text or ""))
        else:
            found[file.removesuffix(_ENDING).removesuffix(_CASES)] = None
    return tuple(found)


def titled(names: Iterable[str], declared: Iterable[DeclaredFile]) -> tuple[Texts | str, ...]:
    """Return what definitions are called: by their titles, else by their ids."""
    titles: Mapping[str, Texts] = {one.id: one.title for one in declared if one.id}
    return tuple(titles.get(name) or name for name in names)


def _laid_over(reading: Reading, before: str, after: str) -> Iterator[str]:
    was, now = _entries(reading, before), _entries(reading, after)
    for one in [*(one for one in now if one not in was), *(one for one in was if one not in now)]:
        what = one.get("path") if isinstance(one, Mapping) else None
        if isinstance(what, str):
            yield what.partition("/")[0]


def _entries(reading: Reading, text: str) -> list[Data]:
    try:
        data = reading.said(text) if text.strip() else {}
    except UnreadableError:  # typed by hand, and not done yet
        return []
    changes = data.get("changes") if isinstance(data, Mapping) else None
    return list(changes) if isinstance(changes, list) else []
