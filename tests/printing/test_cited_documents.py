"""The documents of clauses on paper: shortly where a clause stands, in full once."""

from app.i18n import Translator
from app.services.ports import AppraisalDocument
from app.services.prints.appraisal import Sources, document_of
from app.services.prints.place_report import report_of
from app.services.prints.report_scene import ReportSources
from tests.services.declared import told
from tests.services.test_place_report import GIVEN, NOW, RULES, opened

TITLES = {
    "rules/zz_documents.yaml": """\
documents:
  D7:
    title: {zh: 网格长报告办法, en: Reports of grid leaders}
    short: {zh: 办法, en: Reports}
    number: 湖居〔2025〕3号
    issued: 2025-01-02
"""
}


def printed(rules: str, files: dict[str, str], language: str = "zh") -> AppraisalDocument:
    found = opened(told(rules, GIVEN, files=files))
    sources = Sources(found, found.regulation.appraisals["year"], "w3", "b" * 64, NOW)
    return document_of(sources, Translator(language))


def test_items_name_a_document_shortly_and_one_line_tells_it_in_full() -> None:
    made = printed(RULES.replace("doc: 办法", "doc: D7"), TITLES)
    assert {item.clause for item in made.items if item.leaf} == {"《办法》第二条"}
    assert made.documents == ("《办法》指《网格长报告办法》·湖居〔2025〕3号·2025年1月2日",)
    english = printed(RULES.replace("doc: 办法", "doc: D7"), TITLES, "en")
    assert {item.clause for item in english.items if item.leaf} == {"“Reports” 第二条"}
    assert english.documents == ("“Reports” is “Reports of grid leaders” · 湖居〔2025〕3号 · 2 Jan 2025",)


def test_an_id_without_a_title_has_nothing_that_could_be_told_of_it() -> None:
    made = printed(RULES.replace("doc: 办法", "doc: D7"), {})
    assert {item.clause for item in made.items if item.leaf} == {"D7·第二条"}
    assert made.documents == ()


def test_a_report_names_a_document_shortly_and_tells_it_in_full_at_its_end() -> None:
    found = opened(told(RULES.replace("doc: 办法", "doc: D7"), GIVEN, files=TITLES))
    made = report_of(ReportSources(found, "b" * 64, NOW), Translator("zh"))
    assert {one.clause for one in made.rankings} == {"《办法》第九条"}
    assert "《办法》第三条" in {one.clause for one in made.indicators}
    assert "《办法》第二条" in {one.clause for one in made.duties}
    assert made.documents == ("《办法》指《网格长报告办法》·湖居〔2025〕3号·2025年1月2日",)
