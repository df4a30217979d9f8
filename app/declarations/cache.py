"""What loading gave, kept on disk for the next process: the regulation of a set of files, and what it was made of.

One file a place, under a name of the place's. It holds parts with a checksum over the whole, is written beside and
renamed, and is read whole: of several writers the last one wins, and what is torn, foreign or from another version of
the code counts as not there. Never needed: whatever goes wrong with it costs time only.
"""

import contextlib
import dataclasses
import gc
import hashlib
import io
import os
import pickle
import secrets
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

_MAGIC: Final = b"gridbook cache 1\n"
_SUFFIX: Final = ".kept"
_SCRATCH: Final = ".part"
_ABANDONED: Final = 3600
"""Seconds after which nobody writes to a scratch file any more."""
MOST_FILES: Final = 64
"""Files of the folder at most: the ones that were written last."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a file at most; a larger result isn't kept."""

_BEGUN: Final = time.time()
"""When this process began to take in the code that loading is done by."""
_PACKAGES: Final = ("ruamel.yaml", "pyyaml", "pydantic", "lark", "holidays")
_CODE: Final = ("declarations", "domain", "plugins")
_PLAIN: Final = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("datetime", "timezone"),
    ("fractions", "Fraction"),
}


class _Unpickler(pickle.Unpickler):
    """Makes values of the domain and nothing else: a file that names anything else isn't ours."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - any class of ours
        """Return a class of the domain, or a plain one of the standard library. Raises UnpicklingError."""
        if (module, name) in _PLAIN or module.startswith(("app.domain.", "app.declarations.")):
            found = super().find_class(module, name)
            if isinstance(found, type) and (_is_value(found) or (module, name) in _PLAIN):
                _take_state_at_once(found)
                return found
        message = f"not a value: {module}.{name}"
        raise pickle.UnpicklingError(message)


def _is_value(found: type) -> bool:
    return hasattr(found, "__dataclass_fields__") or issubclass(found, Enum | list | dict | tuple)


def _take_state_at_once(found: type) -> None:
    """Let a frozen class with slots take its state without listing its fields anew for each value.

    The standard library's way to do it does, which is a third of what unpacking takes. The outcome is the same.
    """
    given = vars(found).get("__setstate__")
    if getattr(given, "__module__", "") != dataclasses.__name__:
        return
    names = tuple(one.name for one in dataclasses.fields(found))
    put = object.__setattr__

    def take(self: object, state: Sequence[object]) -> None:
        for name, value in zip(names, state, strict=True):
            put(self, name, value)

    found.__setstate__ = take  # type: ignore[attr-defined]


def packed(value: object) -> bytes:
    """Return values of the domain as bytes. Raises pickle.PicklingError, TypeError for what isn't one."""
    return pickle.dumps(value, protocol=5)


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - what was packed
    """Return what was packed. Raises an exception of any kind for what wasn't."""
    collects = gc.isenabled()
    gc.disable()  # nothing of what is made is garbage, and looking for some takes a fifth of the time
    try:
        return _Unpickler(io.BytesIO(data)).load()
    finally:
        if collects:
            gc.enable()


@cache
def code_version(beside: tuple[str, ...] = ()) -> str:
    """Return a hash of everything that loading is done by: our code, the interpreter, the libraries.

    `beside` are further packages of the app: what is worked out rests on what works it out, too.
    """
    return _version_of(Path(__file__).parent.parent, _BEGUN, beside)


def _version_of(top: Path, begun: float, beside: tuple[str, ...] = ()) -> str:
    """Return the hash for the code under `top`, of a process that has run since `begun`.

    Code that changed since then isn't what this process has in memory. Values made by the one under the hash of the
    other would be taken for sound by the next process, and break there: such a process shares with nobody.
    """
    whole = hashlib.sha256(f"{sys.version}{[metadata.version(name) for name in _PACKAGES]}".encode())
    try:
        for folder in (*_CODE, *beside):
            for path in sorted((top / folder).rglob("*")):
                if path.suffix in {".py", ".lark", ".yaml"}:
                    if path.stat().st_mtime >= begun:
                        return secrets.token_hex(32)
                    whole.update(path.relative_to(top).as_posix().encode() + b"\0" + path.read_bytes())
    except OSError:  # a file that vanished: the code is being replaced
        return secrets.token_hex(32)
    return whole.hexdigest()


class CacheFolder:
    """The files of the cache. Every fault of disk or content is silent: nothing is there, nothing is written."""

    def __init__(self, folder: Path, beside: tuple[str, ...] = ()) -> None:
        """Use `folder`; it is made when first written to. `beside` as `code_version`."""
        self._folder = folder
        self._beside = beside

    def read(self, name: str) -> dict[str, bytes]:
        """Return the parts that were written under a name; none when there are none, or not sound ones."""
        try:
            data = self._path(name).read_bytes()
        except OSError:
            return {}
        head, digest, body = data[: len(_MAGIC)], data[len(_MAGIC) :][:32], data[len(_MAGIC) + 32 :]
        if head != _MAGIC or hashlib.sha256(body).digest() != digest:
            return {}
        try:
            version, parts = unpacked(body)
        except Exception:  # noqa: BLE001 - unpickling raises whatever the bytes make it
            return {}
        return parts if version == code_version(self._beside) and isinstance(parts, dict) else {}

    def write(self, name: str, parts: Mapping[str, bytes]) -> None:
        """Put parts under a name, in the place of what is there; too much of it is left out."""
        body = packed((code_version(self._beside), dict(parts)))
        if len(body) > LARGEST:
            return
        path = self._path(name)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, scratch = tempfile.mkstemp(prefix=".", suffix=_SCRATCH, dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(_MAGIC + hashlib.sha256(body).digest() + body)
                Path(scratch).replace(path)
            finally:
                Path(scratch).unlink(missing_ok=True)
            self._trim()

    def _path(self, name: str) -> Path:
        return self._folder / (
            hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:40] + _SUFFIX
        )

    def _trim(self) -> None:
        """Remove the files written longest ago, and scratch files that a process left when it died."""
        now = time.time()
        kept: list[tuple[float, Path]] = []
        for path in self._folder.iterdir():
            written = path.stat().st_mtime
            if path.suffix == _SUFFIX:
                kept.append((written, path))
            elif path.suffix == _SCRATCH and now - written > _ABANDONED:
                path.unlink(missing_ok=True)
        for _, path in sorted(kept, reverse=True)[MOST_FILES:]:
            path.unlink(missing_ok=True)
