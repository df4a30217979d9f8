"""The kinds of file, as people see them: in which order, under which names."""

from collections.abc import Iterable, Iterator
from typing import Final

from app.domain.kinds.common import Texts
from app.i18n import Translator

KINDS: Final = (
    "form", "class", "duty", "indicator", "rule", "flag", "sheet", "appraisal", "procedure", "table", "layout", "role",
    "calendar", "place", "overlay", "plugins", "documents", "inventory", "cases", "case",
)  # fmt: skip
"""The kinds in the order in which they are listed: what people change most comes first."""


def kind_words(t: Translator, kind: str) -> str:
    """Return the name of a kind of file; a file that is of none has one, too."""
    return t(f"kind-{kind}" if kind in KINDS else "kind-none")


def in_every_language(texts: Iterable[Texts]) -> Iterator[str]:
    """Yield what texts say in any language: a search finds them by each."""
    for one in texts:
        yield from one.values()
