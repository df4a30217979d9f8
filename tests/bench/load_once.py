"""Loads and checks the files of one checkout as a process of its own: ROOT CACHE PLACE; prints what it took and gave.

The clock starts before the first import of ours, so that what a load needs to import counts.
"""

import dataclasses
import hashlib
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path


def main(root: str, cache: str, place: str) -> None:
    """Load, with cases as `gridbook check` does, and print one line of JSON."""
    start = time.perf_counter()
    from app.plugins.declared import declarations_of  # noqa: PLC0415 - measured
    from app.settings import Settings  # noqa: PLC0415 - measured

    # As a command does, with the plugins: the rules count by what these bring.
    declarations = declarations_of(Settings().model_copy(update={"files": Path(root), "data": Path(cache)}))
    files = declarations.read_files(place)
    loaded = declarations.load(place, files)
    spent = time.perf_counter() - start
    given = told((loaded.regulation, loaded.problems)).encode()
    line = {
        "seconds": spent,
        "rebuilt": len(declarations.kept.rebuilt),
        "files": len(files),
        "errors": sum(problem.is_error for problem in loaded.problems),
        "given": hashlib.sha256(given).hexdigest(),
    }
    print(json.dumps(line))  # noqa: T201 - the caller reads it


def told(value: object) -> str:
    """Return a text of a value that is the same in every process: sets have no order of their own."""
    if dataclasses.is_dataclass(value):
        fields = [f"{one.name}={told(getattr(value, one.name))}" for one in dataclasses.fields(value)]
        return f"{type(value).__name__}({', '.join(fields)})"
    match value:
        case frozenset() | set():
            return str(sorted(map(told, value)))
        case tuple() | list():
            return str([told(one) for one in value])
        case Mapping():
            return str([(told(key), told(one)) for key, one in value.items()])
        case _:
            return repr(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
