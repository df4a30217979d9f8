"""The suite of the stores on SQLite and on the fakes."""

from tests.store_suite.others import *  # noqa: F403
