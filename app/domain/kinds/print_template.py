"""Print templates: files in HTML and CSS from which documents are printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SHIPPED: Final = ("appraisal", "card", "certificate", "community", "register", "street")
"""The documents whose templates come along; a file of the same name in a folder `print` stands for one of them."""


@dataclass(frozen=True, slots=True)
class PrintTemplate:
    """A file of a set of templates: its path relative to the checkout, and its text."""

    path: str
    text: str


def documents(prints: Mapping[str, PrintTemplate]) -> tuple[str, ...]:
    """Return the names of all documents that there are templates of, in order."""
    own = {name.removesuffix(".html") for name in prints if name.endswith(".html")}
    return tuple(sorted(own | set(SHIPPED)))
