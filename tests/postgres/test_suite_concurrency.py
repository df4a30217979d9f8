"""The suite of the stores on PostgreSQL."""

from tests.store_suite.concurrency import *  # noqa: F403
