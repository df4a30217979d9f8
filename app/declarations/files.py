"""The adapter of the Declarations port: declared files on disk."""

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from app.declarations import scalars
from app.declarations.cache import CacheFolder
from app.declarations.deployment import FIELD_TYPES, CalendarSource, FieldSort
from app.declarations.kept import KeptLoads
from app.declarations.place_folders import (
    BASE,
    BASE_PLUGINS,
    BASE_PRINTS,
    DEMO_FOLDER,
    PLACE_FILE,
    PLACES_FOLDER,
    PRINT_SUFFIXES,
    PRINTS,
    SUFFIX,
    is_place_file,
    own_file,
    own_path,
    place_folder,
    place_id,
)
from app.declarations.texts import MAX_CHARACTERS, normal_text, revision_of
from app.domain.edits import Data, Edit
from app.domain.inventory import Carrier, Inventory
from app.domain.layers import Laid, Stood
from app.domain.merging import Conflict
from app.domain.place import COMMUNITY
from app.domain.place_ids import lineage
from app.domain.problem import Problem, ProblemError, Where
from app.services.drafting.described import Language
from app.services.drafting.ports import DeclaredFile
from app.services.ports import Loaded

MOST_GRIDS = 200
_MAX_BYTES = 4 * MAX_CHARACTERS + 4


class FileDeclarations:
    """Reads and writes the declared files under `root`, a checkout. Implements the port `Declarations`.

    Never follows a link out of `root`. Texts come without byte order mark and with lines ended by a line feed.
    """

    def __init__(
        self,
        root: Path,
        calendar_source: CalendarSource,
        field_types: Mapping[str, FieldSort] = FIELD_TYPES,
        cache: Path | None = None,
    ) -> None:
        """Keep the root. `calendar_source` gives official days; `field_types` says what a form may say.

        `cache` is a folder for what was loaded, for the next process; without one each loads anew.
        """
        self._root = root.resolve()
        folder = None if cache is None else CacheFolder(cache)
        self.kept = KeptLoads(calendar_source, field_types, folder)
        # One process asks for the same official days at every keystroke.
        self._checks = KeptLoads(lru_cache(maxsize=16)(calendar_source), field_types, folder, writes=False)
        self._field_types = field_types

    def read_files(self, place: str) -> Mapping[str, str]:
        """Return the closure of files of a place: the base, those of the places above it, its own and those below.

        A file that isn't UTF-8 keeps its odd bytes as surrogates, which loading refuses with their place. Unreadable
        and missing files are left out; so is a place id that isn't one.
        """
        found: dict[str, str] = {}
        for folder in BASE:
            found.update(self._texts(folder.rstrip("/")))
        switches = self._root / BASE_PLUGINS
        text = _read(switches) if self._inside(switches) else None
        if text is not None:
            found[BASE_PLUGINS] = text
        if not _is_place_id(place):
            return found
        folders = [place_folder(one) for one in lineage(place)]
        for path, text in self._texts(folders[0]):
            below = path.startswith(folders[-1] + "/") and is_place_file(path)
            if below or any(own_file(path, folder) for folder in folders):
                found[path] = text
        for folder in (BASE_PRINTS, *(f"{one}/{PRINTS}" for one in folders)):
            found.update(self._texts(folder.rstrip("/"), deep=False, suffixes=PRINT_SUFFIXES))
        return dict(sorted(found.items()))

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        """Check and build the regulation of these files; never raises for what they say."""
        return self.kept.load(place, files, with_cases=with_cases)

    # ---- drafts
    def check(self, place: str, files: Mapping[str, str], *, with_cases: bool = True) -> Loaded:
        """Check and build a draft: what checks of nearly the same files gave is used again, nothing is written."""
        return self._checks.load(place, files, with_cases=with_cases)

    def declared(self, place: str, files: Mapping[str, str]) -> list[DeclaredFile]:
        """Return the files in force at a place, by kind, id and path."""
        with _reading().remembering(self._checks.recall(place)):
            found: list[DeclaredFile] = _reading().declared_at(place, files)
        return found

    def own_path(self, place: str, path: str) -> str | None:
        """Return the path at which a place changes a file, None for what isn't its to change."""
        return own_path(place, path) if _is_place_id(place) else None

    def field_types(self) -> list[str]:
        """Return the names of the types that a form's field can have."""
        return sorted(self._field_types)

    def language(self) -> Language:
        """Return all that files may say."""
        found: Language = import_module("app.declarations.describing").language()
        return found

    def revision_of(self, files: Mapping[str, str]) -> str:
        """Return the hash of the revision that these files would be."""
        return revision_of(files)

    def edited(self, text: str, edits: Iterable[Edit]) -> str:
        """Return a file's text after edits. Raises the errors of app.domain.edits."""
        found: str = import_module("app.declarations.rewriting").rewritten(text, edits)
        return found

    def renamed_at(self, text: str, problem: Problem, old: str, new: str) -> str:
        """Return a file's text with a name that stands where a problem does as another."""
        found: str = import_module("app.declarations.renaming").renamed_at(text, problem, old, new)
        return found

    def merged(self, base: str, mine: str, theirs: str) -> tuple[str, Sequence[Conflict]]:
        """Return two changes of a text in one, and what they disagree on."""
        found: tuple[str, Sequence[Conflict]] = import_module("app.declarations.merging").merged_text(
            base, mine, theirs
        )
        return found

    def said(self, text: str) -> Data:
        """Return what a file's text says, without comments. Raises UnreadableError."""
        found: Data = import_module("app.declarations.nodes").nodes_of(text).data
        return found

    def folder(self, place: str) -> str:
        """Return the folder of a place, relative to the checkout."""
        return place_folder(place)

    def laid(self, place: str, files: Mapping[str, str]) -> tuple[list[Laid], tuple[Stood, ...]]:
        """Return what is laid over what at a place: the changes of overlays that hold, and definitions of its own."""
        found: tuple[list[Laid], tuple[Stood, ...]] = import_module("app.declarations.laying").laid(
            place, files
        )
        return found

    def inventory(self, own: Mapping[str, str] | None = None) -> tuple[Inventory, list[Problem]]:
        """Return what the documents say, item by item, and what is wrong with the files that tell it."""
        found: tuple[Inventory, list[Problem]] = _reading().read_inventories(
            [*self.inventory_texts(), *(own or {}).items()]
        )
        return found

    def inventory_texts(self) -> list[tuple[str, str]]:
        """Return the files of the inventories that every place shares, and of the kinds of items: path, text."""
        return list(self._texts(_reading().FOLDER))

    def carriers(self, place: str, files: Mapping[str, str]) -> list[Carrier]:
        """Return the definitions in force at a place that name items of documents."""
        found: list[Carrier] = _reading().carriers_at(place, files)
        return found

    def followed(self, place: str) -> str | None:
        """Return the document that a place's file names in its clause, or None."""
        text = self.place_text(place)
        return None if text is None else _reading().document_of(f"{place_folder(place)}/{PLACE_FILE}", text)

    def place_text(self, place: str) -> str | None:
        """Return the file that declares a place, None where it has none of its own."""
        path = self._root / place_folder(place) / PLACE_FILE
        return _read(path) if _is_place_id(place) and self._inside(path) else None

    def places(self) -> list[str]:
        """Return the ids of all communities, demo ones included; one whose file is broken is among them."""
        files = {
            path: text
            for folder in (PLACES_FOLDER, DEMO_FOLDER)
            for path, text in self._texts(folder)
            if is_place_file(path)
        }
        levels = self.kept.levels(files)
        return sorted(place_id(path) for path, level in levels.items() if level in (None, COMMUNITY))

    def create_place(self, place: str, level: str, title: Mapping[str, str], grids: int) -> None:
        """Write the file of a new place with so many grids, in one step.

        Raises ProblemError: E101 when the id is taken or isn't one, E103 for a number of grids out of range,
        E108 when the file can't be written.
        """
        path = f"{place_folder(place)}/{PLACE_FILE}"
        where = Where(path)
        if not _is_place_id(place) or place.rsplit("/", maxsplit=1)[-1] in _reading().RESERVED_IDS:
            raise ProblemError(Problem("E101", where, {"reason": "form", "name": place[:80]}))
        if not 0 <= grids <= MOST_GRIDS:
            raise ProblemError(Problem("E103", where, {"what": "grids", "reason": "not_an_integer"}))
        if (self._root / path).exists() or self._declared_inline(place):
            raise ProblemError(Problem("E101", where, {"reason": "taken", "name": place}))
        text = _place_text(place, level, title, grids, self._default_calendar(place))
        try:
            self._write(path, text, new=True)
        except FileExistsError:
            raise ProblemError(Problem("E101", where, {"reason": "taken", "name": place})) from None
        except OSError:
            raise ProblemError(Problem("E108", where, {"what": path})) from None

    def remove_place(self, place: str) -> None:
        """Take back what `create_place` wrote: the place's file, and its folder when no file is left in it."""
        target = self._root / place_folder(place) / PLACE_FILE
        if _is_place_id(place) and self._inside(target):
            with contextlib.suppress(OSError):
                target.unlink()
                for folder, _, _ in os.walk(target.parent, topdown=False):
                    Path(folder).rmdir()

    def write_files(self, files: Mapping[str, str]) -> None:
        """Write files (path → text), each in one step: a reader sees the old text or the new one, never a part.

        Raises ProblemError with E108 for a path outside of the declared folders or one that can't be written.
        """
        for path, text in sorted(files.items()):
            _refuse_outside(path)
            try:
                self._write(path, normal_text(text), new=False)
            except OSError:
                raise ProblemError(Problem("E108", Where(path), {"what": path})) from None

    def remove_files(self, paths: Iterable[str]) -> None:
        """Remove files; those that aren't there are no fault.

        Raises ProblemError with E108 for a path outside of the declared folders or one that can't be removed.
        """
        for path in sorted(paths):
            _refuse_outside(path)
            target = self._root / path
            try:
                if self._inside(target):
                    target.unlink(missing_ok=True)
            except OSError:
                raise ProblemError(Problem("E108", Where(path), {"what": path})) from None

    # ---- disk
    def _inside(self, path: Path) -> bool:
        """Whether a path, its links followed, lies under the root."""
        return path.resolve().is_relative_to(self._root)

    def _texts(
        self, folder: str, *, deep: bool = True, suffixes: tuple[str, ...] = (SUFFIX, ".yml")
    ) -> Iterator[tuple[str, str]]:
        """Yield the files of a folder, YAML unless told otherwise: path relative to the root, text.

        Links to folders aren't followed.
        """
        top = self._root / folder
        if not top.is_dir() or not self._inside(top):
            return
        for at, folders, names in os.walk(top, followlinks=False):
            folders[:] = sorted(name for name in folders if not name.startswith(".")) if deep else []
            for name in sorted(names):
                path = Path(at) / name
                if not name.endswith(suffixes) or name.startswith("."):
                    continue
                # No folder on the way is a link: only a link itself can lead outside.
                if not path.is_symlink() or self._inside(path):
                    text = _read(path)
                    if text is not None:
                        yield path.relative_to(self._root).as_posix(), text

    def _write(self, path: str, text: str, *, new: bool) -> None:
        target = self._root / path
        if not self._inside(target):
            raise PermissionError
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise NotADirectoryError from None
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(0o644)
            if new:
                os.link(temporary, target)  # fails when the target exists: of two writers one wins
            else:
                Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def _declared_inline(self, place: str) -> bool:
        """Whether a place above has this one in its own file."""
        for one in lineage(place)[:-1]:
            path = f"{place_folder(one)}/{PLACE_FILE}"
            text = _read(self._root / path) if (self._root / path).is_file() else None
            declared = _reading().place_file(path, text)
            if declared is None:
                continue
            inner = declared.places
            parts = place.removeprefix(one + "/").split("/")
            for number, part in enumerate(parts):
                if part not in inner:
                    break
                if number == len(parts) - 1:
                    return True
                inner = inner[part].places
        return False

    def _default_calendar(self, place: str) -> str | None:
        """Return the calendar to name in a new place's file: none where a place above has one, else the first."""
        for one in lineage(place)[:-1]:
            path = f"{place_folder(one)}/{PLACE_FILE}"
            text = _read(self._root / path) if (self._root / path).is_file() else None
            declared = _reading().place_file(path, text)
            if declared is not None and declared.calendar:
                return None
        names = sorted(Path(path).stem for path, _ in self._texts("config/calendars", deep=False))
        return names[0] if names else None


def _reading() -> ModuleType:
    """Return what needs parser and schema: imported when first wanted, since a kept load wants neither."""
    return import_module("app.declarations.reading")


def _refuse_outside(path: str) -> None:
    allowed = (*BASE, PLACES_FOLDER + "/", DEMO_FOLDER + "/")
    known = (path == BASE_PLUGINS or path.startswith(allowed)) and path.endswith(SUFFIX)
    if not (known or _is_print(path)) or ".." in path.split("/"):
        raise ProblemError(Problem("E108", Where(path), {"what": path}))


def _is_print(path: str) -> bool:
    """Whether a file is a print template, directly in a folder of these."""
    folder, _, name = path.rpartition("/")
    of_place = path.startswith((PLACES_FOLDER + "/", DEMO_FOLDER + "/")) and f"{folder}/".endswith(
        f"/{PRINTS}"
    )
    return name.endswith(PRINT_SUFFIXES) and (of_place or f"{folder}/" == BASE_PRINTS)


def _read(path: Path) -> str | None:
    """Return a file's text, odd bytes as surrogates; None when it can't be read. Reads no more than loading accepts."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES)
    except OSError:
        return None
    return normal_text(data.decode("utf-8", "surrogateescape"))


def _is_place_id(place: str) -> bool:
    parts = place.split("/")
    try:
        for part in parts:
            scalars.parse_id(part)
    except scalars.ScalarError:
        return False
    return len(parts) <= 10  # noqa: PLR2004 -- deeper than any administration


def _place_text(place: str, level: str, title: Mapping[str, str], grids: int, calendar: str | None) -> str:
    """Return the file of a new place, quoted so that no title can be anything but text."""
    lines = [f"place: {place.rsplit('/', maxsplit=1)[-1]}", f"level: {level}", "title:"]
    lines += [f"  {language}: {_quoted(text)}" for language, text in title.items()]
    if calendar is not None:
        lines.append(f"calendar: {calendar}")
    if grids:
        lines.append("places:")
    for number in range(1, grids + 1):
        names = f"{{zh: 第{number}网格, en: Grid {number}, es: Cuadrícula {number}}}"
        lines.append(f"  g{number}: {{level: grid, title: {names}}}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Return a text as a YAML double-quoted scalar on one line."""
    printable = "".join(char if char.isprintable() else " " for char in text)
    return '"' + printable.replace("\\", "\\\\").replace('"', '\\"') + '"'
