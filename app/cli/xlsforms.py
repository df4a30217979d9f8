"""`xlsform`: a form as the workbook that KoboToolbox and ODK read, and one of theirs as a form's file."""

import argparse
from pathlib import Path

from app import plugins
from app.bootstrap import now
from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.places import place_of
from app.cli.workbooks import read_book
from app.cli.written import written
from app.declarations.written import block
from app.domain.problem import Problem, ProblemError
from app.domain.zones import date_of
from app.exchange.xlsform import sheets_of
from app.exchange.xlsform_book import form_data, write_xlsform
from app.plugins.declared import declarations_of
from app.settings import load_settings


def xlsform_(options: argparse.Namespace, console: Console) -> Exit:
    """Write a declared form as it is asked today, or (`--read`) print the file of a form that a workbook asks.

    Raises ProblemError with the faults of the files, E475 for no such form, E551 to E553, E450 to E457.
    """
    manager = plugins.load()
    types = plugins.field_types(manager)
    if options.read:
        data, unknown = form_data(read_book(Path(options.file)), options.form, types)
        console.result(block(data, 0).rstrip("\n"))
        for name in unknown:
            console.say("cli-xlsform-unknown", name=name)
        return Exit.PROBLEMS if unknown else Exit.OK
    settings = load_settings()
    declarations = declarations_of(settings, manager)
    place = place_of(options.place, settings.files, declarations)
    loaded = declarations.load(place, declarations.read_files(place), with_cases=False)
    if loaded.regulation is None:
        raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
    form = loaded.regulation.forms.get(options.form)
    if form is None:
        known = ", ".join(loaded.regulation.forms)
        raise ProblemError(Problem("E475", values={"form": options.form[:80], "known": known}))
    today = date_of(loaded.regulation.calendar.zone, now())
    sheets = sheets_of(form, types, today)
    with written(options.file) as stream:
        write_xlsform(sheets, form.id, form.heading.title, stream)
    for name, key in sheets.left_out:
        console.say("cli-xlsform-left", name=name, key=key)
    console.result(console.t("cli-xlsform-written", path=options.file, n=len(sheets.survey)))
    return Exit.OK
