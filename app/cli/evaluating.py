"""`evaluate`: the outcome of a ledger's file under the declared files; no database, no server."""

import argparse
import gc
import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.places import place_of
from app.cli.written import written
from app.domain.entry import Entry
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.engine import DurableDecider
from app.exchange.entry_lines import read_jsonl
from app.plugins.declared import declarations_of
from app.services.canonical import outcome_text
from app.services.evaluate import evaluate
from app.services.live import read_period
from app.services.ports import Progress
from app.settings import Settings, load_settings

_LINES = 1_000
"""Lines read between two notes of progress."""


def evaluate_(options: argparse.Namespace, console: Console) -> Exit:
    """Write the outcome as canonical JSON, or what differs from that under another folder's files.

    Raises ProblemError with every fault of files and ledger, DecisionError.
    """
    collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of values that live to the end, and hardly a cycle among them
    try:
        with DurableDecider() as decider, console.progress("cli-evaluate-reading") as bar:
            decider.warm()  # loads durable-rules while the files are read
            settings = load_settings()
            declarations = declarations_of(settings)
            place = place_of(options.place, settings.files, declarations, upper=True)
            loaded = declarations.load(place, declarations.read_files(place), with_cases=False)
            if loaded.regulation is None:
                raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
            regulation = loaded.regulation
            period = read_period(options.period, regulation)
            as_of = read_as_of(options.as_of, ZoneInfo(regulation.calendar.zone))
            entries = read_ledger(Path(options.ledger), place, bar)
            working, writing = bar.step("cli-evaluating"), bar.step("cli-writing")
            if options.against:
                from app.services.impact.comparing import compare  # noqa: PLC0415 - each start pays for imports

                before = _regulation_of(Path(options.against), place, settings)
                compared = compare(before, regulation, entries, period, as_of, decider, working)
                writing(0, 0)
                text = json.dumps(compared.to_json(), ensure_ascii=False, indent=1)
                values = {"changes": len(compared.changes), "rerun": len(compared.rerun)}
                told = console.t("cli-compared", **values)
            else:
                outcome = evaluate(entries, regulation, period, as_of, decider, working)
                writing(0, 0)
                text = outcome_text(outcome)
                told = console.t("cli-evaluated", entries=len(entries), tables=len(outcome.tables))
        write_text(options.out, text)
    finally:
        if collecting:
            gc.enable()
    console.tell(told)
    return Exit.OK


def _regulation_of(folder: Path, place: str, settings: Settings) -> Regulation:
    """Return a place's regulation by the files of another folder. Raises ProblemError with every fault, E552."""
    if not folder.is_dir():
        raise ProblemError(Problem("E552", values={"path": str(folder)}))
    declarations = declarations_of(settings.model_copy(update={"files": folder}))
    loaded = declarations.load(place, declarations.read_files(place), with_cases=False)
    if loaded.regulation is None:
        raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
    return loaded.regulation


def read_ledger(path: Path, place: str, progress: Progress | None = None) -> list[Entry]:
    """Return the entries of a JSON Lines file. Raises ProblemError with every line at fault, E552.

    `progress` is called with (lines, 0): how many there are is known at the end.
    """
    problems: list[Problem] = []
    try:
        with path.open("rb") as stream:
            entries = []
            for line in read_jsonl(stream, problems.append, name=str(path), place=place):
                entries.append(line.entry)
                if progress is not None and not line.number % _LINES:
                    progress(line.number, 0)
    except OSError:
        raise ProblemError(Problem("E552", values={"path": str(path)})) from None
    if problems:
        raise ProblemError(*problems)
    return entries


def read_as_of(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant of a text with an offset, or the first one of a date in `zone`. Raises ProblemError E554."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            instant = None
        if instant is None or instant.tzinfo is None:
            raise ProblemError(Problem("E554", values={"value": text[:40]})) from None
        return instant.astimezone(UTC)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def write_text(target: str | None, text: str) -> None:
    """Write to a file, in one step, or to standard output. Raises ProblemError E553."""
    with written("-" if target is None else target) as stream:
        stream.write(text.encode() + b"\n")
