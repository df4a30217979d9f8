"""What would follow if a few rows were otherwise: the same steps and the same rules engine, beside the tables at work.

Only what follows from those rows is worked out again; everything else is taken as it is. Nothing of the evaluation is
touched, and each question is taken back before the next one is asked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from app.domain.core.dataflow import Dataflow
from app.domain.core.delta import Delta, Row
from app.domain.core.layout import Layout
from app.domain.core.plan import Plan, SourceTable
from app.domain.core.sharing import rest_of, tables_read
from app.domain.core.values import Schema
from app.services.evaluate import Evaluation
from app.services.ports import Progress

Swap = tuple[Row | None, Row | None]
"""A row, and what stands in its place; None: none did, or none does."""


class Supposition:
    """The tables that follow from `changed` ones and lead to `wanted` ones, ready to be asked."""

    def __init__(
        self,
        evaluation: Evaluation,
        changed: Collection[str],
        wanted: Collection[str],
        progress: Progress | None = None,
    ) -> None:
        """Work them out as they are. Blocking. Raises DecisionError, RuntimeError before `evaluation` is loaded.

        `progress` is called with (nodes, of).
        """
        if evaluation.as_of is None:
            message = "nothing is loaded yet"
            raise RuntimeError(message)
        self._evaluation = evaluation
        plan = evaluation.plan
        following = _following(plan, changed, wanted)
        names = [
            *(source.name for source in evaluation.plan.sources),
            *(one.table for one in evaluation.plan.derivations),
        ]
        schemas = [
            SourceTable(name, evaluation.schema(name).columns, evaluation.schema(name).key)
            for name in names
            if name not in following
        ]
        rest = rest_of(plan, {one.name for one in schemas}, schemas)
        self._own = following
        self._sources = frozenset(source.name for source in rest.sources)
        self._flow = Dataflow(Layout(rest, evaluation.calendar))
        self._flow.advance(evaluation.as_of)
        for source in rest.sources:
            self._flow.push(source.name, Delta(added=list(evaluation.rows(source.name).values())))
        self._run(progress)

    @contextmanager
    def supposing(self, swaps: Mapping[str, Sequence[Swap]]) -> Iterator[None]:
        """Let rows of `changed` tables be otherwise inside the block. Raises DecisionError."""
        self._swap(swaps)
        try:
            yield
        finally:
            self._swap({table: [(new, old) for old, new in pairs] for table, pairs in swaps.items()})

    def rows(self, table: str) -> Mapping[object, Row]:
        """Return a table's rows by key as they are, or would be: live, not to be changed."""
        return self._flow.rows(table) if table in self._own else self._evaluation.rows(table)

    def schema(self, table: str) -> Schema:
        """Return a table's schema."""
        return self._evaluation.schema(table)

    def _swap(self, swaps: Mapping[str, Sequence[Swap]]) -> None:
        for table, pairs in swaps.items():
            if table in self._sources:  # what nothing rests on changes nothing
                removed = [old for old, _ in pairs if old is not None]
                self._flow.push(
                    table, Delta(removed=removed, added=[new for _, new in pairs if new is not None])
                )
        self._run()

    def _run(self, progress: Progress | None = None) -> None:
        steps = self._flow.run(progress)
        try:
            asks = next(steps)
            while True:
                asks = steps.send(self._evaluation.decide(asks))
        except StopIteration:
            return


def _following(plan: Plan, changed: Collection[str], wanted: Collection[str]) -> frozenset[str]:
    """Return the derived tables that rest on `changed` ones and on which `wanted` ones rest, those among them."""
    reads = {
        one.table: {name for step in one.steps for name in tables_read(step)} for one in plan.derivations
    }
    touched = set(changed)
    for table, names in reads.items():  # each stands after those that it reads
        if names & touched:
            touched.add(table)
    needed = set(wanted)
    for table, names in reversed(reads.items()):
        if table in needed:
            needed |= names
    return frozenset(
        table for table in reads if table in touched and table in needed and table not in changed
    )
