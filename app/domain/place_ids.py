"""Ids of places: that of a place begins with those of the places that it lies in."""


def lineage(place: str) -> list[str]:
    """Return the ids of the places above `place` and its own, the highest first."""
    parts = place.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]
