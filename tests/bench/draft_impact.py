"""What a draft would change of the demo's year, the side in force at work, against a full evaluation of the draft.

The draft: special households are visited at home each month instead of each quarter. Both sides of the comparison,
the rows that differ, totals and people are part of what is measured; a full evaluation is only that.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping

from app.domain.entry import Entry
from app.domain.impact import impact_of
from app.domain.period import parse_period
from app.domain.regulation import Regulation
from app.engine import DurableDecider
from app.services.evaluate import Evaluation
from app.services.impact.impact import replay
from app.services.ports import Declarations
from tests.bench.plain_sql import AS_OF, YEAR

PATH = "rules/home_visit.yaml"
MOST = 0.5


def draft_of(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files with the home visit of special households each month."""
    text = files[PATH]
    changed = text.replace("every: quarter", "every: month", 1)
    if changed == text:
        raise SystemExit(f"{PATH} has no quarter")
    return {**files, PATH: changed}


def measure(
    declarations: Declarations,
    regulation: Regulation,
    entries: list[Entry],
    pairs: int,
    say: Callable[[str], None],
) -> bool:
    """Say what it takes; return whether the replay is the full evaluation, and tells the same."""
    place = regulation.place.id
    draft = declarations.load(place, draft_of(declarations.read_files(place)), with_cases=False).regulation
    assert draft is not None
    period = parse_period(str(YEAR))
    ours, whole = [], []
    same = True
    with DurableDecider() as decider:
        live = Evaluation(regulation, period, decider)
        live.load(entries[:-1], AS_OF)
        live.apply(entries[-1:], AS_OF)
        for _ in range(pairs):
            gc.collect()
            start = time.process_time()
            found = replay(draft, live.snapshot(), entries, decider)
            ours.append(time.process_time() - start)
            gc.collect()
            start = time.process_time()
            full = Evaluation(draft, period, decider)
            full.load(entries, AS_OF)
            whole.append(time.process_time() - start)
            same &= all(
                dict(found.after.rows(name)) == dict(full.rows(name)) for name in full.result_tables()
            )
            same &= impact_of(live, full) == found.impact
            rerun, tables = len(found.after.rerun), len(found.after.plan.derivations)
            del full
    one, all_of_it = statistics.median(ours), statistics.median(whole)
    say(
        f"(i) impact of a draft: CPU {one:.2f} s, full evaluation {all_of_it:.2f} s: {one / all_of_it:.2f}× "
        f"(at most {MOST}×); {rerun} of {tables} tables worked out, {len(found.impact.changes)} rows differ; "
        f"results {'the same' if same else 'DIFFER'}"
    )
    return same
