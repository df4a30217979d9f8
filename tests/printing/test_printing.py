"""PDFs: their text holds what the document says, in three languages, and nothing from outside comes in."""

import io
import os
import re
import stat
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from app.domain.kinds.print_template import PrintTemplate
from app.domain.problem import ProblemError
from app.i18n import Translator
from app.printing import WeasyPrinter
from app.printing.files import About
from app.printing.fonts import has_chinese
from app.printing.printer import WeasyPrinter as Printer
from app.printing.setting import Order, Sheet, page_of
from app.printing.values import appraisal_values
from app.services.ports import AppraisalDocument, PrintedBar, PrintedItem, PrintedLine

RARE = "喆玥堃燊䶮𬭎"
LINES = tuple(
    PrintedLine(f"9-2-{n}", "宋立民" if n else RARE, f"{n % 4 + 1} 季度", "× 漏办", "−0.5")
    for n in range(120)
)
DOCUMENT = AppraisalDocument(
    title="网格员年度考核",
    community="柳岸社区",
    period="2025 年度",
    person=f"周敏{RARE}",
    post="网格负责人",
    place="第三网格",
    as_of="2026年1月5日",
    score="86.5",
    maximum="100",
    grade="良好",
    state="computed",
    parts=(("履职得分", "100%", "86"),),
    items=(
        PrintedItem(("s", "a"), "走访", "40", "33.5", "", "", "", (), "", (), leaf=False),
        PrintedItem(
            ("s", "a", "b"),
            "特殊户走访",
            "20",
            "18",
            "办法 第十二条",
            "每季度至少上门走访一次。",
            "每季度至少 1 次",
            ("每漏一户次扣 0.5",),
            "20 − 4 × 0.5 = 18",
            LINES,
            more=3,
            counts="共 96 件",
            notes=("扣完为止",),
        ),
    ),
    findings=(("建议表彰", "第五条", "成绩突出的予以表彰。"),),
    regulation_hash="a" * 64,
    ledger_hash="b" * 64,
    created=datetime(2026, 1, 5, tzinfo=UTC),
    bonus="0.5",
    next_grade="90 优秀",
    check="7F3A-19C2-E0B4",
)


@pytest.fixture(scope="module")
def chinese(printer: WeasyPrinter) -> PdfReader:
    return PdfReader(io.BytesIO(printer.appraisal(DOCUMENT, "zh")))


def text(reader: PdfReader) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in reader.pages))


def test_the_text_holds_names_points_clause_sum_and_every_row(chinese: PdfReader) -> None:
    found = text(chinese)
    for part in (
        "周敏",
        "86.5",
        "33.5",
        "每季度至少上门走访一次。",
        "20−4×0.5=18",
        "建议表彰",
        "成绩突出的予以表彰。",
        "扣完为止",
        "其余3条见系统",
        "a" * 64,
        "b" * 64,
    ):
        assert part in found
    assert all(f"9-2-{n}" in found for n in range(120))


def test_rare_characters_are_printed_and_not_left_out(chinese: PdfReader) -> None:
    assert all(char in text(chinese) for char in RARE)


def test_each_page_has_unit_check_code_and_its_number_of_all(chinese: PdfReader) -> None:
    total = len(chinese.pages)
    assert total > 2
    for number, page in enumerate(chinese.pages, start=1):
        found = re.sub(r"\s+", "", page.extract_text())
        assert f"第{number}页，共{total}页" in found
        assert "核验码7F3A-19C2-E0B4" in found
        assert "柳岸社区·网格台账" in found


def test_the_legend_of_the_chart_has_the_grey_of_its_bars(printer: WeasyPrinter) -> None:
    charted = replace(
        DOCUMENT, items=DOCUMENT.items[:1], bars=(PrintedBar("走访", "33.5", "30", 837, 750, "中位数"),)
    )
    contents = [page.get_contents() for page in PdfReader(io.BytesIO(printer.appraisal(charted, "zh"))).pages]
    fills = [
        [round(float(part) * 0xFF) for part in values]
        for content in contents
        if content is not None
        for values, operator in content.operations
        if operator in {b"rg", b"scn"} and len(values) == 3
    ]
    assert fills.count([0x77] * 3) == 2  # the bars, and the square that stands for them


def test_signatures_seal_and_the_way_to_object_stand_at_the_end(chinese: PdfReader) -> None:
    last = re.sub(r"\s+", "", chinese.pages[-1].extract_text())
    assert all(word in last for word in ("本人签字", "负责人签字", "单位盖章", "异议"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Page1of", "Checkcode", "Signatureoftheperson")),
        ("es", ("Página1de", "Códigodecontrol", "Sello")),
    ],
)
def test_a_print_speaks_the_readers_language_and_keeps_chinese_names(
    printer: WeasyPrinter, language: str, words: tuple[str, ...]
) -> None:
    short = replace(DOCUMENT, items=(replace(DOCUMENT.items[1], lines=LINES[:3]),))
    found = text(PdfReader(io.BytesIO(printer.appraisal(short, language))))
    assert all(word in found for word in words)
    assert RARE in found


def test_the_same_document_gives_the_same_bytes_and_another_one_others(printer: WeasyPrinter) -> None:
    small = replace(DOCUMENT, items=DOCUMENT.items[:1])
    first = printer.appraisal(small, "zh")
    assert first == printer.appraisal(small, "zh")
    assert first != printer.appraisal(replace(small, score="86.4"), "zh")


def page(document: AppraisalDocument, language: str = "zh") -> str:
    """Return a document's page, filled in this process."""
    about = About("a", "b", document.created, "zh-CN")
    sheet = Sheet(appraisal_values(document, Translator(language)), about)
    return page_of(Order(WeasyPrinter.files(document.prints), document.template, [sheet]), sheet)


def test_the_term_for_objections_is_named_where_the_regulation_has_one() -> None:
    assert "7 天内" in page(replace(DOCUMENT, appeal_days=7))
    assert "公示期内" in page(DOCUMENT)


def test_a_reader_of_another_language_is_told_once_that_the_regulation_stands_in_chinese() -> None:
    told = "quoted in Chinese"
    assert page(DOCUMENT, "en").count(told) == 1
    english = tuple(replace(item, clause_text="", figures=()) for item in DOCUMENT.items)
    assert told not in page(replace(DOCUMENT, items=english, findings=()), "en")
    assert "照制度原文引用" not in page(DOCUMENT)


def test_what_people_typed_is_text_and_never_markup() -> None:
    typed = '<img src="file:///etc/passwd">{{ 7 * 7 }}'
    line = replace(LINES[0], name=typed)
    html = page(replace(DOCUMENT, person=typed, items=(replace(DOCUMENT.items[1], lines=(line,)),)))
    assert "<img" not in html
    assert html.count("&lt;img") == 4  # title, subtitle, running head, and a row that is drawn
    assert "{{ 7 * 7 }}" in html


def test_nothing_from_outside_of_the_page_comes_in(printer: WeasyPrinter, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim-4711", encoding="utf-8")
    own = (
        f'<html><head><link rel="attachment" href="{secret.as_uri()}"><title>x</title>'
        f'<style>@import "{secret.as_uri()}"; @font-face {{ font-family: f; src: url("{secret.as_uri()}"); }}</style>'
        f'</head><body><img src="{secret.as_uri()}"><p>open</p></body></html>'
    )
    found = PdfReader(
        io.BytesIO(
            printer.appraisal(
                replace(DOCUMENT, prints={"appraisal.html": PrintTemplate("print/a.html", own)}), "zh"
            )
        )
    )
    assert "open" in text(found)
    assert list(found.attachments) == []


def test_printing_that_is_turned_off_says_so_and_prints_nothing() -> None:
    off = WeasyPrinter("off")
    problem = off.available()
    assert problem is not None
    assert problem.code == "E571"
    with pytest.raises(ProblemError):
        off.appraisal(DOCUMENT, "zh")


def test_missing_libraries_are_a_problem_with_a_remedy_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)
    made = Printer()
    problem = made.available()
    assert problem is not None
    assert problem.code == "E572"
    with pytest.raises(ProblemError):
        made.appraisal(DOCUMENT, "zh")


def _fontconfig(folder: Path, says: str, status: int = 0) -> None:
    command = folder / "fc-list"
    command.write_text(f"#!/bin/sh\nprintf '%s' '{says}'\nexit {status}\n", encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)


def test_a_system_without_a_chinese_font_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not has_chinese()  # no fontconfig at all
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    _fontconfig(tmp_path, "")
    made = WeasyPrinter()
    problem = made.available()
    assert problem is not None
    assert problem.code == "E573"
    _fontconfig(tmp_path, "Noto Sans CJK SC")
    assert has_chinese()
    _fontconfig(tmp_path, "Noto Sans CJK SC", 1)
    assert not has_chinese()


def test_a_fontconfig_that_hangs_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_args: object, **_more: object) -> None:
        raise subprocess.TimeoutExpired("fc-list", 1)

    monkeypatch.setattr(subprocess, "run", hang)
    assert not has_chinese()


def test_systems_that_come_with_fonts_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.platform", "darwin")
    assert has_chinese()


def test_several_are_cut_out_of_one_and_joined_again_with_their_own_pages_and_evidence(
    printer: WeasyPrinter, tmp_path: Path
) -> None:
    small = replace(DOCUMENT, items=DOCUMENT.items[:1], json='{"about":"w-1"}', csv="sheet\r\n")
    other = replace(small, person="马骏", check="0000-0000-0000")
    made = printer.several([small, other], "zh")
    assert made == printer.several([small, other], "zh")
    for single, document in zip(made.singles, (small, other), strict=True):
        reader = PdfReader(io.BytesIO(single))
        assert document.person in text(reader)
        assert "第1页，共1页" in text(reader)
        assert {name: found[0] for name, found in reader.attachments.items()} == {
            "evidence.json": small.json.encode(),
            "evidence.csv": small.csv.encode(),
        }
    (tmp_path / "a.pdf").write_bytes(made.together)
    printer.join([tmp_path / "a.pdf"] * 2, tmp_path / "all.pdf", small, "zh", "[]")
    assert len(PdfReader(tmp_path / "all.pdf").pages) == 4
