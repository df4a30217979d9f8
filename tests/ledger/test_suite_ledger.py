"""The suite of the stores on SQLite and on the fakes."""

from tests.store_suite.ledger import *  # noqa: F403
