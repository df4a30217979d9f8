"""The one kind of record: an entry of a form. The ledger only grows; everything else is derived from it.

An entry counts as of an instant if it was recorded by then and no entry recorded by then supersedes it.
`at` decides the day and the period; `recorded_at` decides what was known when.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

RETRACTION = "retraction"
"""The system form whose entry withdraws the entry that it supersedes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of the ledger.

    `at` and `recorded_at` are aware instants in UTC. `answers` is JSON data as the form's field types store it:
    text for dates ("2025-03-17"), instants (ISO with offset), exact decimals ("3.5"); numbers only for integers.
    `supersedes` names the entry that this one corrects, or withdraws when `form` is RETRACTION.
    """

    id: str
    place: str
    form: str
    at: datetime
    by: str
    recorded_at: datetime
    answers: Mapping[str, Any] = field(default_factory=dict)
    subject: str | None = None
    subjects: tuple[str, ...] = ()
    revision: str | None = None
    source: str = "app"
    supersedes: str | None = None


def entry_order(entry: Entry) -> tuple[datetime, str]:
    """Return the total order in which entries are read: by `at`, ties by id."""
    return entry.at, entry.id


def standing(entries: Iterable[Entry], as_of: datetime) -> list[Entry]:
    """Return the entries that count as of `as_of` (inclusive), ordered; retractions themselves are left out.

    When two entries supersede the same one, both stand: the chain is a tree, and nobody's word is dropped.
    """
    known = {entry.id: entry for entry in entries if entry.recorded_at <= as_of}
    superseded = {entry.supersedes for entry in known.values() if entry.supersedes is not None}
    kept = (entry for entry in known.values() if entry.id not in superseded and entry.form != RETRACTION)
    return sorted(kept, key=entry_order)


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Return the entry as the JSON object of the exchange format, every key present."""
    return {
        "id": entry.id,
        "place": entry.place,
        "form": entry.form,
        "revision": entry.revision,
        "at": entry.at.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(),
        "by": entry.by,
        "subject": entry.subject,
        "subjects": list(entry.subjects),
        "source": entry.source,
        "answers": dict(entry.answers),
        "supersedes": entry.supersedes,
    }


def entry_from_json(data: Mapping[str, Any]) -> Entry:
    """Return the entry of one JSON object; `id`, `form`, `at`, `by` and `answers` are required.

    Raises KeyError for a missing key, ValueError for an instant without an offset or not an instant.
    """
    at = instant_of(data["at"])
    recorded = data.get("recorded_at")
    get = data.get
    return Entry(
        data["id"],
        get("place") or "",
        data["form"],
        at,
        data["by"],
        at if recorded is None or recorded == data["at"] else instant_of(recorded),
        data["answers"],
        get("subject"),
        tuple(get("subjects") or ()),
        get("revision"),
        get("source") or "import",
        get("supersedes"),
    )


def instant_of(text: str) -> datetime:
    """Return the instant that a text in ISO form says, in UTC. Raises ValueError without an offset, OverflowError."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is UTC:
        return instant
    if instant.tzinfo is None:
        message = "an instant needs an offset"
        raise ValueError(message)
    return instant.astimezone(UTC)


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)


def canonical_json(data: object) -> str:
    """Return `data` as JSON with sorted keys and no spaces: the text that hashes are taken over."""
    return _CANONICAL.encode(data)


def content_hash(data: object) -> str:
    """Return the SHA-256 of the canonical JSON of `data`, in hexadecimal."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()
