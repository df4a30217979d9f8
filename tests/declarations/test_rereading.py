"""A file read again after an edit says what it says when it is read whole, at the same places; most isn't parsed."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations import reader
from app.declarations.located import LocatedMap, plain
from app.declarations.rereading import reread
from tests.declarations.community import FILES
from tests.fakes.examples import examples

TEXT = """\
# what is asked
form: visit
about: household

fields:
  channel: {type: choice, from: [home, phone]}
  note:
    type: text   # as it was said
    hint: |
      two lines

      of it
  minutes:
    type: integer
checks:
  - {a: 1}
  - b: 2
    c: [x,
      y]
notes: it goes
  on here
"""


def whole(text: str) -> LocatedMap:
    read = reader._read_whole("a.yaml", text)
    assert isinstance(read.data, LocatedMap)
    assert not read.problems
    return read.data


def again(text: str, before: str = TEXT) -> tuple[LocatedMap | None, list[str]]:
    """Return what was read of an edited text, and what the parser was given for it."""
    parsed: list[str] = []

    def parse(part: str) -> object:
        parsed.append(part)
        return reader._plainly("a.yaml", part)

    return reread("a.yaml", before, whole(before), text, parse), parsed


@pytest.mark.parametrize(
    ("old", "new", "parsed"),
    [
        (
            "# what is asked\n",
            "# what is asked\n# and more\n",
            ["# what is asked\n# and more\nform: visit\n"],
        ),
        ("about: household", "about: person", ["about: person\n\n"]),
        ("phone]}", "letter]}", ["fields:\n  channel: {type: choice, from: [home, letter]}\n"]),
        ("type: text ", "type: integer ", ["fields:\n  note:\n    type: integer   # as it was said\n"]),
        ("      of it\n", "      of it\n      all\n", None),
        ("  minutes:\n", "  more: {type: date}\n  minutes:\n", ["fields:\n  more: {type: date}\n"]),
        ("  minutes:\n    type: integer\n", "", []),
        ("  - {a: 1}\n", "", []),
        ("  - {a: 1}\n", "  - {a: 1}\n  - {a: 3}\n", ["checks:\n  - {a: 3}\n"]),
        ("about: household\n\n", "", []),
        ("on here", "on there", ["notes: it goes\n  on there\n"]),
    ],
)
def test_only_the_part_that_differs_is_parsed(old: str, new: str, parsed: list[str] | None) -> None:
    text = TEXT.replace(old, new)
    found, given_to_parser = again(text)
    assert found is not None
    assert plain(found) == plain(whole(text))
    assert parsed is None or given_to_parser == parsed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("about: household", "form: household"),  # a key twice
        ("about: household", 'about: "household'),  # goes on into the next keys
        ("about: household", "'about': household"),
        ("about: household", "---\nabout: household"),
        ("about: household", "about: &a household"),
        ("about: household", "about:"),  # where nothing stands is told by what follows
        ("about: household", "about: house\u2028hold"),
        ("  minutes:\n", " minutes:\n"),
        ("  - b: 2\n", "  b: 2\n"),
        ("checks:\n", "checks: # none\n- x\n"),
    ],
)
def test_what_is_not_as_plain_is_left_to_the_parser(old: str, new: str) -> None:
    text = TEXT.replace(old, new)
    assert text != TEXT
    assert again(text)[0] is None


def test_what_stands_behind_an_unended_text_is_not_taken_for_what_it_was() -> None:
    before = 'a: 1\nb: 2\nc: "3"\n'
    assert again('a: "1\nb: 2\nc: 3"\n', before)[0] is None
    assert again("a: {x: 1,\nb: 2}\nc: 3\n", before)[0] is None


PIECES = (
    "  ",
    "# c\n",
    "- x\n",
    "  y: 2\n",
    "k: |\n  t\n",
    "...\n",
    '"',
    "{",
    "]",
    ": ",
    "\n",
    "'",
    "? ",
    "- ",
    "z: ",
    "#",
)


@st.composite
def edits(draw: st.DrawFn, files: Mapping[str, str]) -> tuple[str, str]:
    """Return a text and the same after one or two edits of somebody who types, pastes or goes wrong."""
    before = draw(st.sampled_from(sorted(files.values())))
    text = before
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, len(text)))
        until = min(len(text), at + draw(st.sampled_from([0, 0, 1, 2, 5, 20])))
        text = text[:at] + draw(st.sampled_from(("", "a", "5", *PIECES))) + text[until:]
    return before, text


@examples(120)
@given(edits({**FILES, "a.yaml": TEXT}))
def test_whatever_is_edited_reading_again_is_reading_whole(both: tuple[str, str]) -> None:
    before, text = both
    found, _ = again(text, before)
    if found is not None:
        read = reader._read_whole("a.yaml", text)
        assert not read.problems
        assert plain(found) == plain(read.data)


def test_an_edit_is_read_from_what_the_file_said_before() -> None:
    reader.forget()
    reader.read_yaml("b.yaml", TEXT)
    longer = TEXT.replace("about: household", "about: person\nlabel: [note]")
    found = reader.read_yaml("b.yaml", longer).data
    assert isinstance(found, LocatedMap)
    assert found.key_places["notes"].line == TEXT[: TEXT.index("notes:")].count("\n") + 2
    assert found.key_places["notes"].path == "b.yaml"
    broken = reader.read_yaml("b.yaml", TEXT.replace("about: household", "about: [household"))
    assert [problem.code for problem in broken.problems] == ["E104"]
    assert reader.read_yaml("b.yaml", TEXT).data == whole(TEXT)
