"""Chinese in traditional characters: every message of the source, and no name made into another one."""

import re
from datetime import date
from fractions import Fraction

from fluent.syntax import FluentSerializer

from app.i18n import HANT, PRINT_LANGUAGES, SOURCE, Translator
from app.i18n.catalogue import messages
from app.i18n.traditional import traditional

SLOT = re.compile(r"\$\w+")


def test_every_message_is_there_with_its_slots_and_in_traditional_characters_alone() -> None:
    source, made = messages(SOURCE), messages(HANT)
    assert list(source) == [name for name in made if name in source]
    assert set(source) == set(made)
    say = FluentSerializer().serialize_entry
    for name, message in made.items():
        text = say(message)
        assert sorted(SLOT.findall(text)) == sorted(SLOT.findall(say(source[name]))), name
    t, zh = Translator(HANT), Translator(SOURCE)
    assert t("print-objection-days", days=7) == "對結果有異議的，請在 7 天內以書面形式或在本系統提出。"
    assert t("print-hashes").startswith(
        "同一核驗碼表示"
    )  # what the tables take for 碼錶 is put right by hand
    assert t("print-objection-days", days=7) != zh("print-objection-days", days=7)


def test_titles_and_clauses_are_converted_and_names_stay_as_they_are() -> None:
    t = Translator(HANT)
    assert t.text({"zh": "网格负责人年度考核"}) == "網格負責人年度考核"
    assert t.text({"zh": "网格", HANT: "網格（區）"}) == "網格（區）"
    assert t.text({"en": "Grid"}) == "Grid"
    assert t.wording("每季度至少上门走访一次。") == "每季度至少上門走訪一次。"
    assert Translator(SOURCE).wording("上门") == "上门"
    rare = "喆玥堃燊䶮𬭎"
    assert traditional(rare) != rare  # the tables would call somebody by another name
    assert t.text(rare) == rare


def test_quotation_marks_are_those_that_are_read_there_and_apostrophes_stay() -> None:
    assert traditional("每一条“走访”（结果：‘漏办’）") == "每一條「走訪」（結果：『漏辦』）"
    assert traditional("刘安 Liu’an’s “x”") == "劉安 Liu’an’s 「x」"
    assert traditional("each “visit”") == "each “visit”"
    t = Translator(HANT)
    assert "「走訪」" in t("sentence-each-row", title="走訪")
    assert t.text("他说“好”") == "他说“好”"  # what people wrote


def test_days_lists_and_numbers_are_those_of_the_source() -> None:
    assert HANT in PRINT_LANGUAGES
    t, zh = Translator(HANT), Translator(SOURCE)
    assert t.html_lang == "zh-Hant"
    for one in (t, zh):
        assert one.day_of_year(date(2026, 1, 5)) == "2026年1月5日"
        assert one.listed(["甲", "乙"]) == "甲、乙"
        assert one.dotted("甲", "乙") == "甲·乙"
        assert one.number(Fraction(34567, 10)) == "3,456.7"
