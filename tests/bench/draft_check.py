"""Checking a draft after one edited character, as the studio does while one types, against a check from nothing.

Both in one process, over the files of the demo's community: the second drops whatever loading remembers of files,
definitions and words. The edits take turns over all kinds of file, so that none of them decides (a form that much rests
on costs many times what a layout does); which file of its kind, and where in it, is drawn. Most of what is typed is
wrong for a moment.
"""

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import lru_cache

from app.declarations import describing, fingerprints, reader
from app.declarations.documents import read_document
from app.declarations.files import FileDeclarations
from app.declarations.kept import KeptLoads
from app.plugins.declared import declarations_of
from app.services.ports import Loaded
from app.settings import Settings

EDITS = 50
LEAST_TIMES = 20
_SEED = 6


def forget(declarations: FileDeclarations) -> None:
    """Drop everything that a check could use again."""
    days = lru_cache(maxsize=16)(declarations.kept._calendar_source)
    declarations._checks = KeptLoads(days, declarations.kept._field_types)
    read_document.cache_clear()
    reader.forget()
    fingerprints._KNOWN.clear()
    fingerprints._NAMED.clear()
    gc.collect()


def spent(
    declarations: FileDeclarations, place: str, files: dict[str, str], path: str
) -> tuple[float, Loaded]:
    """Check as the editor of `path` does first; return the seconds of CPU that it took, and what it gave.

    Once that is sound, an editor asks for the cases, too.
    """
    start = time.process_time()
    loaded = declarations.check(place, files, with_cases=path.endswith(".case.yaml"))
    return time.process_time() - start, loaded


def by_kind(declarations: FileDeclarations, place: str, files: dict[str, str]) -> list[list[str]]:
    """Return the paths of the files in force, a list for each kind of file."""
    found: dict[str, list[str]] = {}
    for one in declarations.declared(place, files):
        found.setdefault(one.kind, []).append(one.path)
    return [sorted(found[kind]) for kind in sorted(found)]


def edited(files: dict[str, str], kinds: list[list[str]], number: int) -> tuple[str, str]:
    """Return a file of the kind whose turn it is, and its text with one other character somewhere in it."""
    draw = random.Random(_SEED + number)  # noqa: S311 - no secret
    path = draw.choice(kinds[number % len(kinds)])
    text = files[path]
    index = draw.choice([at for at, one in enumerate(text) if one.isalnum()])
    other = draw.choice([one for one in "aeiou25" if one != text[index]])
    return path, text[:index] + other + text[index + 1 :]


def measure(place: str) -> tuple[str, bool]:
    """Return what to print, and whether both ways gave the same for each edit that both were taken of.

    From nothing one edit of each kind of file is checked, in turn.
    """
    declarations = declarations_of(Settings())
    files = dict(declarations.read_files(place))
    describing.language()
    kinds = by_kind(declarations, place, files)
    declarations.check(place, files)  # imports
    cold = []
    for number in range(len(kinds)):
        path, text = edited(files, kinds, number)
        forget(declarations)
        cold.append(spent(declarations, place, {**files, path: text}, path))
    cold_seconds = [seconds for seconds, _ in cold]
    forget(declarations)
    declarations.check(place, files)
    declarations.check(place, files, with_cases=False)
    warm = []
    for number in range(EDITS):
        path, text = edited(files, kinds, number)
        warm.append(spent(declarations, place, {**files, path: text}, path))
    full, part = statistics.median(cold_seconds), statistics.median(seconds for seconds, _ in warm)
    same = all(one == other for (_, one), (_, other) in zip(cold, warm, strict=False))
    return (
        f"(j) checking {len(files)} files after one edited character in one of {len(kinds)} kinds:"
        f" {part * 1000:.1f} ms, from nothing {full * 1000:.0f} ms: 1/{full / part:.1f} (at most 1/{LEAST_TIMES});"
        f" what {len(cold)} of them gave {'is the same' if same else 'DIFFERS'}"
    ), same


def told(place: str, say: Callable[[str], None]) -> bool:
    """Measure and say it; whether both ways gave the same."""
    line, same = measure(place)
    say(line)
    return same


if __name__ == "__main__":
    sys.stdout.write(measure("demo/liuan")[0] + "\n")
