"""The suite of the stores on PostgreSQL."""

from tests.store_suite.others import *  # noqa: F403
