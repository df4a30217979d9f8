"""The suite of the stores on PostgreSQL."""

from tests.store_suite.ledger import *  # noqa: F403
