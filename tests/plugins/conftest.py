"""Plugins of packages that nobody has installed, beside those that come along."""

from collections.abc import Callable, Iterator

import pytest

from app import plugins
from app.plugins.manager import Plugins

Install = Callable[..., Plugins]


@pytest.fixture
def install() -> Iterator[Install]:
    """Return what makes plugins (by name) part of this process; afterwards there are none but those that come along."""

    def brought(*, version: str = "", **found: object) -> Plugins:
        manager = plugins.load(others=False)
        for name, plugin in found.items():
            manager.take(name, plugin, version)
        manager.bring()
        return manager

    yield brought
    plugins.load(others=False)
