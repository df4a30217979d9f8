"""What machines read of a printed appraisal: the outcome's own rows on one person, and the rows of evidence.

Exact numbers and marks, as in the outcome's JSON (docs/schema/outcome.json); nothing is cut here, unlike on paper.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.core.json_values import outcome_json
from app.domain.core.numbers import format_number
from app.domain.kinds.sheet_plan import items_table, lines_table
from app.services.appraising.opened import Opened
from app.services.canonical import canonical_json
from app.services.csv_cells import guarded
from app.services.reasons.evidence import Evidence
from app.services.reasons.reasons import Reasons

FORMAT = 1
COLUMNS = (
    "sheet",
    "item",
    "state",
    "points",
    "max",
    "clause",
    "table",
    "subject",
    "window",
    "at",
    "row_state",
    "row_points",
    "entries",
)


def evidence_json(opened: Opened, appraisal: str, about: str, sheets: Iterable[str], ledger: str) -> str:
    """Return the outcome's rows on one person as canonical JSON, with what they follow from."""
    as_of = opened.evaluation.as_of
    names = [appraisal]
    for sheet in sheets:
        names += [sheet, items_table(sheet), lines_table(sheet)]
    return canonical_json(
        {
            "format": FORMAT,
            "place": opened.regulation.place.id,
            "period": opened.period,
            "about": about,
            "as_of": None if as_of is None else outcome_json(as_of),
            "revision": opened.regulation.revision,
            "ledger": ledger,
            "tables": {name: _table(opened, name, about) for name in names if opened.evaluation.has(name)},
        }
    )


def _table(opened: Opened, name: str, about: str) -> dict[str, Any]:
    columns = [column.name for column in opened.evaluation.schema(name).columns]
    who, when = columns.index("about"), columns.index("period")
    rows = (
        [outcome_json(value) for value in row]
        for row in opened.evaluation.rows(name).values()
        if row[who] == about and opened.holds(row[when])
    )
    return {"columns": columns, "rows": sorted(rows, key=str)}


def evidence_csv(readers: Iterable[tuple[str, Reasons]]) -> str:
    """Return the rows behind each item of some sheets as csv, by item; an item without rows has one line.

    Text is guarded against being a formula; points, which may be negative, stay numbers.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for sheet, reasons in readers:
        for path, _ in reasons.rows.walk():
            reason = reasons.reason(path)
            if reason is None:
                continue
            clause = "; ".join(f"{quote.doc} {quote.ref}".strip() for quote in reason.quotes)
            named = (guarded(cell) for cell in (sheet, "/".join(path), reason.state))
            head = (*named, _number(reason.points), _number(reason.most), guarded(clause))
            rows = list(_rows(reason.rows)) or [("",) * (len(COLUMNS) - len(head))]
            for row in rows:
                writer.writerow([*head, *row])
    return target.getvalue()


def _rows(rows: Iterable[Evidence]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        yield (
            guarded(row.table),
            guarded(row.subject),
            guarded(row.window or ""),
            "" if row.at is None else str(outcome_json(row.at)),
            guarded(row.state or ""),
            _number(row.points),
            " ".join(row.entries),
        )


def _number(value: Any) -> str:  # noqa: ANN401 - a number or None
    return "" if value is None else format_number(value)
