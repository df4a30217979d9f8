"""The shipped demo's year, evaluated once for all tests that look at it."""

from datetime import UTC, datetime
from functools import cache

from app.domain.period import parse_period
from app.services.evaluate import Evaluation
from tests.fakes.counting import uncounted
from tests.fakes.deciders import PlainDecider
from tests.services.scenario_demo import regulation, the_year

AS_OF = datetime(2026, 1, 5, tzinfo=UTC)


@cache
def evaluated() -> Evaluation:
    made = Evaluation(regulation(), parse_period("2025"), PlainDecider())
    with uncounted():
        made.load(the_year(), AS_OF)
    return made
