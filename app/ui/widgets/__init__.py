"""Shared parts of pages, one element a file. They take values and text, and know no service."""

from app.ui.widgets.basic import box, icon, text

__all__ = ["box", "icon", "text"]
