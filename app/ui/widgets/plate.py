"""DoorPlate: the door number that leads every household's row and header."""

from typing import Literal

from nicegui.elements.mixins.text_element import TextElement

Size = Literal["row", "solid", "mini"]


class DoorPlate(TextElement):
    """`size`: `row` in lists, `solid` in the header of a household, `mini` in tables."""

    def __init__(self, number: str, size: Size = "row") -> None:
        """Show the number as it stands on the door."""
        super().__init__(tag="span", text=number)
        self.classes("gb-plate" if size == "row" else f"gb-plate {size}")
