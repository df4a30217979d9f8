"""YAML with places; everything that YAML could hide is refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations import sound_reading
from app.declarations.located import LocatedMap, locate, plain
from app.declarations.reader import MAX_DEPTH, ReadFile, _read_closely, read_yaml
from app.declarations.sound_reading import sound
from app.declarations.texts import MAX_CHARACTERS
from app.domain.problem import Where
from tests.fakes.shipped import ROOT


def reasons(text: str) -> list[tuple[str, object]]:
    return [(str(problem.where), problem.values["reason"]) for problem in read_yaml("a.yaml", text).problems]


def test_every_scalar_is_text() -> None:
    data = read_yaml("a.yaml", "a: 0012\nb: 12:00\nc: on\nd: 2025-01-01\ne: ~\nf: 1e3\n").data
    assert data == {"a": "0012", "b": "12:00", "c": "on", "d": "2025-01-01", "e": "~", "f": "1e3"}


def test_keys_and_values_know_their_line_and_column() -> None:
    data = read_yaml("a.yaml", "form: x\nfields:\n  name: {type: text, to: [a, b]}\n").data
    assert locate(data, ("fields", "name", "type")) == Where("a.yaml", 3, 16)
    assert locate(data, ("fields", "name", "type"), key=True) == Where("a.yaml", 3, 10)
    assert locate(data, ("fields", "name", "to", 1)) == Where("a.yaml", 3, 30)
    assert locate(data, ("fields", "name", "missing")) == Where("a.yaml", 3, 9)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    plain, windows = (
        read_yaml("a.yaml", "a: 1\nb:\n  c: 2\n"),
        read_yaml("a.yaml", "\ufeffa: 1\r\nb:\r\n  c: 2\r\n"),
    )
    assert plain.data == windows.data
    assert locate(windows.data, ("b", "c")) == Where("a.yaml", 3, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !late\n", [("a.yaml:1:4", "tag")]),
        ("a: &x 1\n", [("a.yaml:1:4", "anchor")]),
        ("a: &x 1\nb: *x\n", [("a.yaml:1:4", "anchor"), ("a.yaml:2:4", "alias")]),
        ("a: 1\nb: 2\na: 3\n", [("a.yaml:3:1", "duplicate")]),
        ("a: {b: max(x, y), c: 1}\n", [("a.yaml:1:8", "unquoted")]),
        ("a:\n\tb: 1\n", [("a.yaml:2:1", "tab")]),
        ("a: [1, 2\n", [("a.yaml:2:1", "syntax")]),
        ("a: 1\n---\nb: 2\n", [("a.yaml:2:1", "documents")]),
        ("", [("a.yaml:1:1", "empty")]),
        ("# nothing but a comment\n", [("a.yaml:1:1", "empty")]),
        ("? [a]\n: 1\n", [("a.yaml:1:3", "key")]),
        ("a: \x07\n", [("a.yaml:1:4", "character")]),
        ("a: 1\nb: caf\udce9\n", [("a.yaml:2:7", "encoding")]),
        ("a: " + "[" * (MAX_DEPTH + 1), [(f"a.yaml:1:{4 + MAX_DEPTH}", "depth")]),
        ("# " + "x" * MAX_CHARACTERS, [("a.yaml:1:1", "size")]),
    ],
)
def test_what_yaml_could_hide_is_refused_with_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert reasons(text) == expected


def test_faults_that_leave_the_rest_readable_are_all_told_at_once() -> None:
    assert [reason for _, reason in reasons("a: !x 1\nb: &y 2\nc: 3\nc: 4\n")] == [
        "tag",
        "anchor",
        "duplicate",
    ]


def test_a_quoted_parenthesis_is_no_cut_expression() -> None:
    assert read_yaml("a.yaml", 'a: {b: "max(x", c: 1}\n').problems == ()


@given(st.text(max_size=200))
def test_any_text_gives_data_or_problems_and_never_raises(text: str) -> None:
    read = read_yaml("a.yaml", text)
    assert read.data is not None or read.problems


@given(st.text(alphabet="ab:-{}[]&*!|>'\"#%@,? \n\t~0\\", max_size=60))
def test_any_text_of_yaml_signs_gives_data_or_problems_and_never_raises(text: str) -> None:
    read = read_yaml("a.yaml", text)
    assert read.data is not None or all(problem.code == "E104" for problem in read.problems)


def test_equal_files_are_read_once() -> None:
    assert read_yaml("a.yaml", "a: 1") is read_yaml("a.yaml", "a: 1")
    assert isinstance(read_yaml("a.yaml", "a: 1").data, LocatedMap)


def same_as_read_closely(text: str) -> bool:
    """Whether libyaml gives data; it has to be what the parser that tells faults gives, which then tells none."""
    data = sound("a.yaml", text, MAX_DEPTH)
    if data is None:
        return False
    closely = _read_closely("a.yaml", text)
    assert (plain(data), ()) == (plain(closely.data), closely.problems), text
    return True


SIGNS = [
    *"ab:-{}[]&*!|>'\"#%@,? \n\t~0\\()=+./",
    *("中", "“", "𬭎", ": ", "\n- ", "\n  ", " #", "|\n", ">-\n", "''"),
]
SHIPPED = [path.read_text("utf-8") for path in sorted((ROOT / "forms").glob("*.yaml"))]


def test_nearly_every_shipped_file_is_read_at_once_and_says_what_it_says_read_closely() -> None:
    quickly = [same_as_read_closely(text) for text in SHIPPED]
    assert sum(quickly) > 0.9 * len(quickly)


@given(
    st.lists(st.sampled_from(SIGNS), max_size=30).map("".join), st.sampled_from(["", "a: ", "a: {b: ", "- "])
)
def test_what_is_read_at_once_is_what_is_read_closely(text: str, begin: str) -> None:
    same_as_read_closely(begin + text + ("}" if "{" in begin else ""))


@given(st.integers(0, 10_000))
def test_a_file_that_somebody_typed_into_is_read_at_once_as_it_is_read_closely(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - typing, no secret
    text = chance.choice(SHIPPED)
    for _ in range(3):
        at = chance.randrange(len(text))
        text = text[:at] + chance.choice(SIGNS) + text[at + chance.randrange(3) :]
    same_as_read_closely(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a:\n",
            "a: {b: }\n",
            "text\n",
            "--- \na: b\n",
            "a: &x b\n",
            "a: !x [b]\n",
            "{[a]: b}\n",
        ),
        *(
            "a: {b: max(x, y)}\n",
            "a: 1\na: 2\n",
            "a: >#b\n  c\n",
            "a: >\n \n  b\n",
            "a\u2028b: c\n",
            "[" * 40,
        ),
        *("a: {b: c:d}\n", "a: *b\n"),
    ],
)
def test_whatever_is_not_plain_is_left_to_the_parser_that_tells_faults(text: str) -> None:
    assert sound("a.yaml", text, MAX_DEPTH) is None


def test_without_libyaml_every_file_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_reading, "CParser", None)
    assert sound("a.yaml", "a: b\n", MAX_DEPTH) is None
    assert read_yaml("without.yaml", "a: b\n") == ReadFile({"a": "b"})
