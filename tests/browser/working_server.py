"""Serves the small community of tests/fakes/working.py: `python -m tests.browser.working_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from app.settings import Settings
from app.ui import app as ui
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.working import Working


def make(forgets: str = "") -> Run:
    """Serve it; `forgets` is after how many seconds a page without its browser is forgotten, sooner than it should."""
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-work-"))
    working = Working(folder)
    asyncio.run(working.start())
    working.renew()

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        if forgets:
            ui._RECONNECT_SECONDS = float(forgets)
        create_app(working.services(), settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))
