"""What a calendar reckons for the steps of a plan: pauses, extensions, offsets, labels, birthdays, named periods."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.clocks import day_after
from app.domain.core.values import Length, NotApplicable, Span, Unit, Unknown
from app.domain.reckoning import FUNCTIONS, extended, pauses, shortened, span_start, standing
from app.domain.spans import union
from app.domain.workdays import Calendar, is_working_day
from app.domain.zones import date_of, start_of_day

CHINA = Calendar("cn", "Asia/Shanghai", holidays=frozenset({date(2025, 1, 1)}))
NOTHING = NotApplicable("empty")


def day(number: int, hours: float = 0) -> datetime:
    """Return an instant so many days and hours after Monday, the 3rd of March."""
    return datetime(2025, 3, 2, 16, tzinfo=UTC) + timedelta(days=number, hours=hours)


def days(number: int) -> Length:
    return Length(number, Unit.DAYS)


def test_of_working_hours_the_first_so_many_are_kept_that_lie_in_the_pauses() -> None:
    office = replace(CHINA, hours=((time(9), time(17)),))
    spans = (Span(day(0, 10), day(0, 12)), Span(day(0, 16), None))
    assert shortened(office, spans, Length(2, Unit.WORKING_HOURS)) == spans[:1]
    assert shortened(office, spans, Length(240, Unit.WORKING_MINUTES)) == (
        spans[0],
        Span(day(0, 16), day(1, 10)),
    )
    assert shortened(office, spans[:1], Length(3, Unit.WORKING_HOURS)) == spans[:1]
    assert shortened(office, spans, Length(0, Unit.WORKING_HOURS)) == ()
    assert shortened(office, (), Length(1, Unit.WORKING_HOURS)) == ()


@given(
    at=st.integers(0, 24 * 90).map(lambda hours: day(0, hours)),
    number=st.integers(1, 40),
    unit=st.sampled_from([Unit.HOURS, Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS]),
)
def test_the_time_up_to_an_instant_is_that_of_the_length_looked_at_backwards(
    at: datetime, number: int, unit: Unit
) -> None:
    start = span_start(CHINA, at, Length(number, unit))
    if unit is Unit.HOURS:
        assert at - start == timedelta(hours=number)
        return
    last = date_of(CHINA.zone, at)
    run = [
        last - timedelta(days=back)
        for back in range(400)
        if start_of_day(CHINA.zone, last - timedelta(days=back)) >= start
    ]
    counted = [one for one in run if unit is not Unit.WORKING_DAYS or is_working_day(CHINA, one)]
    assert len(counted) == number * (7 if unit is Unit.WEEKS else 1)
    assert unit is not Unit.WORKING_DAYS or is_working_day(CHINA, run[-1])


@pytest.mark.parametrize(
    ("at", "length", "first"),
    [
        ("2025-05-10", Length(12, Unit.MONTHS), "2024-05-11"),
        ("2025-03-31", Length(1, Unit.MONTHS), "2025-03-01"),
        ("2025-03-30", Length(1, Unit.MONTHS), "2025-03-01"),
        ("2024-02-29", Length(1, Unit.YEARS), "2023-03-01"),
        ("2025-05-10", Length(900, Unit.YEARS), "1900-01-01"),
        ("2025-05-10", Length(99_999, Unit.WEEKS), "1900-01-01"),
        ("2025-05-10", Length(99_999, Unit.WORKING_DAYS), "1900-01-01"),
        ("2025-05-10", Length(9_999_999, Unit.HOURS), "1900-01-01"),
    ],
)
def test_a_time_of_months_begins_the_day_after_the_one_of_the_same_number(
    at: str, length: Length, first: str
) -> None:
    instant = start_of_day(CHINA.zone, date.fromisoformat(at)) + timedelta(hours=9)
    assert span_start(CHINA, instant, length) == start_of_day(CHINA.zone, date.fromisoformat(first))


def reckon(function: str, *values: object) -> object:
    return FUNCTIONS[function](CHINA, *values)


def test_a_pause_runs_from_each_asking_to_the_first_receipt_from_then_on() -> None:
    found = pauses(CHINA, days(5), NOTHING, NOTHING, (day(0, 9), day(4, 9)), (day(1, 9), day(2, 9)))
    assert found == (Span(day(1), day(2)), Span(day(5), None))
    exact = pauses(CHINA, Length(5, Unit.HOURS), NOTHING, NOTHING, (day(0, 9),), (day(0, 9), day(1, 9)))
    assert exact == ()


def test_spans_stand_as_they_are_each_so_long_at_most() -> None:
    starts, ends = (day(0), day(7)), (day(3), None)
    assert standing(CHINA, NOTHING, NOTHING, starts, ends) == (Span(day(0), day(3)), Span(day(7), None))
    assert standing(CHINA, days(2), NOTHING, starts, ends) == (Span(day(0), day(2)), Span(day(7), day(9)))


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=4).map(
    lambda pairs: union(Span(day(0, 6 * start), day(0, 6 * (start + length))) for start, length in pairs)
)


@given(
    spans=SPANS, number=st.integers(0, 6), unit=st.sampled_from([Unit.DAYS, Unit.WORKING_DAYS, Unit.WEEKS])
)
def test_of_days_the_first_so_many_are_kept_whose_first_instant_lies_in_a_pause(
    spans: tuple[Span, ...], number: int, unit: Unit
) -> None:
    kept = shortened(CHINA, spans, Length(number, unit))

    def counted(found: tuple[Span, ...]) -> list[datetime]:
        firsts = (day(n) for n in range(14))
        return [
            first
            for n, first in enumerate(firsts)
            if any(span.start <= first and (span.end is None or first < span.end) for span in found)
            and (unit is not Unit.WORKING_DAYS or is_working_day(CHINA, date(2025, 3, 3) + timedelta(days=n)))
        ]

    most = number * (7 if unit is Unit.WEEKS else 1)
    assert counted(kept) == counted(spans)[:most]
    assert union(kept, spans) == spans


@given(spans=SPANS, hours=st.integers(0, 40))
def test_of_hours_the_first_so_many_are_kept(spans: tuple[Span, ...], hours: int) -> None:
    kept = shortened(CHINA, spans, Length(hours, Unit.HOURS))
    total = sum(((span.end or span.start) - span.start for span in spans), timedelta())
    assert sum(((span.end or span.start) - span.start for span in kept), timedelta()) == min(
        total, timedelta(hours=hours)
    )
    assert union(kept, spans) == spans


def test_an_open_pause_is_cut_too() -> None:
    open_ = (Span(day(0, 3), None),)
    assert shortened(CHINA, open_, days(2)) == (Span(day(0, 3), day(3)),)
    assert shortened(CHINA, open_, days(0)) == (Span(day(0, 3), day(1)),)
    assert shortened(CHINA, (Span(day(0), None),), days(0)) == ()
    assert shortened(CHINA, open_, Length(90, Unit.MINUTES)) == (Span(day(0, 3), day(0, 4.5)),)
    assert shortened(CHINA, open_, NOTHING) == open_


def moved(
    *given_: tuple[datetime, object], at_best: bool = False, each: object = NOTHING, **caps: Length
) -> object:
    bounds = [caps.get(name, NOTHING) for name in ("at_most", "in_all", "total")]
    granted, amounts = [at for at, _ in given_], [amount for _, amount in given_]
    return reckon("extended", at_best, days(5), each, *bounds, day(0, 9), day(6), (), granted, amounts)


def test_an_extension_moves_a_limit_that_has_not_passed() -> None:
    assert moved((day(1), 2)) == day(8)
    assert moved((day(6), 2)) == day(6)
    assert moved((day(5, 23), 2), (day(7, 23), 1)) == day(9)
    assert moved((day(1), 0), (day(1), -3), (day(1), NOTHING)) == day(6)
    assert moved((day(1), day(1)), each=Length(1, Unit.WEEKS)) == day(13)
    assert moved((day(1), 2), at_most=days(1)) == day(7)
    assert moved((day(1), 2), (day(1), 2), in_all=days(3)) == day(9)
    assert moved((day(1), 9), total=days(10)) == day(11)
    # A cap that lies before the limit itself takes nothing away.
    assert moved((day(1), 9), total=days(2)) == day(6)
    assert moved(each=days(1)) == day(6)


def test_an_amount_that_is_not_known_moves_nothing_surely_and_at_best_as_much_as_may_be() -> None:
    unknown = (day(1), Unknown("days"))
    assert moved(unknown) == day(6)
    assert moved(unknown, at_best=True) is None
    assert moved(unknown, at_best=True, in_all=days(3)) == day(9)
    assert moved(unknown, at_best=True, each=days(1)) == day(7)


def test_without_a_limit_there_is_nothing_to_move_and_an_open_pause_leaves_none() -> None:
    assert (
        extended(CHINA, False, days(5), NOTHING, NOTHING, NOTHING, NOTHING, day(0), None, (), (), ()) is None
    )
    stops = (Span(day(7), None),)
    found = extended(
        CHINA, False, days(5), NOTHING, NOTHING, NOTHING, NOTHING, day(0), day(6), stops, (day(1),), (3,)
    )
    assert found is None
    capped = extended(
        CHINA, False, days(5), NOTHING, NOTHING, NOTHING, days(6), day(0), day(6), stops, (day(1),), (3,)
    )
    assert capped == day(7)


def test_offsets_lead_to_days_with_some_to_give() -> None:
    assert reckon("offset_label", Unit.DAYS, day(0, 9), 3) == "2025-03-06"
    assert reckon("offset_label", Unit.WORKING_DAYS, day(4, 9), 1) == "2025-03-10"
    assert reckon("offset_start", Unit.DAYS, 1, day(0, 9), 3) == day(2)
    assert reckon("offset_start", Unit.DAYS, 1, day(0, 9), 0) == day(0, 9)
    assert reckon("offset_end", Unit.WEEKS, 2, day(0, 9), 1) == day(10)
    with pytest.raises(ValueError, match="no day"):
        day_after(date(2025, 3, 3), Length(3, Unit.HOURS), CHINA)


def test_rows_of_a_day_are_told_apart_and_days_have_their_ends() -> None:
    assert [reckon("day_label", day(0, 9), nth) for nth in (1, 2)] == ["2025-03-03", "2025-03-03/2"]
    assert reckon("day_end", day(0, 9)) == day(1)
    assert reckon("day_start", date(2025, 3, 4)) == day(1)
    assert reckon("instant_after", day(0)) == day(0) + timedelta(microseconds=1)
    assert reckon("together", (Span(day(0), day(2)),), (Span(day(1), day(3)),)) == (Span(day(0), day(3)),)


@pytest.mark.parametrize(
    ("unit", "number", "since", "at"),
    [
        ("years", 80, date(1945, 3, 3), day(0)),
        ("years", 1, date(2024, 2, 29), day(-3)),
        ("months", 1, date(2025, 1, 31), day(-3)),
        ("weeks", 1, date(2025, 2, 24), day(0)),
        ("days", 2, day(0, 9), day(2)),
        ("hours", 2, day(0, 9), day(0, 11)),
        ("minutes", 60, date(2025, 3, 3), day(0, 1)),
        ("years", 80, Unknown("born"), None),
    ],
)
def test_so_many_units_have_elapsed_at_one_instant(unit: str, number: int, since: object, at: object) -> None:
    assert reckon("elapsed_at", unit, number, since) == at


def test_a_named_period_has_its_first_instant_and_its_end() -> None:
    assert reckon("period_start", "2025-03-03") == day(0)
    assert reckon("period_end", "2025-W10") == day(7)
    for label in ("2025-13", Unknown("month"), NOTHING):
        assert reckon("period_start", label) == reckon("period_end", label) == NOTHING
    assert start_of_day("Asia/Shanghai", date(2025, 3, 3)) == day(0)
