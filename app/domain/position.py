"""Positions on the earth, as answers hold them: exact decimals in degrees (WGS 84), and how they came about."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Final

from app.domain.core.json_values import from_json
from app.domain.core.values import Kind, Type
from app.domain.field_type import AnswerError

_DECIMALS: Final = 7
"""About a centimetre; what a phone says beyond is noise."""
_FARTHEST: Final = 1_000_000
BY: Final = ("device", "hand")
_DIAMETER: Final = 12_742_000
"""The earth's, in metres; the page reckons with the same (static/fields.js)."""


def position(raw: object, most_off: int | None = None) -> dict[str, object]:
    """Return latitude, longitude, `by` (device or hand), and where known `accuracy` (m) and `at` (instant).

    Raises AnswerError E702 for what isn't one, E724 for a device that was further off than `most_off` metres.
    """
    if not isinstance(raw, Mapping):
        raise AnswerError("E702")
    found: dict[str, object] = {"lat": _degrees(raw.get("lat"), 90), "lon": _degrees(raw.get("lon"), 180)}
    by = raw.get("by", "hand")
    if by not in BY:
        raise AnswerError("E702")
    found["by"] = by
    off = raw.get("accuracy")
    if off is not None:
        if isinstance(off, bool) or not isinstance(off, int) or not 0 <= off <= _FARTHEST:
            raise AnswerError("E702")
        if most_off is not None and off > most_off:
            raise AnswerError("E724", limit=most_off, found=off)
        found["accuracy"] = off
    if raw.get("at") is not None:
        found["at"] = _instant(raw["at"])
    return found


def _degrees(raw: object, most: int) -> str:
    if not isinstance(raw, str) or len(raw) > 24:  # noqa: PLR2004 - longer than any that a device says
        raise AnswerError("E702")
    try:
        value = Decimal(raw.strip().replace(",", "."))
    except InvalidOperation:
        raise AnswerError("E702") from None
    if not value.is_finite() or abs(value) > most:
        raise AnswerError("E702")
    return format(round(value, _DECIMALS).normalize() + 0, "f")


def _instant(raw: object) -> str:
    try:
        from_json(Type(Kind.INSTANT), raw)
    except ValueError:
        raise AnswerError("E702") from None
    return str(raw)


def metres_along(way: Sequence[Mapping[str, object]]) -> int:
    """Return how long a way over the given positions is, in whole metres on a globe (haversine)."""
    return round(sum(_apart(one, other) for one, other in pairwise(way)))


def _apart(one: Mapping[str, object], other: Mapping[str, object]) -> float:
    north, south = radians(float(str(one["lat"]))), radians(float(str(other["lat"])))
    aside = radians(float(str(other["lon"])) - float(str(one["lon"])))
    inner = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(aside / 2) ** 2
    return _DIAMETER * asin(min(1.0, sqrt(inner)))
