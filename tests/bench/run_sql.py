"""The rival as a process of its own: LEDGER DAYS OUT [both], in and out as JSON."""

import json
import sys
from datetime import date
from pathlib import Path

from tests.bench.plain_sql import AS_OF, YEAR, evaluated


def main(ledger: str, days: str, out: str, both: str = "") -> None:
    """Evaluate the year and write occurrences, totals and figures; `both` adds the second regulation."""
    working = [date.fromisoformat(day) for day in json.loads(Path(days).read_text())]
    found = evaluated(Path(ledger), YEAR, AS_OF, working, second=bool(both))
    Path(out).write_text(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
