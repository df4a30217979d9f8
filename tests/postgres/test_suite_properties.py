"""The suite of the stores on PostgreSQL."""

from tests.store_suite.properties import *  # noqa: F403
