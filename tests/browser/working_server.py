"""Serves the small community of tests/fakes/working.py: `python -m tests.browser.working_server PORT`."""

import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from app.settings import Settings
from app.ui.app import create_app, serve
from tests.fakes.working import Working


def main(port: int) -> None:
    logging.basicConfig(level=logging.WARNING)
    folder = Path(tempfile.mkdtemp(prefix="gridbook-work-"))
    working = Working(folder)
    asyncio.run(working.start())
    # The locks of the start's event loop are of no use to the server's.
    working.__post_init__()
    settings = Settings(port=port, data=folder)
    create_app(working.services(), settings)
    serve(settings)


if __name__ == "__main__":
    main(int(sys.argv[1]))
