"""A definition as sentences with slots: the words of a figure, a spacing, a source, and where each of them is said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.edits import Data, Path
from app.domain.kinds.sheet import Item
from app.domain.regulation import Regulation
from app.i18n import Translator
from app.services.drafting.composing import value_at
from app.services.reasons.phrases import Listed, Phrase, Said, say
from app.services.reasons.sentences import Sentences

Paths = Mapping[tuple[str, str], Path]
"""Where the slots of messages are said, by message and slot."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of a sentence that are said at a path of the file."""

    words: str
    path: Path


Part = str | Slot


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where its slots are said; `path` is what the whole of it is about."""

    said: Said
    paths: Paths
    path: Path = ()

    def parts(self, t: Translator) -> list[Part]:
        """Return its words in the reader's language, slots apart."""
        return _parts(self.said, self.paths, t)


_OPEN: Final = "\ue000"
_CLOSE: Final = "\ue001"


def _parts(said: Said, paths: Paths, t: Translator) -> list[Part]:
    if not isinstance(said, Phrase):
        if isinstance(said, Listed) and said.between:
            return _joined(said, paths, t)
        return [say(said, t)]
    inner: list[list[Part]] = []
    values: dict[str, str | int] = {}
    for name, value in said.values.items():
        path = paths.get((said.message, name))
        if path is not None:
            inner.append([Slot(say(value, t), path)])
        elif isinstance(value, Phrase | Listed):
            inner.append(_parts(value, paths, t))
        else:
            values[name] = value if isinstance(value, int) else say(value, t)
            continue
        values[name] = f"{_OPEN}{len(inner) - 1}{_CLOSE}"
    return _filled(t(said.message, **values), inner)


def _joined(listed: Listed, paths: Paths, t: Translator) -> list[Part]:
    found: list[Part] = []
    for item in listed.items:
        more = _parts(item, paths, t)
        if not found:
            found = more
            continue
        left, right = f"{_OPEN}0{_CLOSE}", f"{_OPEN}1{_CLOSE}"
        found = _filled(t(listed.between or "", left=left, right=right), [found, more])
    return found


def _filled(text: str, inner: list[list[Part]]) -> list[Part]:
    """Return a text with the marks in it replaced; neighbouring words are put together."""
    found: list[Part] = []
    for number, piece in enumerate(text.split(_OPEN)):
        words = piece
        if number:
            name, _, words = piece.partition(_CLOSE)
            found += inner[int(name)]
        found.append(words)
    merged: list[Part] = []
    for one in found:
        if isinstance(one, str) and merged and isinstance(merged[-1], str):
            merged[-1] += one
        elif one:
            merged.append(one)
    return merged


# ---- of each kind
def definition_sentences(
    kind: str, name: str, data: Data, regulation: Regulation, day: date
) -> Iterator[Sentence]:
    """Yield what a duty, an indicator, a rule or a sheet says, with the figures in force on a day."""
    sentences = Sentences(regulation, day)
    if kind == "duty" and name in regulation.duties:
        duty = regulation.duties[name]
        for tier in duty.tiers:
            paths = _duty_paths(data, ("tiers", tier.id))
            for said in sentences.duty(duty, tier.id)[:1]:
                yield Sentence(said, paths, ("tiers", tier.id))
        if not duty.tiers:
            for said in sentences.duty(duty)[:1]:
                yield Sentence(said, _duty_paths(data, ()))
        for said in sentences.pauses(duty):
            yield Sentence(said, {})
    elif kind == "indicator" and name in regulation.indicators:
        own = {
            ("sentence-share", "of"): ("of",),
            ("sentence-share", "part"): ("part",),
            ("sentence-measure", "of"): ("of",),
            ("sentence-measure", "measure"): ("measure",),
        }
        yield Sentence(sentences.indicator(regulation.indicators[name]), _known(own))
    elif kind == "rule" and name in regulation.rules:
        rule = {
            ("sentence-rule", "row"): ("for_each",),
            ("sentence-rule", "when"): ("when",),
            ("sentence-rule", "finding"): ("then",),
        }
        yield Sentence(sentences.rule(regulation.rules[name]), _known(rule))
    elif kind == "sheet" and name in regulation.sheets:
        sheet = regulation.sheets[name]
        yield from _of_items(data, sheet.items, (), sentences, value_at(data, ("lines",)) is not None)


def _known(paths: Mapping[tuple[str, str], Path]) -> Paths:
    return paths


def _duty_paths(data: Data, tier: Path) -> Paths:
    """Return where a duty's sentence is said: in the tier what the tier says itself, else at the duty."""

    def place(key: str) -> Path:
        return (*tier, key) if tier and value_at(data, (*tier, key)) is not None else (key,)

    whom = (*tier, "where") if tier and value_at(data, (*tier, "where")) is not None else ("for_each",)
    found: dict[tuple[str, str], Path] = {
        ("sentence-whom-where", "whom"): ("for_each",),
        ("sentence-whom-where", "where"): whom,
        ("sentence-row-where", "row"): ("for_each",),
        ("sentence-row-where", "where"): whom,
    }
    for message, every in (("sentence-duty-every", "every"), ("sentence-duty-within", "within")):
        found[message, every] = place(every)
        found[message, "what"] = place("met_by")
        found[message, "n"] = place("times")
    if value_at(data, (*tier, "where")) is None and value_at(data, ("where",)) is None:
        found["sentence-duty-every", "whom"] = ("for_each",)
        found["sentence-duty-within", "whom"] = ("for_each",)
    return found


def _of_items(
    data: Data,
    items: tuple[Item, ...],
    above: Path,
    sentences: Sentences,
    plain: bool,  # noqa: FBT001
) -> Iterator[Sentence]:
    """Yield a sentence for each line; a small sheet has its lines at the top of the file."""
    for item in items:
        here = above if plain else (*above, "items", item.id)
        for line in item.lines:
            path = (*here, "lines", line.id)
            if value_at(data, path) is not None:
                yield Sentence(sentences.line(line, item), _line_paths(path), path)
        if not plain:
            yield from _of_items(data, item.items, here, sentences, plain=False)


def _line_paths(path: Path) -> Paths:
    return {
        ("sentence-line-add", "rows"): (*path, "for_each"),
        ("sentence-line-add", "amount"): (*path, "add"),
        ("sentence-line-add-by", "rows"): (*path, "for_each"),
        ("sentence-line-add-by", "amount"): (*path, "add"),
        ("sentence-line-deduct", "rows"): (*path, "for_each"),
        ("sentence-line-deduct", "amount"): (*path, "deduct"),
        ("sentence-line-deduct-by", "rows"): (*path, "for_each"),
        ("sentence-line-deduct-by", "amount"): (*path, "deduct"),
        ("sentence-capped", "most"): (*path, "at_most"),
        ("sentence-beyond", "n"): (*path, "beyond"),
        ("sentence-line-share", "title"): (*path, "share_of"),
        ("sentence-line-mark", "form"): (*path, "mark"),
        ("sentence-each-case", "most"): (*path, "each_case", "at_most"),
        ("sentence-mark-by", "roles"): (*path, "by"),
    }
