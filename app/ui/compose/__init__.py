"""The editor of a declared file as a form, made from what the language says of itself."""

from app.ui.compose.editor import Editor

__all__ = ["Editor"]
