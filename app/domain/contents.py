"""What a file is, told by its content: what its name or a browser claims isn't believed."""

import io
import zipfile
from typing import Final

IMAGES: Final = frozenset({"image/jpeg", "image/png", "image/webp"})

_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)
_OFFICE: Final = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_TEXT: Final = "text/plain"
DOCUMENTS: Final = frozenset({"application/pdf", _TEXT, *(kind for _, kind in _OFFICE)})
_MOST_PARTS: Final = 5_000
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 12, 13}


def type_of(content: bytes) -> str | None:
    """Return the media type of a picture or document, None for anything else (programs, archives, web pages)."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return _TEXT if _is_text(content) else None


def _office(content: bytes) -> str | None:
    """Look at the names in the archive alone; nothing is unpacked, however large it would become."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return None
    if len(names) > _MOST_PARTS or any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in _OFFICE if part in names), None)


def _is_text(content: bytes) -> bool:
    if not content or content.lstrip()[:1] == b"<" or _CONTROLS & set(content):
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
