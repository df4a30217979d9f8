"""The columns that the machinery adds to tables, for which the catalogues have a word: `sentence-column-…`.

What a form asks has the title that the form gives it; these have none of their own.
"""

from typing import Final

_WORDED: Final = frozenset(
    {
        "about", "at", "bonus", "by", "confirmed_at", "counted", "date", "due", "end", "entry", "fresh", "grade",
        "handler", "id", "item", "known", "level", "line", "matter", "max", "met", "met_at", "missing", "needed", "nth",
        "owner", "part", "passed", "period", "place", "points", "possible", "post", "rank", "recorded_at", "row",
        "rule", "score", "short", "start", "state", "subject", "target", "tier", "total", "value", "whole", "window",
    }
)  # fmt: skip


def column_message(name: str) -> str:
    """Return the name of the message that says a column, "" where the catalogues have none for it."""
    return f"sentence-column-{name}" if name in _WORDED else ""
