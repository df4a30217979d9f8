"""Declared files on a disk of the test's own: what the first pages and publishing work with."""

from collections.abc import Mapping
from pathlib import Path

from app.declarations.files import FileDeclarations
from tests.declarations.community import official


def write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def checkout(root: Path, files: Mapping[str, str]) -> FileDeclarations:
    """Return the reader of `files`, which are written below `root`."""
    write(root, files)
    return FileDeclarations(root, official)
