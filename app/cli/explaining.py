"""`explain`: why a table holds what it holds for a ledger's file; no database, no server."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.evaluating import read_as_of, read_ledger
from app.cli.places import place_of
from app.domain.problem import Problem, ProblemError
from app.engine import DurableDecider
from app.plugins.declared import declarations_of
from app.services.evaluate import Evaluation
from app.services.live import read_period
from app.services.reasons.records import as_record
from app.services.reasons.told_rows import Recording, ToldRows
from app.settings import load_settings


def explain_(options: argparse.Namespace, console: Console) -> Exit:
    """Print why rows of a table are what they are, and why others aren't there.

    Raises ProblemError with every fault of files and ledger, E555 for what isn't in the outcome; DecisionError.
    """
    settings = load_settings()
    declarations = declarations_of(settings)
    place = place_of(options.place, settings.files, declarations)
    loaded = declarations.load(place, declarations.read_files(place), with_cases=False)
    if loaded.regulation is None:
        raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
    regulation = loaded.regulation
    as_of = read_as_of(options.as_of, ZoneInfo(regulation.calendar.zone))
    with DurableDecider() as decider:
        recording = Recording(decider)
        evaluation = Evaluation(regulation, read_period(options.period, regulation), recording)
        with console.progress("cli-evaluate-reading") as bar:
            entries = read_ledger(Path(options.ledger), place, bar)
            evaluation.load(entries, as_of, bar.step("cli-evaluating"))
        wanted = _wanted(options, evaluation)
        rows = [
            row
            for row in evaluation.rows(options.table).values()
            if _agrees(as_record(evaluation, options.table, row), wanted)
        ]
        told = ToldRows(evaluation, recording)
        for line in console.told(told.of(options.table, rows, wanted)):
            console.result(line)
        console.result(
            console.t("cli-explained", rows=len(rows), entries=len(told.entries(options.table, rows)))
        )
    return Exit.OK if rows else Exit.PROBLEMS


def _wanted(options: argparse.Namespace, evaluation: Evaluation) -> Mapping[str, str]:
    if not evaluation.has(options.table):
        known = ", ".join(sorted(evaluation.result_tables()))
        raise ProblemError(Problem("E555", values={"what": options.table, "known": known}))
    columns = [column.name for column in evaluation.schema(options.table).columns]
    found: dict[str, str] = {}
    for pair in options.values:
        column, _, value = pair.partition("=")
        if column not in columns:
            raise ProblemError(Problem("E555", values={"what": column, "known": ", ".join(columns)}))
        found[column] = value
    return found


def _agrees(row: Mapping[str, object], wanted: Mapping[str, str]) -> bool:
    return all(str(row[column]) == value for column, value in wanted.items())
