"""`demo`: an invented community with a year of entries."""

import argparse
from typing import TYPE_CHECKING

from app.cli.codes import Exit
from app.cli.console import Console
from app.cli.opened import with_wired
from app.settings import load_settings

if TYPE_CHECKING:
    from app.bootstrap import Wired


def demo_(options: argparse.Namespace, console: Console) -> Exit:
    """Make the demo in the store, or what an interrupted start left out of it."""
    del options

    async def work(wired: "Wired") -> int:
        console.say("cli-demo-making")
        with console.progress("cli-demo-storing") as progress:
            await wired.services.start_demo(progress)
        return len(await wired.services.demo_people())

    people = with_wired(load_settings(), console, work)
    console.say("cli-demo-done", people=people)
    return Exit.OK
