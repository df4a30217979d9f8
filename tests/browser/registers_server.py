"""Serves the community of tests/fakes/registers.py: `python -m tests.browser.registers_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.registers import FILES, peopled
from tests.fakes.working import Working


class Ticking(Working):
    """One whose time goes on: of two entries of one instant the ids would decide."""

    def clock(self) -> datetime:
        self.now += timedelta(milliseconds=20)
        return self.now


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-registers-"))
    working = Ticking(folder, texts=FILES, founding=peopled)
    asyncio.run(working.start())
    working.renew()

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        create_app(working.services(), settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))
