"""Overlays: what a place changes of the definitions above it."""

from typing import Any

from pydantic import Field

from app.declarations.schema.base import Boolean, Model, Text
from app.declarations.schema.common import Titled


class ChangeIn(Model):
    """One change: another figure at a path, or a definition switched off."""

    path: Text
    to: Any = None
    off: Boolean = False
    why: Text = ""


class OverlayFile(Titled):
    """The changes of a place."""

    planned = frozenset(["adds"])

    overlay: Text
    place: Text | None = None
    changes: list[ChangeIn] = Field(default=[])
