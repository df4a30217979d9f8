"""Quotation marks within quotation marks: those inside are the other sort, as each language sets them.

Chinese has “ ” outside and ‘ ’ inside (GB/T 15834-2011, 4.8.3.2), English too; Spanish has « » outside and “ ” inside
(Ortografía de la lengua española, 2010, III.3.4.8).
"""

from typing import Final

_CLOSES: Final = {"“": "”", "«": "»"}
_INSIDE: Final = {"“": ("‘", "’"), "«": ("“", "”")}


def nested(text: str) -> str:
    """Return a text in which quotes within quotes are of the other sort; as it is where they don't pair up."""
    if sum(map(text.count, _CLOSES)) < 2:  # noqa: PLR2004 - one has none within
        return text
    made: list[str] = []
    open_ones: list[str] = []
    inside = "“"
    for letter in text:
        if letter in _CLOSES:
            inside = letter if not open_ones else inside
            made.append(_INSIDE[inside][0] if len(open_ones) % 2 else letter)
            open_ones.append(letter)
        elif letter in _CLOSES.values():
            if not open_ones or _CLOSES[open_ones.pop()] != letter:
                return text
            made.append(_INSIDE[inside][1] if len(open_ones) % 2 else letter)
        else:
            made.append(letter)
    return text if open_ones else "".join(made)
