"""Serves the small community with its studio: `python -m tests.browser.studio_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.studio import TEXTS, with_studio
from tests.fakes.working import Working


class Ticking(Working):
    """The community as time goes by."""

    def clock(self) -> datetime:
        return datetime.now(UTC)


def make() -> Run:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-studio-"))
    working = Ticking(folder, now=datetime.now(UTC), texts=TEXTS)
    asyncio.run(working.start())

    def run(port: int) -> None:
        working.renew()
        settings = Settings(port=port, data=folder)
        create_app(with_studio(working, folder / "files"), settings)
        serve(settings)

    return run


if __name__ == "__main__":
    make()(int(sys.argv[1]))
