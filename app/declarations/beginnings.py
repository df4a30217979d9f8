"""The communities of a checkout as models for others. What needs parser and schema is imported when first wanted."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from app.declarations.files import FileDeclarations
from app.declarations.place_folders import PLACE_FILE, place_folder
from app.services.beginning import Model

Files = Mapping[str, str]


class Beginnings:
    """The communities of a checkout as models for others. Implements the port of that name; blocking."""

    def __init__(self, declarations: FileDeclarations) -> None:
        """Read and write by the adapter of the declared files."""
        self._declarations = declarations

    def models(self) -> list[Model]:
        """Return the communities whose files lie on disk, by id; one whose own file is broken is left out."""
        titles = dict(_titled(text) for _, text in self._declarations.inventory_texts())
        found = []
        for place in self._declarations.places():
            text = self._declarations.place_text(place)
            declared = _reading().place_file(f"{place_folder(place)}/{PLACE_FILE}", text)
            if text is not None and declared is not None:
                document = self._declarations.followed(place) or ""
                found.append(Model(place, declared.title, document, titles.get(document, {})))
        return found

    def read_files(self, place: str) -> Files:
        """Return the closure of files of a place on disk."""
        return self._declarations.read_files(place)

    def write_files(self, files: Files) -> None:
        """Write files. Raises ProblemError E108."""
        self._declarations.write_files(files)

    def remove_files(self, paths: Sequence[str]) -> None:
        """Remove files. Raises ProblemError E108."""
        self._declarations.remove_files(paths)

    def begun(self, model: str, files: Files, place: str, own: Files) -> dict[str, str]:
        """Return the files of `place` (`own`: as they are) with the regulation of `model` (`files`).

        The facts of the model's profile are the model's: they come along only where its definitions can't do without.
        """
        begun = _begun().begun
        plain: dict[str, str] = begun(model, files, place, own)
        if not _begun().names_facts(model, files):
            return plain
        if self._declarations.check(place, plain, with_cases=False).regulation is not None:
            return plain
        needy: dict[str, str] = begun(model, files, place, own, facts=True)
        return needy

    def moved(self, files: Files, place: str, to: str, title: Mapping[str, str]) -> dict[str, str]:
        """Return a place's files as those of a place of another id beside it, with another title."""
        found: dict[str, str] = _begun().moved(files, place, to, title)
        return found


def _begun() -> ModuleType:
    return import_module("app.declarations.begun")


def _reading() -> ModuleType:
    return import_module("app.declarations.reading")


@lru_cache(maxsize=32)
def _titled(text: str) -> tuple[str, dict[str, str]]:
    """Return the short name of an inventory's document, and its title."""
    data = _begun().said(text)
    document, title = data.get("document"), data.get("title")
    words = (
        {name: one for name, one in title.items() if isinstance(one, str)}
        if isinstance(title, Mapping)
        else {}
    )
    return (document if isinstance(document, str) else ""), words
