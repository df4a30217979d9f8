"""From rules to rulesets in durable-rules' JSON, each within the bounds that it was seen to bear.

Rules are laid into a tree of shared beginnings, which is what the engine builds of them. Two bounds are
read off it: how many checks follow one another under a parent, and how many may be waiting for a fact at
once. A rule that would exceed a bound opens the next ruleset.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.core.truth import Word
from app.engine.formulas import Check, Letter
from app.engine.limits import EngineLimits
from app.engine.lowering import Conjunct, in_order

KIND: Final = 1
"""Every fact's `kind`: what the sink, and a condition that always holds, looks for."""

_OPERATORS: Final[Mapping[Word, str]] = {
    Word.UNEQUAL: "$neq",
    Word.LESS: "$lt",
    Word.AT_MOST: "$lte",
    Word.MORE: "$gt",
    Word.AT_LEAST: "$gte",
}


@dataclass(slots=True)
class _Branch:
    """A check in the tree of shared beginnings, with what may follow it."""

    following: dict[Check, "_Branch"] = field(default_factory=dict)
    waiting: int = 1

    def add(self, checks: list[Check]) -> None:
        path: list[_Branch] = [self]
        for check in checks:
            path.append(path[-1].following.setdefault(check, _Branch()))
        for branch in reversed(path):
            branch.waiting = branch.count_waiting()

    def count_waiting(self) -> int:
        """Return how many checks wait at most while a fact goes through: equalities exclude each other."""
        if not self.following:
            return 1
        at_once = {
            (check.letter, check.scale, check.word, None if check.word is Word.EQUAL else check.number)
            for check in self.following
        }
        return len(at_once) - 1 + max(branch.waiting for branch in self.following.values())

    def widest(self, checks: list[Check]) -> int:
        """Return how many checks there are under one parent at most, on the way of `checks`."""
        branch, widest = self, 0
        for check in checks:
            widest = max(widest, len(branch.following))
            branch = branch.following[check]
        return widest


@dataclass(slots=True)
class _Ruleset:
    limits: EngineLimits
    tree: _Branch = field(default_factory=_Branch)
    rules: list[tuple[list[Check], list[int]]] = field(default_factory=list)
    fields: set[tuple[Letter, int]] = field(default_factory=set)

    def takes(self, checks: list[Check], outputs: list[int]) -> bool:
        """Add a rule if the bounds allow it, as they do for the first. After a refusal ask no more."""
        fields = self.fields | {(check.letter, check.scale) for check in checks}
        self.tree.add(checks)
        fits = (
            len(self.rules) < self.limits.rules
            and len(fields) <= self.limits.fields
            and self.tree.widest(checks) < self.limits.fan_out  # the sink is one more
            and self.tree.waiting < self.limits.waiting
        )
        if fits or not self.rules:
            self.rules.append((checks, outputs))
            self.fields = fields
            return True
        return False


def rulesets_of(
    rules: Mapping[Conjunct, list[int]], tops: Mapping[int, int], limits: EngineLimits
) -> list[Any]:
    """Return the rulesets of one pass, as the worker reads them (JSON).

    `tops` has a scale's code above all others. Each ruleset has `rules` (name → expression), `outputs`
    (name → numbers), `fields` (name, letter, scale, top), and how many facts to hand over at once.
    """
    packed: list[_Ruleset] = []
    ordered = sorted((in_order(conjunct), outputs) for conjunct, outputs in rules.items())
    for checks, outputs in ordered:
        if not packed or not packed[-1].takes(checks, outputs):
            packed.append(_Ruleset(limits))
            packed[-1].takes(checks, outputs)
    return [_json(ruleset, tops, limits) for ruleset in packed]


def _json(ruleset: _Ruleset, tops: Mapping[int, int], limits: EngineLimits) -> dict[str, Any]:
    return {
        "rules": {f"r{at}": _expression(checks) for at, (checks, _) in enumerate(ruleset.rules)},
        "outputs": {f"r{at}": outputs for at, (_, outputs) in enumerate(ruleset.rules)},
        "fields": [
            [field_name(letter, scale), letter.value, scale, tops.get(scale, 0)]
            for letter, scale in sorted(ruleset.fields)
            if letter is not Letter.KIND
        ],
        "cap": limits.cap,
        "kind": KIND,
        "facts_a_sid": limits.facts_a_sid,
        "sids_a_round": limits.sids_a_round,
    }


def field_name(letter: Letter, scale: int) -> str:
    """Return a fact's field. No declared name enters the engine, which knows names by 32-bit hashes."""
    return "kind" if letter is Letter.KIND else f"{letter}_{scale}"


def _expression(checks: list[Check]) -> dict[str, Any]:
    """One key a node; an empty conjunction is a question for the kind, as `{'$and': []}` never ends."""
    parts = [_check(check) for check in checks] or [{"kind": KIND}]
    return parts[0] if len(parts) == 1 else {"$and": parts}


def _check(check: Check) -> dict[str, Any]:
    asked = {field_name(check.letter, check.scale): check.number}
    return asked if check.word is Word.EQUAL else {_OPERATORS[check.word]: asked}
