"""The kinds of file, as people see them: in which order, under which names."""

from typing import Final

from app.i18n import Translator

KINDS: Final = (
    "form", "class", "duty", "indicator", "rule", "flag", "sheet", "appraisal", "procedure", "table", "layout", "role",
    "calendar", "place", "overlay", "plugins", "documents", "inventory", "cases", "case",
)  # fmt: skip
"""The kinds in the order in which they are listed: what people change most comes first."""


def kind_words(t: Translator, kind: str) -> str:
    """Return the name of a kind of file; a file that is of none has one, too."""
    return t(f"kind-{kind}" if kind in KINDS else "kind-none")
