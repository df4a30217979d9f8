"""`layers` and `promote`: which level each value comes from, and a change of a community for all of a level above."""

import argparse

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.places import place_of
from app.plugins.declared import declarations_of
from app.services.drafting.publish import changed_files
from app.services.layers.changes import recorded
from app.services.layers.layers import effective
from app.services.layers.promotion import promoted
from app.settings import load_settings


def layers_(options: argparse.Namespace, console: Console) -> Exit:
    """Print every value that is open here or was changed on the way; `--record` writes what the overlay lies over.

    Raises ProblemError with the faults of the files.
    """
    settings = load_settings()
    declared = declarations_of(settings)
    place = place_of(options.place, settings.files, declared)
    t = console.t
    if options.record:
        written = recorded(declared, place)
        declared.write_files(written)
        for path in written:
            console.say("cli-layers-recorded", path=path)
    for one in effective(declared, place):
        console.result(
            t(
                "cli-layers-value",
                path=one.path,
                value=one.value,
                layer=one.layer or t("cli-layers-base"),
                where=str(one.where),
            )
        )
        if one.free:
            console.result("    " + t("cli-layers-free", free=one.free))
        for level in one.levels:
            values = {"layer": level.layer, "before": level.before, "after": level.after, "why": level.why}
            console.result("    " + t("cli-layers-level", where=str(level.where), **values))
    return Exit.OK


def promote_(options: argparse.Namespace, console: Console) -> Exit:
    """Show what the files would say and what the checker says of every community there; `--yes` writes them.

    Raises ProblemError E597, E598, E108.
    """
    settings = load_settings()
    declared = declarations_of(settings)
    place = place_of(options.place, settings.files, declared)
    found = promoted(declared, place, options.what, options.to)
    before = declared.read_files(place)
    after = {path: text for path, text in {**before, **found.patch}.items() if text is not None}
    for change in changed_files(before, after):
        console.result(f"{change.path} ({console.t(f'cli-promote-{change.kind}')})")
        for line in change.lines:
            console.result(f"    {line}")
    for community, problems in found.checked.items():
        console.problems(problems)
        console.result(console.t("cli-promote-checked", place=community, n=len(problems)))
    if found.errors:
        return Exit.PROBLEMS
    if options.yes:
        declared.write_files({path: text for path, text in found.patch.items() if text is not None})
        declared.remove_files([path for path, text in found.patch.items() if text is None])
        console.say("cli-promoted", what=options.what, place=options.to)
    return Exit.OK
