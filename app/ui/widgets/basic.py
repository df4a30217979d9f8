"""The three things that everything else is made of: a box, a text, an icon."""

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from app.ui.assets import glyph


def box(classes: str = "", tag: str = "div") -> ui.element:
    """Make an element that holds others."""
    made = ui.element(tag)
    return made.classes(classes) if classes else made


def text(value: str, classes: str = "", tag: str = "div") -> TextElement:
    """Make an element with text; whatever people have typed is shown as text, never as HTML."""
    made = TextElement(tag=tag, text=value)
    return made.classes(classes) if classes else made


def icon(name: str, classes: str = "") -> ui.element:
    """Make an icon of the sprite, hidden from screen readers: the word beside it says the same."""
    made = ui.icon(glyph(name))
    return made.classes(classes) if classes else made
