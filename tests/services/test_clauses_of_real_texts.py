"""Texts as they are pasted: out of web pages, word processors and scans, with what copying did to them."""

import time

import pytest

from app.services.drafting.clauses import pieces


def refs(text: str) -> list[str]:
    return [piece.ref for piece in pieces(text)]


def says(text: str) -> dict[str, str]:
    return {piece.ref: piece.says for piece in pieces(text)}


def test_a_web_page_that_lost_brackets_and_commas_falls_into_its_clauses() -> None:
    text = """社區網格化管理組團式服務實施情況報告
一、定人、定崗、定責
1.人員及崗位設置
具體要做好以下工作:
(1)負責網格內綜合信息收集整理工作。
(2)要求每周對信息進行整理匯總。
。3)對居民反映求助的事,進行分類處理。
3.工作制度
(1)走訪制度。普通戶每半年上門走訪一次。
。2)會議制度。建立定期、不定期會議制度。
二。建立信息平臺
1.建立普通群體家庭信息檔案。
三。組織入戶"""
    assert refs(text)[1:] == [
        "一、",
        "一、1.",
        "一、1.(1)",
        "一、1.(2)",
        "一、1.(3)",
        "一、3.",
        "一、3.(1)",
        "一、3.(2)",
        "二、",
        "二、1.",
        "三、",
    ]
    assert says(text)["一、3.(2)"] == "會議制度。建立定期、不定期會議制度。"


def test_a_list_that_begins_anew_within_an_item_lies_under_it() -> None:
    """A translated report numbers its parts and what is in them alike: the outer numbers go on behind."""
    text = """1. Determinar personas
1. Personal
2. Responsabilidades
(1) Información
(2) Resumen
3. Sistema de trabajo
2. Establecer una plataforma
1. Archivos generales
2. Archivos especiales
3. Población flotante
3. Organizar visitas
4. Resultados
1. El modo de operación"""
    assert refs(text) == [
        "1.",
        "1.1.",
        "1.2.",
        "1.2.(1)",
        "1.2.(2)",
        "1.3.",
        "2.",
        "2.1.",
        "2.2.",
        "2.3.",
        "3.",
        "4.",
        "4.1.",
    ]


def test_lists_behind_each_other_stay_beside_each_other() -> None:
    text = "走访\n1.普通户\n2.特殊户\n例会\n1.每周一次\n2.可随时召开\n3.记录"
    assert [piece.depth for piece in pieces(text)] == [0, 1, 1, 1, 1, 1]


def test_dots_are_clauses_of_what_they_stand_under() -> None:
    text = """?一、引言
二、流程图
(一)网格划分
1.确定划分原则
-依据社区实际情况进行网格划分。
-一般以300-500户为宜。
2.绘制网格地图
• 明确边界
(二)网格员配备
- 3 -
——摘自手册"""
    assert refs(text) == [
        "一、",
        "二、",
        "二、(一)",
        "二、(一)1.",
        "二、(一)1.•1",
        "二、(一)1.•2",
        "二、(一)2.",
        "二、(一)2.•1",
        "二、(二)",
    ]
    assert says(text)["一、"] == "引言"
    assert says(text)["二、(二)"] == "网格员配备 - 3 - ——摘自手册"  # a page's number and a dash begin nothing


def test_one_is_two_is_three_is_are_clauses() -> None:
    text = (
        "第二条 网格员应做到：一是每日巡查；二是及时上报；三是做好台账。\n第三条 一是一，不作二。\n一要求真"
    )
    assert refs(text) == ["第二条", "第二条一是", "第二条二是", "第二条三是", "第三条"]


def test_a_heading_that_ran_into_its_first_number_ends_before_it() -> None:
    text = "二、服务事项与操作流程1.基础服务类：涵盖社保等12项。2.便民服务类：包括：①理发；②维修。三、考核"
    assert refs(text) == ["二、", "二、1.", "二、2.", "二、2.①", "二、2.②", "三、"]
    assert says(text)["二、"] == "服务事项与操作流程"


def test_marks_of_editors_and_wide_signs_are_looked_through() -> None:
    text = """## 第一章 总则
【第一条】 走访分下列几类：
⑴普通户；
⑵特殊户，包括㈠低保户；㈡空巢户。
１．每季度走访
**第 二 条** 记录。
\ufeff第二条之一 报告。
三　附则"""
    assert refs(text)[:6] == ["第一章", "第一条", "第一条⑴", "第一条⑵", "第一条⑵㈠", "第一条⑵㈡"]
    assert refs(text)[7:] == ["第 二 条", "第二条之一", "第二条之一三、"]
    assert says(text)["第一条"] == "走访分下列几类："
    assert says(text)["第 二 条"] == "记录。"


def test_a_table_of_contents_and_a_broken_line_begin_nothing() -> None:
    text = """目录
第一章 总则……………………1
第二章 走访\t3
第一章 总则
第一条 依照上级办法
第三条规定，制定本办法。"""
    assert refs(text) == ["", "第一章", "第一条"]


def test_a_table_has_a_clause_a_row() -> None:
    text = "第四条 考核按下表：\n序号\t内容\t分值\n1\t走访\t10\n2\t巡查\t20\n"
    assert refs(text) == ["第四条", "第四条1", "第四条2"]
    assert says(text)["第四条2"] == "巡查 20"
    assert refs("|序号|内容|\n|---|---|\n|1|走访|\n|2|巡查|\n") == ["", "1", "2"]


def test_an_outline_of_numbers_goes_on_and_a_quantity_does_not() -> None:
    text = "1. 总则\n1.1 目的\n1.2 范围\n1.2.1 社区\n3.5万元以下不计\n2. 职责\n2.1 网格员\n15.6万平方米"
    assert refs(text) == ["1.", "1.1", "1.2", "1.2.1", "2.", "2.1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "First, divide the grid.\nThe first is division.\nThe second is a team.\nSecond, work.\nfirst, no",
            ["First,", "First, The first is", "First, The second is", "Second,"],
        ),
        ("Primera.- Objeto.\nSegunda.- Visitas.\nTercera. Plazos.", ["Primera.-", "Segunda.-", "Tercera."]),
        ("I. Objeto\nII. Visitas\nA. Hogares\nB. Calles\nV. no", ["I.", "II.", "II.A.", "II.B.", "II.V."]),
        ("A. a\nH. h\nI. i", ["A.", "H.", "I."]),
    ],
)
def test_words_and_roman_numbers_are_numbers_where_they_go_on(text: str, expected: list[str]) -> None:
    assert refs(text) == expected


@pytest.mark.parametrize("line", ["1.\n", "一是\n", "：一、", "1. a\n2. b\n", "- ", "1.1.\n", "\t| "])
def test_a_text_of_one_sort_of_numbers_is_split_quickly(line: str) -> None:
    text = (line * 50_000)[:50_000]
    begin = time.process_time()
    assert "".join(piece.text for piece in pieces(text)) == text
    assert time.process_time() - begin < 5
