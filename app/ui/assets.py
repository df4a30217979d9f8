"""Files that the browser keeps: style sheet, icons, script, under addresses that change with their content."""

import hashlib
import re
from functools import cache
from pathlib import Path

from nicegui import app
from starlette.requests import Request
from starlette.responses import FileResponse, Response

_FOLDER = Path(__file__).parent
_STYLES = "theme.css"
"""The style sheet: the files of the folder `styles`, one after the other."""
_FILES = {
    "away.js": (_FOLDER / "static" / "away.js", "text/javascript"),
    "fields.js": (_FOLDER / "static" / "fields.js", "text/javascript"),
    "icons.svg": (_FOLDER / "static" / "icons.svg", "image/svg+xml"),
    "keeper.js": (_FOLDER / "static" / "keeper.js", "text/javascript"),
    "kept.js": (_FOLDER / "static" / "kept.js", "text/javascript"),
    "links.js": (_FOLDER / "static" / "links.js", "text/javascript"),
    "mark.svg": (_FOLDER / "static" / "mark.svg", "image/svg+xml"),
    "narrow.js": (_FOLDER / "static" / "narrow.js", "text/javascript"),
    "opening.js": (_FOLDER / "static" / "opening.js", "text/javascript"),
    "presses.js": (_FOLDER / "static" / "presses.js", "text/javascript"),
    "rows.js": (_FOLDER / "static" / "rows.js", "text/javascript"),
    "studio.js": (_FOLDER / "static" / "studio.js", "text/javascript"),
}
_A_YEAR = "public, max-age=31536000, immutable"


@cache
def asset(name: str) -> str:
    """Return the address of a file, with a mark of its content."""
    content = style_sheet() if name == _STYLES else _FILES[name][0].read_bytes()
    return f"/assets/{name}?v={hashlib.sha256(content).hexdigest()[:12]}"


@cache
def style_sheet() -> bytes:
    """Return the style sheet, put together once."""
    return b"".join(file.read_bytes() for file in sorted((_FOLDER / "styles").glob("*.css")))


def path(name: str) -> Path:
    """Return where a file lies."""
    return _FILES[name][0]


@cache
def drawn() -> frozenset[str]:
    """Return the names of all icons of the sprite."""
    return frozenset(re.findall(r'id="([a-z0-9_]+)"', _FILES["icons.svg"][0].read_text("utf-8")))


def icon_or(name: str, otherwise: str = "description") -> str:
    """Return an icon that a declaration names, if there is a drawing of it."""
    return name if name in drawn() else otherwise


def glyph(name: str) -> str:
    """Return an icon's name as Quasar reads it: a drawing of the sprite, no font that has to load first."""
    return f"svguse:{asset('icons.svg')}#{name}|0 0 24 24"


async def _serve(request: Request) -> Response:
    name, headers = request.path_params["name"], {"Cache-Control": _A_YEAR}
    if name == _STYLES:
        return Response(style_sheet(), media_type="text/css", headers=headers)
    known = _FILES.get(name)
    if known is None:
        return Response(status_code=404)
    file, media_type = known
    return FileResponse(file, media_type=media_type, headers=headers)


def register() -> None:
    """Serve the files."""
    app.add_route("/assets/{name}", _serve, methods=["GET"])
