"""Where words of a regulation stand, as a reader reads it."""

from datetime import date

import pytest

from app.domain.kinds.common import CitedText, Clause
from app.i18n import HANT, Translator
from app.i18n.citing import cited, cited_in_full, cited_shortly, document_key, document_words

TITLED = CitedText(
    "S1",
    {"zh": "网格员走访制度", "en": "Visits by grid workers", "es": "Visitas"},
    {"zh": "走访制度"},
    "青街发〔2025〕1号",
    date(2025, 1, 2),
    {"zh": "青澜街道办事处"},
)
CLAUSE = Clause("S1", "第十二条", "每季度走访一次。", (), TITLED)


@pytest.mark.parametrize(
    ("language", "whole"),
    [
        ("zh", "《网格员走访制度》第十二条"),
        (HANT, "《網格員走訪制度》第十二條"),
        ("en", "“Visits by grid workers” 第十二条"),
        ("es", "«Visitas» 第十二条"),
    ],
)
def test_a_clause_is_named_by_its_documents_title_in_the_readers_marks(language: str, whole: str) -> None:
    assert cited(Translator(language), CLAUSE) == whole


def test_where_there_is_little_room_the_short_title_stands_or_the_whole_one() -> None:
    assert cited_shortly(Translator("zh"), CLAUSE) == "《走访制度》第十二条"
    assert (
        cited_shortly(Translator("zh"), Clause("S1", of=CitedText("S1", {"zh": "走访制度"})))
        == "《走访制度》"
    )


def test_a_document_without_a_title_goes_by_its_id() -> None:
    assert cited(Translator("zh"), Clause("S1", "第十二条")) == "S1·第十二条"
    assert cited(Translator("zh"), Clause("S1", "第十二条", of=CitedText("S1", number="1"))) == "S1·第十二条"
    assert cited(Translator("zh"), None) == ""
    assert document_words(Translator("zh"), CitedText("S1")) == "S1"


def test_all_that_is_told_of_a_document_stands_in_a_line() -> None:
    assert (
        document_words(Translator("zh"), TITLED)
        == "《网格员走访制度》·青街发〔2025〕1号·青澜街道办事处·2025年1月2日"
    )


def test_a_list_of_documents_says_which_one_a_short_title_means() -> None:
    assert document_key(Translator("zh"), TITLED).startswith(
        "《走访制度》指《网格员走访制度》·青街发〔2025〕1号"
    )
    assert document_key(Translator("zh"), CitedText("S1", {"zh": "走访制度"})) == "《走访制度》"
    assert document_key(Translator("zh"), CitedText("S1")) == "S1"


def test_a_clause_is_named_with_all_that_is_told_of_its_document_where_somebody_reads_it() -> None:
    told = "《网格员走访制度》第十二条·青街发〔2025〕1号·青澜街道办事处·2025年1月2日"
    assert cited_in_full(Translator("zh"), CLAUSE) == told
    assert cited_in_full(Translator("zh"), Clause("S1", "第十二条")) == "S1·第十二条"
    assert cited_in_full(Translator("zh"), None) == ""
