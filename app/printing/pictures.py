"""Pictures that most prints have, drawn straight into the page: `<drawn-code>`, a QR code, and `<drawn-bars>`, a chart.

As SVG they take a tenth of the time that a person's appraisal does. A code's text is the path of its modules, as
`app.printing.values.qr` gives it; its style says how large it is. A chart's text is JSON, a list of bars with `title`,
`share`, `median_share` (tenths of a percent) and `said`; it is as wide as a page's text.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.printing.drawn import PX, handle
from app.printing.faces import Face, face_of, write

CODE: Final = "drawn-code"
BARS: Final = "drawn-bars"
_RUN: Final = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")
_QUIET: Final = 4
_WIDE: Final = 174 * PX
_STEP: Final = 5 * PX
_BAR: Final = (55 * PX, 85 * PX, 0.75 * PX, 3 * PX)
"""Where a bar begins and how wide it is, how far below its step's beginning and how high."""
_SAID: Final = 142.5 * PX
_BASE: Final = 3.25 * PX
_GREY: Final = 0x77 / 0xFF


class Code:
    """A QR code: a square of modules."""

    ratio = 1.0

    def __init__(self, path: str) -> None:
        """Read the runs of dark modules. Raises ValueError where there is none."""
        self._runs = [tuple(map(int, run)) for run in _RUN.findall(path)]
        if not self._runs:
            raise ValueError
        self._size = max(x + wide for x, _, wide in self._runs) + _QUIET

    def get_intrinsic_size(self, _resolution: float, _size: float) -> tuple[float, float, float]:
        """Return width, height, ratio: a pixel for each module."""
        return self._size, self._size, 1.0

    def draw(self, stream: Any, width: float, _height: float, style: Any) -> None:  # noqa: ANN401 - WeasyPrint's
        """Fill the dark modules."""
        scale = width / self._size
        stream.set_color(style["color"])
        for x, y, wide in self._runs:
            stream.rectangle(
                round(x * scale, 4), round(y * scale, 4), round(wide * scale, 4), round(scale, 4)
            )
        stream.fill()


class Bars:
    """A chart: a bar for each item, with a stroke at the median of others."""

    def __init__(self, bars: Sequence[Mapping[str, Any]], face: Face) -> None:
        """Keep what is drawn. Raises KeyError, TypeError, ValueError for what is no bar."""
        self._bars = [
            (_fitting(str(one["title"]), face), int(one["share"]), int(one["median_share"]), str(one["said"]))
            for one in bars
        ]
        self._face = face

    @property
    def ratio(self) -> float:
        """Width by height."""
        return _WIDE / self._height

    @property
    def _height(self) -> float:
        return _STEP * max(1, len(self._bars))

    def get_intrinsic_size(self, _resolution: float, _size: float) -> tuple[float, float, float]:
        """Return width, height, ratio."""
        return _WIDE, self._height, self.ratio

    def draw(self, stream: Any, _width: float, _height: float, style: Any) -> None:  # noqa: ANN401 - WeasyPrint's
        """Draw the bars first, then the outlines and strokes, then the words."""
        left, wide, below, high = _BAR
        with stream.stacked():
            stream.set_color_rgb(_GREY, _GREY, _GREY)
            for at, (_, share, _, _) in enumerate(self._bars):
                if share:
                    stream.rectangle(left, at * _STEP + below, wide * share / 1000, high)
                    stream.fill()
        stream.set_color(style["color"], stroke=True)
        stream.set_line_width(0.125 * PX)
        for at in range(len(self._bars)):
            stream.rectangle(left, at * _STEP + below, wide, high)
        stream.stroke()
        stream.set_line_width(0.5 * PX)
        for at, (_, _, median, _) in enumerate(self._bars):
            stream.move_to(left + wide * median / 1000, at * _STEP)
            stream.line_to(left + wide * median / 1000, at * _STEP + 0.9 * _STEP)
        stream.stroke()
        stream.set_color(style["color"])
        for at, (title, _, _, said) in enumerate(self._bars):
            write(stream, title, self._face, (0, left, "l"), at * _STEP + _BASE)
            write(stream, said, self._face, (_SAID, _WIDE - _SAID, "l"), at * _STEP + _BASE)


def _fitting(title: str, face: Face) -> str:
    """Return a title, or as much of it as has room before its bar."""
    room = _BAR[0] - 1.5 * PX
    if face.width(title) <= room:
        return title
    while title and face.width(title + "…") > room:
        title = title[:-1]
    return title.rstrip() + "…"


def install() -> None:
    """Let WeasyPrint know the elements. More than once is no fault."""
    handle(CODE, lambda said, _: Code(said))
    handle(BARS, lambda said, style: Bars(json.loads(said), face_of(style, style["font_weight"])))
