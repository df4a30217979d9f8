"""How it is asked for: tiles of what is there, and one that opens the device's files."""

from nicegui import ui

from app.domain.field_type import whole_option
from app.plugins.fields.file.data import ACCEPTED, LARGEST_MB, MOST
from app.ui.controls import Asked, files


def control(asked: Asked) -> ui.element:
    """Build the tiles."""
    most = whole_option(asked.field, "max_count", MOST)
    largest = whole_option(asked.field, "max_mb", LARGEST_MB)
    return files(asked, most, largest, ACCEPTED, add=("attach_file", "form-file-add"))
