"""Serves a community wired as the application is, with a clock that stands until a test moves it."""

from datetime import datetime
from typing import Any, cast

from nicegui import app

from app.bootstrap import wire
from app.settings import Settings
from app.ui.app import create_app, serve
from tests.browser.nursery import Run
from tests.fakes.stores import FakeStore
from tests.fakes.working import NOW


class Time:
    """A clock that stands until it is moved: `/test-clock?to=2026-12-01T01:00:00Z`."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def running(settings: Settings, store: FakeStore, time: Time) -> Run:
    """Return what serves a founded community at a port, until it is told to end."""

    def run(port: int) -> None:
        own = settings.model_copy(update={"port": port})
        wired = wire(own, cast("Any", store), time)
        create_app(wired.services, own)

        @app.get("/test-clock")
        def move(to: str) -> str:
            time.now = datetime.fromisoformat(to)
            return to

        try:
            serve(own)
        finally:
            wired.decider.close()

    return run
