"""`impact`: what a draft of the regulation would change, replayed over a past period beside what is in force."""

import argparse
import dataclasses
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.evaluating import write_text
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.cli.written import written
from app.domain.problem import Problem, ProblemError
from app.i18n import Translator
from app.plugins.declared import declarations_of
from app.printing import WeasyPrinter
from app.services.impact.document import ImpactDocument, Moved, PersonRow, impact_document
from app.services.impact.impact import EVERYTHING
from app.services.impact.person import PersonDocument, person_document
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.services.impact.impact import Replayed


def impact_(options: argparse.Namespace, console: Console) -> Exit:
    """Tell what would change; `--out` writes it as JSON or PDF, `--person` tells of one person alone.

    Raises ProblemError: every fault of the draft's files, E510, E511, E552, E553, E57…; DecisionError.
    """
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings))
    folder = settings.files if options.files is None else Path(options.files)
    if not folder.is_dir():
        raise ProblemError(Problem("E552", values={"path": str(folder)}))
    printer = WeasyPrinter(settings.pdf)
    missing = printer.available() if (options.out or "").endswith(".pdf") else None
    if missing is not None:
        raise ProblemError(missing)
    files = declarations_of(settings.model_copy(update={"files": folder})).read_files(place)

    async def work(wired: "Wired") -> "Replayed":
        with console.progress("cli-evaluate-reading") as bar:
            impact = wired.impact
            run = await impact.begin(place, options.period, files, bar.step("cli-evaluating"))
            return await impact.wait(run, bar.step("cli-impact-working"))

    replayed = with_wired(settings, console, work)
    t = console.t.at(ZoneInfo(replayed.after.regulation.calendar.zone))
    document = impact_document(replayed, EVERYTHING, t)
    if options.out and options.out.endswith(".pdf"):
        with written(options.out) as stream:
            stream.write(printer.impact(document, t.language))
    elif options.out:
        told = dataclasses.asdict(document) | {"created": document.created.isoformat()}
        write_text(options.out, json.dumps(told, ensure_ascii=False, indent=1))
    if options.out:
        console.say("cli-impact-written", path=options.out)
    if options.person is None:
        lines = _whole(document, t)
    else:
        found = next((one for one in replayed.impact.touched if one.whom.id == options.person), None)
        if found is None:
            console.say("cli-impact-nobody", person=options.person)
            return Exit.OK
        lines = _person(person_document(replayed, found, EVERYTHING, t), t)
    for line in lines:
        console.result(line)
    return Exit.OK


def _whole(document: ImpactDocument, t: Translator) -> Iterator[str]:
    yield t("impact-sub", place=document.place, period=document.period, day=document.as_of)
    yield from document.headlines
    for part in document.parts:
        yield ""
        yield part.title
        yield from map(_moved, part.rows)
        yield from (f"  {note}" for note in part.notes)
    groups: Sequence[tuple[str, tuple[PersonRow, ...]]] = (
        ("impact-lose", document.lose),
        ("impact-gain", document.gain),
        ("impact-others", document.others),
    )
    for message, people in groups:
        if people:
            yield ""
            yield t(message, n=len(people))
        for person in people:
            yield "  " + t.dotted(*filter(None, (f"{person.name} ({person.whom.id})", person.post)))
            yield from (f"  {_moved(row)}" for row in person.rows)
    if document.notes:
        yield ""
        yield from document.notes


def _person(document: PersonDocument, t: Translator) -> Iterator[str]:
    yield t.dotted(*filter(None, (document.name, document.post)))
    yield from map(_moved, document.rows)
    for item in document.items:
        yield ""
        yield _moved(item.moved)
        for side, told in (("impact-in-force", item.sum_before), ("impact-after", item.sum_after)):
            if told:
                yield "    " + t("impact-sum", side=t(side), sum=told)
    for group in document.groups:
        yield ""
        yield group.title
        yield from (f"  {row.label}: {row.before} → {row.after}" for row in group.rows)
        if group.more:
            yield "  " + t("impact-rows-more", n=group.more)


def _moved(row: Moved) -> str:
    more = f" ({row.more})" if row.more else ""
    sub = f"  {row.sub}" if row.sub else ""
    return f"  {row.label}: {row.before} → {row.after}{more}{sub}"
