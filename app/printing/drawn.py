"""Rows of a table that are drawn letter by letter: an element `<drawn-rows>` whose text is JSON.

A cell as a box of its own takes WeasyPrint about a millisecond. Here each letter of a face is measured once, lines are
broken by these measures, and a row is written straight into the page: a few hundredths of a millisecond a cell. The
rows stay text, in the order in which they are read. What can't be set letter by letter (letters that join, marks over
letters, writing from right to left) is set by Pango like everything else.

`{"widths": [mm…], "aligns": "lrc…", "rows": [[text…]…], "grid": bool, "strong": [row…], "indents": [mm…],
"air": [mm, mm]}`: `strong` rows (counted from 0) are bold, `indents` are of the first column, `air` is what a cell
keeps free beside and over its text. Fonts, size, colour and line height come from the element's style.
"""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from app.printing.faces import Face, face_of, lines, write

TAG: Final = "drawn-rows"
PX: Final = 96 / 25.4
"""CSS pixels of a millimetre."""
AIR: Final = (1.2, 0.75)
"""Millimetres that a cell keeps free beside its text, and over and under it."""
_RULE: Final = 0.25 * PX
_BOLD: Final = 700


class Rows:
    """A block of rows as WeasyPrint takes a picture: it has a size and can be drawn."""

    def __init__(self, what: dict[str, Any], face: Face, strong: Callable[[], Face] | None = None) -> None:
        """Break the lines; `strong` gives the bold face. Raises KeyError, TypeError for what isn't rows."""
        self._face = face
        self._widths = [float(one) * PX for one in what["widths"]]
        self._aligns = str(what.get("aligns", "")).ljust(len(self._widths), "l")
        self._grid = bool(what.get("grid"))
        self._side, self._above = (float(one) * PX for one in what.get("air", AIR))
        bold = set(what.get("strong", ()))
        self._faces = [
            strong() if strong is not None and at in bold else face for at in range(len(what["rows"]))
        ]
        self._indents = [float(one) * PX for one in what.get("indents", ())] or [0.0] * len(what["rows"])
        rooms = [one - 2 * self._side for one in self._widths]
        self._rows = []
        for row, own, indent in zip(what["rows"], self._faces, self._indents, strict=True):
            inner = [rooms[0] - indent, *rooms[1:]]
            self._rows.append(
                [list(lines(own, str(text), room)) for text, room in zip(row, inner, strict=True)]
            )
        self._heights = [
            max((len(cell) for cell in row), default=1) * face.line + 2 * self._above for row in self._rows
        ]

    @property
    def width(self) -> float:
        """How wide it is, in CSS pixels."""
        return sum(self._widths)

    @property
    def height(self) -> float:
        """How high it is, in CSS pixels."""
        return sum(self._heights)

    @property
    def ratio(self) -> float:
        """Width by height."""
        return self.width / (self.height or 1)

    def get_intrinsic_size(self, _resolution: float, _size: float) -> tuple[float, float, float]:
        """Return width, height, ratio."""
        return self.width, self.height, self.ratio

    def draw(self, stream: Any, _width: float, _height: float, style: Any) -> None:  # noqa: ANN401 - WeasyPrint's
        """Write the rows into the page."""
        self._lines_between(stream)
        stream.set_color(style["color"])
        top = 0.0
        for row, height, face, indent in zip(
            self._rows, self._heights, self._faces, self._indents, strict=True
        ):
            left, inset = 0.0, indent
            for cell, width, align in zip(row, self._widths, self._aligns, strict=True):
                for number, line in enumerate(cell):
                    if line:
                        base = top + self._above + number * face.line + face.baseline
                        room = (left + self._side + inset, width - 2 * self._side - inset, align)
                        write(stream, line, face, room, base)
                left, inset = left + width, 0.0
            top += height

    def _lines_between(self, stream: Any) -> None:  # noqa: ANN401 - WeasyPrint's
        whole, high = self.width, self.height
        stream.set_line_width(_RULE)
        top = 0.0
        for height in self._heights:
            stream.move_to(0, top)
            stream.line_to(whole, top)
            top += height
        if self._grid:
            stream.move_to(0, high)
            stream.line_to(whole, high)
            left = 0.0
            for width in (0.0, *self._widths):
                left += width
                stream.move_to(left, 0)
                stream.line_to(left, high)
        stream.stroke()


def drawn(rows: Sequence[Sequence[str]], widths: Sequence[float], **more: object) -> str:
    """Return the JSON of a block of rows; `more` is what else an element can say, as above."""
    said = {"widths": list(widths), **more, "rows": [list(row) for row in rows]}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def install() -> None:
    """Let WeasyPrint know the element. More than once is no fault."""
    handle(
        TAG,
        lambda said, style: Rows(
            json.loads(said), face_of(style, style["font_weight"]), lambda: face_of(style, _BOLD)
        ),
    )


def handle(tag: str, made: Callable[[str, Any], Any]) -> None:
    """Let WeasyPrint know an element: `made` gives what is drawn of its text and style; nothing for a wrong text."""
    from weasyprint import html  # noqa: PLC0415 - it loads Pango

    def handler(element: Any, box: Any, _image: object, _base: object) -> list[Any]:  # noqa: ANN401 - WeasyPrint's
        try:
            drawing = made(element.text or "", box.style)
        except (ValueError, KeyError, TypeError):
            return []
        return [html.make_replaced_box(element, box, drawing)]

    html.HTML_HANDLERS[tag] = handler
