"""What a place calls the documents that its clauses are of: level by level, the nearest that says something counts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.declarations.names import Names
from app.declarations.schema.cited import DocumentIn, DocumentsFile
from app.declarations.schema.inventories import InventoryFile
from app.domain.kinds.common import CitedText, Texts
from app.domain.problem import Problem

_CODE = re.compile(r"[!-~]+")
"""A name that says nothing to people: signs without a space. Any other is read as the title itself."""
_QUOTED = re.compile(r"[《“«](?P<inside>[^》”»]*)[》”»]")
"""A title with the marks that every reader gets from their own language."""


def cited_texts(names: Names) -> dict[str, CitedText]:
    """Return the declared documents by id, the base's first.

    A level changes what it says of one (a title in one language) and leaves the rest. A text that was taken in as an
    inventory brings its title along, which a declaration goes before.
    """
    found: dict[str, CitedText] = {}
    for one in names.of("inventory").values():
        model = one.model
        if isinstance(model, InventoryFile) and any(model.title.values()):
            found[model.document] = CitedText(model.document, _bare(model.title))
    for document in names.of("documents").values():
        if isinstance(document.model, DocumentsFile):
            for name, said in document.model.documents.items():
                found[name] = _laid(found.get(name, named(name)), said)
    return found


def named(doc: str) -> CitedText:
    """Return what is known of a document of which nothing is declared: its name, where that is its title."""
    return CitedText(doc, {} if _CODE.fullmatch(doc) else _bare({"zh": doc}))


def _laid(under: CitedText, said: DocumentIn) -> CitedText:
    return replace(
        under,
        title={**under.title, **_bare(said.title)},
        short={**under.short, **_bare(said.short)},
        number=said.number or under.number,
        issued=said.issued or under.issued,
        issuer={**under.issuer, **said.issuer},
        link=said.link or under.link,
    )


def _bare(texts: Texts) -> Texts:
    found = {language: _QUOTED.fullmatch(text.strip()) for language, text in texts.items()}
    return {
        language: texts[language] if quoted is None else quoted["inside"]
        for language, quoted in found.items()
    }


def untitled(names: Names, known: Mapping[str, CitedText]) -> Iterator[Problem]:
    """Yield a hint (W224) for each document that clauses name by an id alone, at the first of these clauses."""
    told = {name for name, one in known.items() if any(one.title.values())}
    for kind, group in names.documents.items():
        for document in group.values() if kind not in ("case", "cases") else ():
            clause = getattr(document.model, "clause", None)
            if clause is None or clause.doc in told or not _CODE.fullmatch(clause.doc):
                continue
            told.add(clause.doc)
            yield Problem("W224", (document.at / "clause" / "doc").where, {"what": clause.doc[:80]})
