"""The message catalogues: `<language>/<part>.ftl` beside this file, one bundle a language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from app.i18n.pseudo import pseudo_resource
from app.i18n.traditional import HANT, traditional

HERE = Path(__file__).parent

SOURCE = "zh"
"""The language that messages are written in first, and that a missing translation falls back to."""

LANGUAGES = ("zh", "en", "es")
"""The complete languages, in the order in which a switcher shows them."""

PRINT_LANGUAGES = ("zh", HANT, "en", "es")
"""The languages that documents are printed in: Chinese in traditional characters is made from the source."""

PSEUDO = "qps"
"""A locale for tests, made from English: every message stands in ⟦brackets⟧ and is longer than the original."""

_FLUENT_LOCALES = {"zh": "zh-CN", HANT: "zh-TW", "en": "en-GB", "es": "es-ES", PSEUDO: "en-GB"}


class CatalogueError(Exception):
    """A catalogue file can't be read as Fluent, or defines an id that another one of its language has."""


def parts(language: str) -> list[Path]:
    """Return the catalogue files of `language`, in name order."""
    return sorted((HERE / language).glob("*.ftl"))


def messages(language: str) -> dict[str, ast.Message | ast.Term]:
    """Return the parsed messages of `language` by id (a term's id starts with a dash). Raises CatalogueError.

    Those in traditional characters are the source's, converted; what its own files say stands in place of that.
    """
    own = _parsed(language, tuple(parts(language)))
    return _converted(tuple(parts(SOURCE))) | own if language == HANT else own


@cache
def _parsed(language: str, paths: tuple[Path, ...]) -> dict[str, ast.Message | ast.Term]:
    return _read(language, {path.name: path.read_text(encoding="utf-8") for path in paths})


@cache
def _converted(paths: tuple[Path, ...]) -> dict[str, ast.Message | ast.Term]:
    return _read(HANT, {path.name: traditional(path.read_text(encoding="utf-8")) for path in paths})


def _read(language: str, texts: Mapping[str, str]) -> dict[str, ast.Message | ast.Term]:
    found: dict[str, ast.Message | ast.Term] = {}
    for file, source in texts.items():
        for entry in FluentParser().parse(source).body:
            if isinstance(entry, ast.Junk):
                raise CatalogueError(f"{file} ({language}) can't be read near: {entry.content!r:.80}")
            if isinstance(entry, ast.Message | ast.Term):
                name = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
                if name in found:
                    raise CatalogueError(f"{file} ({language}) defines {name} a second time")
                found[name] = entry
    return found


@cache
def bundle(language: str) -> FluentBundle:
    """Return the messages of `language`, or the pseudo-locale's, ready to be formatted. Raises CatalogueError."""
    return _bundle(language, messages("en" if language == PSEUDO else language))


@cache
def alone(language: str, part: str) -> FluentBundle:
    """Return the messages of one file of `language`, which must use no others; a command needs few of all messages."""
    source = {PSEUDO: "en", HANT: SOURCE}.get(language, language)
    return _bundle(language, _parsed(source, (HERE / source / f"{part}.ftl",)))


def _bundle(language: str, of: dict[str, ast.Message | ast.Term]) -> FluentBundle:
    entries: list[ast.EntryType] = list(of.values())
    resource = ast.Resource(entries)
    made = FluentBundle([_FLUENT_LOCALES[language]], use_isolating=False)
    made.add_resource(pseudo_resource(resource) if language == PSEUDO else resource)
    return made
