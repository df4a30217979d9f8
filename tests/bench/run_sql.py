"""The rival as a process of its own: LEDGER DAYS OUT, in and out as JSON."""

import json
import sys
from datetime import date
from pathlib import Path

from tests.bench.plain_sql import AS_OF, YEAR, evaluated


def main(ledger: str, days: str, out: str) -> None:
    """Evaluate the year and write occurrences and totals."""
    working = [date.fromisoformat(day) for day in json.loads(Path(days).read_text())]
    Path(out).write_text(json.dumps(evaluated(Path(ledger), YEAR, AS_OF, working), ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
