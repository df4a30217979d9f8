"""A column that a whole sheet lacks is told once, with how many rows it leaves without an answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.domain.problem import Problem, Where
from app.services.workbooks.row_cells import CellFault, Told

LACKING = "E480"


def gathered(faulty: Sequence[Told]) -> tuple[tuple[tuple[Told, CellFault], ...], tuple[Told, ...]]:
    """Return what is wrong with whole sheets, each beside the first row concerned, and the rows with what is left.

    A question that no column answers and that only one row lacks is that row's own.
    """
    lacks: Counter[tuple[str, str]] = Counter()
    firsts: dict[tuple[str, str], tuple[Told, CellFault]] = {}
    for told in faulty:
        for fault in told.faults:
            if _is_lacking(fault):
                lacks[_key(told, fault)] += 1
                firsts.setdefault(_key(told, fault), (told, fault))
    whole = {key for key, n in lacks.items() if n > 1}
    sheets = tuple(
        (told, CellFault(_problem(fault, lacks[key]), None, {}, fault.title))
        for key, (told, fault) in firsts.items()
        if key in whole
    )
    rows = (
        replace(
            told,
            faults=tuple(one for one in told.faults if not (_is_lacking(one) and _key(told, one) in whole)),
        )
        for told in faulty
    )
    return sheets, tuple(told for told in rows if told.faults)


def _problem(fault: CellFault, rows: int) -> Problem:
    where = str(fault.problem.where or "").rpartition("!")[0]  # the file and its sheet
    return Problem(LACKING, Where(where), {"n": rows}, fault.problem.field)


def _is_lacking(fault: CellFault) -> bool:
    return fault.problem.code == "E701" and fault.column is None and bool(fault.problem.field)


def _key(told: Told, fault: CellFault) -> tuple[str, str]:
    return told.sheet.sheet.name, fault.problem.field or ""
