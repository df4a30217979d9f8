"""`import --form` and `export --form`: workbooks and csv files for one form."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app import plugins
from app.bootstrap import now
from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.evaluating import read_as_of
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.cli.written import written
from app.declarations.mapping_file import read_mapping_file, write_mapping_file
from app.domain.kinds.links import WORKER
from app.domain.problem import Problem, ProblemError
from app.exchange.lists import write_csv, write_xlsx
from app.exchange.returned import returned
from app.exchange.separated import read_csv
from app.exchange.xlsx import LARGEST, read_xlsx
from app.plugins.declared import declarations_of
from app.services.workbooks.export import table_of
from app.services.workbooks.lacking import gathered
from app.services.workbooks.mapping import ColumnMapping, mapping_from
from app.services.workbooks.reading import WorkbookImport, fault_words, importable
from app.services.workbooks.register import Register
from app.services.workbooks.row_cells import Became, Told
from app.services.workbooks.workbook import Book, place
from app.services.year.gate import YearGate
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.domain.kinds.form import Form

TOLD = 50
"""How many faulty rows are told on the terminal; the returned workbook has them all."""
_SEPARATED = (".csv", ".txt", ".tsv")


def import_form(options: argparse.Namespace, console: Console) -> Exit:
    """Read a workbook's rows into a form of a place; good rows go in, faulty ones are told and returned.

    Raises ProblemError: what is wrong with the whole file (E450 to E459), with the form or person named (E475, E476).
    """
    settings = load_settings()
    manager = plugins.load()
    target = place_of(options.place, settings.files, declarations_of(settings, manager))
    book = read_book(Path(options.file))

    async def work(wired: "Wired") -> Exit:
        community = await wired.live.fresh(target)
        form = importable(community, options.form)
        moment = now()
        by = None if options.by is None else _person(Register(community, moment), options.by)
        wanted = None if options.map is None else _mapping(Path(options.map), form)
        types = plugins.field_types(manager)
        held = YearGate(wired.live, now).rows(community, form.id)
        importing = WorkbookImport(community, form, book, types, moment, mapping=wanted, by=by)
        console.problems(importing.plan.notices)
        if options.map is not None and wanted is None:
            _keep(Path(options.map), importing.plan.mapping, console)
        with console.progress("cli-importing") as progress:
            done = await importing.run(
                wired.store.ledger, dry_run=options.dry_run, progress=progress, held=held
            )
        _tell(console, done.faulty)
        if options.faults is not None and done.faulty:
            with written(options.faults) as stream:
                stream.write(returned(form, done.faulty, console.t))
            console.say("cli-returned", rows=len(done.faulty), path=options.faults)
        counts = {name.value: done.counts[name] for name in Became}
        console.result(console.t("cli-tried-rows" if options.dry_run else "cli-imported-rows", **counts))
        return Exit.PROBLEMS if done.faulty else Exit.OK

    return with_wired(settings, console, work)


def export_form(options: argparse.Namespace, console: Console) -> Exit:
    """Write a list of a form, readable by its owner alone: xlsx, or csv by the file's name.

    Raises ProblemError E475, E551, E553, and as reading an instant does.
    """
    settings = load_settings()
    target = place_of(options.place, settings.files, declarations_of(settings))
    path: str = options.file

    async def work(wired: "Wired") -> int:
        community = await wired.live.fresh(target)
        form = importable(community, options.form)
        moment = now()
        as_of = moment
        if options.as_of is not None:
            as_of = read_as_of(options.as_of, ZoneInfo(community.regulation.calendar.zone))
        table = table_of(
            Register(community, moment),
            form,
            as_of,
            console.t,
            sensitive=options.sensitive,
            entries=options.entries,
        )
        with written(path) as stream:
            (write_csv if Path(path).suffix.lower() in _SEPARATED else write_xlsx)(table, stream)
        return len(table.rows)

    rows = with_wired(settings, console, work)
    told = console.t("cli-exported-rows", rows=rows, path=path)
    if path == "-":
        console.say("cli-exported-rows", rows=rows, path=path)
    else:
        console.result(told)
    return Exit.OK


def read_book(path: Path) -> Book:
    """Return a file as it was read, by what it is called. Raises ProblemError E552, E450 to E457."""
    try:
        if path.stat().st_size > LARGEST:
            raise ProblemError(Problem("E453", place(str(path), "", 0), {"limit": LARGEST // 1024 // 1024}))
        data = path.read_bytes()
    except OSError:
        raise ProblemError(Problem("E552", values={"path": str(path)})) from None
    return (read_csv if path.suffix.lower() in _SEPARATED else read_xlsx)(data, str(path))


def _person(register: Register, name: str) -> str:
    found = register.find(WORKER, name)
    if len(found) != 1:
        raise ProblemError(Problem("E476", values={"name": name[:80]}))
    return found[0]


def _mapping(path: Path, form: "Form") -> ColumnMapping | None:
    """Return the mapping that was kept, or None where there is none yet."""
    try:
        data = read_mapping_file(path)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        raise ProblemError(Problem("E552", values={"path": str(path)})) from None
    return mapping_from(data, form, str(path))


def _keep(path: Path, mapping: ColumnMapping, console: Console) -> None:
    try:
        write_mapping_file(path, mapping.as_json())
    except OSError:
        raise ProblemError(Problem("E553", values={"path": str(path)})) from None
    console.say("cli-mapping-kept", path=str(path))


def _tell(console: Console, faulty: Sequence[Told]) -> None:
    sheets, rows = gathered(faulty)
    for fault in (*(one for _, one in sheets), *(one for told in rows[:TOLD] for one in told.faults)):
        where = str(fault.problem.where or "")
        console.say("cli-fault-line", where=where, text=fault_words(fault, console.t))
    if len(rows) > TOLD:
        console.say("cli-more-faults", rows=len(rows) - TOLD)
