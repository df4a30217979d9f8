"""One reader's words, dates and numbers."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.problem import Problem, Where
from app.i18n import LANGUAGES, PSEUDO, Translator, negotiate
from app.i18n.catalogue import bundle, messages
from app.i18n.formats import number

SUNDAY = date(2026, 11, 22)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("language", "weekday", "year", "month", "amount", "list_"),
    [
        ("zh", "11月22日 星期日", "2026年11月22日", "2026年11月", "3,482.5", "甲、乙"),
        ("en", "Sunday 22 Nov", "22 Nov 2026", "November 2026", "3,482.5", "甲, 乙"),
        ("es", "domingo 22 nov", "22 nov 2026", "noviembre de 2026", "3.482,5", "甲, 乙"),
    ],
)
def test_dates_and_numbers_follow_the_guide(
    language: str, weekday: str, year: str, month: str, amount: str, list_: str
) -> None:
    t = Translator(language)
    assert (t.weekday(SUNDAY), t.day_of_year(SUNDAY), t.month(SUNDAY)) == (weekday, year, month)
    assert (t.number(Decimal("3482.50")), t.listed(["甲", "乙"])) == (amount, list_)


def test_an_instant_is_shown_as_the_places_clocks_show_it() -> None:
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    t = Translator("zh").at(SHANGHAI)
    assert (t.moment(late), t.weekday(late), t.time(late)) == ("11月22日 00:30", "11月22日 星期日", "00:30")


def test_a_term_that_ends_at_midnight_ends_with_the_day_before() -> None:
    t = Translator("zh").at(SHANGHAI)
    ends = datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert (t.last(ends), t.last(ends.replace(minute=30))) == ("11月21日", "11月22日 00:30")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "今天"),
        (date(2026, 11, 23), "明天"),
        (date(2026, 11, 21), "昨天"),
        (date(2026, 11, 10), "11月10日"),
        (date(2025, 11, 22), "2025年11月22日"),
    ],
)
def test_a_day_near_today_has_a_word(day: date, words: str) -> None:
    assert Translator("zh").near_day(day, SUNDAY) == words


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(173, 2), "86.5"), (Fraction(1, 3), "0.33"), (18, "18"), (Decimal("-0.5"), "−0.5"),
     (Fraction(1, 200), "0.01"), (0, "0"), (Decimal("-0.001"), "0"), (100, "100"), (0.1 + 0.2, "0.3")],
)  # fmt: skip
def test_points_have_two_decimals_at_most_and_a_true_minus(value: Fraction, text: str) -> None:
    assert Translator("zh").number(value) == text


def test_a_number_is_rounded_once() -> None:
    assert Translator("zh").number(Decimal("88.12345"), 4) == "88.1235"


@given(st.fractions(min_value=-10_000, max_value=10_000))
def test_a_shown_number_is_within_half_a_hundredth(value: Fraction) -> None:
    shown = Fraction(number(value, "en").replace(",", "").replace("−", "-"))
    assert abs(shown - value) <= Fraction(1, 200)


def test_middle_dots_leave_out_what_is_empty() -> None:
    assert Translator("zh").dotted("第三网格", "", "周敏") == "第三网格·周敏"
    assert Translator("en").dotted("Grid 3", "周敏") == "Grid 3 · 周敏"


def test_a_definitions_text_falls_back_to_chinese_and_then_to_any() -> None:
    es = Translator("es")
    assert es.text({"zh": "走访", "es": "Visita"}) == "Visita"
    assert es.text({"zh": "走访", "en": "Visit", "es": ""}) == "走访"
    assert es.text({"bo": "བཅར་འདྲི"}) == "བཅར་འདྲི"
    assert es.text({}) == ""


def test_a_missing_message_never_shows_its_id(caplog: pytest.LogCaptureFixture) -> None:
    for language in (*LANGUAGES, PSEUDO):
        shown = Translator(language)("no-such-message")
        assert "no-such" not in shown
        assert shown
    assert "no-such-message" in caplog.text


def test_a_problem_says_what_where_and_what_to_do() -> None:
    problem = Problem("E937", Where("config/x.yaml", 3, 5), {"most": 200}, suggestion="grids")
    text = Translator("en").problem(problem)
    assert str(text) == (
        "config/x.yaml:3:5: The number of grids is wrong. Give a whole number from 1 to 200. Did you mean “grids”?"
    )


def test_an_unknown_problem_code_still_gives_a_sentence() -> None:
    assert Translator("en").problem(Problem("E000")).what == "Something is wrong (E000)."


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh"),
        ("", "zh"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("fr-FR, en;q=0.3", "en"),
        ("en;q=0.2, zh-Hant-TW;q=0.9", "zh"),
        ("en;q=0, es;q=0.1", "es"),
        ("xx;q=nonsense, en;q=oops", "zh"),
        ("EN-us", "en"),
        ("*", "zh"),
    ],
)
def test_a_new_reader_gets_the_language_that_the_browser_asks_for(header: str | None, language: str) -> None:
    assert negotiate(header, "zh") == language


@given(st.text())
def test_no_header_breaks_the_choice_of_a_language(header: str) -> None:
    assert negotiate(header, "zh") in LANGUAGES


def test_every_message_of_the_pseudo_locale_is_bracketed_and_longer() -> None:
    pseudo, english = Translator(PSEUDO), Translator("en")
    for name in messages("zh"):
        if not name.startswith("-"):
            shown = pseudo(name)
            assert shown.startswith("⟦"), name
            assert shown.endswith("⟧"), name
            assert shown.count("⟦") == 1, name
            assert len(shown) > len(english(name)), name


def test_the_pseudo_locale_keeps_values_and_chooses_plurals() -> None:
    assert "周敏" in Translator(PSEUDO)("accounts-link", name="周敏")
    assert Translator(PSEUDO)("wait-hours", n=1) != Translator(PSEUDO)("wait-hours", n=2)


@pytest.mark.parametrize("language", [*LANGUAGES, PSEUDO])
def test_every_catalogue_can_be_read(language: str) -> None:
    assert bundle(language).find("app-name")


def test_what_is_wrong_and_what_to_do_follow_each_other_as_the_language_has_it() -> None:
    problem = Problem("E936", field="x")
    told = Translator("zh").problem(problem)
    assert str(told) == told.said == told.what + told.remedy
    told = Translator("es").problem(problem)
    assert str(told) == told.said == f"{told.what} {told.remedy}"
