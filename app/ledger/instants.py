"""Instants as the database keeps them: whole microseconds since 1970-01-01T00:00Z.

An integer orders and compares exactly and alike on SQLite, which has no type for instants, and on PostgreSQL.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """Return the microseconds from the epoch to `instant`, exactly. Raises ValueError without an offset."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """Return the instant, in UTC, that lies `micros` microseconds after the epoch."""
    return _EPOCH + micros * _MICROSECOND
