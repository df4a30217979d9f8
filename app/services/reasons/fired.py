"""What a whole ledger never made use of: duties that nobody owed, rules and lines that never applied (W208)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from app.domain.kinds.planning import definitions
from app.domain.kinds.sheet import Item, Sheet
from app.domain.kinds.sheet_plan import lines_table
from app.domain.problem import Problem, Where
from app.services.evaluate import Evaluation
from app.services.reasons.records import records


def unfired(evaluation: Evaluation) -> Iterator[Problem]:
    """Yield a warning for each duty and rule without a row, and each line that gave or took nothing, in the period.

    What the definition itself acknowledges is left out. An indicator and a sheet have rows for whoever was there.
    """
    regulation = evaluation.regulation
    headings = {name: one.heading for name, one in definitions(regulation).items()}
    period = evaluation.period.label
    for path, where in _empty(evaluation):
        if not headings[path.split("/", maxsplit=1)[0]].acknowledges("W208", path):
            values = {"reason": "unfired", "what": path, "form": "", "period": period}
            yield Problem("W208", where, values)


def _empty(evaluation: Evaluation) -> Iterator[tuple[str, Where | None]]:
    regulation, period = evaluation.regulation, evaluation.period
    last = period.end - timedelta(days=1)
    for name in (*regulation.duties, *regulation.rules):
        heading = definitions(regulation)[name].heading
        if heading.holds(period.start, last) and not evaluation.rows(name):
            yield name, heading.where
    for sheet in regulation.sheets.values():
        if not sheet.heading.holds(period.start, last):
            continue
        table = lines_table(sheet.id)
        used = {(row["item"], row["line"]) for row in records(evaluation, table)}
        yield from _lines(sheet, sheet.items, "items", "", used)
        yield from _lines(sheet, sheet.bonus, "bonus", "bonus/", used)


def _lines(
    sheet: Sheet, items: Iterable[Item], word: str, prefix: str, used: set[tuple[object, object]]
) -> Iterator[tuple[str, Where | None]]:
    for item in items:
        for line in item.lines:
            if (f"{prefix}{item.id}", line.id) not in used:
                figure = line.amount.figure if line.amount is not None else None
                where = figure.where if figure is not None else sheet.heading.where
                yield f"{sheet.id}/{word}/{item.id}/lines/{line.id}", where
        yield from _lines(sheet, item.items, f"{word}/{item.id}/items", f"{prefix}{item.id}/", used)
