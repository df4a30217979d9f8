"""`appoint`: the first person of a declared place, who administers it and lets the others in."""

import argparse
from typing import TYPE_CHECKING

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.plugins.declared import declarations_of
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired
    from app.services.tickets import Invitation


def appoint_(options: argparse.Namespace, console: Console) -> Exit:
    """Appoint somebody and print the link by which they set a password, once. Raises ProblemError."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings), upper=True)

    async def work(wired: "Wired") -> "Invitation":
        return await wired.first_of_place.appoint(place, options.name, options.login, console.t.language)

    made = with_wired(settings, console, work)
    address = settings.public_url or f"http://localhost:{settings.port}"
    console.say("cli-appointed", name=made.account.name, place=place)
    console.result(f"{address.rstrip('/')}/invitation/{made.secret}")
    return Exit.OK
