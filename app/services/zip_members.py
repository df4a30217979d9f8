"""Members of a zip whose bytes follow from their content alone, readable by whoever owns the file."""

import zipfile
from typing import Final

_THEN: Final = (1980, 1, 1, 0, 0, 0)  # a zip's earliest time: the same content gives the same bytes
_OWNER_ONLY: Final = 0o600  # everything that people told


def member(name: str, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """Return what a member is written under; `how` is one of zipfile's ways to compress."""
    info = zipfile.ZipInfo(name, _THEN)
    info.compress_type = how
    info.external_attr = _OWNER_ONLY << 16
    return info
