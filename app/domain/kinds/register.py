"""What a form that describes a subject says of its register: when two records may be one, and what a good one is."""

from dataclasses import dataclass, field

from app.domain.kinds.common import Parameter, Source, Texts
from app.domain.workdays import Every


@dataclass(frozen=True, slots=True)
class SameWhen:
    """When two subjects are proposed as one: their answers of `same` are equal, those of `alike` nearly so.

    Answers are compared without what doesn't matter (blanks, widths, case): app.domain.same.
    """

    id: str
    same: tuple[str, ...]
    alike: tuple[str, ...] = ()
    title: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quality:
    """How a register is kept: looked at as each window of `every` ends.

    A record is known when none of the fields `known` is left open, and fresh when it was made, changed or confirmed (by
    rows of `confirmed_by`) less than `within` before; None: nothing is asked of its age.
    """

    every: Every
    known: tuple[str, ...] = ()
    within: Parameter | None = None
    confirmed_by: tuple[Source, ...] = ()


def quality_table(form: str) -> str:
    """Return the name of the table of how a form's register is kept."""
    return f"{form}.quality"


WINDOW = "window"
AT = "at"
KNOWN = "known"
MISSING = "missing"
CONFIRMED = "confirmed_at"
FRESH = "fresh"
"""The columns that the table has beside those of the subject; the last two where the age of records is asked for."""

OWN_COLUMNS = (WINDOW, AT, KNOWN, MISSING, CONFIRMED, FRESH)
