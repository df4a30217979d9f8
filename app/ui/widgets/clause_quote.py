"""ClauseQuote: the regulation's own words, the parts that count underlined."""

from collections.abc import Sequence

from nicegui import ui

from app.ui.widgets.basic import text


class ClauseQuote(ui.element):
    """`marked` are parts of `wording`, underlined where they first occur; `source` names the document."""

    def __init__(self, wording: str, source: str = "", marked: Sequence[str] = ()) -> None:
        """Build the quote from texts alone, never from HTML."""
        super().__init__("figure")
        with self:
            with ui.element("blockquote").classes("gb-clause"):
                for part, is_marked in split_marked(wording, marked):
                    text(part, tag="mark" if is_marked else "span")
            if source:
                text(source, "meta", "figcaption")


def split_marked(wording: str, marked: Sequence[str]) -> list[tuple[str, bool]]:
    """Return the wording in pieces, in order, and whether each is marked; of marks that overlap the first counts."""
    spans: list[tuple[int, int]] = []
    for part in marked:
        start = wording.find(part) if part else -1
        end = start + len(part)
        if start >= 0 and all(end <= a or start >= b for a, b in spans):
            spans.append((start, end))
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        pieces += [(wording[at:start], False), (wording[start:end], True)]
        at = end
    return [(piece, is_marked) for piece, is_marked in [*pieces, (wording[at:], False)] if piece]
