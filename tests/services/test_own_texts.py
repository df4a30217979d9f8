"""The texts of a community's own files: each found once, with what it lacks."""

from app import plugins
from app.declarations.depicting import Depicting
from app.declarations.describing import language
from app.declarations.reader import read_yaml
from app.plugins.declared import sorts_of
from app.services.drafting.described import Leaf, Named, Sort, shape_at
from app.services.drafting.own_texts import OwnText, texts_of

FORM = """\
form: visit
title: {zh: 走访, en: Visit}
clause: {doc: S1, text: 每月一次}
fields:
  channel:
    title: 怎么联系的
    type: choice
    from: {home: {zh: 上门, en: Home, es: Casa}, phone: 电话, office: {title: {zh: 来访}, retired: true}}
  rows:
    type: repeat
    fields: {who: {type: text, hint: {zh: 谁}}}
signature: {zh: 不认识}
"""
LAYOUT = "layout: list\nform: visit\ncolumns: [at, {column: by, title: {zh: 谁}}]\nsignatures: [{zh: 主任}]\n"


def found(kind: str, text: str) -> list[OwnText]:
    return list(texts_of(language(), "x.yaml", kind, read_yaml("x.yaml", text).data))  # type: ignore[arg-type]


def test_every_text_of_a_form_is_found_however_it_is_written() -> None:
    assert {"/".join(map(str, one.path)): dict(one.by_language) for one in found("form", FORM)} == {
        "title": {"zh": "走访", "en": "Visit"},
        "fields/channel/title": {"zh": "怎么联系的"},
        "fields/channel/from/home": {"zh": "上门", "en": "Home", "es": "Casa"},
        "fields/channel/from/phone": {"zh": "电话"},
        "fields/channel/from/office/title": {"zh": "来访"},
        "fields/rows/fields/who/hint": {"zh": "谁"},
    }


def test_what_a_type_of_question_makes_of_a_key_is_no_text_to_translate() -> None:
    types = sorts_of(plugins.load(others=False))
    form = "form: f\nfields: {a: {type: period, unit: year}, b: {type: integer, unit: 户}}\n"
    data = read_yaml("x.yaml", form).data
    texts = texts_of(Depicting(types).language(), "x.yaml", "form", data)  # type: ignore[arg-type]
    assert [("/".join(map(str, one.path)), one.by_language) for one in texts] == [
        ("fields/b/unit", {"zh": "户"})
    ]


def test_texts_in_lists_are_found_by_their_position() -> None:
    assert ["/".join(map(str, one.path)) for one in found("layout", LAYOUT)] == [
        "columns/1/title",
        "signatures/0",
    ]


def test_a_text_tells_what_it_lacks() -> None:
    (title, *_) = found("form", FORM)
    assert title.lacks(("zh", "en", "es")) == ("es",)


GAINED = """\
overlay: c1
changes:
  - {path: visit/fields/cat, add: {title: {zh: 猫在哪里}, type: choice, from: {home: {zh: 家里}}}, why: 养猫}
  - {path: visit/fields/channel/from/post, add: {title: {zh: 信件}}, why: 寄信}
  - {path: visit/filled_by, add: helper, why: 帮手}
  - {path: monthly/times, to: 2, why: 两次}
"""


def test_what_an_overlay_adds_to_a_form_is_to_be_translated_as_if_it_stood_in_the_form() -> None:
    assert [("/".join(map(str, one.path)), one.by_language) for one in found("overlay", GAINED)] == [
        ("changes/0/add/title", {"zh": "猫在哪里"}),
        ("changes/0/add/from/home", {"zh": "家里"}),
        ("changes/1/add/title", {"zh": "信件"}),
    ]


def test_a_post_that_an_overlay_adds_is_picked_among_posts_and_another_figure_stays_as_it_is_written() -> (
    None
):
    data = read_yaml("x.yaml", GAINED).data
    post = shape_at(language(), "overlay", data, ("changes", 2, "add"))
    assert isinstance(post, Leaf)
    assert post.names == (Named.ROLE,)
    other = shape_at(language(), "overlay", data, ("changes", 3, "add"))
    assert isinstance(other, Leaf)
    assert other.sort is Sort.ANYTHING
