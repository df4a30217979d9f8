"""What an entry holds is told as it was given: files, positions and ways, rows, periods, lines."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.core.values import Kind
from app.i18n import Translator
from app.services.answers import AnswerView
from app.services.books.views import EntryRow
from app.services.data_words import data_words
from app.ui.pages.parts.lasting import told_of
from app.ui.pages.parts.saying import doer, said

HERE = {"lat": "39.9042", "lon": "116.4074", "by": "device", "accuracy": 12}
THERE = {**HERE, "lat": "39.9052"}
PICTURE = {"sha256": "a" * 64, "name": "door.png", "type": "image/png", "size": 70}
PAPER = {"sha256": "b" * 64, "name": "notice.pdf", "type": "application/pdf", "size": 9}


@pytest.mark.parametrize(
    ("data", "zh", "en", "es"),
    [
        (HERE, "39.9042, 116.4074（误差约 12 米）", "39.9042, 116.4074 (about 12 m off)",
         "39.9042, 116.4074 (error de unos 12 m)"),
        ({"lat": "1", "lon": "2", "by": "hand"}, "1, 2", "1, 2", "1, 2"),
        ([HERE, THERE], "2 个点，约 111 米", "2 points, about 111 m", "2 puntos, unos 111 m"),
        ([HERE], "1 个点，约 0 米", "1 point, about 0 m", "1 punto, unos 0 m"),
        ([PICTURE], "1 张图片", "1 picture", "1 imagen"),
        ([PICTURE, PAPER, PICTURE], "2 张图片、notice.pdf", "2 pictures, notice.pdf", "2 imágenes, notice.pdf"),
        ([1, 2], "2 项", "2 items", "2 elementos"),
        ({"a": 1}, "1 项", "1 item", "1 elemento"),
        (7, "1 项", "1 item", "1 elemento"),
        ([], "", "", ""),
    ],
)  # fmt: skip
def test_what_no_expression_looks_into_is_told_by_what_it_is(data: object, zh: str, en: str, es: str) -> None:
    for language, words in (("zh", zh), ("en", en), ("es", es)):
        t = Translator(language)
        assert t.listed(t.text(word) for word in data_words(data)) == words


def test_each_answer_of_a_row_stands_behind_its_question() -> None:
    row = (
        AnswerView("name", {"zh": "姓名"}, Kind.TEXT, "陈桂芳"),
        AnswerView("age", {"zh": "年龄"}, Kind.INTEGER, 71, unit={"zh": "岁"}),
        AnswerView("note", {"zh": "备注"}, Kind.TEXT, ""),
        AnswerView("pension", {"zh": "有养老金"}, Kind.BOOLEAN, value=True),
    )
    rows = AnswerView("members", {}, Kind.DATA, [{}], rows=(row, row[:1]))
    assert said(Translator("zh"), rows) == "1. 陈桂芳·年龄 71 岁·有养老金 是 / 2. 陈桂芳"


def test_a_number_keeps_its_decimals_and_a_period_has_words() -> None:
    t = Translator("zh")
    assert said(t, AnswerView("n", {}, Kind.NUMBER, "3.14159")) == "3.14159"
    assert said(t, AnswerView("p", {}, Kind.PERIOD, "2026-11")) == "2026年11月"
    assert said(t, AnswerView("p", {}, Kind.PERIOD, "2026-Q4")) == "2026 年第 4 季度"


def test_money_keeps_its_two_decimals_and_more_where_it_has_more() -> None:
    told = {"18.2": "18.20", 20: "20.00", "-0.5": "−0.50", "1234.567": "1,234.567", "lots": "lots"}
    for data, words in told.items():
        assert said(Translator("zh"), AnswerView("m", {}, Kind.MONEY, data)) == words
    assert said(Translator("es"), AnswerView("m", {}, Kind.MONEY, "18.2")) == "18,20"


def test_what_came_in_from_a_list_that_names_nobody_is_told_as_that() -> None:
    assert [doer(Translator("zh"), name) for name in ("import", "陈桂芳")] == ["导入", "陈桂芳"]


def test_sentences_follow_one_another_as_their_language_wants() -> None:
    assert Translator("zh").sentences("不行。", "", "请改。") == "不行。请改。"
    assert Translator("es").sentences("No.", "Cambie.") == "No. Cambie."


def row(start: str, end: str, at: str = "2026-11-28T08:30:00+08:00") -> EntryRow:
    answers = (
        AnswerView("start", {"zh": "开始"}, Kind.INSTANT, start),
        AnswerView("end", {"zh": "结束"}, Kind.INSTANT, end),
        AnswerView("found", {"zh": "发现"}, Kind.CHOICES, ["light"], ({"zh": "灯坏了"},)),
    )
    when = datetime.fromisoformat(at)
    return EntryRow(
        "p-1", when, when, "patrol", {"zh": "巡查"}, "", None, "周敏", {"zh": "一格"}, answers, "stands", 0,
        span=("start", "end"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026-11-28T07:46:00+08:00", "2026-11-28T08:30:00+08:00", "07:46–08:30（44 分钟）"),
        ("2026-11-28T07:30:00+08:00", "2026-11-28T09:30:00+08:00", "07:30–09:30（2 小时）"),
        ("2026-11-28T22:30:00+08:00", "2026-11-29T00:05:00+08:00",
         "2026年11月28日 22:30–2026年11月29日 00:05（1 小时 35 分钟）"),
        ("2026-11-27T07:30:00+08:00", "2026-11-27T08:40:00+08:00", "2026年11月27日 07:30–08:40（1 小时 10 分钟）"),
    ],
)  # fmt: skip
def test_what_lasted_is_told_as_one_stretch_of_time_with_its_length(start: str, end: str, told: str) -> None:
    t = Translator("zh", zone=ZoneInfo("Asia/Shanghai"))
    assert told_of(t, row(start, end)) == {"start": told, "found": "灯坏了"}


def test_a_start_without_an_end_is_told_by_itself() -> None:
    t = Translator("zh", zone=ZoneInfo("Asia/Shanghai"))
    assert told_of(t, row("2026-11-28T07:46:00+08:00", ""))["start"] == "2026年11月28日 07:46"


def test_a_half_of_a_year_is_called_as_people_call_it() -> None:
    t = Translator("zh")
    halves = [said(t, AnswerView("p", {}, Kind.PERIOD, f"2026-H{n}")) for n in (1, 2)]
    assert halves == ["2026 年上半年", "2026 年下半年"]
    assert said(Translator("en"), AnswerView("p", {}, Kind.PERIOD, "2026-H1")) == "half-year 1, 2026"


def test_an_answer_is_shown_as_it_was_given_and_not_rounded() -> None:
    answer = AnswerView("points", {}, Kind.NUMBER, "88.123456", ())
    assert said(Translator("zh"), answer) == "88.123456"
