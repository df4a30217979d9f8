"""Layouts: how a form's register or entries stand on paper, column by column."""

from dataclasses import dataclass

from app.domain.kinds.common import Heading, Texts


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column: a field of the form, or `at`, `by`, `subject`, `place`. `width` is its share of the line.

    `title` is empty where the field's own says it.
    """

    name: str
    title: Texts
    width: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A printed list of what `form` describes, or of its entries; before the first column stands the row's number.

    `signatures` are the titles of the blocks to sign at the end, `print` is the template, None the shipped one.
    """

    heading: Heading
    form: str
    columns: tuple[LayoutColumn, ...]
    signatures: tuple[Texts, ...] = ()
    print: str | None = None

    @property
    def id(self) -> str:
        """The layout's id."""
        return self.heading.id


OWN_COLUMNS = ("at", "by", "subject", "place")
"""What every entry has besides its answers: when, by whom, about whom, and the part of the place that it belongs to."""
