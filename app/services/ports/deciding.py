"""The rules engine: facts and conditions go in, which clauses apply comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.core.expressions import Expression
from app.domain.core.values import Column, Value


@dataclass(frozen=True, slots=True)
class Condition:
    """A clause's condition: `rule` is its id; `expression` reads the question's columns only.

    It is in engine form: All, Some and Not over atoms. An atom is a boolean Name, a comparison of a Name with a
    Literal, `has(Name, Literal)`, `known(Name)` or `applies(Name)`.
    """

    rule: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Question:
    """Facts of one table and the conditions to hold against each. `rows` have one value a column, marks included.

    `keys` name the rows for people (`home_visit|hh-1|2025-Q1`), in the same order; they are unique and sorted.
    """

    table: str
    columns: tuple[Column, ...]
    conditions: tuple[Condition, ...]
    rows: Sequence[tuple[Value, ...]]
    keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """For each condition (by rule id) the positions of the rows to which it surely applies, and those where it may."""

    sure: Mapping[str, frozenset[int]]
    possible: Mapping[str, frozenset[int]]


class DecisionError(Exception):
    """The engine gave no trustworthy result: it died, ran too long, or disagrees with its shadow."""


class Decider(Protocol):
    """Decides which clauses apply. Blocking: call it off the event loop."""

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer the questions, in order. Raises DecisionError."""
        ...
