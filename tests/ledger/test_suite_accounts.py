"""The suite of the stores on SQLite and on the fakes."""

from tests.store_suite.accounts import *  # noqa: F403
