"""Writing a result: into a file in one step, or into whatever else a path names."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.domain.problem import Problem, ProblemError


@contextmanager
def written(target: str) -> Iterator[BinaryIO]:
    """Give a stream to write to: `-` is standard output; a file appears whole, for its owner alone, or not at all.

    Raises ProblemError E553 when it can't be written, BrokenPipeError when who reads has enough.
    """
    path = Path(target)
    try:
        if target == "-":
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        elif path.exists() and not (path.is_file() or path.is_dir()):
            # A device or a pipe: a file in its place would take it from everybody.
            with path.open("wb") as stream:
                yield stream
        else:
            handle, scratch = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as stream:
                    yield stream
                Path(scratch).replace(path)
            finally:
                Path(scratch).unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError:
        raise ProblemError(Problem("E553", values={"path": target})) from None
