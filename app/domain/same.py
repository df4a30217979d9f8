"""Which records may be of one subject: found by what they have in common, and proposed, never decided.

Records are put into blocks by the answers that have to be equal, so that only those within a block are compared: of
6,000 persons that is a few, where all pairs would be 18 million.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from app.domain.kinds.register import SameWhen

LARGEST: Final = 40
"""The most records of a block: what more have in common (the office's telephone) tells none of them apart."""

_SHORT: Final = 2
"""Characters of a short name."""

SHOWN: Final = 4
"""The last characters of a sensitive answer that are shown, of one that is at least twice as long."""


@dataclass(frozen=True, slots=True)
class Common:
    """A value that too many records share to tell them apart: the rule, the raw answers, how many have them."""

    rule: str
    answers: tuple[str, ...]
    records: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be of one subject, and the rules that say so; `one` comes before `other`."""

    one: str
    other: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was found: pairs, those with most rules first, and what is too common to tell anything."""

    pairs: tuple[Pair, ...]
    common: tuple[Common, ...] = ()


def plain(answer: object) -> str:
    """Return an answer without what doesn't matter to whether it is the same: widths, case, blanks, punctuation."""
    text = unicodedata.normalize("NFKC", str(answer)).casefold()
    return "".join(char for char in text if char.isalnum())


def proposed(
    records: Mapping[str, Mapping[str, object]],
    rules: Iterable[SameWhen],
    distinct: frozenset[frozenset[str]] = frozenset(),
) -> Proposed:
    """Return the pairs among `records` (id → answers, blank ones left out) that `rules` propose.

    `distinct` are pairs of which somebody said that they are two: they aren't proposed again.
    """
    found: dict[tuple[str, str], list[str]] = {}
    common: list[Common] = []
    for rule in rules:
        for block in _blocks(records, rule.same).values():
            if len(block) > LARGEST:
                first = records[block[0]]
                common.append(Common(rule.id, tuple(str(first[name]) for name in rule.same), len(block)))
                continue
            for one, other in combinations(sorted(block), 2):
                if frozenset((one, other)) not in distinct and _alike(
                    records[one], records[other], rule.alike
                ):
                    found.setdefault((one, other), []).append(rule.id)
    pairs = [Pair(one, other, tuple(ids)) for (one, other), ids in found.items()]
    pairs.sort(key=lambda pair: (-len(pair.rules), pair.one, pair.other))
    return Proposed(
        tuple(pairs), tuple(sorted(common, key=lambda one: (-one.records, one.rule, one.answers)))
    )


def _blocks(
    records: Mapping[str, Mapping[str, object]], names: Sequence[str]
) -> Mapping[tuple[str, ...], list[str]]:
    """Return the records by their plain answers; one that lacks an answer is in no block."""
    blocks: dict[tuple[str, ...], list[str]] = {}
    for record, answers in records.items():
        key = tuple(plain(answers.get(name, "")) for name in names)
        if all(key):
            blocks.setdefault(key, []).append(record)
    return {key: block for key, block in blocks.items() if len(block) > 1}


def _alike(one: Mapping[str, object], other: Mapping[str, object], names: Iterable[str]) -> bool:
    """Whether all these answers are there and nearly the same."""
    for name in names:
        texts = plain(one.get(name, "")), plain(other.get(name, ""))
        if not all(texts) or not nearly(*texts):
            return False
    return True


def nearly(one: str, other: str) -> bool:
    """Whether two texts are the same but for a third of their characters; of two characters one may differ.

    A name is heard or typed a little differently (王建国, 王建囯; 王芳, 王芬): within a block that is enough to ask.
    """
    longer = max(len(one), len(other))
    common = sum(
        block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    )
    return common * 3 >= longer * 2 or (longer == _SHORT and common == 1)


def masked(text: str) -> str:
    """Return a text of which no more than the last characters can be read."""
    shown = text[-SHOWN:] if len(text) >= 2 * SHOWN else ""
    return "*" * (len(text) - len(shown)) + shown
