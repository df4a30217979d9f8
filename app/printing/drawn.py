"""Rows of a table that are drawn letter by letter: an element `<drawn-rows>` whose text is JSON.

A cell as a box of its own takes WeasyPrint about a millisecond. Here each letter of a face is measured once, lines are
broken by these measures, and a row is written straight into the page: a few hundredths of a millisecond a cell. The
rows stay text, in the order in which they are read. What can't be set letter by letter (letters that join, marks over
letters, writing from right to left) is set by Pango like everything else.

`{"widths": [mm…], "aligns": "lrc…", "rows": [[text…]…], "grid": bool, "strong": [row…], "indents": [mm…],
"air": [mm, mm]}`: `strong` rows (counted from 0) are bold, `indents` are of the first column, `air` is what a cell
keeps free beside and over its text. Fonts, size, colour and line height come from the element's style. With
`app.printing.pictures` the only module that reaches below WeasyPrint's published interface, which is why its version is
pinned to a major one.
"""

import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

TAG: Final = "drawn-rows"
PX: Final = 96 / 25.4
"""CSS pixels of a millimetre."""
AIR: Final = (1.2, 0.75)
"""Millimetres that a cell keeps free beside its text, and over and under it."""
_RULE: Final = 0.25 * PX
_BOLD: Final = 700
_APART: Final = "\u200b"
"""Between letters that are measured together, so that none joins the next."""
_NOT_FIRST: Final = frozenset("、。，．：；！？）］｝〉》」』】〕％°·…—,.:;!?)]}%’”")
_NOT_LAST: Final = frozenset("（［｛〈《「『【〔([{‘“￥$")


@dataclass(slots=True)
class Letter:
    """A letter of a face: its glyph, its width in CSS pixels, and Pango's font that has it."""

    glyph: int
    width: float
    font: Any


class Face:
    """The letters of one font, size and language that were asked for so far."""

    def __init__(self, style: Any, line: float, baseline: float) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        """Keep the style; `line` is the height of a line, `baseline` from its top, in CSS pixels."""
        self.style = style
        self.line = line
        self.baseline = baseline
        self._letters: dict[str, Letter] = {}
        self._layouts: list[Any] = []

    def letters(self, text: str) -> list[Letter]:
        """Return the letters of a text that can be set letter by letter."""
        known = self._letters
        new = set(text) - known.keys()
        if new:
            self._learn("".join(sorted(new)))
        return [known[one] for one in text]

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        return sum(letter.width for letter in self.letters(text))

    def _learn(self, new: str) -> None:
        from weasyprint.text import line_break  # noqa: PLC0415 - it loads Pango
        from weasyprint.text.ffi import FROM_UNITS, ffi, pango  # noqa: PLC0415

        text = _APART.join(new)
        layout = line_break.Layout(self.style)
        layout.set_text(text)
        self._layouts.append(layout)  # its fonts live as long as it does
        data = text.encode()
        line, _ = layout.get_first_line()
        run = line.runs[0]
        while run != ffi.NULL:
            item = run.data
            run = run.next
            font = item.item.analysis.font
            glyphs = item.glyphs
            for number in range(glyphs.num_glyphs):
                at = item.item.offset + glyphs.log_clusters[number]
                letter = data[at : at + _bytes(data[at])].decode()
                if letter != _APART:
                    info = glyphs.glyphs[number]
                    missing = info.glyph == pango.PANGO_GLYPH_EMPTY or info.glyph & (
                        pango.PANGO_GLYPH_UNKNOWN_FLAG
                    )
                    self._letters[letter] = Letter(
                        -1 if missing else info.glyph, info.geometry.width * FROM_UNITS, font
                    )
        for letter in new:
            self._letters.setdefault(letter, Letter(-1, 0.0, None))


def _bytes(first: int) -> int:
    """Return how many bytes a letter has in UTF-8, by its first one."""
    return 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4  # noqa: PLR2004


def simple(text: str) -> bool:
    """Whether a text can be set letter by letter: no letter changes by its neighbours, all run from left to right."""
    return text.isascii() or all(
        unicodedata.category(one) not in {"Mn", "Mc", "Me", "Cf", "Cs", "Co"}
        and unicodedata.bidirectional(one) not in {"R", "AL", "AN", "RLE", "RLO", "RLI"}
        for one in text
    )


def broken(text: str, most: float, width: Callable[[str], float]) -> Iterator[str]:
    """Yield the lines of a text that are at most so wide; a single letter that is wider has a line of its own.

    Breaks between words and Chinese letters, but before no full stop and after no opening bracket; a word that is wider
    than a line is broken anywhere.
    """
    for part in text.split("\n"):
        line, room = "", most
        for word in _words(part):
            needed = width(word)
            if needed <= room or (line and width(word.rstrip()) <= room):
                line, room = line + word, room - needed
                continue
            if line.strip():
                yield line.rstrip()
            line, room = "", most
            word = word.lstrip()  # noqa: PLW2901 - a line doesn't begin with the space that broke it
            needed = width(word)
            while needed > most and len(word) > 1:
                count = max(1, _fits(word, most, width))
                yield word[:count]
                word = word[count:]  # noqa: PLW2901
                needed = width(word)
            line, room = word, most - needed
        yield line.rstrip()


def _fits(word: str, most: float, width: Callable[[str], float]) -> int:
    """Return how many letters of a word fit."""
    so_far = 0.0
    for count, letter in enumerate(word):
        so_far += width(letter)
        if so_far > most:
            return count
    return len(word)


def _words(text: str) -> Iterator[str]:
    """Yield what stays together, in order: Latin words with what follows them, Chinese letters with their marks."""
    at = 0
    for here in range(1, len(text)):
        before, after = text[here - 1], text[here]
        if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
            continue
        if before == " " or before in "-/" or _wide(before) or _wide(after):
            yield text[at:here]
            at = here
    if at < len(text):
        yield text[at:]


def _wide(letter: str) -> bool:
    return letter > "\u2e7f" and unicodedata.east_asian_width(letter) in "WF"


def lines(face: Face, text: str, room: float) -> Iterator[str]:
    """Yield the lines of a text in a face that are at most so wide."""
    if len(text) * face.line < room and "\n" not in text:
        yield text  # no letter is wider than a line is high
    elif simple(text):
        yield from broken(text, room, face.width)
    else:
        yield from broken(text, room, lambda part: _set_by_pango(part, face.style)[1])


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


def write(stream: Any, line: str, face: Face, where: tuple[float, float, str], base: float) -> None:  # noqa: ANN401
    """Write a line into its room: where it begins, how wide it is, and on which side the line stands."""
    left, width, align = where
    if not simple(line):
        _draw_by_pango(stream, line, face, where, base)
        return
    letters = face.letters(line)
    wide = sum(letter.width for letter in letters)
    x = left
    if align != "l":
        rest = width - wide
        x += rest if align == "r" else rest / 2
    stream.begin_text()
    stream.set_text_matrix(1, 0, 0, -1, x, base)
    hexed: list[str] = []
    current: Any = None
    for char, letter in zip(line, letters, strict=True):
        if letter.font is None or letter.glyph < 0:
            if char == " " or letter.font is None:
                continue
            glyph = 0
        else:
            glyph = letter.glyph
        font, size = stream.add_font(letter.font)
        if font is not current:
            if hexed:
                stream.show_text(f"<{''.join(hexed)}>")
                hexed = []
            current = font
            stream.set_font_size(font.hash, size)
        if glyph not in font.widths:
            font.widths[glyph] = round(letter.width * 1000 / size)
        font.to_unicode.setdefault(glyph, char)
        hexed.append(f"{glyph:04x}")
    if hexed:
        stream.show_text(f"<{''.join(hexed)}>")
    stream.end_text()


@dataclass(slots=True)
class _Text:
    """What WeasyPrint's drawing of a line wants of a text box."""

    text: str
    style: Any
    pango_layout: Any
    baseline: float


def _set_by_pango(text: str, style: Any) -> tuple[Any, float]:  # noqa: ANN401 - WeasyPrint's
    from weasyprint.text import line_break  # noqa: PLC0415 - it loads Pango

    layout = line_break.Layout(style)
    layout.set_text(text)
    line, _ = layout.get_first_line()
    return layout, float(line_break.line_size(line, style)[0])


def _draw_by_pango(
    stream: Any,  # noqa: ANN401 - WeasyPrint's
    line: str,
    face: Face,
    where: tuple[float, float, str],
    base: float,
) -> None:
    from weasyprint.draw.text import draw_first_line  # noqa: PLC0415 - it loads Pango
    from weasyprint.matrix import Matrix  # noqa: PLC0415

    left, width, align = where
    layout, wide = _set_by_pango(line, face.style)
    rest = width - wide
    x = left + (0.0 if align == "l" else rest if align == "r" else rest / 2)
    stream.begin_text()
    draw_first_line(
        stream, _Text(line, face.style, layout, face.baseline), "clip", "none", Matrix(d=-1, e=x, f=base)
    )
    stream.end_text()


def drawn(rows: Sequence[Sequence[str]], widths: Sequence[float], **more: object) -> str:
    """Return the JSON of a block of rows; `more` is what else an element can say, as above."""
    said = {"widths": list(widths), **more, "rows": [list(row) for row in rows]}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def face_of(style: Any, weight: int) -> Face:  # noqa: ANN401 - WeasyPrint's
    """Return the face of a style in a weight; it is kept as long as the fonts are."""
    from weasyprint.text.line_break import strut  # noqa: PLC0415 - it loads Pango

    faces: dict[object, Face] = style.font_config.__dict__.setdefault("_drawn_faces", {})
    key = (
        tuple(style["font_family"]),
        style["font_size"],
        style["font_style"],
        str(style["line_height"]),
        style["lang"],
        weight,
    )
    face = faces.get(key)
    if face is None:
        if weight != style["font_weight"]:
            style = style.copy()
            style["font_weight"] = weight
        face = faces[key] = Face(style, *strut(style))
    return face


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
