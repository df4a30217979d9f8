"""`freeze`, `difference`, `archive`, `verify`: closing a period, what it would be now, and holding it to itself."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.evaluating import write_text
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.cli.written import written
from app.domain.differences import Difference
from app.domain.problem import Problem, ProblemError
from app.engine import DurableDecider
from app.exchange.archive import read_archive, write_archive
from app.plugins.declared import declarations_of
from app.services.appraising.archiving import Archive, archive_of, verify
from app.services.appraising.closing import Change, Report
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.services.ports import Closed

_OPERATOR = "operator"
_LONGEST = 1_000


def freeze_(options: argparse.Namespace, console: Console) -> Exit:
    """Close a period, once; `--out` writes the outcome as it was closed. Raises ProblemError E510, E511, E590."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))

    async def work(wired: "Wired") -> "tuple[Closed, int]":
        with console.progress("cli-evaluate-reading") as bar:
            working = bar.step("cli-evaluating")
            closed = await wired.closing.close(place, options.period, options.by or _OPERATOR, working)
            bar.step("cli-writing")(0, 0)
            entries = [stored.entry async for stored in wired.store.ledger.read(place)]
        return closed, sum(entry.form == "publication" and entry.at == closed.as_of for entry in entries)

    closed, entries = with_wired(settings, console, work)
    if options.out:
        write_text(options.out, closed.outcome)
    at = closed.as_of.isoformat(timespec="seconds")
    console.say("cli-frozen", period=closed.period, place=place, at=at, entries=entries)
    return Exit.OK


def difference_(options: argparse.Namespace, console: Console) -> Exit:
    """Tell what a closed period would be now, or write it as JSON. Raises ProblemError E591, E592, DecisionError."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))

    async def work(wired: "Wired") -> Report:
        with console.progress("cli-evaluate-reading") as bar:
            return await wired.closing.report(place, options.period, bar.step("cli-evaluating"))

    report = with_wired(settings, console, work)
    if options.out:
        write_text(options.out, json.dumps(report.to_json(), ensure_ascii=False, indent=1))
    else:
        for change in report.changes:
            for line in _lines(change, console):
                console.result(line)
    name = "cli-difference-some" if report.changes else "cli-difference-none"
    console.say(name, period=options.period, changes=len(report.changes), later=len(report.later))
    return Exit.OK


def archive_(options: argparse.Namespace, console: Console) -> Exit:
    """Write a closed period with all that it follows from. Raises ProblemError E553, E591, E592, E593."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))

    with console.progress("cli-evaluate-reading") as bar:

        async def work(wired: "Wired") -> Archive:
            closed = await wired.closing.closed(place, options.period)
            if closed is None:
                raise ProblemError(Problem("E591", values={"period": options.period}))
            return await archive_of(closed, wired.store.ledger, wired.store.revisions, bar)

        archive = with_wired(settings, console, work)
        with written(options.file) as stream:
            write_archive(archive, stream, bar.step("cli-writing"))
    console.say("cli-archived", period=options.period, place=place, entries=len(archive.entries))
    return Exit.OK


def verify_(options: argparse.Namespace, console: Console) -> Exit:
    """Work an archive out again: identical, or the first difference (`--all`: each).

    It needs no store. Raises ProblemError E552, E592, E594, E595, E596 and the faults of files and lines,
    DecisionError.
    """
    with DurableDecider() as decider, console.progress("cli-evaluate-reading") as bar:
        archive = read_archive(Path(options.file))
        closed = archive.closed
        verdict = verify(archive, declarations_of(load_settings()), decider, bar.step("cli-evaluating"))
    values = {"period": closed.period, "place": closed.place, "revision": closed.revision[:12]}
    if verdict.is_identical:
        console.result(console.t("cli-verified", entries=len(archive.entries), **values))
        console.result(console.t("cli-verify-printed", revision=closed.revision, ledger=closed.ledger))
        return Exit.OK
    for part in verdict.altered:
        console.result(console.t("cli-verify-altered", part=part.value))
    told = verdict.differences if options.all else verdict.differences[:1]
    for found in told:
        for line in _columns(found, console):
            console.result(line)
    console.say("cli-verify-differs", rows=len(verdict.differences), **values)
    return Exit.PROBLEMS


def _columns(found: Difference, console: Console) -> list[str]:
    t = console.t
    key = " ".join(_shown(value) for value in found.key)
    lines = [t("cli-difference-row", kind=found.kind.value, table=found.table, key=key)]
    lines += [
        t("cli-difference-column", name=name, before=_shown(before), after=_shown(after))
        for name, before, after in found.columns
    ]
    return lines


def _lines(change: Change, console: Console) -> list[str]:
    t, lines = console.t, _columns(change.difference, console)
    causes = ", ".join(change.causes)
    return [*lines, t("cli-difference-causes", causes=causes) if causes else t("cli-difference-time")]


def _shown(value: object) -> str:
    """Return a value in a line of its own; a message takes so many characters and no more."""
    told = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
