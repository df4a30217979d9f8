"""The suite of the stores on SQLite."""

from tests.store_suite.whole import *  # noqa: F403
