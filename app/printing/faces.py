"""The letters of a font, measured once, and texts that are written with them straight into a page.

What can't be set letter by letter (letters that join, marks over letters, writing from right to left) is set by Pango.
With `app.printing.drawn` and `app.printing.pictures` the only modules that reach below WeasyPrint's published
interface, which is why its version is pinned to a major one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from app.printing.line_breaking import broken, simple

_APART: Final = "\u200c"
"""Between letters that are measured together: a non-joiner. Over a space of no width f and l would join to one sign."""


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


def lines(face: Face, text: str, room: float) -> Iterator[str]:
    """Yield the lines of a text in a face that are at most so wide."""
    if len(text) * face.line < room and "\n" not in text:
        yield text  # no letter is wider than a line is high
    elif simple(text):
        yield from broken(text, room, face.width)
    else:
        yield from broken(text, room, lambda part: _set_by_pango(part, face.style)[1])


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
