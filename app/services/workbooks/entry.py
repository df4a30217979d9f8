"""The entry that a row of a workbook says; its id is made of what the row says: the same row is the same entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.services.canonical import canonical_json
from app.services.workbooks.register import Register

IMPORTED: Final = "import"
"""The source of what came in from a file, and who did it where a file describes something and names nobody."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says besides its answers: whom it is about, when it was (None: it doesn't say), who did it.

    `others` are whom else it is about, where the form may be about several.
    """

    subject: str | None
    at: datetime | None
    by: str
    others: tuple[str, ...] = ()


class Entries:
    """Makes the entries of one import; `by` is who did it where the rows don't say."""

    def __init__(self, register: Register, form: Form, by: str | None) -> None:
        """Look at the community as it was when the import began."""
        self._now = register.now
        self._form = form
        self._by = by
        self._place = register.community.place
        self._entries = register.community.entries
        self._revision = register.community.regulation.revision

    def entry(
        self, said: Said, subject: str | None, own: Mapping[str, Any], answers: Mapping[str, Any]
    ) -> Entry:
        """Return the entry of a row: `own` are the answers that it gives, `answers` all that are stored."""
        by = said.by if said.by != self._by else None
        at = None if said.at is None else said.at.isoformat()
        about = [said.subject, *said.others] if said.others else said.subject
        content = canonical_json([self._place, self._form.id, about, at, by, own])
        name = sha256(content.encode()).hexdigest()[:40]
        if self._form.describes and not subject:
            subject = f"{self._form.describes}-{name[:12]}"
        known = self._entries.get(f"x-{name}")
        return Entry(
            id=f"x-{name}",
            place=self._place,
            form=self._form.id,
            at=known.at if known is not None else said.at or self._now,
            by=said.by,
            recorded_at=self._now,
            answers=answers,
            subject=subject or None,
            subjects=said.others,
            revision=self._revision,
            source=IMPORTED,
        )
