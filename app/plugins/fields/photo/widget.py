"""How it is asked for: tiles of what is there, and one that opens the camera or the gallery."""

from nicegui import ui

from app.domain.contents import IMAGES
from app.domain.field_type import whole_option
from app.plugins.fields.photo.data import LARGEST_MB, MOST
from app.ui.controls import Asked, files


def control(asked: Asked) -> ui.element:
    """Build the tiles."""
    most = whole_option(asked.field, "max_count", MOST)
    return files(asked, most, whole_option(asked.field, "max_mb", LARGEST_MB), IMAGES)
