"""Codes and charts that are drawn: what stands in them can be read again, and a wrong text draws nothing."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pikepdf
import pytest
from pypdf import PdfReader

from app.printing import WeasyPrinter
from app.printing.files import About
from app.printing.pictures import Code
from app.printing.setting import Order, Sheet
from app.printing.values import qr

ADDRESS = "https://grid.example.org/appraisals/year/2025/trace/w-1"
BARS = [
    {"title": "上门走访", "share": 500, "median_share": 750, "said": "10 | 15"},
    {
        "title": "一个长得放不下的项目名称，后面还有很多字要写",
        "share": 0,
        "median_share": 1000,
        "said": "0 | 20",
    },
]


def printed(printer: WeasyPrinter, body: str) -> bytes:
    text = f"<!doctype html><title>x</title><style>drawn-code {{ width: 24mm }}</style>{body}"
    about = About("x", "y", datetime(2026, 1, 5, tzinfo=UTC), "zh-CN")
    order = Order({"page.html": ("page.html", text)}, "page", [Sheet({"print": {"language": "zh"}}, about)])
    return printer.make(order).singles[0]


def drawn(content: bytes) -> Iterator[tuple[str, list[float]]]:
    """Yield what a page's first stream draws: rectangles, and the ends of lines."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(step.operator) in {"re", "l"}:
                yield str(step.operator), [float(str(one)) for one in list(step.operands)]


def test_a_code_has_a_square_for_each_dark_module_of_its_path(printer: WeasyPrinter) -> None:
    made = qr(ADDRESS)
    found = [
        one
        for kind, one in drawn(printed(printer, f"<drawn-code>{made['path']}</drawn-code>"))
        if kind == "re"
    ]
    runs = re.findall(r"M(\d+) (\d+)h(\d+)", made["path"])
    scale = 24 / 25.4 * 96 / made["size"]
    wanted = sorted((round(int(x) * scale), round(int(y) * scale), round(int(n) * scale)) for x, y, n in runs)
    assert sorted((round(x), round(y), round(wide)) for x, y, wide, _ in found) == wanted
    assert all(high == pytest.approx(scale, abs=0.01) for _, _, _, high in found)


def test_a_chart_tells_title_points_and_median_of_each_bar_and_shortens_a_long_title(
    printer: WeasyPrinter,
) -> None:
    content = printed(printer, f"<drawn-bars>{json.dumps(BARS)}</drawn-bars>")
    text = re.sub(r"\s+", "", PdfReader(io.BytesIO(content)).pages[0].extract_text())
    assert text.startswith("上门走访10|15一个长得放不下")
    assert text.endswith("…0|20")
    boxes = [one for kind, one in drawn(content) if kind == "re"]
    assert len(boxes) == 3  # two outlines, and the one bar that has points
    filled, outline = boxes[0], boxes[1]
    assert filled[2] == pytest.approx(outline[2] / 2, abs=0.01)
    ends = [one for kind, one in drawn(content) if kind == "l"]
    assert ends[1][0] == pytest.approx(outline[0] + outline[2], abs=0.01)


@pytest.mark.parametrize(
    "wrong", ["<drawn-code>no path</drawn-code>", "<drawn-bars>[{}]</drawn-bars>", "<drawn-bars>7"]
)
def test_what_is_no_picture_draws_nothing_and_harms_nothing(printer: WeasyPrinter, wrong: str) -> None:
    content = printed(printer, f"{wrong}<p>x</p>")
    assert [one for kind, one in drawn(content) if kind == "re"] == []


def test_a_code_without_a_module_is_no_code() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        Code("")


def test_rows_may_be_bold_and_set_in_and_keep_their_texts(printer: WeasyPrinter) -> None:
    table = (
        "{{ table([['甲', 3], ['乙', 1, 'r']], [['一', '1'], ['二', '2'], ['三', '3']], 100, "
        "strong=[0, 2], indents=[0, 6, 0], air=[2, 1.1]) }}"
    )
    with pikepdf.open(io.BytesIO(printed(printer, table))) as pdf:
        begins: list[float] = []
        fonts: list[str] = []
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(step.operator) == "Tm":
                begins.append(float(str(list(step.operands)[4])))
            elif str(step.operator) == "Tf":
                fonts.append(str(next(iter(step.operands))))
    first = begins[0::2]  # of each row, its head first
    assert [round(one - first[0], 1) for one in first] == [0, 0, round(6 * 96 / 25.4, 1), 0]
    assert fonts[2] == fonts[6] != fonts[4]
