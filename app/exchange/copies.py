"""Which revision this machine's copy of the declared files came from: a small file in the data folder."""

import json
import os
import tempfile
from pathlib import Path

_NAME = "copies.json"


class CopiesFile:
    """Answers to `Copies`. What can't be read counts as not known; what can't be written isn't remembered."""

    def __init__(self, folder: Path) -> None:
        """Keep the file in `folder`."""
        self._path = folder / _NAME

    def origin(self, place: str) -> str | None:
        """Return the hash of the revision, or None when it isn't known."""
        return self._read().get(place)

    def note(self, place: str, revision_hash: str) -> None:
        """Remember that the files of `place` equal this revision now."""
        known = self._read()
        if known.get(place) == revision_hash:
            return
        text = json.dumps({**known, place: revision_hash}, indent=1, sort_keys=True)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, scratch = tempfile.mkstemp(prefix=".", suffix=".part", dir=self._path.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(scratch).replace(self._path)
        except OSError:
            return

    def _read(self) -> dict[str, str]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in data.items()} if isinstance(data, dict) else {}
