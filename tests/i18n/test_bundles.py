"""A message is parsed once it is asked for, with all that it refers to; what can't be read is told."""

import pytest

from app.i18n.catalogue import PSEUDO, Bundle, CatalogueError, divided

TEXTS = {
    "-book": "-book = 台账\n",
    "open": "open = 打开\n    .hint = { -book }里的一条\n",
    "both": "both = { open }，{ $n ->\n    [one] 一条\n   *[other] { -book }\n}\n# about the next one\n",
    "broken": "broken = { $n\n",
}


def shown(name: str, language: str = "zh") -> str:
    made = Bundle(language, TEXTS).find(name)
    assert made is not None
    pattern = made.get_message(name).value
    assert pattern is not None
    text, faults = made.format_pattern(pattern, {"n": 5})
    assert not faults
    return str(text)


def test_a_message_brings_what_it_refers_to() -> None:
    assert shown("both") == "打开，台账"
    assert shown("open", PSEUDO) == "⟦打开~⟧"


def test_what_isnt_there_is_none_and_one_that_cant_be_read_harms_no_other() -> None:
    bundle = Bundle("zh", TEXTS)
    assert bundle.find("absent") is None
    with pytest.raises(CatalogueError, match="broken"):
        bundle.find("broken")
    assert bundle.find("open") is bundle.find("both")


def test_files_are_divided_where_messages_begin_and_no_id_stands_twice() -> None:
    files = {"a.ftl": "# first\none = 1\n    two = is text\n-three=3\n", "b.ftl": "four   = 4"}
    assert divided("zh", files) == {
        "one": "one = 1\n    two = is text\n",
        "-three": "-three=3\n",
        "four": "four   = 4",
    }
    with pytest.raises(CatalogueError, match=r"b\.ftl \(zh\) defines one a second time"):
        divided("zh", files | {"b.ftl": "one = 5"})
