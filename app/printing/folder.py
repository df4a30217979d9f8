"""The folder of a batch: its parts until it is whole, then one merged PDF and a zip of single ones."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.domain.problem import Problem, ProblemError
from app.services.prints.batches import Bookmarks, Called, Pages

_KEY: Final = "key"
_MARKS: Final = ".marks"
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member of a zip: the same input gives the same bytes."""


class PrintFolder:
    """The port `BatchFolder` over a folder, which is made when something is written."""

    def __init__(self, folder: Path, name: str = "appraisals") -> None:
        """Keep finished files as `name.pdf` and `name.zip` in `folder`, the parts in one below."""
        self._folder = folder
        self._parts = folder / f".{name}-parts"
        self._name = name

    def begin(self, key: str) -> frozenset[int]:
        """Return the numbers of the parts that are there of the batch of this key; those of another are dropped."""
        with self._told():
            known = self._parts / _KEY
            if not known.is_file() or known.read_text(encoding="utf-8") != key:
                shutil.rmtree(self._parts, ignore_errors=True)
                self._parts.mkdir(parents=True, exist_ok=True)
                self._write(known, key.encode())
            return frozenset(
                int(path.stem)
                for path in self._parts.glob("*.zip")
                if path.with_suffix(".pdf").is_file() and path.with_suffix(_MARKS).is_file()
            )

    def put(self, number: int, pages: Pages, called: Sequence[Called], data: str) -> None:
        """Keep a part; the zip comes last, so a part that has it is whole."""
        stem = self._parts / f"{number:05d}"
        with self._told():
            self._write(stem.with_suffix(".json"), data.encode())
            marks = [[one.title, count] for one, count in zip(called, pages.counts, strict=True)]
            self._write(stem.with_suffix(_MARKS), json.dumps(marks).encode())
            self._write(stem.with_suffix(".pdf"), pages.together)
            scratch = stem.with_suffix(".part")
            with zipfile.ZipFile(scratch, "w", zipfile.ZIP_STORED) as made:
                for one, content in zip(called, pages.singles, strict=True):
                    made.writestr(_member(one.file), content)
            _settled(scratch)
            scratch.replace(stem.with_suffix(".zip"))

    def finish(self, count: int, join: Callable[[Sequence[Path], Path, str, Bookmarks], None]) -> None:
        """Put the parts together and drop them."""
        stems = [self._parts / f"{number:05d}" for number in range(count)]
        with self._told():
            scratch = self._parts / "all.part"
            with zipfile.ZipFile(scratch, "w", zipfile.ZIP_STORED) as made:
                for stem in stems:
                    with zipfile.ZipFile(stem.with_suffix(".zip")) as part:
                        for name in part.namelist():
                            made.writestr(_member(name), part.read(name))
            _settled(scratch)
            data = ",\n".join(
                line
                for stem in stems
                for line in stem.with_suffix(".json").read_text(encoding="utf-8").split("\n")
            )
            merged = self._parts / "all.pdf.part"
            join([stem.with_suffix(".pdf") for stem in stems], merged, f"[{data}]", list(_marks(stems)))
            _settled(merged)
            merged.replace(self._folder / f"{self._name}.pdf")
            scratch.replace(self._folder / f"{self._name}.zip")
            shutil.rmtree(self._parts, ignore_errors=True)

    def path(self, which: str) -> Path | None:
        """Return the finished file, `pdf` or `zip`, or None."""
        found = self._folder / f"{self._name}.{which}"
        return found if found.is_file() else None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say that nothing can be written any more; what is there stays, and the batch goes on from it."""
        try:
            yield
        except OSError:
            for scratch in self._parts.glob("*.part"):
                scratch.unlink(missing_ok=True)
            raise ProblemError(Problem("E576", values={"path": str(self._folder)})) from None

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        scratch = path.with_name(path.name + ".part")
        scratch.write_bytes(content)
        _settled(scratch)
        scratch.replace(path)


def _marks(stems: Sequence[Path]) -> Iterator[tuple[str, int]]:
    """Yield where each document begins in the merged file."""
    at = 0
    for stem in stems:
        for title, count in json.loads(stem.with_suffix(_MARKS).read_text(encoding="utf-8")):
            yield title, at
            at += count


def _settled(path: Path) -> None:
    """Wait until a file is on the disk: some systems tell that it is full only then."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _member(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name.replace("/", "-"), _MOMENT)
    made.external_attr = 0o644 << 16
    return made
