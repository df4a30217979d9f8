"""`check`, `cases` and `publish`: what is done with the declared files."""

import argparse
import sys
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.cli.codes import Exit
from app.cli.console import Bar, Console
from app.cli.evaluating import read_ledger
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.domain.plugin import faults
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation
from app.engine import DurableDecider
from app.plugins.declared import declarations_of
from app.services.cases import CaseResult, chosen, run_cases
from app.services.drafting.publish import left_out
from app.services.evaluate import Evaluation
from app.services.live import read_period
from app.services.nudges import cases_of, nudges, run_nudges
from app.services.ports import Declarations, Loaded
from app.services.reasons.fired import unfired
from app.settings import Settings, load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.domain.form_changes import FormChange
    from app.services.drafting.publish import Standing

_SHORT = 12


def check_(options: argparse.Namespace, console: Console) -> Exit:
    """Print every problem of the declared files of one place, or of all; with a ledger also what it never used."""
    settings = load_settings()
    declarations = declarations_of(settings)
    if bool(options.ledger) != bool(options.period) or (options.ledger and not options.place):
        console.say("cli-check-needs")
        return Exit.USAGE
    console.problems(faults())
    errors = 0
    told: set[object] = set()
    places = places_of(options.place, settings, declarations)
    for number, place in enumerate(places):
        with console.progress("cli-checking") as bar:  # over again before anything is printed
            bar(number, len(places))
            loaded = declarations.load(place, declarations.read_files(place))
            unused = _unused(loaded.regulation, options, bar) if options.ledger and loaded.regulation else ()
        fresh = [problem for problem in loaded.problems if (problem.code, problem.where) not in told]
        told.update((problem.code, problem.where) for problem in fresh)
        console.problems(fresh)
        console.problems(unused)
        own = sum(problem.is_error for problem in loaded.problems)
        errors += own
        values = {
            "files": len(loaded.files),
            "errors": own,
            "warnings": len(loaded.problems) - own,
            "acknowledged": len(loaded.acknowledged),
        }
        console.result(console.t("cli-check-done", place=place, **values))
    return Exit.PROBLEMS if errors else Exit.OK


def _unused(regulation: Regulation, options: argparse.Namespace, bar: Bar) -> list[Problem]:
    """Return what a ledger never made use of in a period, as of its end."""
    period = read_period(options.period, regulation)
    end = datetime.combine(period.end, time(), ZoneInfo(regulation.calendar.zone))
    with DurableDecider() as decider:
        evaluation = Evaluation(regulation, period, decider)
        reading, working = bar.step("cli-evaluate-reading"), bar.step("cli-evaluating")
        reading(0, 0)
        evaluation.load(read_ledger(Path(options.ledger), regulation.place.id, reading), end, working)
        return list(unfired(evaluation))


def cases_(options: argparse.Namespace, console: Console) -> Exit:
    """Run the cases of one place, or of all; a case that several places share runs once."""
    settings = load_settings()
    declarations = declarations_of(settings)
    if options.nudge:
        return _nudge(options, settings, declarations, console)
    results: list[CaseResult] = []
    seen: set[tuple[str, int]] = set()
    with DurableDecider() as decider, console.progress("cli-cases-running") as progress:
        decider.warm()
        for place in places_of(options.place, settings, declarations):
            loaded = declarations.load(place, declarations.read_files(place))
            if loaded.regulation is None:
                raise ProblemError(*_errors(loaded))
            wanted = [
                case
                for case in chosen(loaded.regulation.cases, options.names)
                if options.place or (case.where.path, case.where.line) not in seen
            ]
            seen.update((case.where.path, case.where.line) for case in wanted)
            results += run_cases(loaded.regulation, wanted, decider, progress)
    if options.names and not results:  # a name that was mistyped must not look like cases that pass
        console.say("cli-cases-none", names=", ".join(options.names))
        return Exit.USAGE
    return _tell_cases(results, console)


def _nudge(
    options: argparse.Namespace, settings: Settings, declarations: Declarations, console: Console
) -> Exit:
    """Change each figure a little and tell which changes no case notices; NAME picks figures by path or file."""
    tried = 0
    found: dict[tuple[str, object], Problem] = {}
    with DurableDecider() as decider, console.progress("cli-nudge-running") as progress:
        decider.warm()
        for place in places_of(options.place, settings, declarations):
            loaded = declarations.load(place, declarations.read_files(place))
            regulation = loaded.regulation
            if regulation is None:
                raise ProblemError(*_errors(loaded))
            wanted = nudges(regulation, options.names)
            failed = [
                one for one in run_cases(regulation, cases_of(regulation, wanted), decider) if not one.passed
            ]
            if failed:
                return _tell_cases(failed, console)
            nudged = run_nudges(regulation, wanted, decider, progress)
            tried += nudged.tried
            found |= {(str(one.values["what"]), one.where): one for one in nudged.problems}
    if options.names and not tried:
        console.say("cli-nudge-none", names=", ".join(options.names))
        return Exit.USAGE
    console.problems(found.values())
    console.result(console.t("cli-nudge-done", noticed=tried - len(found), all=tried))
    return Exit.OK


def _tell_cases(results: Sequence[CaseResult], console: Console) -> Exit:
    for result in results:
        if not result.passed:
            console.say(
                "cli-cases-failed", where=str(result.case.where), title=console.t.text(result.case.called)
            )
            for number, problem in enumerate(result.problems):
                console.problems([problem])
                console.trace(result.why[number] if number < len(result.why) else ())
    passed = sum(result.passed for result in results)
    console.result(console.t("cli-cases-done", passed=passed, all=len(results)))
    return Exit.OK if passed == len(results) else Exit.PROBLEMS


def publish_(options: argparse.Namespace, console: Console) -> Exit:
    """Show what changes, run the cases, and put the files into force."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings), upper=True)

    async def work(wired: "Wired") -> Exit:
        standing = await wired.publishing.standing(place)
        changed = {change.path for change in standing.changes}
        console.problems(
            problem
            for problem in standing.problems
            if problem.is_error or (problem.where is not None and problem.where.path in changed)
        )
        if standing.errors:
            return Exit.PROBLEMS
        if standing.current is not None and not standing.changes:
            console.result(console.t("cli-publish-none", place=place))
            return Exit.OK
        _show(standing, console)
        answers = await wired.publishing.answers(place)
        _show_answers(answers, console)
        lost = [*left_out(answers)]
        if lost and not options.despite_entries:
            console.problems(lost)
            return Exit.PROBLEMS
        with console.progress("cli-cases-running") as progress:
            failed = [case for case in await wired.publishing.cases(place, progress) if not case.passed]
        if failed:
            _tell_cases(failed, console)
            if not options.despite_cases:
                console.say("cli-publish-cases", failed=len(failed))
                return Exit.PROBLEMS
        if not options.yes and not _agreed(console):
            console.say("cli-publish-left")
            return Exit.OK if sys.stdin.isatty() else Exit.USAGE  # a script that forgot --yes must notice
        if await wired.publishing.needs_approval(place):
            return await _drafted(wired, place, options, console)
        revision = await wired.publishing.publish(
            place,
            options.by,
            options.resolution,
            seen=standing.revision,
            despite_cases=options.despite_cases,
            despite_entries=options.despite_entries,
        )
        console.result(console.t("cli-published", place=place, revision=revision.hash[:_SHORT]))
        return Exit.OK

    return with_wired(settings, console, work)


async def _drafted(wired: "Wired", place: str, options: argparse.Namespace, console: Console) -> Exit:
    """Make a draft of the files: the post that the regulation names approves it in the studio."""
    drafting = wired.services.drafting
    draft = None if drafting is None else await drafting.take_disk_of(place, options.by, options.resolution)
    console.problems([Problem("E549")])
    if draft is not None:
        console.result(console.t("cli-publish-drafted", draft=draft.id))
    return Exit.PROBLEMS


def _show(standing: "Standing", console: Console) -> None:
    for change in standing.changes:
        console.result(console.t("cli-publish-change", kind=change.kind, path=change.path))
        if change.kind == "changed":
            for line in change.lines:
                console.result(f"    {line}")


def _show_answers(changes: Sequence["FormChange"], console: Console) -> None:
    """Tell how many entries a change of the forms touches, and what becomes of them."""
    for change in changes:
        title = console.t.text(change.title) or change.form
        console.result(console.t("cli-publish-form", form=title, entries=change.entries))
        for one in change.questions:
            if one.question:
                called = console.t.text(one.title) or one.question
                values = {"question": called, "fate": one.fate.value, "entries": one.entries}
                told = console.t("cli-publish-question", **values)
            else:
                told = console.t("cli-publish-form-gone", entries=one.entries)
            console.result(f"    {told}")


def _agreed(console: Console) -> bool:
    print(console.t("cli-publish-ask"), end=" ", file=sys.stderr, flush=True)
    answer = sys.stdin.readline().strip().lower()
    return answer[:1] in {"y", console.t("cli-publish-yes")}


def places_of(wanted: str | None, settings: Settings, declarations: Declarations) -> list[str]:
    """Return the communities to look at, or the one place that is named, which may be a street.

    Raises ProblemError E551: where nothing is seen, nothing is found sound.
    """
    if wanted:
        return [place_of(wanted, settings.files, declarations, upper=True)]
    found = declarations.places()
    if not found:
        raise ProblemError(Problem("E551", values={"place": str(settings.files / "config"), "known": "–"}))
    return found


def _errors(loaded: Loaded) -> list[Problem]:
    return [problem for problem in loaded.problems if problem.is_error]
