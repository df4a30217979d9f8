from collections.abc import Iterator

import pytest

from app.engine import DurableDecider, EngineLimits


@pytest.fixture(scope="session")
def decider() -> Iterator[DurableDecider]:
    """One worker for all tests that don't harm it."""
    with DurableDecider() as durable:
        durable.warm()
        yield durable


@pytest.fixture(scope="session")
def tight() -> Iterator[DurableDecider]:
    """One with bounds so narrow that most conditions are split, and each row sent."""
    limits = EngineLimits(
        facts_a_sid=2, sids_a_round=2, fan_out=4, waiting=3, rules=3, fields=3, tests=2, branches=2, cap=1
    )
    with DurableDecider(limits, distinct=False) as durable:
        yield durable
