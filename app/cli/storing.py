"""`rebuild`, `import`, `export`, `backup`, `restore`: what is done with the whole store."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.opened import contents, with_store
from app.cli.places import place_of
from app.cli.written import written
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import sensitive_fields
from app.domain.source_forms import Trials
from app.exchange.jsonl import export_jsonl, import_jsonl
from app.plugins.declared import declarations_of
from app.services.live import in_force
from app.settings import load_settings

if TYPE_CHECKING:
    from app.ledger import Store

_MOST_TOLD = 20
"""Of imported entries that count nowhere, so many are told one by one."""


def rebuild_(options: argparse.Namespace, console: Console) -> Exit:
    """Drop what is derived and derive it anew."""
    del options
    settings = load_settings()
    done = [0]

    async def work(store: "Store") -> None:
        with console.progress("cli-rebuilding") as progress:

            def note(count: int, of: int) -> None:
                done[0] = of
                progress(count, of)

            await store.rebuild(note)

    with_store(settings, console, work)
    console.result(console.t("cli-rebuilt", entries=done[0]))
    return Exit.OK


def import_(options: argparse.Namespace, console: Console) -> Exit:
    """Append the entries of a file; what is there already stays once. Raises ProblemError E510, E551, E552."""
    if options.form is not None:
        from app.cli.workbooks import import_form  # noqa: PLC0415 - JSON Lines need no spreadsheets

        return import_form(options, console)
    settings = load_settings()
    declarations = declarations_of(settings)
    place = place_of(options.place, settings.files, declarations)
    path = Path(options.file)

    def tell(problem: Problem) -> None:
        console.problems([problem])

    async def work(store: "Store") -> Exit:
        regulation = await in_force(place, store.revisions, declarations)
        try:
            stream = path.open("rb")  # noqa: ASYNC230 - nothing else runs in this loop
        except OSError:
            raise ProblemError(Problem("E552", values={"path": str(path)})) from None
        with stream, console.progress("cli-evaluate-reading") as progress:
            done = await import_jsonl(
                store.ledger,
                stream,
                tell,
                sensitive=sensitive_fields(regulation),
                name=str(path),
                place=place,
                reason=Trials(regulation.forms, regulation.calendar).reason,
                progress=lambda lines: progress(lines, 0),
            )
        console.result(console.t("cli-imported", new=done.new, known=done.known, faults=done.faults))
        if done.silent and not done.faults:
            console.problems(done.silent[:_MOST_TOLD])
            console.result(console.t("cli-imported-silent", n=len(done.silent)))
        return Exit.PROBLEMS if done.faults else Exit.OK

    return with_store(settings, console, work)


def export_(options: argparse.Namespace, console: Console) -> Exit:
    """Write the ledger of a place, readable by its owner alone. Raises ProblemError E551, E553."""
    if options.form is not None:
        from app.cli.workbooks import export_form  # noqa: PLC0415 - JSON Lines need no spreadsheets

        return export_form(options, console)
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))
    target: str = options.file

    async def work(store: "Store") -> int:
        with written(target) as stream, console.progress("cli-evaluate-reading") as progress:
            return await export_jsonl(store.ledger, place, stream, lambda done: progress(done, 0))

    entries = with_store(settings, console, work)
    if target == "-":
        console.say("cli-exported", entries=entries, path=target)
    else:
        console.result(console.t("cli-exported", entries=entries, path=target))
    return Exit.OK


def backup_(options: argparse.Namespace, console: Console) -> Exit:
    """Write the store to an archive."""
    settings = load_settings()

    async def work(store: "Store") -> int:
        with console.progress("cli-backing-up") as progress:
            return sum(
                (await store.backup(Path(options.file), progress, files=contents(settings))).rows.values()
            )

    rows = with_store(settings, console, work)
    console.result(console.t("cli-backed-up", rows=rows, path=options.file))
    return Exit.OK


def restore_(options: argparse.Namespace, console: Console) -> Exit:
    """Fill the store from an archive. Raises ProblemError E552 for one that can't be read."""
    settings = load_settings()
    try:
        with Path(options.file).open("rb"):
            pass
    except OSError:
        raise ProblemError(Problem("E552", values={"path": options.file})) from None

    async def work(store: "Store") -> int:
        with console.progress("cli-restoring") as progress:
            kept = await store.restore(
                Path(options.file), force=options.force, progress=progress, files=contents(settings)
            )
        return sum(kept.rows.values())

    console.result(console.t("cli-restored", rows=with_store(settings, console, work)))
    return Exit.OK
