"""What the page of an import shows: its columns, the first rows as they will be read, what was found wrong."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.problem import Problem, ProblemError, Where
from app.domain.regulation import Regulation
from app.services.answers import AnswerView
from app.services.jobs import problems_of, seconds_until_taken
from app.services.labels import Labels
from app.services.ports import Job
from app.services.workbooks.lacking import LACKING, gathered
from app.services.workbooks.mapping import ColumnMapping, plan_of, title_of
from app.services.workbooks.row_cells import Became, CellFault, Told
from app.services.workbooks.workbook import Book, CellValue, Row, Sheet, letters

LISTED: Final = 200
"""How many faults are listed; the returned workbook has them all."""
_SAMPLES: Final = 3
_LOOKED: Final = 30


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the sheet and letters of its first place, its title, some of its cells, and the field it answers.

    `field` empty: it is left out.
    """

    sheet: str
    at: str
    title: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it will be read: what becomes of it, its answers, or what is wrong with it."""

    sheet: str
    number: int
    became: Became
    answers: tuple[AnswerView, ...]
    faults: tuple[CellFault, ...]


@dataclass(frozen=True, slots=True)
class ImportView:
    """A file with its columns named. `people` can have done what the rows tell; `by` is who it is taken to be.

    `problems` are what keeps it from being read so, `notices` what is passed over; `total` counts the rows.
    """

    form: Form
    columns: tuple[Column, ...]
    rows: tuple[PreviewRow, ...]
    total: int
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]
    people: Mapping[str, str]
    by: str


@dataclass(frozen=True, slots=True)
class FaultCell:
    """Where a fault is: the sheet (empty in text files), the row from 1, the column's letters and title.

    A column that is empty stands for the whole row; row 0 for what was looked through before rows were kept.
    """

    sheet: str = ""
    row: int = 0
    column: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What looking through all rows found. `counts` by what becomes of a row; `faults` the first ones.

    `cells` says of each of these faults where it is.
    `returned` is the SHA-256 of the workbook of faulty rows, empty for none.
    """

    counts: Mapping[str, int]
    faults: tuple[CellFault, ...]
    cells: tuple[FaultCell, ...]
    listed: int
    found: int
    returned: str


@dataclass(frozen=True, slots=True)
class ImportJob:
    """An import. `state`: waiting, queued, running, done, failed; `step`: map, check, checked, store, stored.

    `resumes`: nobody seems to go on with it; in so many seconds somebody will.
    """

    id: str
    name: str
    form: Texts
    by: str
    at: datetime
    state: str
    step: str
    done: int
    total: int
    checked: Checked | None
    problems: tuple[Problem, ...]
    resumes: int | None = None


def told_row(told: Told, answers: tuple[AnswerView, ...]) -> PreviewRow:
    """Return a row as the preview shows it."""
    return PreviewRow(told.sheet.sheet.name, told.row.number, told.became, answers, told.faults)


# ---- columns ---------------------------------------------------------------------------------------------------------
def columns_of(
    book: Book, form: Form, regulation: Regulation, mapping: ColumnMapping | None
) -> tuple[Column, ...]:
    """Return the columns of a file by their titles, each once.

    Where no row of titles is known yet, the row with the most texts among the first is taken for it.
    """
    chosen: Mapping[str, str | None] = {}
    headers: dict[str, Row] = {}
    try:
        plan = plan_of(book, form, regulation, mapping)
        chosen = plan.mapping.columns
        headers = {one.sheet.name: one.header for one in plan.sheets}
    except ProblemError:  # the page tells it; the columns are there to be named
        chosen = {} if mapping is None else mapping.columns
    found: dict[str, Column] = {}
    for sheet in book.sheets:
        if sheet.hidden or not sheet.rows or (headers and sheet.name not in headers):
            continue
        header = headers.get(sheet.name) or _most_texts(sheet)
        for at, value in enumerate(header.values):
            title = title_of(value)
            if title and title not in found:
                samples = _samples(sheet, header, at)
                found[title] = Column(sheet.name, letters(at), title, samples, chosen.get(title) or "")
    return tuple(found.values())


def _most_texts(sheet: Sheet) -> Row:
    return max(sheet.rows[:_LOOKED], key=lambda row: sum(isinstance(value, str) for value in row.values))


def _samples(sheet: Sheet, header: Row, at: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in sheet.rows:
        value = row.value(at)
        if row.number > header.number and value is not None:
            found.append(_shown(value))
            if len(found) == _SAMPLES:
                break
    return tuple(found)


def _shown(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # a workbook keeps every number as one with a fraction
    return str(value)[:40]


# ---- what a job keeps ------------------------------------------------------------------------------------------------
def checked_json(counts: Mapping[str, int], faulty: Sequence[Told], returned: str) -> str:
    """Return what is kept of looking a file through."""
    sheets, rows = gathered(faulty)
    faults = [*sheets, *((told, fault) for told in rows for fault in told.faults)]
    kept: dict[str, Any] = {
        "counts": dict(counts),
        "faults": [_fault_json(told, fault) for told, fault in faults[:LISTED]],
        "found": len(faults),
        "returned": returned,
    }
    return json.dumps(kept, ensure_ascii=False)


def _fault_json(told: Told, fault: CellFault) -> dict[str, Any]:
    problem, at = fault.problem, fault.column
    return {
        "cell": {
            "sheet": told.sheet.sheet.name,
            "row": 0 if problem.code == LACKING else told.row.number,
            "column": "" if at is None else letters(at),
            "title": "" if at is None else title_of(told.sheet.header.value(at)),
        },
        "code": problem.code,
        "where": str(problem.where or ""),
        "values": dict(problem.values),
        "suggestion": problem.suggestion,
        "message": dict(fault.message),
        "title": dict(fault.title),
    }


def checked_from(text: str | None) -> Checked | None:
    """Return what was kept, or None."""
    if not text:
        return None
    kept = json.loads(text)
    faults = tuple(
        CellFault(
            Problem(one["code"], Where(one["where"]), one["values"], suggestion=one["suggestion"]),
            None,
            one["message"],
            one.get("title", {}),  # what was looked through before has none
        )
        for one in kept["faults"]
    )
    cells = tuple(FaultCell(**one.get("cell", {})) for one in kept["faults"])
    return Checked(kept["counts"], faults, cells, len(faults), int(kept["found"]), str(kept["returned"]))


def told_job(job: Job, form: Form | None, labels: Labels, now: datetime) -> ImportJob:
    """Return what a list tells of an import; `form` is None when there is none of this name any more."""
    arguments = job.arguments
    return ImportJob(
        id=job.id,
        name=str(arguments["name"]),
        form={"zh": str(arguments["form"])} if form is None else form.heading.title or {"zh": form.id},
        by=labels.of(WORKER, job.by).name,
        at=job.created_at,
        state=job.state,
        step=str(arguments["step"]),
        done=job.done,
        total=job.total,
        checked=checked_from(job.result),
        problems=() if job.problem is None else problems_of(job.problem),
        resumes=seconds_until_taken(job, now),
    )
