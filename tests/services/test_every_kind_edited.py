"""Every kind of file goes through edit, save and reload in the studio: nothing but the edited leaf differs."""

from pathlib import Path

import pytest

from app.declarations.begun import said
from app.declarations.nodes import nodes_of
from app.declarations.schema import KINDS
from app.domain.edits import AddKey, Data, Edit, Move, Remove, SetValue, edited
from app.services.drafting.drafts import RegulationDrafting
from tests.declarations.test_rewriting import leaves
from tests.services.test_file_sentences import EVERY
from tests.services.test_regulation_drafts import ANNA, Desk

_LEAVES = 5
"""How many leaves of a file are tried, evenly through it."""


def commented(text: str) -> str:
    """Return a file with a remark above each line and one behind it, and a key that only a plugin knows."""
    found = []
    for number, line in enumerate(text.splitlines()):
        indent = line[: len(line) - len(line.lstrip(" "))]
        found += [f"{indent}# above {number}", f"{line}  # behind {number}"]
    return "\n".join([*found, "own_plugin: {keeps: this}  # a plugin's", "# the end", ""])


def remarks(text: str) -> list[str]:
    return [line.partition("# ")[2] for line in text.splitlines() if "# " in line]


FILES = {path: commented(text) for path, text in EVERY.items()}
BY_KIND = {next(key for key in said(text) if key in KINDS): path for path, text in FILES.items()}


@pytest.mark.parametrize("kind", KINDS)
async def test_nothing_but_the_edited_leaf_differs_after_a_reload(kind: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path = BY_KIND[kind]
    await desk.publish({path: FILES[path]})
    draft = await desk.drafting.open(ANNA)
    text, root = FILES[path], nodes_of(FILES[path])
    every = leaves(root.data)
    for leaf in every[:: max(1, len(every) // _LEAVES)]:
        seen = (await desk.drafting.draft(ANNA, draft.id)).step.number
        saved = await desk.drafting.edit(ANNA, draft.id, path, [SetValue(leaf, "zz")], seen=seen)
        (where,) = saved.files
        again = reloaded(desk)
        after = (await again.files(ANNA, draft.id)).files[where]
        node = root.at(leaf)
        assert after.startswith(text[: node.start]), leaf
        assert after.endswith(text[node.end :]), leaf
        assert remarks(after) == remarks(text), leaf
        assert said(after) == edited(root.data, SetValue(leaf, "zz")), leaf
        await again.undo(ANNA, draft.id)
        back = (await reloaded(desk).files(ANNA, draft.id)).files
        assert back.get(where, back[path]) == text


def reloaded(desk: Desk) -> RegulationDrafting:
    """Return drafting as a process has it that has just started: everything it knows comes from the store."""
    return RegulationDrafting(desk.drafting._ports)


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_added_moved_and_taken_away_leaves_all_else_as_it_was(
    kind: str, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    path = BY_KIND[kind]
    await desk.publish({path: FILES[path]})
    draft = await desk.drafting.open(ANNA)
    data: Data = said(FILES[path])
    text = FILES[path]
    edits: list[Edit] = [AddKey((), "notes", {"zh": "一"}), Move(("notes",), 0), Remove(("notes",))]
    for number, edit in enumerate(edits, 1):
        saved = await desk.drafting.edit(ANNA, draft.id, path, [edit], seen=number)
        (where,) = saved.files
        files = (await reloaded(desk).files(ANNA, draft.id)).files
        data, text = edited(data, edit), files.get(where, files.get(path, ""))
        assert said(text) == data
        assert remarks(text) == remarks(FILES[path])
    assert text == FILES[path]
