"""Loads that were done before: by this process, or by another one that left them on disk.

An unchanged set of files gives its regulation at once. Of a changed one, files that are as they were aren't parsed
again, and definitions that rest on nothing changed aren't built and checked again (app.declarations.fingerprints).
"""

import hashlib
import pickle
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from app.declarations.cache import CacheFolder, packed, unpacked
from app.declarations.deployment import CalendarSource, FieldSort
from app.declarations.place_folders import CASE_SUFFIX, PRINT_SUFFIXES
from app.declarations.texts import revision_of
from app.domain.plugin import identity
from app.services.ports import Loaded

if TYPE_CHECKING:
    from app.declarations.fingerprints import Found
    from app.declarations.made import Made
    from app.declarations.stages import Stages

_LEVELS: Final = "levels"
_MOST: Final = 8
"""Loads that a process remembers, whole ones and parts."""
_LOADS: Final = 8
"""So many loads' worth of definitions are remembered: those of the last ones, whichever these were."""

Name = tuple[str, bool]
K = TypeVar("K")
V = TypeVar("V")


class KeptLoads:
    """Loads regulations, and remembers. Thread-safe."""

    def __init__(
        self,
        calendar_source: CalendarSource,
        field_types: Mapping[str, FieldSort],
        folder: CacheFolder | None = None,
        *,
        writes: bool = True,
    ) -> None:
        """Keep what loading needs; without a folder nothing outlasts the process.

        Without `writes` the first load of a place begins with what others left in the folder, and leaves nothing there:
        for drafts, which are nearly what is in force.
        """
        self._calendar_source = calendar_source
        self._field_types = field_types
        self._folder = folder
        self._writes = writes
        self._read: dict[str, dict[str, tuple[str, bytes]]] = {}
        self._lock = threading.Lock()
        self._whole: OrderedDict[str, Loaded] = OrderedDict()
        self._made: OrderedDict[Name, OrderedDict[str, Made]] = OrderedDict()
        source = f"{calendar_source.__module__}.{calendar_source.__qualname__}"
        sorts = sorted((name, str(sort)) for name, sort in field_types.items())
        self._found: dict[Name, Found | None] = {}
        self._latest: dict[str, Found | None] = {}
        self._stages: dict[Name, Stages] = {}
        self._settled = f"{source} {identity()} {sorts}"
        self._levels: tuple[str, Mapping[str, str | None]] | None = None
        self.rebuilt: tuple[str, ...] = ()
        """The definitions that the last load had to build and check; empty where it was there whole."""

    def load(self, place: str, files: Mapping[str, str], *, with_cases: bool) -> Loaded:
        """Check and build the regulation of these files; never raises for what they say."""
        revision = revision_of(files)
        key = hashlib.sha256(f"{place}\0{with_cases}\0{revision}\0{self._settled}".encode()).hexdigest()
        with self._lock:
            loaded = self._whole.get(key)
            if loaded is None:
                loaded = self._load((place, with_cases), key, files, revision)
                _keep(self._whole, key, loaded)
            else:
                self.rebuilt = ()
            return loaded

    def levels(self, files: Mapping[str, str]) -> Mapping[str, str | None]:
        """Return the level that each place's file says, by path; None for a broken one."""
        key = hashlib.sha256(str(sorted(files.items())).encode("utf-8", "surrogatepass")).hexdigest()
        with self._lock:
            if self._levels is None or self._levels[0] != key:
                found = _opened(self._folder.read(_LEVELS).get(key)) if self._folder is not None else None
                if found is None:
                    from app.declarations import reading  # noqa: PLC0415 - as above

                    found = {path: reading.level_of(path, text) for path, text in files.items()}
                    if self._folder is not None:
                        self._folder.write(_LEVELS, {key: packed(found)})
                self._levels = key, found
            return self._levels[1]

    def recall(self, place: str) -> Callable[[str, str], object]:
        """Return what knows the data of a place's files that lie in the folder, so that none is parsed again."""
        with self._lock:
            if place not in self._read:
                parts = self._folder.read(str((place, True))) if self._folder is not None else {}
                self._read[place] = _opened(parts.get("read")) or {}
            return _plain_of(self._read[place])

    def _parts(self, name: Name) -> dict[str, bytes]:
        """Return what was left in the folder: of drafts once, since what they made is remembered here from then on."""
        if self._folder is None or (not self._writes and name in self._made):
            return {}
        found = self._folder.read(str(name))
        return found if found or self._writes else self._folder.read(str((name[0], True)))

    def _load(self, name: Name, key: str, files: Mapping[str, str], revision: str) -> Loaded:
        parts = self._parts(name)
        whole = _opened(parts.get(key))
        if whole is not None:
            self.rebuilt = ()
            return Loaded(whole[0], whole[1], files, revision, whole[2])
        from app.declarations import reading  # noqa: PLC0415 - parser and schema, which an unchanged load needs not

        read: dict[str, tuple[str, bytes]] = _opened(parts.get("read")) or {}
        packed_made: dict[str, bytes] = _opened(parts.get("made")) or {}
        made: OrderedDict[str, Made] = self._made.get(name, OrderedDict())
        beside = self._made.get(
            (name[0], not name[1]), OrderedDict()
        )  # an editor asks without cases, then with them

        def made_before(fingerprint: str) -> "Made | None":
            found: Made | None = (
                made.get(fingerprint) or beside.get(fingerprint) or _opened(packed_made.get(fingerprint))
            )
            return found

        with reading.remembering(_plain_of(read)):
            making = reading.Making(
                made_before, found=self._found.get(name), latest=self._latest.get(name[0])
            )
            making.stages = self._stages.setdefault(name, making.stages)
            loaded = reading.load(
                name[0],
                files,
                self._calendar_source,
                self._field_types,
                with_cases=name[1],
                making=making,
                revision=revision,
            )
        self.rebuilt = tuple(making.rebuilt)
        _keep(self._made, name, _recent(made, making.used))
        self._found[name] = self._latest[name[0]] = making.found
        if self._folder is not None and self._writes:
            try:
                parts = {
                    key: packed((loaded.regulation, loaded.problems, loaded.acknowledged)),
                    "made": packed(
                        {one: packed_made.get(one) or packed(value) for one, value in making.used.items()}
                    ),
                    "read": packed(_read_files(reading.plain_data, files, read, with_cases=name[1])),
                }
            except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
                return loaded  # a plugin's value that can't be packed: the next process loads anew
            self._folder.write(str(name), parts)
        return loaded


def _plain_of(read: Mapping[str, tuple[str, bytes]]) -> Callable[[str, str], object]:
    """Return what gives the plain data of a file whose text has the hash on record, else None."""

    def plain_of(path: str, text: str) -> object:
        known, data = read.get(path, ("", b""))
        return _opened(data) if known == _text_hash(text) else None

    return plain_of


def _read_files(
    plain_data: Callable[[str, str], object],
    files: Mapping[str, str],
    before: Mapping[str, tuple[str, bytes]],
    *,
    with_cases: bool,
) -> dict[str, tuple[str, bytes]]:
    """Return, by path, the hash of the text and the plain data of the files that were read without a fault."""
    found: dict[str, tuple[str, bytes]] = {}
    for path, text in files.items():
        own = _text_hash(text)
        if path in before and before[path][0] == own:
            found[path] = before[path]
        elif path.endswith(PRINT_SUFFIXES):
            continue
        elif with_cases or not path.endswith(CASE_SUFFIX):
            data = plain_data(path, text)
            if data is not None:
                found[path] = own, packed(data)
    return found


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _opened(part: bytes | None) -> Any:  # noqa: ANN401 - what was packed
    """Return what a part holds, None when there is none or it can't be read."""
    if part is None:
        return None
    try:
        return unpacked(part)
    except Exception:  # noqa: BLE001 - unpickling raises whatever the bytes make it
        return None


def _recent(before: "OrderedDict[str, Made]", used: Mapping[str, "Made"]) -> "OrderedDict[str, Made]":
    """Return what was used last, the latest at the end: an edit taken back finds what was there before it."""
    for fingerprint, made in used.items():
        before[fingerprint] = made
        before.move_to_end(fingerprint)
    while len(before) > _LOADS * max(len(used), 1):
        before.popitem(last=False)
    return before


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > _MOST:
        kept.popitem(last=False)
