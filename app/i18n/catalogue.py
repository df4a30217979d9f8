"""The message catalogues: `<language>/<part>.ftl` beside this file, one bundle a language."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast, visitor

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

_BEGINS: Final = re.compile(r"^(-?[A-Za-z][A-Za-z0-9_-]*) *=", re.MULTILINE)
"""Where a message or term begins: all that belongs to it is indented, or in braces."""

_FLUENT_LOCALES = {"zh": "zh-CN", HANT: "zh-TW", "en": "en-GB", "es": "es-ES", PSEUDO: "en-GB"}


class CatalogueError(Exception):
    """A catalogue file can't be read as Fluent, or defines an id that another one of its language has."""


def parts(language: str) -> list[Path]:
    """Return the catalogue files of `language`, in name order."""
    return sorted((HERE / language).glob("*.ftl"))


@cache
def messages(language: str) -> dict[str, ast.Message | ast.Term]:
    """Return all messages of `language`, parsed, by id (a term's id starts with a dash). Raises CatalogueError.

    Those in traditional characters are the source's, converted; what its own files say stands in place of that.
    """
    return {name: _parsed(name, text) for name, text in _texts(language).items()}


@cache
def bundle(language: str) -> "Bundle":
    """Return the messages of `language`, or the pseudo-locale's, ready to be formatted. Raises CatalogueError."""
    return Bundle(language, _texts("en" if language == PSEUDO else language))


def is_message(name: str) -> bool:
    """Whether there is a message of this id."""
    return bundle(SOURCE).find(name) is not None


class Bundle:
    """The messages of a language, each parsed once it is asked for: all of them take a good second (ADR 181).

    Threads may share one: to add what another has added changes nothing.
    """

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        """Begin with nothing parsed; `texts` is what each message and term says in the files."""
        self._texts = texts
        self._pseudo = language == PSEUDO
        self._made = FluentBundle([_FLUENT_LOCALES[language]], use_isolating=False)
        self._there: set[str] = set()

    def find(self, name: str) -> FluentBundle | None:
        """Return what formats this message, with all that it refers to; None where it isn't. Raises CatalogueError."""
        if name not in self._there:
            if name not in self._texts:
                return None
            self._add(name)
        return self._made

    def _add(self, name: str) -> None:
        entry = _parsed(name, self._texts[name])
        for other in _Referred.by(entry):
            self.find(other)
        resource = ast.Resource([entry])
        self._made.add_resource(pseudo_resource(resource) if self._pseudo else resource)
        self._there.add(name)


class _Referred(visitor.Visitor):
    """Collects the messages and terms that an entry refers to."""

    def __init__(self) -> None:
        self._found: list[str] = []

    @classmethod
    def by(cls, entry: ast.Message | ast.Term) -> list[str]:
        """Return their ids."""
        own = cls()
        own.visit(entry)
        return own._found

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802 - found by this name
        self._found.append(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802
        self._found.append("-" + node.id.name)
        self.generic_visit(node)


def _texts(language: str) -> dict[str, str]:
    """Return what each message and term of a language says in its files."""
    own = divided(language, {path.name: path.read_text(encoding="utf-8") for path in parts(language)})
    if language != HANT:
        return own
    source = {path.name: traditional(path.read_text(encoding="utf-8")) for path in parts(SOURCE)}
    return divided(HANT, source) | own


def divided(language: str, files: Mapping[str, str]) -> dict[str, str]:
    """Return what each message and term says in these files, by id. Raises CatalogueError: an id stands twice."""
    found: dict[str, str] = {}
    for file, text in files.items():
        begins = list(_BEGINS.finditer(text))
        ends = [*(one.start() for one in begins[1:]), len(text)]
        for begin, end in zip(begins, ends, strict=True):
            if begin[1] in found:
                raise CatalogueError(f"{file} ({language}) defines {begin[1]} a second time")
            found[begin[1]] = text[begin.start() : end]
    return found


def _parsed(name: str, text: str) -> ast.Message | ast.Term:
    """Return the message or term that a text begins with; comments on the next one may follow."""
    entry, *rest = FluentParser().parse(text).body
    junk = [one for one in (entry, *rest) if isinstance(one, ast.Junk)]
    if junk or not isinstance(entry, ast.Message | ast.Term):
        raise CatalogueError(f"{name} can't be read near: {text!r:.80}")
    return entry
