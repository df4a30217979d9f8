"""What every test shares: Hypothesis without chance, so that a failure today is a failure tomorrow."""

import functools
import os
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from app import plugins
from tests.fakes.counting import uncounted

# As each process does at its start: what plugins bring is there before anything is loaded or evaluated.
plugins.load(others=False)

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

COUNTED_EXAMPLES = 10
"""Of each property, the first examples whose branches are counted; the others run in full, in half the time."""
COUNTED_WHOLE = Path(__file__).parent / "domain"
"""Whose properties are counted in all examples: they are quick, and every branch of the domain has to be reached."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count the branches of a property's first examples alone: they are the same in each run."""
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    if handle is None or item.path.is_relative_to(COUNTED_WHOLE):
        return (yield)
    inner, seen = handle.inner_test, 0
    with ExitStack() as later:

        @functools.wraps(inner)
        def example(*arguments: Any, **named: Any) -> Any:
            nonlocal seen
            seen += 1
            if seen == COUNTED_EXAMPLES + 1:
                later.enter_context(uncounted())
            return inner(*arguments, **named)

        handle.inner_test = example
        try:
            return (yield)
        finally:
            handle.inner_test = inner
