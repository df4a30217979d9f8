"""`invite`: a link for somebody who administers a place, where nobody of it can make one any more."""

import argparse
from typing import TYPE_CHECKING

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.opened import with_wired
from app.cli.places import place_of
from app.plugins.declared import declarations_of
from app.services.rescue import LetIn, Rescue, Wish
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired


def invite_(options: argparse.Namespace, console: Console) -> Exit:
    """Print a link that sets a password, once. Raises ProblemError as `Rescue.let_in`, E551."""
    settings = load_settings()
    place = place_of(options.place, settings.files, declarations_of(settings), upper=True)
    by = " ".join(options.by.split()) or console.t("print-card-operator")
    wish = Wish(place, options.person, options.login, options.role, by, settings.language)

    async def work(wired: "Wired") -> LetIn:
        services = wired.services
        return await Rescue(wired.store.accounts, wired.live, wired.store.ledger, services.clock).let_in(wish)

    done = with_wired(settings, console, work)
    account = done.invitation.account
    if done.opened:
        console.say("cli-invited-opened", login=account.login)
    if done.appointed:
        console.say("cli-invited-appointed", name=done.name, post=console.t.text(done.appointed))
    until = done.invitation.expires.astimezone().isoformat(sep=" ", timespec="minutes")
    console.say("cli-invited", name=done.name, login=account.login, until=until)
    origin = settings.public_url or f"http://localhost:{settings.port}"
    console.result(f"{origin}/invitation/{done.invitation.secret}")
    return Exit.OK
