"""The suite of the stores on SQLite."""

from tests.store_suite.properties import *  # noqa: F403
