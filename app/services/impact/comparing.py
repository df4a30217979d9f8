"""Two regulations over one ledger: what would be otherwise under the other one.

It goes by lineage: a table that is derived by the same steps from tables that are the same has the same rows, so only
the others are worked out again. A whole replay gives the same bytes, to which a test holds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.differences import Difference, differences
from app.domain.entry import Entry
from app.domain.outcome import Outcome
from app.domain.period import Period
from app.domain.regulation import Regulation
from app.services.evaluate import Evaluation, ledger_hash
from app.services.impact.beside import Beside
from app.services.ports import Decider, Progress


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both outcomes and what differs; `rerun` are the tables that were worked out again, helping ones included."""

    before: Outcome
    after: Outcome
    changes: tuple[Difference, ...]
    rerun: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what differs as JSON data."""
        return {
            "place": self.after.place,
            "period": self.after.period,
            "before": self.before.revision,
            "after": self.after.revision,
            "ledger": self.after.ledger,
            "changes": [
                {
                    "table": change.table,
                    "kind": change.kind.value,
                    "key": list(change.key),
                    "columns": {name: {"from": one, "to": other} for name, one, other in change.columns},
                }
                for change in self.changes
            ],
        }


def compare(
    before: Regulation,
    after: Regulation,
    entries: Iterable[Entry],
    period: Period,
    as_of: datetime,
    decider: Decider,
    progress: Progress | None = None,
) -> Comparison:
    """Return what `after` would make of the entries, beside what `before` makes of them. Raises DecisionError.

    `progress` is called with (nodes, of) of the first, which takes most of the time.
    """
    kept = list(entries)
    hashed = ledger_hash(entry for entry in kept if entry.recorded_at <= as_of)
    first = Evaluation(before, period, decider)
    first.load(kept, as_of, progress)
    second = Beside(after, first.snapshot(), decider)
    second.load_beside(kept)
    old, new = first.outcome(hashed), second.outcome(hashed)
    keys = {name: table.schema.key for outcome in (old, new) for name, table in outcome.tables.items()}
    found = tuple(differences(old.to_json()["tables"], new.to_json()["tables"], keys))
    return Comparison(old, new, found, second.rerun)
