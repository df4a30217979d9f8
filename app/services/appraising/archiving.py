"""A closed period with all that it follows from: what anybody can work out again years later, without the store.

The outcome alone says what was decided. Together with the files of the revision and the entries that counted it can be
held against itself: the same input gives the same bytes, so what comes out otherwise was altered, or is worked out
otherwise by this version of gridbook.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from app.domain.core.json_values import outcome_json
from app.domain.differences import Difference, differences
from app.domain.entry import Entry
from app.domain.problem import Problem, ProblemError
from app.services.appraising.closing import PUBLICATION
from app.services.canonical import canonical_lines, outcome_text
from app.services.evaluate import Evaluation, ledger_hash
from app.services.live import read_period
from app.services.ports import Closed, Decider, Declarations, Ledger, Progress, Revisions

EXCLUDED: Final = "excluded"
"""The table under which a verdict tells entries that didn't count."""

_LATE: Final = 300
"""How many entries may have been recorded before a closing and have come after it."""

_ENTRIES: Final = 1_000
"""Entries read between two notes of progress."""


@dataclass(frozen=True, slots=True)
class Archive:
    """A closed period, the files of its revision by path, and the entries that were known at its closing."""

    closed: Closed
    files: Mapping[str, str]
    entries: tuple[Entry, ...]


class Part(StrEnum):
    """A part of an archive that isn't what it was."""

    REGULATION = "regulation"
    ENTRIES = "entries"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of working a closed period out again.

    `altered` are the parts that don't have the hashes under which the period was closed, or whose head doesn't name
    them. `differences` are the rows that come out otherwise, those of the archive `before`, in the order of tables and
    keys.
    """

    altered: tuple[Part, ...]
    differences: tuple[Difference, ...]

    @property
    def is_identical(self) -> bool:
        """Whether every part is what it was and every row comes out as it was closed."""
        return not self.altered and not self.differences


async def archive_of(
    closed: Closed, ledger: Ledger, revisions: Revisions, progress: Progress | None = None
) -> Archive:
    """Return the archive of a closed period.

    What was recorded before the closing and came after it (what was under way, an import) is left out. Raises
    ProblemError: E592 when its revision is gone, E593 when the entries known at its closing can't be told any more
    (a large import brought entries that were recorded before it).
    `progress` is called with (entries, 0).
    """
    revision = await revisions.get(closed.place, closed.revision)
    if revision is None:
        raise ProblemError(Problem("E592", values={"period": closed.period}))
    kept: list[Entry] = []
    async for stored in ledger.read(closed.place):
        if _counted(stored.entry, closed):
            kept.append(stored.entry)
            if progress is not None and not len(kept) % _ENTRIES:
                progress(len(kept), 0)
    counted = kept if ledger_hash(kept) == closed.ledger else _without_late(kept, closed.ledger)
    if counted is None:
        raise ProblemError(Problem("E593", values={"period": closed.period}))
    return Archive(closed, revision.files, tuple(sorted(counted, key=lambda entry: entry.id)))


def verify(
    archive: Archive, declarations: Declarations, decider: Decider, progress: Progress | None = None
) -> Verdict:
    """Work the period of an archive out again and hold it against what it was closed as. Blocking.

    Raises ProblemError: E592 with the faults of the files when this version of gridbook can't read the regulation,
    E594 when the outcome isn't one; DecisionError. `progress` is called with (nodes, of).
    """
    closed = archive.closed
    loaded = declarations.load(closed.place, archive.files, with_cases=False)
    if loaded.regulation is None:
        faults = (problem for problem in loaded.problems if problem.is_error)
        raise ProblemError(Problem("E592", values={"period": closed.period}), *faults)
    frozen = _frozen(closed)
    altered = []
    if loaded.regulation.revision != closed.revision:
        altered.append(Part.REGULATION)
    if ledger_hash(archive.entries) != closed.ledger:
        altered.append(Part.ENTRIES)
    if any(frozen.get(name) != value for name, value in _head(closed).items()):
        altered.append(Part.OUTCOME)
    evaluation = Evaluation(loaded.regulation, read_period(closed.period, loaded.regulation), decider)
    evaluation.load(archive.entries, closed.as_of, progress)
    outcome = evaluation.outcome(closed.ledger)
    if outcome_text(outcome) == closed.outcome:
        return Verdict(tuple(altered), ())
    keys = {table: evaluation.schema(table).key for table in evaluation.result_tables()}
    found = tuple(differences(_tables(frozen), _tables(outcome.to_json()), {**keys, EXCLUDED: ("entry",)}))
    if not found and not altered:
        altered.append(Part.OUTCOME)  # the same rows in other words: somebody wrote the file anew
    return Verdict(tuple(altered), found)


def _without_late(kept: list[Entry], ledger: str) -> list[Entry] | None:
    """Return the entries that have a hash, less some that came last; None where that isn't it.

    `kept` stand in the order in which they came. Whatever was under way as the period was closed (the step that closes
    it, for one) was recorded before and came after: the hash tells how many did.
    """
    ordered = sorted(kept, key=lambda entry: entry.id)
    lines = {entry.id: canonical_lines([entry]) for entry in kept}
    for late in range(1, min(_LATE, len(kept)) + 1):
        del lines[kept[-late].id]
        content = b"[" + b",".join([lines[one.id] for one in ordered if one.id in lines]) + b"]"
        if hashlib.sha256(content).hexdigest() == ledger:
            return kept[:-late]
    return None


def _counted(entry: Entry, closed: Closed) -> bool:
    """Whether an entry was there as a period was closed; its own publications came of it, in the same instant maybe."""
    own = entry.form == PUBLICATION and entry.at == closed.as_of
    return entry.recorded_at <= closed.as_of and not own


def _frozen(closed: Closed) -> dict[str, Any]:
    """Return the frozen outcome as JSON data. Raises ProblemError E594."""
    try:
        found = json.loads(closed.outcome)
        sound = isinstance(found["tables"], dict) and all(
            len(row) == len(table["columns"]) for table in found["tables"].values() for row in table["rows"]
        )
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound:
        raise ProblemError(Problem("E594", values={"period": closed.period}))
    return dict(found)


def _head(closed: Closed) -> dict[str, object]:
    return {
        "place": closed.place,
        "period": closed.period,
        "revision": closed.revision,
        "ledger": closed.ledger,
        "as_of": outcome_json(closed.as_of),
    }


def _tables(outcome: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of an outcome, and the entries that didn't count as one more."""
    rows = [[item["entry"], item["reason"]] for item in outcome.get(EXCLUDED, ())]
    return {**outcome["tables"], EXCLUDED: {"columns": ["entry", "reason"], "rows": rows}}
