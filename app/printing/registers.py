"""Printed registers: A4 across, the heading over each page's rows, as many rows on a page as surely fit.

WeasyPrint lays a long table out in time that grows with the square of its rows. So each page is a table of its own, and
which rows it takes is worked out here from how many lines each cell needs. A page that was taken for too little still
breaks within its table, which repeats its heading.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from app.i18n import Translator
from app.services.lists import PrintedRegister
from app.services.workbook import CellValue

HERE = Path(__file__).parent / "templates"

WIDTH: Final = 269.0
"""Millimetres between the margins of A4 across."""
HEIGHT: Final = 152.0
"""Millimetres for rows on a page, below title and heading, above what stands at the foot."""
LETTER: Final = 3.36
"""Millimetres of a Chinese letter of 9.5 pt."""
LINE: Final = 4.6
PADDING: Final = 2.35
"""Millimetres of a row beside its lines: above, below and its rule."""
SIDES: Final = 2.6
NUMBER: Final = 3
"""The share of the line that the row's number has."""
_NARROW: Final = 0.62
"""How wide a Latin letter is at most, on the average, in Chinese letters."""
_SIGNING: Final = 34.0


def register_html(register: PrintedRegister) -> str:
    """Return the pages of a register as HTML."""
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    t = Translator(register.language)
    shares = [NUMBER, *(width for _, width in register.columns)]
    widths = [WIDTH * share / sum(shares) for share in shares]
    texts = [tuple(shown(cell, t) for cell in row) for row in register.rows]
    before, _, rest = t("print-page", page="\x01", pages="\x02").partition("\x01")
    between, _, after = rest.partition("\x02")
    return environment.get_template("register.html").render(
        t=t,
        register=register,
        widths=[f"{width:.2f}mm" for width in widths],
        pages=list(paged(texts, widths[1:], signed=bool(register.signatures))),
        page=Markup('{}<span class="page"></span>{}<span class="total"></span>{}').format(
            before, between, after
        ),
        style=Markup((HERE / "register.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
    )


def paged(
    rows: Sequence[tuple[str, ...]], widths: Sequence[float], *, signed: bool
) -> Iterator[list[tuple[int, tuple[str, ...]]]]:
    """Yield the rows of each page with their numbers from 1; a last page that is full leaves the signing to another.

    Always at least one page: an empty register is a statement too.
    """
    page: list[tuple[int, tuple[str, ...]]] = []
    left = HEIGHT
    for number, row in enumerate(rows, 1):
        needed = height(row, widths)
        if page and needed > left:
            yield page
            page, left = [], HEIGHT
        page.append((number, row))
        left -= needed
    yield page
    if signed and page and left < _SIGNING:
        yield []


def height(row: Sequence[str], widths: Sequence[float]) -> float:
    """Return the millimetres that a row takes, rather too many than too few."""
    lines = max((_lines(text, width) for text, width in zip(row, widths, strict=True)), default=1)
    return lines * LINE + PADDING


def _lines(text: str, width: float) -> int:
    most = max((width - SIDES) / LETTER, 1.0)
    # What a line can't take at its end goes to the next one: a letter's room is left over.
    usable = max(most - 1.0, 1.0)
    total = 0
    for part in text.split("\n"):
        letters = sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else _NARROW for one in part)
        total += 1 if letters <= most - 0.1 else -int(-letters // usable)
    return max(total, 1)


def shown(cell: CellValue, t: Translator) -> str:
    """Return a cell as text."""
    match cell:
        case None:
            return ""
        case bool():
            return t("answer-yes") if cell else t("answer-no")
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case time():
            return f"{cell:%H:%M}"
        case float():
            return f"{cell:.10g}"
        case _:
            return str(cell)
