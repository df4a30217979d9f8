"""The archive of a closed period as a file: a zip of what anybody can open, the same content in the same bytes.

`closed.json` says what was closed when and by whom, `outcome.json` is the outcome as it was closed, `regulation/` has
the files of the revision, `entries.jsonl` the entries that counted, by id.
"""

import json
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from app.domain.entry import Entry
from app.domain.problem import Problem, ProblemError
from app.exchange.entry_lines import entry_line, read_jsonl
from app.services.appraising.archiving import Archive
from app.services.canonical import canonical_json
from app.services.ports import Closed, Progress
from app.services.zip_members import member

FORMAT: Final = "gridbook-archive-1"
MOST: Final = 2 * 1024**3
"""Bytes that an archive unpacks to, at most: a community's year has about a hundredth of it."""

_CLOSED: Final = "closed.json"
_OUTCOME: Final = "outcome.json"
_ENTRIES: Final = "entries.jsonl"
_FILES: Final = "regulation/"
_NOTED: Final = 1_000  # entries written between two notes of progress
_TEXTS: Final = ("place", "period", "revision", "ledger", "as_of", "closed_by")


def write_archive(archive: Archive, stream: BinaryIO, progress: Progress | None = None) -> None:
    """Write an archive; sensitive answers are in it, since the outcome follows from them too.

    `progress` is called with (entries, of).
    """
    closed = archive.closed
    head = {
        "format": FORMAT,
        "place": closed.place,
        "period": closed.period,
        "revision": closed.revision,
        "ledger": closed.ledger,
        "as_of": closed.as_of.isoformat(),
        "closed_by": closed.closed_by,
    }
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(member(_CLOSED), canonical_json(head))
        made.writestr(member(_OUTCOME), closed.outcome)
        for path in sorted(archive.files):
            made.writestr(member(_FILES + path), archive.files[path])
        with made.open(member(_ENTRIES), "w", force_zip64=True) as file:
            for number, entry in enumerate(archive.entries):
                if progress is not None and not number % _NOTED:
                    progress(number, len(archive.entries))
                file.write(entry_line(entry))


def read_archive(path: Path) -> Archive:
    """Read an archive.

    Raises ProblemError: E552 no such file, E595 not an archive of a closed period, E596 a damaged or an oversized one,
    and the faults of the lines of its entries.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST:
                raise ProblemError(Problem("E596", values={"path": str(path)}))
            closed = _closed(archive, path)
            files = {
                info.filename[len(_FILES) :]: archive.read(info).decode()
                for info in archive.infolist()
                if info.filename.startswith(_FILES) and not info.is_dir()
            }
            return Archive(closed, files, tuple(_entries(archive, closed.place)))
    except OSError:
        raise ProblemError(Problem("E552", values={"path": str(path)})) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError):
        code = "E596" if zipfile.is_zipfile(path) else "E595"
        raise ProblemError(Problem(code, values={"path": str(path)})) from None


def _closed(archive: zipfile.ZipFile, path: Path) -> Closed:
    try:
        head: dict[str, Any] = json.loads(archive.read(_CLOSED))
        texts = {name: head[name] for name in _TEXTS}
        as_of = datetime.fromisoformat(texts["as_of"])
        outcome = archive.read(_OUTCOME).decode()
        ours = head["format"] == FORMAT and as_of.tzinfo is not None
        ours = ours and all(isinstance(text, str) for text in texts.values())
        archive.getinfo(_ENTRIES)
    except (KeyError, ValueError, TypeError):
        ours = False
    if not ours:
        raise ProblemError(Problem("E595", values={"path": str(path)}))
    return Closed(**{**texts, "as_of": as_of}, outcome=outcome)


def _entries(archive: zipfile.ZipFile, place: str) -> Iterator[Entry]:
    problems: list[Problem] = []
    with archive.open(_ENTRIES) as stream:
        for line in read_jsonl(stream, problems.append, name=_ENTRIES, place=place):  # type: ignore[arg-type]
            yield line.entry
    if problems:
        raise ProblemError(*problems)
