"""The suite of the stores on PostgreSQL."""

from tests.store_suite.whole import *  # noqa: F403
