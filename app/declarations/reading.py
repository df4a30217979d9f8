"""What the adapter of files needs of parser and schema. Imported only where no kept load gives it: it takes a while."""

from collections.abc import Mapping, Sequence

from app.declarations.cited import cited_texts
from app.declarations.closure import in_force
from app.declarations.documents import CASE_SUFFIX, RESERVED_IDS, Document, read_document
from app.declarations.inventories import FOLDER, carriers, document_of, read_inventories
from app.declarations.load import load
from app.declarations.located import plain
from app.declarations.made import Making
from app.declarations.names import names_of
from app.declarations.overlays import with_overlays
from app.declarations.place_folders import layer_of, own_path
from app.declarations.reader import read_yaml, remembering
from app.declarations.schema.cases import CaseFile, CaseIn
from app.declarations.schema.cited import DocumentsFile
from app.declarations.schema.common import Titled
from app.declarations.schema.inventories import InventoryFile
from app.declarations.schema.world import PlaceFile
from app.domain.inventory import Carrier
from app.domain.kinds.common import Texts
from app.services.drafting.ports import DeclaredFile

__all__ = [
    "FOLDER",
    "RESERVED_IDS",
    "Making",
    "carriers_at",
    "declared_at",
    "document_of",
    "level_of",
    "load",
    "place_file",
    "plain_data",
    "read_inventories",
    "remembering",
    "titles_at",
]


def place_file(path: str, text: str | None) -> PlaceFile | None:
    """Return what the file of a place says; None without one, or when it is at fault."""
    document = read_document(path, text).document if text is not None else None
    return document.model if document is not None and isinstance(document.model, PlaceFile) else None


def level_of(path: str, text: str) -> str | None:
    """Return the level of the place of a file, None for a broken file, an empty one for one that isn't a place's."""
    document = read_document(path, text).document
    if document is None:
        return None
    return document.model.level if isinstance(document.model, PlaceFile) else ""


def carriers_at(place: str, files: Mapping[str, str]) -> list[Carrier]:
    """Return the definitions in force at a place that name items of documents."""
    read, _ = with_overlays(in_force(place, files).read)
    return carriers(one.document for one in read if one.document is not None)


def titles_at(place: str, files: Mapping[str, str]) -> dict[str, Texts]:
    """Return what the documents are called at a place whose clauses are followed there, by their ids."""
    names, _ = names_of(with_overlays(in_force(place, files).read)[0])
    return {name: one.title for name, one in cited_texts(names).items() if any(one.title.values())}


def declared_at(place: str, files: Mapping[str, str]) -> list[DeclaredFile]:
    """Return the files in force at a place, by kind, id and path."""
    read = in_force(place, files).read
    titles = {one.id: _title(one.document) for one in read if one.id}
    found = [
        DeclaredFile(
            one.path,
            one.kind,
            one.id,
            layer_of(one.path),
            own_path(place, one.path),
            _title(one.document) or titles.get(_beside(one.path), {}),
            _cases(one.document),
        )
        for one in read
    ]
    return sorted(found, key=lambda one: (one.kind, one.id, one.path))


def _beside(path: str) -> str:
    """Return the id of the definition that a file of cases is about: both are called by it. Of other files none."""
    return path.rsplit("/", 1)[-1].removesuffix(CASE_SUFFIX) if path.endswith(CASE_SUFFIX) else ""


def _cases(document: Document | None) -> tuple[Texts, ...]:
    """Return what the cases in a file are called."""
    model = None if document is None else document.model
    cases = model.cases if isinstance(model, CaseFile) else [model] if isinstance(model, CaseIn) else []
    return tuple(one.called for one in cases)


def _title(document: Document | None) -> Texts:
    model = None if document is None else document.model
    if isinstance(model, DocumentsFile):
        return _called([{**one.title, **one.short} for one in model.documents.values()])
    return model.title if isinstance(model, Titled | InventoryFile) else {}


def _called(titles: Sequence[Texts]) -> Texts:
    """Return what a file of several documents is called: the first of them, and that there are more."""
    first = next((one for one in titles if any(one.values())), {})
    more = "…" if len(titles) > 1 else ""
    return {language: text + more for language, text in first.items() if text}


def plain_data(path: str, text: str) -> object:
    """Return what a file says as plain data, None when it has a fault."""
    read = read_yaml(path, text)
    return None if read.data is None or read.problems else plain(read.data)
