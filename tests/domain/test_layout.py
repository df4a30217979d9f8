"""Parts of a plan are laid out as if there were nothing else, and what they have in common once."""

from typing import Any

from app.domain.core.layout import Cuts, Layout
from app.domain.core.plan import Aggregate, Derivation, From, Per, Plan, Tally, Where
from tests.domain.plain_flow import INTEGER, NUMBER, TEXT, WeekCalendar, more, source

ROWS = source("rows", ["id"], id=TEXT, value=NUMBER)
OTHERS = source("others", ["id"], id=TEXT, value=NUMBER)
COUNT = Aggregate("count", "count", None, INTEGER)
LARGE = Derivation("large", (From(("rows",)), Where(more("value", 5))), "test")
COUNTED = Derivation("counted", (From(("others",)), Tally("large", (("id", "id"),), (COUNT,))), "test")
ALL = Derivation("all", (From(("rows",)), Where(more("value", 5)), Per((), (COUNT,))), "test")
PLAN = Plan((ROWS, OTHERS), (LARGE, COUNTED, ALL))


def seen(layout: Layout) -> tuple[Any, ...]:
    places = [(one.schema, one.inputs, one.stratum, one.decides) for one in layout.places]
    return places, layout.readers, layout.tables


def alone(*derivations: Derivation) -> tuple[Any, ...]:
    return seen(Layout(Plan(PLAN.sources, derivations), WeekCalendar()))


def test_a_part_is_laid_out_with_what_it_reads_whatever_was_laid_out_before() -> None:
    cuts = Cuts(PLAN, WeekCalendar())
    assert seen(cuts.of(["all"])) == alone(ALL)
    assert seen(cuts.of(["counted"])) == alone(LARGE, COUNTED)
    assert seen(cuts.of(["counted", "all"])) == alone(LARGE, COUNTED, ALL)
    assert seen(cuts.of(["nothing"])) == alone()


def test_what_two_parts_have_in_common_is_laid_out_once() -> None:
    cuts = Cuts(PLAN, WeekCalendar())
    one, other = cuts.of(["large"]), cuts.of(["all"])
    assert {id(place.make) for place in one.places} & {id(place.make) for place in other.places} > {
        id(place.make) for place in cuts.of([]).places
    }
    assert cuts.of(["large"]) is one
