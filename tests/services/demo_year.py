"""The shipped demo's year, evaluated once for all tests that look at it: its first weeks in an ordinary run."""

from datetime import UTC, datetime
from functools import cache

from app.domain.period import parse_period
from app.services.evaluate import Evaluation
from app.services.scenario.scenario import generate
from tests.fakes.counting import uncounted
from tests.fakes.deciders import PlainDecider
from tests.fakes.examples import is_long
from tests.services.scenario_demo import regulation, scenario, the_year, world

AS_OF = datetime(2026, 1, 5, tzinfo=UTC) if is_long() else datetime(2025, 2, 20, tzinfo=UTC)


@cache
def evaluated() -> Evaluation:
    made = Evaluation(regulation(), parse_period("2025"), PlainDecider())
    with uncounted():
        made.load(the_year() if is_long() else generate(world(), scenario(), AS_OF.date()), AS_OF)
    return made
