"""What every test shares: Hypothesis without chance, so that a failure today is a failure tomorrow."""

import functools
import gc
import os
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

from tests.fakes.counting import COUNTING, counted_within, imports_counted, uncounted
from tests.fakes.uncounted import UNCOUNTED_TESTS
from tooling import spent

# Garbage is looked for seldom, from the first test that is imported: it was up to a third of a test's time.
gc.set_threshold(50_000, 20, 50)

# Options of plugins that some stages run without: NiceGUI's takes seconds, pytest-asyncio's disturbs pages.
PLUGIN_OPTIONS = {
    "nicegui.testing.user_plugin": ("main_file",),
    "asyncio": ("asyncio_mode", "asyncio_default_fixture_loop_scope"),
}


_BROWSER = Path(__file__).parent / "browser"


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the options of plugins that aren't loaded, so that an unknown option stays an error."""
    for plugin, options in PLUGIN_OPTIONS.items():
        if not pluginmanager.hasplugin(plugin):
            for option in options:
                parser.addini(option, help=f"read by {plugin}, which isn't loaded")


def pytest_configure(config: pytest.Config) -> None:
    """Count where tests run: the process that hands them out only passes on what became of them.

    Nor do those begin to count as they start: pytest-cov does it in each of them once it is there.
    """
    alone = hasattr(config, "workerinput") or config.option.collectonly
    if getattr(config.option, "numprocesses", None) and not alone:
        while (counting := Coverage.current()) is not None:
            counting.stop()
        for name in [name for name in os.environ if name.startswith(COUNTING)]:
            del os.environ[name]


def _is_first(config: pytest.Config) -> bool:
    """Whether this is the process whose imports are counted: all others import the same."""
    return str(getattr(config, "workerinput", {"workerid": "gw0"})["workerid"]) == "gw0"


def _touches_app(config: pytest.Config) -> bool:
    """Whether tests of a run have to do with the app: the browser's speak to servers, and import it where one does."""
    return not all(Path(one.partition("::")[0]).resolve().is_relative_to(_BROWSER) for one in config.args)


def _prepare() -> None:
    from hypothesis import HealthCheck, settings  # noqa: PLC0415 - see pytest_collection
    from hypothesis.internal.conjecture import providers  # noqa: PLC0415

    from app import plugins  # noqa: PLC0415

    # As each process does at its start: what plugins bring is there before anything is loaded or evaluated.
    plugins.load(others=False)
    # Derandomised with a fixed count: the budget of a run and its verdict don't depend on luck.
    settings.register_profile(
        "default",
        derandomize=True,
        max_examples=40,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    # `./gridbook test --long`: other inputs at each run, many more of them.
    settings.register_profile(
        "long", parent=settings.get_profile("default"), derandomize=False, max_examples=2_000
    )
    profile = os.environ.get("GRIDBOOK_HYPOTHESIS", "default")
    settings.load_profile(profile)
    if profile == "default":
        # Hypothesis would draw constants of whichever modules are loaded by then, too: what a property tries would hang
        # on which tests its process had before it.
        providers._get_local_constants = lambda: providers._local_constants


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Count what importing the app goes through in one process, from its first import on, and no more of a collection.

    That is here, since workers begin to count just before they collect, and the process that hands tests out never
    collects: it imports neither the app nor Hypothesis, since the others start after it.
    """
    touches = _touches_app(session.config)
    with imports_counted() if _is_first(session.config) else uncounted():
        if touches:
            _prepare()
        found = yield
    if not touches and "app" in sys.modules:
        raise pytest.UsageError(
            "a test of tests/browser imports the app as it is imported: see its conftest.py"
        )
    return found


def pytest_collection_finish() -> None:
    """Never look for garbage among what was imported."""
    gc.collect()
    gc.freeze()


_BEGUN = pytest.StashKey[float]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remember what this process had used of the processor when the test began."""
    item.stash[_BEGUN] = spent.cpu()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Tell in the report what CPU a test took, from which `./gridbook test` sums up its files."""
    if call.when == "teardown" and _BEGUN in item.stash:
        item.user_properties.append((spent.CPU, f"{spent.cpu() - item.stash[_BEGUN]:.3f}"))


COUNTED_EXAMPLES = 10
"""Of each property, the first examples whose branches are counted; the others run in full, in half the time."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count the branches of a property's first examples alone: they are the same in each run."""
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    if handle is None:
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


UNCOUNTED = (
    "cli/test_appraise.py",
    "cli/test_bench.py",
    "cli/test_closing.py",
    "cli/test_coverage.py",
    "cli/test_declared.py",
    "cli/test_evaluate.py",
    "cli/test_readme.py",
    "cli/test_workbooks.py",
    "declarations/test_cel_fuzzed.py",
    "declarations/test_flags.py",
    "declarations/test_kept.py",
    "declarations/test_load.py",
    "declarations/test_mutated_files.py",
    "declarations/test_published.py",
    "domain/test_expressions_as_cel.py",
    "engine/test_agreement.py",
    "engine/test_durable_contract.py",
    "engine/test_failing_workers.py",
    "engine/test_guards.py",
    "i18n/test_catalogues.py",
    "i18n/test_problem_texts.py",
    "i18n/test_traditional.py",
    "i18n/test_translator.py",
    "ledger/test_opening.py",
    "ledger/test_publication_killed.py",
    "ledger/test_suite_",
    "naive/",
    "printing/test_numbers.py",
    "printing/test_printing.py",
    "services/test_anonymous_marks.py",
    "services/test_appraisal_by_hand.py",
    "services/test_comparing.py",
    "services/test_demo.py",
    "services/test_demo_communities.py",
    "services/test_doorstep.py",
    "services/test_evaluate.py",
    "services/test_four_communities.py",
    "services/test_hostile_submissions.py",
    "services/test_impact_service.py",
    "services/test_imports.py",
    "services/test_ledger_views.py",
    "services/test_lists.py",
    "services/test_live.py",
    "services/test_other_towns.py",
    "services/test_other_towns_year.py",
    "services/test_print_batches.py",
    "services/test_reasons.py",
    "services/test_register_changes.py",
    "services/test_renaming.py",
    "services/test_scenario_demo.py",
    "services/test_scores.py",
    "services/test_sheet_arithmetic.py",
    "services/test_sheets_of_real_texts.py",
    "services/test_shipped_regulations.py",
    "services/test_side_by_side.py",
    "services/test_staffing.py",
    "services/test_submissions.py",
    "services/test_table_columns.py",
    "services/test_told_rows.py",
    "services/test_who_may.py",
    "services/test_year.py",
    "tooling/",
)
"""Files and folders of tests that run in full and aren't counted (docs/adr/0087, 0177).

They go through whole commands, shipped regulations, a demo, or services which pages, flows in the browser and smaller
tests reach too (the suite of stores on PostgreSQL): counting them costs as much time again and finds next to nothing. A
branch of the domain that nothing else reaches fails its limit, and deserves a test of its own.
"""


LONG = (
    "cli/test_readme.py",
    "tooling/test_setup.py",
    "services/test_explain.py",
    "services/test_renaming.py",
)
"""Files with tests of many seconds: begun first, so that no process waits at the end for the other one's last test."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let long files begin."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONG))


_COUNTED = pytest.StashKey[Callable[[], AbstractContextManager[None]]]()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Count nothing between tests; innermost, so that pytest-cov finds its count going on when it writes it down."""
    with counted_within() as counted:
        session.stash[_COUNTED] = counted
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count tests, with their fixtures and their processes, but those that only repeat what others try out."""
    file = item.path.relative_to(Path(__file__).parent).as_posix()
    test = getattr(item, "originalname", None) or item.name
    if (
        file.startswith(UNCOUNTED)
        or test in UNCOUNTED_TESTS.get(file, ())
        or item.get_closest_marker("uncounted")
    ):
        return (yield)
    with item.session.stash[_COUNTED]():
        return (yield)
