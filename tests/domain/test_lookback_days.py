"""How many days before the period the windows of a spacing reach: at least as many as they can take."""

from dataclasses import replace

import pytest

from app.domain.core.expressions import TRUE
from app.domain.core.values import Kind, Type
from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Each, Heading, Parameter, Source
from app.domain.kinds.duty import Duty, Tier
from app.domain.kinds.lookback import Definition, carries, days_of, lead_of, needs, spacings_of, window_days
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
    assert need == {"first": 31 + 366, "monthly": 31 + 366 + 31}
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
    assert needs(found.values(), found, {"monthly": (), "first": ("monthly",)}, {}) == {"monthly": 62}


def test_a_window_that_began_before_the_period_needs_what_it_reads_from_then_on() -> None:
    counted = (Fact("n", "count", source=Source("monthly")),)
    each = Each(level="community")
    yearly = replace(rule("yearly", "monthly"), for_each=each, every=Every("year"), facts=counted)
    found: dict[str, Definition] = {"monthly": MONTHLY, "yearly": yearly}
    reads: dict[str, tuple[str, ...]] = {"monthly": (), "yearly": ("monthly",)}
    assert needs(found.values(), found, reads, {}) == {}
    assert needs(found.values(), found, reads, {Every("year"): 334, Every("month"): 0}) == {"monthly": 334}
    course = Procedure(Heading("monthly"), "form", {}, ())
    assert list(spacings_of(course)) == []
    # A course is worked out of all its steps, whatever the period is: it needs nothing more.
    assert needs([course, yearly], {"monthly": course, "yearly": yearly}, reads, {Every("year"): 334}) == {}


def test_a_rule_over_rows_has_the_windows_of_what_makes_them() -> None:
    yearly = replace(MONTHLY, heading=Heading("yearly"), every=Every("year"))
    versions = Succession(Heading("both"), ("yearly", "monthly"), (None, None))
    judged, entered = rule("judged", "both"), rule("entered", "visit")
    found: dict[str, Definition] = {"yearly": yearly, "monthly": MONTHLY, "both": versions}
    assert lead_of(judged, found, {Every("year"): 334}) == 334
    assert lead_of(entered, found, {Every("year"): 334}) == 0
