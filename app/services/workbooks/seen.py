"""What earlier rows of a file were: a row that says or describes the same as one before it is told."""

from dataclasses import dataclass, field
from datetime import datetime

from app.services.workbooks.register import Key
from app.services.workbooks.workbook import Row


@dataclass(frozen=True, slots=True)
class Seen:
    """Earlier rows: by the id of their entry, by the key of what they describe, with the subject that they name.

    Two rows of one key may be two subjects that are called the same, if each names its own; two rows that name one
    subject may be what it was at two moments, if each names its own.
    """

    entries: dict[str, Row] = field(default_factory=dict)
    keys: dict[Key, tuple[Row, str | None]] = field(default_factory=dict)
    subjects: dict[tuple[str, datetime | None], Row] = field(default_factory=dict)

    def described(
        self, row: Row, key: Key | None, named: str | None, who: tuple[str | None, datetime | None]
    ) -> Row | None:
        """Return the earlier row that describes the same; None if this is the first. `named`: whom the row names.

        `who` is whom it is found to describe, and when.
        """
        if key is not None:
            earlier, other = self.keys.setdefault(key, (row, named))
            if earlier is not row and not (named and other):
                return earlier
        subject, at = who
        if subject is None:
            return None
        first = self.subjects.setdefault((subject, at), row)
        return None if first is row else first
