"""Where the files of a place stand, and which place a file is of."""

from pathlib import PurePosixPath
from typing import Final

PLACES_FOLDER: Final = "config/places"
DEMO_FOLDER: Final = "config/demo"
DEMO: Final = "demo"
PLACE_FILE: Final = "place.yaml"
OVERLAY_FILE: Final = "overlay.yaml"
PLUGINS_FILE: Final = "plugins.yaml"
BASE_PLUGINS: Final = "config/plugins.yaml"
"""What says which plugins are on everywhere."""
SUFFIX: Final = ".yaml"
CASE_SUFFIX: Final = ".case.yaml"
BASE: Final = ("forms/", "rules/", "config/roles/", "config/calendars/")
"""Folders of what every place may use."""
PRINTS: Final = "print/"
"""The folder inside a place's own whose print templates are in force there and below."""
BASE_PRINTS: Final = "config/print/"
"""The folder of print templates that are in force everywhere."""
PRINT_SUFFIXES: Final = (".html", ".css")
INVENTORIES: Final = "inventories/"
"""The folder inside a place's own for what its documents say, item by item."""
OWN: Final = ("forms/", "rules/", "roles/", "calendars/", INVENTORIES)
"""Folders inside a place's own whose files are in force there and below."""


def place_id(path: str) -> str:
    """Return the id of the place whose `place.yaml` stands at `path`: its folders; demo places start with `demo/`."""
    return _id(str(PurePosixPath(path).parent))


def _id(folder: str) -> str:
    if folder.startswith(DEMO_FOLDER):
        return DEMO + folder.removeprefix(DEMO_FOLDER)
    return folder.removeprefix(PLACES_FOLDER + "/")


def place_folder(place: str) -> str:
    """Return the folder of a place, relative to the checkout."""
    if place == DEMO or place.startswith(DEMO + "/"):
        return DEMO_FOLDER + place.removeprefix(DEMO)
    return f"{PLACES_FOLDER}/{place}"


def layer_of(path: str) -> str:
    """Return the id of the place whose file this is; the base's are nobody's: an empty text.

    A place's own file stands in its folder or in one of those kept for definitions, whatever is below that.
    """
    if not path.startswith((PLACES_FOLDER + "/", DEMO_FOLDER + "/")):
        return ""
    parts = PurePosixPath(path).parent.parts
    kept = [number for number, part in enumerate(parts) if number > 1 and f"{part}/" in OWN]
    return _id("/".join(parts[: kept[0]] if kept else parts))


def own_file(path: str, folder: str) -> bool:
    """Whether a file is the place's of this folder: its place.yaml, its overlay, or one of its own definitions."""
    if not path.startswith(folder + "/"):
        return False
    inside = path[len(folder) + 1 :]
    return inside in (PLACE_FILE, OVERLAY_FILE, PLUGINS_FILE) or inside.startswith(OWN)


def own_path(place: str, path: str) -> str | None:
    """Return where a place changes the file at `path`: there, or in a copy in its folder that stands for the base's.

    None for a file of another place, and for what is in no folder of the language.
    """
    folder = place_folder(place)
    if not path.endswith(SUFFIX) or ".." in path.split("/"):
        return None
    if own_file(path, folder):
        return path
    if path == BASE_PLUGINS:
        return f"{folder}/{PLUGINS_FILE}"
    if path.startswith(INVENTORIES):
        return f"{folder}/{path}"
    if path.startswith(BASE):
        return f"{folder}/{path.removeprefix('config/')}"
    return None


def is_inventory(path: str) -> bool:
    """Whether a file is one of a place's own inventories."""
    return path.startswith((PLACES_FOLDER + "/", DEMO_FOLDER + "/")) and f"/{INVENTORIES}" in path


def is_place_file(path: str) -> bool:
    """Whether a file declares a place."""
    return path.endswith("/" + PLACE_FILE)
