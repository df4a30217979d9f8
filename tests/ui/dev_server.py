"""Serves the interface's shell over stores in memory: `python -m tests.ui.dev_server PORT [empty|peopled|demo]`.

For looking at pages and for browser tests; it adds the pages of tests/ui/gallery.py.
"""

import asyncio
import logging
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.community import FakeCommunity, peopled
from tests.ui import gallery


def make(kind: str) -> Run:
    logging.basicConfig(level=logging.WARNING)
    community = peopled() if kind == "peopled" else FakeCommunity(demo_seconds=3.0)
    community.now = datetime.now(UTC)
    if kind == "demo":
        community.demo_seconds = 0.0
        asyncio.run(community.start_demo(lambda *_: None))
    folder = Path(tempfile.mkdtemp(prefix="gridbook-dev-"))

    def run(port: int) -> None:
        settings = Settings(port=port, data=folder)
        create_app(community.services(), settings, pages=(*gallery.SHELL, gallery.register))
        serve(settings)

    return run


if __name__ == "__main__":
    make(sys.argv[2] if len(sys.argv) > 2 else "peopled")(int(sys.argv[1]))
