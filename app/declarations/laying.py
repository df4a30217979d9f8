"""What is laid over what at a place, level by level."""

from collections.abc import Mapping

from app.declarations.closure import in_force
from app.declarations.overlays import with_overlays
from app.domain.layers import Laid, Stood


def laid(place: str, files: Mapping[str, str]) -> tuple[list[Laid], tuple[Stood, ...]]:
    """Return the changes of overlays that hold, the highest level first, and the definitions that stand for others."""
    chosen = in_force(place, files)
    found: list[Laid] = []
    with_overlays(chosen.read, found)
    return found, chosen.stood
