"""Edits of declared files: nothing but what is edited differs, by a byte."""

from collections.abc import Mapping
from pathlib import Path as FilePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.declarations.documents import read_document
from app.declarations.merging import merged_text
from app.declarations.nodes import nodes_of
from app.declarations.rewriting import rewritten, transformed
from app.declarations.schema import KINDS
from app.domain.edits import (
    END,
    AddItem,
    AddKey,
    Data,
    Edit,
    Move,
    NowhereError,
    Path,
    Remove,
    RenameKey,
    SetValue,
    UnfitError,
    UnreadableError,
    is_same,
)
from tests.fakes.examples import examples

TEXT = """\
# what it is
duty: call   # its name
title: {zh: 走访, en: "A call" }
for_each: role leader  # who

tiers:
  # the strict ones first
  - when: {kind: special, tags: [alone , ill]} # by kind
    times: 2
  # all others
  - times: 1
  # nothing behind
why: >-
  as it was
  decided
notes: |
  one
  two
empty:
open: {}
"""


def changed(*edits: Edit, text: str = TEXT) -> list[str]:
    """The lines that differ: those that went with -, those that came with +."""
    after = rewritten(text, edits)
    old, new = text.split("\n"), after.split("\n")
    gone = [f"-{line}" for line in old if old.count(line) > new.count(line)]
    return [*gone, *(f"+{line}" for line in new if new.count(line) > old.count(line))]


def at(*path: str | int) -> Path:
    return path


@pytest.mark.parametrize(
    ("edit", "lines"),
    [
        (SetValue(at("duty"), "visit"), ["-duty: call   # its name", "+duty: visit   # its name"]),
        (SetValue(at("title", "en"), 'A "call"'), [
            '-title: {zh: 走访, en: "A call" }', '+title: {zh: 走访, en: "A \\"call\\"" }']),
        (SetValue(at("title", "zh"), "a, b"), [
            '-title: {zh: 走访, en: "A call" }', '+title: {zh: "a, b", en: "A call" }']),
        (SetValue(at("tiers", 0, "when", "tags", 0), "old"), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind",
            "+  - when: {kind: special, tags: [old , ill]} # by kind"]),
        (SetValue(at("tiers", 1, "times"), "1/2"), ["-  - times: 1", "+  - times: 1/2"]),
        (SetValue(at("tiers", 1, "times"), {"2025-01-01": "3"}), [
            "-  - times: 1", "+  - times: {2025-01-01: 3}"]),
        (SetValue(at("why"), "because it is"), ["-  as it was", "-  decided", "+  because it is"]),
        (SetValue(at("notes"), "one\nthree\n"), ["-  two", "+  three"]),
        (SetValue(at("empty"), "no: more"), ["-empty:", '+empty: "no: more"']),
        (SetValue(at("open"), {"at_least": "1"}), ["-open: {}", "+open: {at_least: 1}"]),
        (AddKey(at("open"), "off", "true"), ["-open: {}", "+open: {off: true}"]),
        (AddKey(at(), "every", "month", 3), ["+every: month"]),
        (AddKey(at("tiers", 0), "id", "strict", 0), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind", "+  - id: strict",
            "+    when: {kind: special, tags: [alone , ill]} # by kind"]),
        (AddKey(at("tiers", 1), "met_by", [{"form": "visit", "where": {"a": "b"}}, {"form": "c"}]), [
            "+    met_by:", "+      - {form: visit, where: {a: b}}", "+      - {form: c}"]),
        (AddItem(at("tiers"), {"times": "3"}), ["+  - {times: 3}"]),
        (AddItem(at("tiers", 0, "when", "tags"), "poor", 0), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind",
            "+  - when: {kind: special, tags: [poor, alone , ill]} # by kind"]),
        (Remove(at("tiers", 0, "when", "tags", 1)), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind",
            "+  - when: {kind: special, tags: [alone]} # by kind"]),
        (Remove(at("tiers", 0, "when", "kind")), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind",
            "+  - when: {tags: [alone , ill]} # by kind"]),
        (Remove(at("tiers", 0, "when")), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind", "-    times: 2", "+  - times: 2"]),
        (Remove(at("tiers", 1)), ["-  # all others", "-  - times: 1"]),
        (Remove(at("tiers", 1, "times")), ["-  - times: 1", "+  - {}"]),
        (Remove(at("title")), ['-title: {zh: 走访, en: "A call" }']),
        (Move(at("title"), 0), []),
        (Move(at("tiers", 0, "times"), 0), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind", "-    times: 2", "+  - times: 2",
            "+    when: {kind: special, tags: [alone , ill]} # by kind"]),
        (Move(at("tiers", 0, "when", "kind"), END), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind",
            "+  - when: {tags: [alone , ill], kind: special} # by kind"]),
        (RenameKey(at("tiers", 0, "when", "tags"), "marks"), [
            "-  - when: {kind: special, tags: [alone , ill]} # by kind",
            "+  - when: {kind: special, marks: [alone , ill]} # by kind"]),
    ],
)  # fmt: skip
def test_an_edit_changes_the_lines_that_it_must_and_no_others(edit: Edit, lines: list[str]) -> None:
    assert changed(edit) == lines


def test_lines_go_with_the_comments_directly_above_them() -> None:
    after = rewritten(TEXT, [Move(at("tiers", 1), 0)])
    assert after.index("# all others") < after.index("- times: 1") < after.index("# the strict ones first")
    assert sorted(after.split("\n")) == sorted(TEXT.split("\n"))


@pytest.mark.parametrize(
    ("text", "edit", "after"),
    [
        ("a: 1", AddKey(at(), "b", "2"), "a: 1\nb: 2\n"),
        ("- 1\n- 2\n", Remove(at(0)), "- 2\n"),
        ("l:\n- a: 1\n  # of b\n  b: 2\n", Remove(at("l", 0, "a")), "l:\n- \n  # of b\n  b: 2\n"),
        ("l:\n- a: 1\n  # of b\n  b: 2\n", Move(at("l", 0, "b"), 0),
         "l:\n- \n  # of b\n  b: 2\n  a: 1\n"),
        ("m: {a: 1, # one\n  b: 2} # two\n", Remove(at("m", "a")), "m: { # one\n  b: 2} # two\n"),
        ("m: {a: 1, # one\n  b: 2} # two\n", Remove(at("m", "b")), "m: {a: 1 # one\n  } # two\n"),
        ("l: [a]\n", Remove(at("l", 0)), "l: []\n"),
        ("l:\n  -\n  - # none\n  - b\n", SetValue(at("l", 0), "a"), "l:\n  - a\n  - # none\n  - b\n"),
        ("k: 'it''s'\n", SetValue(at("k"), "that's"), "k: 'that''s'\n"),
        ("k: 'a'\n", SetValue(at("k"), "a\tb\x07"), 'k: "a\\tb\\U00000007"\n'),
        ("k: a\n", SetValue(at("k"), 'say "a": b'), "k: 'say \"a\": b'\n"),
        ("k: a\n", SetValue(at("k"), ""), 'k: ""\n'),
        ("k: a\n", SetValue(at("k"), "one\ntwo"), "k: |-\n  one\n  two\n"),
        ("k: a\n", SetValue(at("k"), " one\ntwo"), 'k: " one\\ntwo"\n'),
        ("k:\n  - a\n  - b\n", SetValue(at("k"), "c"), "k: c\n"),
        ("k: >\n  a\n", SetValue(at("k"), "wort " * 30 + "end\n"),
         "k: >\n" + "  " + "wort " * 18 + "wort\n  " + "wort " * 11 + "end\n"),
        ("l: [a, b, c]\n", SetValue(at("l"), ["a", "c"]), "l: [a, c]\n"),
        ("l: [a, c]\n", SetValue(at("l"), ["a", "b", "c"]), "l: [a, b, c]\n"),
        ("m: {a: 1}\n", SetValue(at("m"), {"b": "2"}), "m: {b: 2}\n"),
        ("m: {a: 1, b: 2}\n", SetValue(at("m"), {"b": "2", "a": "3", "c": "4"}), "m: {b: 2, a: 3, c: 4}\n"),
        ("text\n", SetValue(at(), "other"), "other\n"),
        ("text\n", SetValue(at(), {"a": "1"}), "a: 1\n"),
    ],
)  # fmt: skip
def test_odd_forms_of_text_are_edited_where_they_stand(text: str, edit: Edit, after: str) -> None:
    assert rewritten(text, [edit]) == after


@pytest.mark.parametrize(
    ("text", "edit", "fault"),
    [
        ("a: [1\n", SetValue(at("a"), "1"), UnreadableError),
        ("a: 1\na: 2\n", SetValue(at("a"), "1"), UnreadableError),
        ("a: 1\n---\nb: 2\n", SetValue(at("a"), "1"), UnreadableError),
        ("? [a, b]\n: 2\n", SetValue(at("a"), "1"), UnreadableError),
        ("a: 1\n", SetValue(at("b"), "1"), NowhereError),
        ("a: 1\n", SetValue(at("a", "b"), "1"), NowhereError),
        ("a: [1]\n", SetValue(at("a", 1), "1"), NowhereError),
        ("a: [1]\n", SetValue(at("a", -1), "1"), NowhereError),
        ("a: [1]\n", AddKey(at("a"), "b", "1"), NowhereError),
        ("a: 1\n", AddKey(at(), "a", "1"), NowhereError),
        ("a: 1\n", AddItem(at(), "a"), NowhereError),
        ("a: 1\n", Remove(at()), NowhereError),
        ("a: 1\nb: 2\n", RenameKey(at("a"), "b"), NowhereError),
        ("a: 1\n", Remove(at("a")), UnfitError),
    ],
)
def test_what_cannot_be_edited_is_refused(text: str, edit: Edit, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        rewritten(text, [edit])


# ---- anything that can be written -----------------------------------------------------------------------------------
KEYS = st.sampled_from(("a", "b", "c", "on", "2025-01-01", "x y"))
TEXTS = st.sampled_from(
    ("1", "", "yes", "a: b", "{x}", "it's", 'say "no"', "50%", "走访", "- d", "#c", "l\nm")
)
DATA: st.SearchStrategy[Data] = st.recursive(
    TEXTS,
    lambda inner: st.dictionaries(KEYS, inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=8,
)
FILES = st.dictionaries(KEYS, DATA, min_size=1, max_size=4)


class Writer:
    """Writes data as YAML in styles that are drawn, with a comment wherever one can stand."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.comments = 0

    def comment(self) -> str:
        if not self._draw(st.booleans()):
            return ""
        self.comments += 1
        return f" # {self.comments}"

    def scalar(self, text: str) -> str:
        plain = text not in {"", "a: b", "{x}", "- d", "#c", "l\nm"}
        single = "\n" not in text and "'" + text.replace("'", "''") + "'"
        double = '"' + text.replace('"', '\\"').replace("\n", "\\n") + '"'
        return self._draw(st.sampled_from([one for one in (plain and text, single, double) if one]))

    def flow(self, data: Data) -> str:
        if isinstance(data, str):
            return self.scalar(data)
        if isinstance(data, Mapping):
            return "{" + ", ".join(f"{self.scalar(key)}: {self.flow(one)}" for key, one in data.items()) + "}"
        return "[" + " , ".join(map(self.flow, data)) + "]"

    def block(self, data: Data, pad: str) -> str:
        """Return what stands behind a colon or a dash, with the line's end."""
        if isinstance(data, str) or not data or self._draw(st.booleans()):
            return f" {self.flow(data)}{self.comment()}\n"
        return self.comment() + "\n" + self.lines(data, pad + "  ")

    def lines(self, data: Data, pad: str) -> str:
        found = ""
        listed = isinstance(data, Mapping)
        for key, one in data.items() if isinstance(data, Mapping) else enumerate(data):
            above = self.comment().strip()
            found += pad + above + "\n" if above else ""
            found += pad + (f"{self.scalar(str(key))}:" if listed else "-") + self.block(one, pad)
        return found


@st.composite
def written(draw: st.DrawFn) -> tuple[Data, str]:
    data = draw(FILES)
    return data, Writer(draw).lines(data, "")


def leaves(data: Data, path: Path = ()) -> list[Path]:
    if isinstance(data, str):
        return [path]
    parts = data.items() if isinstance(data, Mapping) else enumerate(data)
    return [found for part, one in parts for found in leaves(one, (*path, part))]


@examples(40)
@given(written(), DATA, st.data())
def test_setting_a_leaf_changes_its_own_characters_alone(
    made: tuple[Data, str], value: Data, data: st.DataObject
) -> None:
    start, text = made
    paths = leaves(start)
    if not paths:
        return
    path = data.draw(st.sampled_from(paths))
    node = nodes_of(text).at(path)
    after = rewritten(text, [SetValue(path, value)])
    assert after.endswith(text[node.end :])
    assert after.startswith(text[: node.start].rstrip())


@examples(60)
@given(written(), FILES)
def test_any_text_can_be_made_to_say_anything_and_back_again(made: tuple[Data, str], wanted: Data) -> None:
    start, text = made
    after = transformed(text, wanted)
    assert is_same(nodes_of(after).data, wanted)
    assert is_same(nodes_of(transformed(after, start)).data, start)
    assert transformed(text, start) == text


@examples(40)
@given(written(), st.data())
def test_moves_and_additions_lose_no_comment(made: tuple[Data, str], data: st.DataObject) -> None:
    start, text = made
    key = data.draw(st.sampled_from([*start]))
    place = data.draw(st.integers(-1, 4))
    after = rewritten(text, [Move((key,), place), AddKey((), "new", {"a": ["1"]}, place)])
    assert text.count("#") <= after.count("#")
    back = rewritten(after, [Remove(("new",)), Move((key,), [*start].index(key))])
    assert sorted(back.split("\n")) == sorted(text.split("\n"))


# ---- two at once ----------------------------------------------------------------------------------------------------
def test_changes_of_different_leaves_come_together_with_both_their_comments() -> None:
    mine = TEXT.replace("duty: call   # its name", "duty: visit   # renamed")
    theirs = TEXT.replace("times: 2", "times: 3 # more")
    both, conflicts = merged_text(TEXT, mine, theirs)
    assert conflicts == ()
    assert both == mine.replace("times: 2", "times: 3 # more")


def test_changes_within_one_line_come_together_by_leaf() -> None:
    mine = TEXT.replace("走访", "看望")
    theirs = TEXT.replace('"A call"', '"A visit"')
    assert merged_text(TEXT, mine, theirs) == (mine.replace('"A call"', '"A visit"'), ())


def test_no_comment_is_lost_where_lines_cross() -> None:
    base = "a: {x: 1, y: 1}\n"
    noted, changed_, both = "a: {x: 2, y: 1} # two\n", "a: {x: 1, y: 3}\n", "a: {x: 2, y: 3} # two\n"
    assert merged_text(base, noted, changed_) == (both, ())
    assert merged_text(base, changed_, noted) == (both, ())
    theirs, conflicts = merged_text(base, noted, "a: {x: 1, y: 3} # three\n")
    assert (theirs, [one.path for one in conflicts]) == ("a: {x: 1, y: 3} # three\n", [()])


def test_the_same_leaf_changed_by_both_is_a_conflict_and_nothing_is_overwritten() -> None:
    mine = TEXT.replace("times: 2", "times: 3").replace("role leader", "role member")
    theirs = TEXT.replace("times: 2", "times: 4 # four")
    both, conflicts = merged_text(TEXT, mine, theirs)
    assert [(one.path, one.base, one.mine, one.theirs) for one in conflicts] == [
        (("tiers", 0, "times"), "2", "3", "4")
    ]
    assert both == theirs.replace("role leader", "role member")


def test_texts_that_are_no_yaml_are_merged_by_lines_or_not_at_all() -> None:
    base = "a: [1\n\n\n\nb: 2\n"
    assert merged_text(base, base.replace("1", "3"), base.replace("2", "4"))[0] == "a: [3\n\n\n\nb: 4\n"
    theirs = base.replace("1", "4")
    assert merged_text(base, base.replace("1", "3"), theirs)[1][0].path == ()
    assert merged_text(base, base.replace("1", "3"), theirs)[0] == theirs
    assert merged_text(base, base, theirs) == (theirs, ())
    assert merged_text(base, theirs, base) == (theirs, ())


def test_two_who_each_leave_what_the_other_removes_leave_no_file_and_so_disagree() -> None:
    both, conflicts = merged_text("a: 1\nb: 2\n", "b: 2\n", "a: 1\n")
    assert (both, [one.path for one in conflicts]) == ("a: 1\n", [()])


# ---- what is shipped ------------------------------------------------------------------------------------------------
def shipped() -> list[FilePath]:
    root = FilePath(__file__).parents[2]
    return sorted(path for name in ("forms", "rules", "config") for path in (root / name).rglob("*.yaml"))


def kind_of(path: FilePath) -> str:
    head = path.read_text(encoding="utf-8")
    return next((line.split(":")[0] for line in head.split("\n") if line.split(":")[0] in KINDS), "")


def through(path: FilePath) -> None:
    """Edit the last leaf of a file, save, load: all else is as it was, and editing back gives the same bytes."""
    text = path.read_text(encoding="utf-8")
    root = nodes_of(text)
    leaf = next(one for one in reversed(leaves(root.data)) if root.at(one).text)
    node = root.at(leaf)
    after = rewritten(text, [SetValue(leaf, "zz")])
    assert after.startswith(text[: node.start]), path
    assert after.endswith(text[node.end :]), path
    lines = list(zip(text.split("\n"), after.split("\n"), strict=False))
    assert (
        node.style in ("|", ">") or "\n" in text[node.start : node.end] or sum(a != b for a, b in lines) == 1
    )


def smallest() -> list[FilePath]:
    """The smallest file of each kind."""
    found: dict[str, FilePath] = {}
    for path in sorted(shipped(), key=lambda one: one.stat().st_size):
        found.setdefault(kind_of(path), path)
    return [found[kind] for kind in sorted(found) if kind]


def test_every_kind_of_file_goes_through_edit_save_and_reload(tmp_path: FilePath) -> None:
    for path in smallest():
        through(path)
        saved = tmp_path / path.name
        text = rewritten(path.read_text(encoding="utf-8"), [AddKey((), "own_plugin", {"x": "1"})])
        saved.write_text(text, encoding="utf-8")
        again = rewritten(saved.read_text(encoding="utf-8"), [SetValue(("own_plugin", "x"), "2")])
        assert again == text.replace("own_plugin: {x: 1}", "own_plugin: {x: 2}")
        assert "own_plugin" in str(read_document(str(path), again).problems)


@pytest.mark.long
def test_every_shipped_file_goes_through_an_edit() -> None:
    for path in shipped():
        if kind_of(path):
            through(path)
