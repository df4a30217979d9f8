"""What every test shares: Hypothesis without chance, so that a failure today is a failure tomorrow."""

import os

import pytest
from hypothesis import HealthCheck, settings

# Options of plugins that some stages run without: NiceGUI's takes seconds, pytest-asyncio's disturbs pages.
PLUGIN_OPTIONS = {
    "nicegui.testing.user_plugin": ("main_file",),
    "asyncio": ("asyncio_mode", "asyncio_default_fixture_loop_scope"),
}


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the options of plugins that aren't loaded, so that an unknown option stays an error."""
    for plugin, options in PLUGIN_OPTIONS.items():
        if not pluginmanager.hasplugin(plugin):
            for option in options:
                parser.addini(option, help=f"read by {plugin}, which isn't loaded")


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
