"""The suite of the stores on PostgreSQL."""

from tests.store_suite.accounts import *  # noqa: F403
