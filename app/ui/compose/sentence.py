"""A definition as a sentence whose slots are the editor: figures and words are changed in it, the rest is led to."""

from unicodedata import east_asian_width

from app.services.drafting.composing import value_at
from app.services.drafting.described import FIGURES, Either, Leaf, Listed, Shape, Sort, chosen, shape_at
from app.services.drafting.slots import Sentence, Slot
from app.ui.compose.desk import Path, at, line, options_of, select
from app.ui.compose.editor import Editor
from app.ui.widgets import box, text


def sentence(editor: Editor, one: Sentence) -> None:
    """Draw a sentence."""
    with box("co-sentence"):
        for part in one.parts(editor.t):
            if isinstance(part, Slot):
                _slot(editor, part)
            else:
                text(part, "co-words", "span")


def _slot(editor: Editor, slot: Slot) -> None:
    path = slot.path
    shape = shape_at(editor.language, editor.kind, editor.data, path)
    value = value_at(editor.data, path)
    leaf = None if editor.shut or editor.is_laid(path) else _leaf(editor, shape, value)
    if leaf is not None and isinstance(value, str):
        if leaf.sort in FIGURES:
            _figure(editor, path, value, slot.words)
            return
        offers = editor.offers.of(leaf, editor.rows(path)) if leaf.sort is Sort.NAME else ()
        if offers and (any(one.id == value for one in offers)):

            async def picked(new: object) -> None:
                if new:
                    await editor.put(path, str(new), anew=True)

            made = select(options_of(editor.t, offers, value), value, slot.words, picked, searched=False)
            made.props(remove="outlined dense").props("borderless").classes("gb-slot", remove="ed-select")
            return
    if (
        not (editor.shut or editor.is_laid(path))
        and isinstance(value, dict)
        and "value" in value
        and isinstance(value["value"], str)
    ):
        _figure(editor, (*path, "value"), value["value"], slot.words)
        return
    lead = box("co-lead", "button").props("type=button")
    with lead:
        text(slot.words, tag="span")
    lead.on("click", lambda: editor.show(path))


def _leaf(editor: Editor, shape: Shape | None, value: object) -> Leaf | None:
    if shape is None:
        return None
    own = chosen(shape, value, editor.language)
    if isinstance(own, Listed):
        own = chosen(own.of, value, editor.language)
    if isinstance(own, Either):
        own = own.shapes[0]
    return own if isinstance(own, Leaf) else None


def _figure(editor: Editor, path: Path, value: str, words: str) -> None:
    async def typed(new: str) -> None:
        if new.strip():
            await editor.put(path, new.strip(), anew=True)

    made = line(value, words, typed)
    made.props(remove="outlined dense").props("borderless").classes("gb-slot n3", remove="ed-line")
    made.style(f"--said: {_columns(value)}")
    made.props["data-slot"] = at(path)


def _columns(value: str) -> int:
    """Return how wide a value is, in digits: a character of Chinese takes two."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in value)
