"""`appraise` and `print`: the appraisals of a period from the store, for whoever holds the machine."""

import argparse
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.bootstrap import now
from app.cli.codes import Exit
from app.cli.console import Bar, Console
from app.cli.evaluating import write_text
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.domain.problem import Problem, ProblemError
from app.plugins.declared import declarations_of
from app.printing import PrintFolder, WeasyPrinter
from app.services.actor import Actor, Permission, Post
from app.services.appraisal_document import Sources, document_of
from app.services.appraisal_record import RecordReader
from app.services.evaluate import ledger_hash
from app.services.labels import Labels
from app.services.print_batches import Batch, people_of, print_batch
from app.services.ranking import RankRow, appraisal_view
from app.services.scores import Opened
from app.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.bootstrap import Wired
    from app.domain.kinds.appraisal import Appraisal
    from app.services.ports import Progress

_OPERATOR = "operator"


def appraise_(options: argparse.Namespace, console: Console) -> Exit:
    """Print the ranking of each appraisal, or write it as JSON. Raises ProblemError."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))

    async def work(wired: "Wired") -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        with console.progress("cli-evaluate-reading") as bar:
            opened = await _opened(wired, place, options.period, console.t.language, bar)
            ranking, of = bar.step("cli-ranking"), len(opened.regulation.appraisals)
            ranking(0, of)
            for done, (appraisal, rows) in enumerate(_ranked(opened, now()), 1):
                found += [{"appraisal": appraisal.id, **_record(row, console)} for row in rows]
                ranking(done, of)
        return found

    found = with_wired(settings, console, work)
    if options.out:
        write_text(options.out, json.dumps(found, ensure_ascii=False, indent=1))
    elif not found:
        console.say("cli-appraise-none")
    else:
        for row in found:
            console.result("  ".join(str(value) for value in row.values() if value is not None))
    return Exit.OK


def print_(options: argparse.Namespace, console: Console) -> Exit:
    """Write a PDF for each person who is appraised. Raises ProblemError when PDFs can't be made, or for a folder."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))
    printer = WeasyPrinter(settings.pdf)
    missing = printer.available()
    if missing is not None:
        raise ProblemError(missing)
    folder = Path(options.out)

    async def work(wired: "Wired") -> int:
        with console.progress("cli-evaluate-reading") as bar:
            opened = await _opened(wired, place, options.period, console.t.language, bar)
        hashed = ledger_hash(opened.community.entries.values())
        t = console.t.at(ZoneInfo(opened.regulation.calendar.zone))
        todo = [
            (appraisal, row)
            for appraisal, rows in _ranked(opened, now())
            for row in rows
            if options.person in {None, row.person, row.about}
        ]
        if options.all:
            with console.progress("cli-printing") as progress:
                return _together(opened, printer, folder, (hashed, settings.public_url, t.language), progress)
        readers: dict[str, RecordReader] = {}
        with console.progress("cli-printing") as progress:
            for done, (appraisal, row) in enumerate(todo, 1):
                reader = readers.setdefault(appraisal.id, RecordReader(opened, appraisal))
                sources = Sources(opened, appraisal, row.about, hashed, now(), settings.public_url, reader)
                document = document_of(sources, t)
                _write(
                    folder,
                    f"{appraisal.id}-{row.about}-{options.period}",
                    printer.appraisal(document, t.language),
                )
                progress(done, len(todo))
        return len(todo)

    count = with_wired(settings, console, work)
    if not count:
        raise ProblemError(Problem("E570"))
    console.result(console.t("cli-printed", count=count, folder=str(folder)))
    return Exit.OK


def _together(
    opened: Opened,
    printer: WeasyPrinter,
    folder: Path,
    given: tuple[str, str, str],
    progress: "Progress",
) -> int:
    """Print each appraisal's people into one file and one zip; given again, it goes on where it stopped."""
    hashed, address, language = given
    at = opened.evaluation.as_of or now()
    count = 0
    for appraisal in opened.regulation.appraisals.values():
        people = people_of(opened, appraisal, at)
        if people:
            batch = Batch(opened, appraisal, people, language, hashed, at, address)
            print_batch(batch, PrintFolder(folder, f"{appraisal.id}-{opened.period}"), printer, progress)
            count += len(people)
    return count


async def _opened(wired: "Wired", place: str, period: str, language: str, bar: Bar) -> Opened:
    """Return the evaluation of a period, as somebody who may see all of the place: who runs commands has the store."""
    working = bar.step("cli-evaluating")
    community = await wired.live.fresh(place, working)
    evaluation = await wired.live.other_period(place, period, working)
    post = Post("", "", place, frozenset(Permission))
    actor = Actor(_OPERATOR, _OPERATOR, _OPERATOR, place, language, post, (post,))
    return Opened(actor, community, evaluation, evaluation.period.label, Labels(evaluation, now()))


def _ranked(opened: Opened, at: datetime) -> "Iterator[tuple[Appraisal, tuple[RankRow, ...]]]":
    for appraisal in opened.regulation.appraisals.values():
        yield appraisal, tuple(appraisal_view(opened, appraisal, at).rows)


def _record(row: RankRow, console: Console) -> dict[str, object]:
    score = None if row.score is None else console.t.number(row.score)
    return {"rank": row.rank, "about": row.about, "name": row.name, "score": score, "state": row.state}


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a PDF; the ids in its name have no slash. Raises ProblemError E553."""
    path = folder / f"{name.replace('/', '-')}.pdf"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        raise ProblemError(Problem("E553", values={"path": str(path)})) from None
