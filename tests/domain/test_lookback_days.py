"""How many days before the period the windows of a spacing reach: at least as many as they can take."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.core.expressions import TRUE
from app.domain.core.values import Kind, Length, Type, Unit
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Each, Heading, Parameter, Source
from app.domain.kinds.duty import Duty, Pause, Roster, Series, Tier
from app.domain.kinds.needs import (
    Around,
    Definition,
    Leads,
    around_of,
    carries,
    days_of,
    edges_of,
    late_days,
    looks_around,
    needs,
    reach_days,
    spacings_of,
    window_days,
)
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.rule import Consequence, Fact, Rule
from app.domain.kinds.versions import Succession
from app.domain.workdays import Every

MONTHLY = Duty(Heading("monthly"), Each(subject="household"), every=Every("month"))
WHOLE = Parameter("weight", ((None, 1),), Type(Kind.NUMBER))


def rule(name: str, table: str, *, back: int = 0, every: Every | None = None) -> Rule:
    fact = Fact("run", "streak", streak=TRUE, back=back, every=every)
    return Rule(Heading(name), Each(source=Source(table)), Consequence(name), facts=(fact,))


@pytest.mark.parametrize(
    ("every", "days"),
    [
        (None, 366),
        (Every("day"), 1),
        (Every("day", of_working_days=True), 7),
        (Every("half_day"), 7),
        (Every("week"), 7),
        (Every("month", 2), 62),
        (Every("campaign"), 366),
    ],
)
def test_a_window_takes_at_most_so_many_days(every: Every | None, days: int) -> None:
    assert days_of(every) == days


def test_a_rule_has_the_windows_of_what_it_judges_and_a_duty_those_of_its_longest_tier() -> None:
    seen = rule("seen", "monthly")
    found: dict[str, Definition] = {"monthly": MONTHLY, "seen": seen}
    assert window_days(seen, found) == 31
    assert window_days(rule("other", "some_form"), found) == 366
    tiers = (Tier("often", every=Every("week")), Tier("rest"))
    tiered = Duty(Heading("tiered"), Each(subject="household"), every=Every("quarter"), tiers=tiers)
    assert window_days(tiered, found) == 92


def test_what_is_read_is_needed_as_long_and_a_window_longer() -> None:
    first, second = rule("first", "monthly", back=2), rule("second", "first", back=1, every=Every("year"))
    found: dict[str, Definition] = {"monthly": MONTHLY, "first": first, "second": second}
    reads: dict[str, tuple[str, ...]] = {"monthly": (), "first": ("monthly",), "second": ("first",)}
    need = needs(found.values(), found, reads, {})
    assert need == {"first": Around(31 + 366), "monthly": Around(31 + 366 + 31)}
    assert needs([MONTHLY], {"monthly": MONTHLY}, reads, {}) == {}


def test_an_appraisal_carries_over_where_one_of_its_parts_does() -> None:
    def of(part: Part, missing: str = "zero") -> Appraisal:
        return Appraisal(Heading("final"), Each(level="community"), Every("month"), (part,), missing)

    plain = Part("a", WHOLE, "figure")
    assert not carries(of(plain))
    assert carries(of(plain, "carry"))
    assert carries(of(Part("b", WHOLE, parts=(Part("c", WHOLE, "figure", missing="carry"),))))


def test_only_the_facts_that_look_back_make_a_rule_do_so() -> None:
    both = replace(
        rule("first", "monthly", back=2),
        facts=(Fact("n", "count", source=Source("visit")), Fact("run", "streak", streak=TRUE, back=2)),
    )
    found: dict[str, Definition] = {"monthly": MONTHLY, "first": both}
    assert needs(found.values(), found, {"monthly": (), "first": ("monthly",)}, {}) == {"monthly": Around(62)}


def test_a_window_that_began_before_the_period_needs_what_it_reads_from_then_on() -> None:
    counted = (Fact("n", "count", source=Source("monthly")),)
    each = Each(level="community")
    yearly = replace(rule("yearly", "monthly"), for_each=each, every=Every("year"), facts=counted)
    found: dict[str, Definition] = {"monthly": MONTHLY, "yearly": yearly}
    reads: dict[str, tuple[str, ...]] = {"monthly": (), "yearly": ("monthly",)}
    assert needs(found.values(), found, reads, {}) == {}
    assert needs(found.values(), found, reads, {Every("year"): Around(334)}) == {"monthly": Around(334)}
    course = Procedure(Heading("monthly"), "form", {}, ())
    assert list(spacings_of(course)) == []
    # A course is worked out of all its steps, whatever the period is: it needs nothing more.
    assert (
        needs([course, yearly], {"monthly": course, "yearly": yearly}, reads, {Every("year"): Around(334)})
        == {}
    )


def test_a_rule_over_rows_has_the_windows_of_what_makes_them() -> None:
    yearly = replace(MONTHLY, heading=Heading("yearly"), every=Every("year"))
    versions = Succession(Heading("both"), ("yearly", "monthly"), (None, None))
    judged, entered = rule("judged", "both"), rule("entered", "visit")
    found: dict[str, Definition] = {"yearly": yearly, "monthly": MONTHLY, "both": versions}
    assert edges_of(judged, found, {Every("year"): Around(334, 2)}) == Around(334, 2)
    assert edges_of(entered, found, {Every("year"): Around(334, 2)}) == Around()


def length(number: int, unit: Unit) -> Parameter:
    return Parameter("within", ((None, Length(number, unit)),), Type(Kind.LENGTH))


def limit(name: str, of: str, within: Parameter, **more: Any) -> Duty:
    return Duty(Heading(name), Each(source=Source(of)), within=within, **more)


@pytest.mark.parametrize(
    ("within", "days"),
    [
        (length(36, Unit.HOURS), 3),
        (length(90, Unit.MINUTES), 2),
        (length(90, Unit.WORKING_MINUTES), 21),
        (length(5, Unit.WORKING_HOURS), 36),
        (length(10, Unit.DAYS), 11),
    ],
)
def test_a_limit_reaches_at_least_so_many_days(within: Parameter, days: int) -> None:
    assert reach_days(limit("mended", "fault", within), {}) == days
    held = limit("mended", "fault", within, pauses=(Pause("p"),))
    assert reach_days(held, {}) == days + 366


def test_what_starts_as_another_limit_is_closed_reaches_until_that_one_can_be_no_more() -> None:
    within = length(10, Unit.DAYS)
    first = limit("first", "fault", within)
    ended = limit("ended", "fault", within, late_until=length(4, Unit.DAYS))
    versions = Succession(Heading("both"), ("first", "ended"), (None, None))
    found: dict[str, Definition] = {"first": first, "ended": ended, "both": versions}
    assert reach_days(limit("after", "ended", within), found) == 11 + 5
    assert reach_days(limit("after", "both", within), found) == 11 + 366
    assert (late_days(first), late_days(ended), late_days(MONTHLY)) == (366, 5, 0)
    tiered = Duty(Heading("tiered"), Each(source=Source("fault")), tiers=(Tier("all", within=within),))
    assert (reach_days(tiered, {}), late_days(tiered)) == (11, 366)


def test_windows_of_a_roster_begin_at_most_a_year_before_they_end_and_a_series_with_its_event() -> None:
    shifts = replace(MONTHLY, every=None, roster=Roster(Source("shift")))
    assert reach_days(shifts, {}) == 366
    assert reach_days(replace(shifts, every=None, roster=Roster(Source("shift"), Every("day"))), {}) == 0
    series = Series(Unit.DAYS, (1, 40), after=3)
    assert reach_days(Duty(Heading("visits"), Each(source=Source("birth")), series=series), {}) == 44


def test_what_may_take_an_entry_is_read_as_far_as_its_windows_end_after_the_period() -> None:
    weekly = replace(MONTHLY, heading=Heading("weekly"), every=Every("week"), once=True)
    monthly = replace(MONTHLY, once=True, before=("weekly",))
    both = Succession(Heading("weekly"), ("w1",), (None,))
    found: dict[str, Definition] = {"weekly": weekly, "monthly": monthly}
    reads: dict[str, tuple[str, ...]] = {"weekly": (), "monthly": ("weekly",)}
    leads: Leads = {Every("week"): Around(3, 5)}
    assert needs(found.values(), found, reads, {}) == {}
    assert needs(found.values(), found, reads, leads) == {"weekly": Around(0, 5)}
    assert looks_around(monthly, found, leads)
    late = replace(monthly, late_until=length(2, Unit.DAYS))
    assert needs([weekly, late], {**found, "monthly": late}, reads, leads)["weekly"].beyond == 3 + 7
    assert around_of(both, {"w1": weekly, "weekly": both}, leads) == Around(3)
    assert not looks_around(both, {"w1": weekly, "weekly": both}, leads)
    rows = rule("rows", "weekly")
    assert around_of(rows, {"weekly": weekly, "rows": rows}, leads) == Around(3)
