"""What is odd about people, templates and names, as it comes out on paper."""

import io
import re
import socket
from dataclasses import replace

from pypdf import PdfReader

from app.domain.kinds.print_template import PrintTemplate
from app.i18n import HANT, Translator
from app.printing import WeasyPrinter
from app.services.prints.appraisal import Sources, document_of
from app.services.prints.report import CertificateDocument
from tests.printing.test_printing import DOCUMENT, RARE, page
from tests.services.declared import told
from tests.services.test_appraisal_record import opened as marked
from tests.services.test_place_report import GIVEN, NOW, RULES, opened

TWO = "\n- {form: appointment, at: 2025-07-01, subject: q9, worker: w2, role: leader, place: c1/g2}"


def test_two_posts_half_a_year_and_who_left_stand_on_the_print_with_their_time() -> None:
    found = opened(told(RULES, GIVEN + TWO))
    appraisal = found.regulation.appraisals["year"]

    def printed(about: str) -> str:
        return page(document_of(Sources(found, appraisal, about, "b" * 64, NOW), Translator("zh")))

    both = printed("w2")
    assert "第一网格·2025年1月1日 至 2025年12月31日" in both
    assert "第二网格·2025年7月1日 至 2025年12月31日" in both
    assert "2025年10月1日 至 2025年12月31日" in printed("w4")
    assert "不参评" in printed("w4")
    assert "2025年1月1日 至 2025年6月30日" in printed("w5")  # who left in July
    assert 'class="basis posts"' not in printed("w1")  # one post all the year needs no word


def test_why_a_figure_was_chosen_is_announced_to_readers_of_other_languages() -> None:
    chosen = "{value: 5/3, origin: assumed, why: 原文没有分值}"
    found = opened(told(RULES.replace("deduct: 5/3", f"deduct: {chosen}"), GIVEN))
    sources = Sources(found, found.regulation.appraisals["year"], "w1", "b" * 64, NOW)

    def figures(language: str) -> str:
        return "".join(
            one for item in document_of(sources, Translator(language)).items for one in item.figures
        )

    assert "（原文没有分值）" in figures("zh")
    assert "(assumed: 原文没有分值)" in figures("en")
    assert "(supuesto: 原文没有分值)" in figures("es")


def test_an_assessor_who_is_half_done_leaves_room_for_what_is_missing_and_is_told_for_nobody_else() -> None:
    found = marked()
    appraisal = found.regulation.appraisals["final"]

    def printed(about: str) -> str:
        return page(document_of(Sources(found, appraisal, about, "b" * 64, NOW), Translator("zh")))

    assert "热心" in printed("w1")
    assert "按规定不计入" in printed("w1")  # a mark out of its bounds
    blank = '<h2>考核人意见</h2>\n<div class="blank"></div>'
    assert blank in printed("w2")  # neither of the two has marked this one yet
    assert blank not in printed("w1")


def test_a_template_that_asks_the_network_gets_no_answer_and_nobody_is_asked(printer: WeasyPrinter) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        own = f'<style>@import "{address}a.css";</style><img src="{address}b.png"><p>open</p>'
        prints = {"appraisal.html": PrintTemplate("print/appraisal.html", own)}
        made = printer.appraisal(replace(DOCUMENT, prints=prints), "zh")
        try:
            server.accept()
        except TimeoutError:
            asked = False
        else:
            asked = True
    assert not asked
    assert "open" in PdfReader(io.BytesIO(made)).pages[0].extract_text()


def test_a_font_that_isnt_there_is_replaced_and_no_letter_is_lost(printer: WeasyPrinter) -> None:
    own = f'<p style="font-family: No Such Font">{RARE}</p>'
    prints = {"appraisal.html": PrintTemplate("print/appraisal.html", own)}
    made = PdfReader(io.BytesIO(printer.appraisal(replace(DOCUMENT, prints=prints), HANT)))
    assert RARE in re.sub(r"\s", "", made.pages[0].extract_text())


def test_rare_names_are_right_on_a_certificate_in_traditional_characters(printer: WeasyPrinter) -> None:
    made = CertificateDocument(
        "榮譽證書",
        "柳岸社區",
        RARE,
        "表揚",
        "",
        "特發此證。",
        "",
        "",
        "2025 年度",
        "今日",
        "0-0",
        "",
        DOCUMENT.created,
    )
    content = printer.document(made, HANT)
    assert content == printer.document(made, HANT)
    reader = PdfReader(io.BytesIO(content))
    text = re.sub(r"\s", "", reader.pages[0].extract_text())
    assert RARE in text
    assert "榮譽證書" in text
    assert len(reader.pages) == 1
    fonts = repr(reader.pages[0]["/Resources"]["/Font"].get_object())  # type: ignore[index]
    names = {str(one.get_object()["/BaseFont"]) for one in reader.pages[0]["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert fonts
    assert all("TC" in one or "Source" in one for one in names), names
