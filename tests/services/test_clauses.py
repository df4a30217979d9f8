"""A text in pieces: nothing is lost, numbers of every sort begin one, and references lead to them."""

from hypothesis import given
from hypothesis import strategies as st

from app.services.drafting.clauses import inventory_of, pieces

SIGNS = st.sampled_from(
    [*"第一十二章条款节（）()12.、①②a。；§：", " ", "\n", "\u3000", "Artículo ", "Article 3", "走访", "\r\n"]
)


@given(st.lists(SIGNS, max_size=40).map("".join) | st.text(max_size=60))
def test_the_pieces_put_together_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


def refs(text: str) -> list[str]:
    return [piece.ref for piece in pieces(text)]


def test_a_law_falls_into_chapters_articles_and_points() -> None:
    text = """居民委员会工作办法
第一章　总则
第一条　为了做好工作，制定本办法。
第二章 走访
第二条 网格员应当：
（一）每季度走访一次；
（二）做好记录。
  1．当天录入；
  2．第3日前核对。
第三条 本办法自2026年1月1日起施行。"""
    assert refs(text) == [
        "",
        "第一章",
        "第一条",
        "第二章",
        "第二条",
        "第二条（一）",
        "第二条（二）",
        "第二条（二）1．",
        "第二条（二）2．",
        "第三条",
    ]
    assert [piece.depth for piece in pieces(text)] == [0, 1, 2, 1, 2, 3, 3, 4, 4, 2]
    assert pieces(text)[5].says == "每季度走访一次；"


def test_a_report_is_numbered_the_other_way_round() -> None:
    text = "一、队伍\n1.岗位\n（1）每格4人。\n（2）16名指导人员。\n2.职责\n二、制度\n1.走访"
    assert refs(text) == ["一、", "一、1.", "一、1.（1）", "一、1.（2）", "一、2.", "二、", "二、1."]


def test_a_line_that_lost_its_breaks_falls_apart_where_numbers_go_on() -> None:
    text = "内容如下：一、组织。设站长1名。1.党委；2.工作站。二、服务。①窗口；②热线。"
    assert refs(text) == ["", "一、", "一、1.", "一、2.", "二、", "二、①", "二、②"]


def test_a_number_in_a_sentence_begins_nothing() -> None:
    assert refs("见第3条和（一）。面积15.6万平方米，共41栋。") == [""]
    assert refs("办法如下：（一）见附件。") == [""]


def test_spanish_and_english_laws_are_numbered_by_words() -> None:
    text = "Capítulo II\nArtículo 12. Visitas\na) al trimestre\nb) al mes\nArticle 13\n§ 14 Fees\nSection 3\n"
    assert refs(text) == [
        "Capítulo II",
        "Artículo 12.",
        "Artículo 12.a)",
        "Artículo 12.b)",
        "Article 13",
        "§ 14",
        "Capítulo II Section 3",
    ]


def test_an_inventory_has_an_item_for_each_piece_that_says_something() -> None:
    found = pieces("第一条 走访。\n第二条\n第十条 记录。")
    assert inventory_of("handbook", "H1", "手册", found, "process") == {
        "inventory": "handbook",
        "document": "H1",
        "title": "手册",
        "items": {
            "H1-01": {"kind": "process", "says": "第一条 走访。"},
            "H1-02": {"kind": "process", "says": "第十条 记录。"},
        },
    }
