"""The suite of the stores on SQLite."""

from tests.store_suite.concurrency import *  # noqa: F403
