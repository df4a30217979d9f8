"""What the result of building a definition rests on, as one hash: equal hashes give equal results.

A definition rests on its own file, on the definitions whose names are among its words and, over and over, on those that
these name; on what every definition may rest on (places, calendars, posts, the forms about people and posts); and on
which of its words are names of faulty files or of answers that may be left out. Texts for people name nothing; other
words that mean something else only make it rest on more than it needs.

Of its own file it rests on what that says, of others on what they say beside texts for people. What a file says is
known by its text, and where that is another than before, but says the same (`app.declarations.alike`), by the text
that it was known by: no file is looked through that didn't change.

The bare form of a file rests on less: on its own file, and on what sort of name each of its words is.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from app.declarations.alike import alike, alike_to_others
from app.declarations.asked import Answers
from app.declarations.documents import Document
from app.declarations.located import LocatedList, LocatedMap
from app.declarations.names import HOLDER, PLACE, ROLE, Names
from app.declarations.uses import words_in
from app.domain.kinds.common import CitedText
from app.domain.kinds.links import WORKER

_OF_ALL = ("place", "calendar", "role", "overlay", "plugins")
"""Kinds that every definition may rest on."""
_WHOLE = ("overlay", "plugins")
"""Kinds of which others take texts, too: the reason of a change becomes that of the figure."""
_IMPLIED = frozenset({WORKER, HOLDER, PLACE, ROLE})
"""Subjects that rows lead to without naming them: who wrote an entry, where, in which post."""
_OWN_IDS = ("fields", "choices")
"""Keys of a mapping whose keys are ids of its own, which name no definition."""


@dataclass(frozen=True, slots=True)
class Known:
    """By what a file is known: `own` is the same while it says the same, `seen` while it says the same to others.

    Both are hashes of texts: of this one, or of an earlier one that says no other thing.
    """

    document: Document
    text: str
    own: str
    seen: str


@dataclass(frozen=True, slots=True)
class Found:
    """The fingerprints of a load, for the next one: what a definition rests on is walked again only where it changed.

    `ground` is what those of bare forms rest on beside their text and `whole` what those of whole definitions do;
    `broken` are the names of what has a fault; `named` are the names of definitions by path, `meant` the paths by name;
    `known` are the files by path, one that has a fault as it was before; `reached` are the paths of what each
    definition rests on.
    """

    ground: tuple[object, ...]
    laid: str
    whole: tuple[object, ...]
    broken: frozenset[str]
    named: Mapping[str, tuple[str, frozenset[str]]]
    meant: Mapping[str, tuple[str, ...]]
    known: Mapping[str, Known]
    bare: Mapping[str, tuple[str, str]]
    of: Mapping[str, str]
    reached: Mapping[str, Iterable[str]]


class Fingerprints:
    """The fingerprints of the definitions of one set of files.

    Which of the forms' answers may be missing is known (`know`) once these are there, bare as they are.
    """

    def __init__(
        self,
        names: Names,
        texts: Mapping[str, str],
        settled: Iterable[object],
        cited: Mapping[str, CitedText] = MappingProxyType({}),
        before: Found | None = None,
        latest: Found | None = None,
    ) -> None:
        """Take the text of each document by path; `settled` is whatever else every result rests on.

        `cited` are what clauses are of: whole definitions carry these, bare forms don't. `before` are those of an
        earlier load of nearly the same files, with cases or without as this one; `latest` those of the last one of
        either, by which files are known: so both know them by the same.
        """
        self._names = names
        self._settled = _hash(map(repr, settled))
        self._documents = [
            document
            for kind, group in names.documents.items()
            if kind not in ("case", "cases", "documents", *_OF_ALL)
            for document in group.values()
        ]
        hashes = {path: _own_hash(path, text) for path, text in texts.items()}
        # An overlay's words are those of the definitions that it changes, whose files don't say so.
        self._laid = _hash(hashes.get(path, "") for path in sorted(names.of("overlay")))
        latest = latest or before
        earlier = latest.known if latest is not None and latest.laid == self._laid else {}
        known_before = before.known if before is not None and before.laid == self._laid else {}
        known = {
            document.path: _known(document, hashes[document.path], earlier.get(document.path))
            for group in names.documents.values()
            for document in group.values()
            if document.path in hashes
        }
        self._own: dict[str, str] = {path: one.own for path, one in known.items()}
        self._seen: dict[str, str] = {path: one.seen for path, one in known.items()}
        self._known: Mapping[str, Known] = {**earlier, **known}
        self._sorts = _sorts(names)
        self._sorted = frozenset(self._sorts)
        self._found: dict[str, str] = {}
        self._bare: dict[str, tuple[str, str]] = {}
        self._paths: dict[str, Iterable[str]] = {}
        self._words: dict[str, frozenset[str]] = {}
        self._links: dict[str, list[Document]] = {}
        self._by_path = {document.path: document for document in self._documents}
        named = {document.path: (document.id, self._names_used(document)) for document in self._documents}
        again = before is not None and before.named == named
        self._meant = before.meant if before is not None and again else _meant(named)
        self._named_at = named
        common = {
            document.path: (self._own if kind in _WHOLE else self._seen).get(document.path, "")
            for kind in _OF_ALL
            for document in names.documents.get(kind, {}).values()
        }
        self._shared: frozenset[str] = frozenset()
        for subject in _IMPLIED:
            for path in self._meant.get(subject, ()):
                common |= self._reached(self._by_path[path])
        self._shared = frozenset(common)
        told = repr(sorted(cited.items(), key=lambda pair: pair[0]))
        self._common = _hash([self._settled, *sorted(names.left_out), repr(sorted(common.items())), told])
        self._ground = (self._settled, self._laid, self._sorts)
        self._whole = (self._common,)
        touched = {
            path: known_before.get(path) for path, one in known.items() if known_before.get(path) is not one
        }
        self._touched = {path for path, one in touched.items() if one is None or one.own != known[path].own}
        self._changed_broken: frozenset[str] = frozenset()
        self._touched_for_others = {
            path for path, one in touched.items() if one is None or one.seen != known[path].seen
        }
        if before is not None:
            self._changed_broken = names.broken ^ before.broken
            if not again:
                self._touched_for_others |= self._naming(before.named)
        self._bare_before = before.bare if before is not None and before.ground == self._ground else {}
        self._before = before
        self.know(Answers())

    def know(self, answers: Answers) -> None:
        """Take which of the forms' answers may be missing: the fingerprints of whole definitions rest on it."""
        self._answers = answers
        self._at_times = frozenset(answers.at_times)
        before = self._before
        same = before is not None and before.whole == (*self._whole, answers)
        self._found_before = before.of if before is not None and same else {}

    def found(self) -> Found:
        """Return what the next load may take over."""
        whole = (*self._whole, self._answers)
        return Found(
            self._ground,
            self._laid,
            whole,
            self._names.broken,
            self._named_at,
            self._meant,
            self._known,
            self._bare,
            self._found,
            self._paths,
        )

    def of(self, document: Document) -> str:
        """Return the fingerprint of a whole definition, or of a file of cases."""
        path = document.path
        known = self._found.get(path)
        if known is not None:
            return known
        earlier = self._found_before.get(path)
        if earlier is not None and self._before is not None:
            paths = self._before.reached[path]
            if (
                path not in self._touched
                and self._touched_for_others.isdisjoint(paths)
                and self._words_of(document).isdisjoint(self._changed_broken)
            ):
                self._found[path], self._paths[path] = earlier, paths
                return earlier
        words, answers = self._words_of(document), self._answers
        reached = self._reached(document)
        self._paths[path] = tuple(reached)
        found = self._found[path] = _hash(
            [
                self._common,
                path,
                self._own.get(path, ""),
                *sorted(reached.values()),
                "",
                *sorted(words & self._names.broken),
                "",
                *sorted(words & answers.left_out),
                "",
                *(f"{word} {answers.at_times[word]}" for word in sorted(words & self._at_times)),
            ]
        )
        return found

    def bare(self, document: Document, settled: str) -> str:
        """Return the fingerprint of a file's forms without their conditions; `settled` is what else these rest on."""
        path = document.path
        earlier = self._bare_before.get(path)
        if earlier is None or earlier[0] != settled or path in self._touched:
            words = self._words_of(document)
            found = _hash(
                [
                    self._settled,
                    settled,
                    self._laid,
                    self._own.get(path, path),
                    *(f"{word} {self._sorts[word]}" for word in sorted(words & self._sorted)),
                ]
            )
            earlier = settled, found
        self._bare[path] = earlier
        return earlier[1]

    def _naming(self, before: Mapping[str, tuple[str, frozenset[str]]]) -> set[str]:
        """Return the paths of what names a definition that came or went, or goes by another name than before."""
        now = self._named_at
        names: set[str] = set()
        for path in now.keys() | before.keys():
            if now.get(path) != before.get(path):
                for own_id, further in (one for one in (now.get(path), before.get(path)) if one is not None):
                    names |= {own_id, *further}
        every = (one for group in self._names.documents.values() for one in group.values())
        return {one.path for one in every if not names.isdisjoint(self._words_of(one))}

    def _names_used(self, document: Document) -> frozenset[str]:
        own = self._known_as(document)
        found = _NAMED.get(own)
        if found is None:
            found = frozenset(_names_of(document))
            _remember(_NAMED, own, found)
        return found

    def _known_as(self, document: Document) -> tuple[str, str, str]:
        """Return what says whether a definition's words are as they were."""
        own = self._own.get(document.path)
        return (document.path, document.id, "") if own is None else (own, document.id, self._laid)

    def _reached(self, document: Document) -> dict[str, str]:
        """Return the definitions that one rests on, itself included, by path with what they are known by to others.

        What every definition rests on is left out once it is known: with all that it rests on in turn.
        """
        seen, links, shared = self._seen, self._links, self._shared
        found = {document.path: seen.get(document.path, "")}
        todo = [document]
        while todo:
            one = todo.pop()
            named = links.get(one.path)
            for other in self._named(one) if named is None else named:
                path = other.path
                if path not in found and path not in shared:
                    found[path] = seen.get(path, "")
                    todo.append(other)
        return found

    def _named(self, document: Document) -> list[Document]:
        found = self._links.get(document.path)
        if found is None:
            words = self._words_of(document) & self._meant.keys()
            paths = dict.fromkeys(path for word in words for path in self._meant[word])
            found = self._links[document.path] = [self._by_path[path] for path in paths]
        return found

    def _words_of(self, document: Document) -> frozenset[str]:
        found = self._words.get(document.path)
        if found is None:
            own = self._known_as(document)
            found = _KNOWN.get(own)
            if found is None:
                found = frozenset(words_in(document.data, _without_own_ids))
                _remember(_KNOWN, own, found)
            self._words[document.path] = found
        return found


def _meant(named: Mapping[str, tuple[str, frozenset[str]]]) -> dict[str, tuple[str, ...]]:
    """Return the paths of the definitions that each name means, by the id and the further names of each path."""
    found: dict[str, list[str]] = {}
    for path, (own_id, names) in named.items():
        for name in {own_id, *names}:
            found.setdefault(name, []).append(path)
    return {name: tuple(paths) for name, paths in found.items()}


_MOST_KNOWN: Final = 4_096
_KNOWN: Final[dict[tuple[str, str, str], frozenset[str]]] = {}
"""The words of definitions by the hashes of their file and of the overlays, and their id: an edit changes one file.

Those of what belongs to the language are known by its path.
"""
_NAMED: Final[dict[tuple[str, str, str], frozenset[str]]] = {}
"""The further names of definitions, likewise."""


def _remember(
    known: dict[tuple[str, str, str], frozenset[str]], of: tuple[str, str, str], words: frozenset[str]
) -> None:
    if len(known) >= _MOST_KNOWN:
        known.clear()
    known[of] = words


def _known(document: Document, text: str, before: Known | None) -> Known:
    """Return by what a file is known whose text has this hash; `before` is what an earlier load knew it by."""
    if before is None:
        return Known(document, text, text, text)
    if before.text == text:
        return before
    said, said_before = document.data, before.document.data
    return Known(
        document,
        text,
        before.own if alike(said_before, said) else text,
        before.seen if alike_to_others(said_before, said) else text,
    )


@lru_cache(maxsize=4_096)
def _own_hash(path: str, text: str) -> str:
    return _hash([path, text])


def _sorts(names: Names) -> dict[str, str]:
    """Return, by name, what sorts of name it is: what a form can refer to, who may fill it in, what has a fault."""
    sorts: dict[str, str] = {}
    groups: list[tuple[str, Iterable[str]]] = [
        ("refers", names.references()),
        ("level", names.levels),
        ("role", names.of("role")),
        ("left", names.left_out),
        ("broken", names.broken),
    ]
    for sort, group in groups:
        for name in group:
            sorts[name] = f"{sorts.get(name, '')} {sort}"
    for name, forms in names.subjects.items():
        sorts[name] = f"{sorts.get(name, '')} of {forms[0]}"
    return sorts


def _hash(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join((*parts, "")).encode("utf-8", "surrogatepass")).hexdigest()


def _without_own_ids(key: str, value: object) -> Iterable[object] | None:
    return value.values() if key in _OWN_IDS and isinstance(value, LocatedMap) else None


def _names_of(document: Document) -> Iterator[str]:
    """Yield the names, beside its id, under which others use a definition: a subject's, a finding's, that of its group.

    Of rules in a group each is judged by the others.
    """
    data = document.data
    for key in ("describes", "of") if document.kind in ("form", "class") else ():
        name = data.get(key)
        if isinstance(name, str):
            yield name
    yield from _named_by(_NAMING_RULES if document.kind == "rule" else _NAMING, data)


_NAMING: Final = frozenset({"finding"})
_NAMING_RULES: Final = _NAMING | {"group"}


def _named_by(keys: frozenset[str], data: object) -> Iterator[str]:
    if isinstance(data, LocatedMap):
        for key, value in data.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _named_by(keys, value)
    elif isinstance(data, LocatedList):
        for member in data:
            yield from _named_by(keys, member)
