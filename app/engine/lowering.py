"""From formulas to rules that are plain conjunctions, in passes.

There is no `$or` in a rule: each alternative is a rule of its own with the same output, which spares the
engine's double firing, its list of 127 alternatives under one test and its limit of 32 connectives. Where
multiplying out would give too many rules, or one too long, a part becomes a finding of an earlier pass and
is checked as such.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from app.domain.core.truth import Word
from app.engine.formulas import Check, Either, Formula, Letter
from app.engine.limits import EngineLimits

Conjunct = frozenset[Check]


@dataclass(slots=True)
class Rules:
    """The rules of a question: conjunctions, each with the outputs that it gives.

    `column_of` tells the number of a scale's column (see `Check`). Outputs below `outputs` are conditions',
    further ones are findings for later passes.
    """

    limits: EngineLimits
    column_of: Mapping[int, int]
    outputs: int
    rules: dict[Conjunct, list[int]] = field(default_factory=dict)
    _levels: dict[int, int] = field(default_factory=dict)
    _helpers: dict[frozenset[Conjunct], int] = field(default_factory=dict)

    def add(self, formula: Formula, output: int) -> None:
        """Let `output` be found where `formula` holds."""
        self._add(self._lowered(formula), output)

    def by_pass(self) -> list[dict[Conjunct, list[int]]]:
        """Return the rules pass by pass: those of one check findings of earlier ones only."""
        passes: list[dict[Conjunct, list[int]]] = []
        for conjunct, outputs in self.rules.items():
            level = self._level(conjunct)
            passes.extend({} for _ in range(level + 1 - len(passes)))
            passes[level][conjunct] = outputs
        return passes

    def _add(self, conjuncts: Sequence[Conjunct], output: int) -> None:
        # What never holds is still asked: no fact is of kind 0.
        for conjunct in conjuncts or [frozenset({NOWHERE})]:
            self.rules.setdefault(conjunct, []).append(output)

    def _lowered(self, formula: Formula) -> list[Conjunct]:
        if isinstance(formula, Check):
            return [frozenset({formula})]
        if isinstance(formula, Either):
            return list(dict.fromkeys(one for part in formula.parts for one in self._lowered(part)))
        checks = frozenset(part for part in formula.parts if isinstance(part, Check))
        choices = [self._lowered(part) for part in formula.parts if not isinstance(part, Check)]
        while prod(map(len, choices)) > self.limits.branches:
            largest = max(range(len(choices)), key=lambda at: len(choices[at]))
            choices[largest] = [frozenset({self._finding(choices[largest])})]
        found = (self._shortened(checks.union(*chosen)) for chosen in product(*choices))
        return list(dict.fromkeys(found))

    def _shortened(self, conjunct: Conjunct) -> Conjunct:
        """Leave out what an unknown value implies anyway; split what is too long."""
        unknown = {
            check.scale for check in conjunct if check.letter is Letter.IS_UNKNOWN and check.number == 1
        }
        conjunct = frozenset(
            check
            for check in conjunct
            if check.letter not in {Letter.HIGH, Letter.LOW} or self.column_of[check.scale] not in unknown
        )
        while len(conjunct) > self.limits.tests:
            checks = in_order(conjunct)
            pieces = [checks[at : at + self.limits.tests] for at in range(0, len(checks), self.limits.tests)]
            conjunct = frozenset(self._finding([frozenset(piece)]) for piece in pieces)
        return conjunct

    def _finding(self, conjuncts: Sequence[Conjunct]) -> Check:
        key = frozenset(conjuncts)
        if key not in self._helpers:
            output = self.outputs + len(self._helpers)
            self._helpers[key] = output
            self._levels[output] = max(map(self._level, conjuncts))
            self._add(conjuncts, output)
        return Check(Letter.FOUND, self._helpers[key], Word.EQUAL, 1)

    def _level(self, conjunct: Conjunct) -> int:
        return max(
            (self._levels[check.scale] + 1 for check in conjunct if check.letter is Letter.FOUND), default=0
        )


NOWHERE = Check(Letter.KIND, 0, Word.EQUAL, 0)


def in_order(conjunct: Iterable[Check]) -> list[Check]:
    """Return the checks in the order in which a rule has them: equalities first, so that rules share them."""
    return sorted(conjunct, key=lambda check: (check.word is not Word.EQUAL, check))
