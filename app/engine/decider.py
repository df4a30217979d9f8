"""The `Decider` that durable-rules is behind: compile, code, ask the worker, compare with the shadow."""

import threading
import weakref
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, Final, Self, TypeVar

from app.engine.facts import Facts, Numbered, facts_of, marks_of, numbered
from app.engine.formulas import Marks
from app.engine.limits import EngineLimits, Fault, fault
from app.engine.process import COMMAND, WorkerProcess
from app.engine.program import Program, Shape, ShapeKey, compiled, shape_key, shape_of
from app.engine.shadow import Shadow
from app.services.ports import Answer, DecisionError, Question

_KEPT: Final = 256  # shapes, and programs
_PATIENCE: Final = 2.0  # seconds for a worker to end by itself when its input is closed
K = TypeVar("K")
V = TypeVar("V")
_ProgramKey = tuple[ShapeKey, Marks]
_Expected = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    question: Question
    shape: Shape
    columns: dict[str, Numbered]
    program: Program
    facts: Facts

    @property
    def has_facts(self) -> bool:
        return bool(self.question.rows and self.question.conditions)


class DurableDecider:
    """Decides in a worker process, and believes nothing that the shadow evaluator doesn't find too.

    Thread-safe: one call at a time, further ones wait. Blocking. A context manager that closes.
    """

    def __init__(
        self,
        limits: EngineLimits | None = None,
        *,
        distinct: bool = True,
        command: Sequence[str] = COMMAND,
    ) -> None:
        """Set up without starting anything.

        Args:
            limits: what a worker and a ruleset may use.
            distinct: send rows that are the same to every condition as one fact (docs/adr/0021).
            command: what starts a worker, for tests of workers that fail.
        """
        self._limits = limits or EngineLimits()
        self._distinct = distinct
        self._command = command
        self._lock = threading.Lock()
        self._closed = False
        self._workers: list[WorkerProcess] = []
        self._shapes: OrderedDict[ShapeKey, Shape] = OrderedDict()
        self._programs: OrderedDict[_ProgramKey, Program] = OrderedDict()
        self._next_key = 0
        self._finalizer = weakref.finalize(self, _end_all, self._workers, _PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start the worker ahead of the first call, without waiting. Raises DecisionError (`start`)."""
        with self._lock:
            self._worker()

    def close(self) -> None:
        """End the worker at once, also one that is asked. Calls raise DecisionError (`closed`); twice is no fault."""
        self._closed = True
        if self._lock.acquire(blocking=False):
            try:
                self._finalizer()
            finally:
                self._lock.release()
        for worker in tuple(self._workers):  # whoever asks it now ends it: its reply doesn't come
            worker.kill()

    def decide(self, questions: Sequence[Question]) -> list[Answer]:
        """Answer the questions, in order.

        `sure` holds the rows for which a condition is true, `possible` those for which it is unknown: none
        is in both, and one for which it is n/a or false is in neither. Raises DecisionError: there is no
        answer then.
        """
        with self._lock:
            try:
                return self._decided(questions)
            except DecisionError:
                if self._closed:
                    raise fault(Fault.CLOSED) from None  # what its worker did then says nothing
                raise

    def _decided(self, questions: Sequence[Question]) -> list[Answer]:
        prepared = [self._prepare(question) for question in questions]
        asked = [one for one in prepared if one.has_facts]
        expected: list[_Expected] = []
        replies = iter(self._ask(asked, expected) if asked else ())
        shadows = iter(expected)
        return [
            self._checked(one, next(replies), next(shadows)) if one.has_facts else _nothing(one.question)
            for one in prepared
        ]

    def _prepare(self, question: Question) -> _Prepared:
        shape_of_question = shape_key(question)
        shape = self._shapes.get(shape_of_question)
        if shape is None:
            shape = _keep(self._shapes, shape_of_question, shape_of(question))
        columns = numbered(question, shape)
        marks = marks_of(columns)
        program = self._programs.get((shape_of_question, marks))
        if program is None:
            self._next_key += 1
            made = compiled(shape, marks, self._next_key, self._limits)
            program = _keep(self._programs, (shape_of_question, marks), made)
        facts = facts_of(shape, columns, len(question.rows), question.table, distinct=self._distinct)
        return _Prepared(question, shape, columns, program, facts)

    def _ask(self, asked: Sequence[_Prepared], expected: list[_Expected]) -> list[Any]:
        """Return the worker's replies; while it works, `expected` is filled with the shadow's own findings."""
        worker = self._worker()
        programs = {
            one.program.key: one.program.passes for one in asked if one.program.key not in worker.known
        }
        request = {
            "programs": programs,
            "questions": [
                {"program": one.program.key, "codes": one.facts.codes, "shared": one.facts.shared}
                for one in asked
            ],
        }
        reply = worker.ask(
            request,
            sum(len(one.facts.shared) for one in asked),
            lambda: expected.extend(map(_expected, asked)),
        )
        answers = reply.get("answers") if isinstance(reply, dict) else None
        if not isinstance(answers, list) or len(answers) != len(asked):
            self._drop()
            raise fault(_reported(reply))
        worker.known.update(programs)
        if worker.spent:
            self._drop()
            self._worker()
        return answers

    def _checked(self, one: _Prepared, reply: object, expected: _Expected) -> Answer:
        """Return the answer if every check agrees. A worker that was caught is not used again."""
        try:
            return _checked(one, reply, expected)
        except DecisionError:
            self._drop()
            raise

    def _worker(self) -> WorkerProcess:
        if self._closed:
            raise fault(Fault.CLOSED)
        if self._workers and not self._workers[0].alive:
            self._drop()
        if not self._workers:
            self._workers.append(WorkerProcess(self._limits, self._command))
        return self._workers[0]

    def _drop(self) -> None:
        _end_all(self._workers, _PATIENCE)


def _expected(one: _Prepared) -> _Expected:
    """Return, for each condition, the rows for which it is true and those for which it is unknown."""
    shadow = Shadow(one.columns, one.shape.types, len(one.question.rows), {})
    return [shadow.flags(condition.expression) for condition in one.question.conditions]


def _checked(one: _Prepared, reply: object, expected: _Expected) -> Answer:
    table, rows = one.question.table, len(one.question.rows)
    found, sunk = _parts(reply, table)
    if sunk != [[rows] * len(rulesets) for rulesets in one.program.passes]:
        raise fault(Fault.LOST, table)
    sure: dict[str, frozenset[int]] = {}
    possible: dict[str, frozenset[int]] = {}
    for at, (condition, own) in enumerate(zip(one.question.conditions, expected, strict=True)):
        about = f"{table}: {condition.rule}"
        for number, into, flags in ((2 * at, sure, own[0]), (2 * at + 1, possible, own[1])):
            if _flags(found.get(str(number)), one.facts, about) != flags:
                raise fault(Fault.DISAGREES, about)
            into[condition.rule] = frozenset(compress(range(rows), flags))
    return Answer(sure, possible)


def _parts(reply: object, table: str) -> tuple[Mapping[str, Any], Any]:
    found = reply.get("found") if isinstance(reply, dict) else None
    if not isinstance(reply, dict) or not isinstance(found, dict):
        raise fault(Fault.PROTOCOL, table)
    return found, reply.get("sunk")


def _flags(found: object, facts: Facts, about: str) -> bytes:
    """Return, with a byte of 1 or 0 a row, whether its fact was found. Each fact may be told once."""
    of_fact = bytearray(len(facts.shared))
    if not isinstance(found, list):
        raise fault(Fault.PROTOCOL, about)
    for number in found:
        if not isinstance(number, int) or not 0 <= number < len(of_fact) or of_fact[number]:
            raise fault(Fault.PROTOCOL, about)
        of_fact[number] = 1
    return bytes(map(of_fact.__getitem__, facts.group))


def _reported(reply: object) -> Fault:
    told = reply.get("fault") if isinstance(reply, dict) else None
    return Fault(told) if told in set(Fault) else Fault.PROTOCOL


def _nothing(question: Question) -> Answer:
    none: dict[str, frozenset[int]] = {condition.rule: frozenset() for condition in question.conditions}
    return Answer(none, none)


def _keep(cache: OrderedDict[K, V], key: K, value: V) -> V:
    cache[key] = value
    if len(cache) > _KEPT:
        cache.popitem(last=False)
    return value


def _end_all(workers: list[WorkerProcess], patience: float) -> None:
    while workers:
        workers.pop().end(patience)
