"""Cells of a csv file that no spreadsheet takes for a formula (OWASP, CSV injection)."""

from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_GUARD: Final = "'"


def guarded(cell: str) -> str:
    """Return text as a cell: an apostrophe leads what a spreadsheet would take for a formula, even behind blanks.

    Text that looks guarded already gets one more, so that `unguarded` always returns what went in. A negative number
    that is text is guarded, too; numbers that are meant to be counted with are not for this.
    """
    return f"{_GUARD}{cell}" if _would_run(cell.lstrip(_GUARD)) else cell


def unguarded(cell: str) -> str:
    """Return what a guarded cell says; of any other the cell itself."""
    return cell[1:] if cell.startswith(_GUARD) and _would_run(cell.lstrip(_GUARD)) else cell


def _would_run(text: str) -> bool:
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
