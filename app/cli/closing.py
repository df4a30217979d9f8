"""`freeze` and `difference`: closing a period, and what it would be now."""

import argparse
import json
from typing import TYPE_CHECKING

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.evaluating import write_text
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.plugins.declared import declarations_of
from app.services.closing import Change, Report
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.services.ports import Closed

_OPERATOR = "operator"


def freeze_(options: argparse.Namespace, console: Console) -> Exit:
    """Close a period, once; `--out` writes the outcome as it was closed. Raises ProblemError E510, E511, E590."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))

    async def work(wired: "Wired") -> "tuple[Closed, int]":
        closed = await wired.closing.close(place, options.period, options.by or _OPERATOR)
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
        return await wired.closing.report(place, options.period)

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


def _lines(change: Change, console: Console) -> list[str]:
    t, found = console.t, change.difference
    key = " ".join(_shown(value) for value in found.key)
    lines = [t("cli-difference-row", kind=found.kind.value, table=found.table, key=key)]
    lines += [
        t("cli-difference-column", name=name, before=_shown(before), after=_shown(after))
        for name, before, after in found.columns
    ]
    causes = ", ".join(change.causes)
    return [*lines, t("cli-difference-causes", causes=causes) if causes else t("cli-difference-time")]


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
