"""What every test shares: Hypothesis without chance, so that a failure today is a failure tomorrow."""

import os

import pytest
from hypothesis import HealthCheck, settings

NICEGUI_PLUGIN = "nicegui.testing.user_plugin"  # loaded with `-p` by the stage `ui` alone: it costs seconds


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare NiceGUI's option where its plugin isn't loaded, so that unknown options stay an error."""
    if not pluginmanager.hasplugin(NICEGUI_PLUGIN):
        parser.addini("main_file", help="read by NiceGUI's plugin; empty: pages come from app.bootstrap")


# Derandomised with a fixed count: the budget of a run and its verdict don't depend on luck.
settings.register_profile(
    "default",
    derandomize=True,
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# `./gridbook test --long`: other inputs at each run, many more of them.
settings.register_profile(
    "long", parent=settings.get_profile("default"), derandomize=False, max_examples=2_000
)
settings.load_profile(os.environ.get("GRIDBOOK_HYPOTHESIS", "default"))
