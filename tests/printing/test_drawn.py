"""Rows that are drawn: lines are broken as Chinese and Latin texts are, and nothing is lost."""

import html
import io
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from app.printing import WeasyPrinter, drawn
from app.printing.line_breaking import broken, simple
from app.printing.sandbox import table
from app.services.lists import PrintedRegister
from app.services.prints.report import PrintedCounts, PrintedDuty, ReportDocument
from tests.fakes.examples import examples
from tests.printing.test_printing import DOCUMENT, RARE


def width(text: str) -> float:
    return sum(2.0 if letter > "\u2e7f" else 1.0 for letter in text)


def test_lines_break_between_words_and_letters_but_not_before_a_full_stop_or_after_a_bracket() -> None:
    for text, most, lines in (
        ("行动不便，每周联系。", 10.0, ["行动不便，", "每周联系。"]),
        ("行动不便很，每周", 10.0, ["行动不便", "很，每周"]),
        ("甲乙丙（丁戊）", 8.0, ["甲乙丙", "（丁戊）"]),
        ("the quick brown", 9.0, ["the quick", "brown"]),
        ("1-2-301 陈桂芳", 8.0, ["1-2-301", "陈桂芳"]),
        ("abcdefghij", 4.0, ["abcd", "efgh", "ij"]),
        ("a\n\nb", 9.0, ["a", "", "b"]),
        ("", 9.0, [""]),
    ):
        assert list(broken(text, most, width)) == lines


@examples(60)
@given(st.text("陈a b，。（1-", max_size=40), st.integers(3, 20))
def test_no_letter_is_lost_and_no_line_too_wide(text: str, most: int) -> None:
    lines = list(broken(text, float(most), width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        # What may not begin a line, or end it, hangs over where a line has room for nothing else.
        assert width(line) <= most or len(line) <= 1 or not set(line).isdisjoint("，。（")


def test_texts_whose_letters_join_or_run_to_the_left_go_the_long_way() -> None:
    assert simple("陈桂芳 1-2 ábc" + RARE)
    assert not simple("e\u0301")
    assert not simple("\u0645\u0631\u062d\u0628\u0627")


def test_each_letter_of_each_row_can_be_read_again_rare_and_joined_ones_too(printer: WeasyPrinter) -> None:
    rows = ((RARE, "1"), ("e\u0301te\u0301", "2"), ("x" * 200, "3"), ('a < b & c > "d"', "4"))
    register = PrintedRegister(
        "台账",
        "柳岸",
        "今",
        "今",
        "共",
        "序",
        (("名", 2), ("数", 1)),
        rows,
        ("填表",),
        "zh",
        DOCUMENT.created,
    )
    content = printer.register(register)
    (page,) = PdfReader(io.BytesIO(content)).pages
    text = "".join(page.extract_text().split())
    assert RARE in text
    assert text.count("x") == 200
    assert 'a<b&c>"d"' in text
    assert content == printer.register(register)
    empty = replace(register, rows=())
    assert "本期没有记录" in PdfReader(io.BytesIO(printer.register(empty))).pages[0].extract_text()


def test_rows_of_the_last_table_go_along_with_the_signatures_of_a_report(printer: WeasyPrinter) -> None:
    counts = [PrintedCounts(f"第{one}网格", "9", "9", "0", "0", "0", "0", "100%") for one in range(1, 31)]
    total = PrintedDuty("全部职责", "", tuple(counts))
    report = ReportDocument(
        kind="community",
        title="年度报告",
        place="柳岸",
        period="2025 年度",
        as_of="今",
        expected="",
        parts="网格",
        rankings=(),
        indicators=(),
        total=total,
        duties=(),
        regulation_hash="a" * 64,
        ledger_hash="b" * 64,
        created=DOCUMENT.created,
        code="7F3A",
        template="community",
    )
    first, last = PdfReader(io.BytesIO(printer.document(report, "zh"))).pages
    assert "制表人" not in first.extract_text()
    assert "第30网格" not in first.extract_text()  # it has room there: it would leave the signatures alone
    assert "第30网格" in last.extract_text()
    assert "制表人" in last.extract_text()


def test_letters_that_a_font_joins_are_measured_each_for_itself() -> None:
    """Letters that come new together, f with l or i, were joined while they were measured, and then left out."""
    drawn.install()
    rows = drawn.drawn([["fl"], ["fi"], ["1st half, the place itself, office"]], [150])
    page = f'<body lang="en" style="font-family: DejaVu Sans, sans-serif"><drawn-rows>{html.escape(rows)}'
    content = HTML(string=page).write_pdf(font_config=FontConfiguration())
    (made,) = PdfReader(io.BytesIO(content)).pages
    assert made.extract_text().split() == ["fl", "fi", "1st", "half,", "the", "place", "itself,", "office"]


@given(st.integers(0, 30))
def test_however_many_rows_a_table_has_each_is_drawn_once_in_its_order(many: int) -> None:
    text = str(table([["no", 1]], [[f"r{number}"] for number in range(many)]))
    assert re.findall(r'"(r\d+)"', text) == [f"r{number}" for number in range(many)]
