"""Deadlines that stand still and are moved: pauses, extensions, and what isn't known of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.core.values import Unknown
from app.domain.entry import Entry
from tests.fakes.examples import examples
from tests.services.declared import Told, marks, told

REQUESTS = """
form: request
about: household
fields: {class: {type: choice, from: [simple, complex], required: true}}
---
form: step
fields:
  request: {type: ref, to: request, required: true}
  step: {type: choice, from: [asked, received, forwarded, longer], required: true}
  approved: {type: boolean}
  days: {type: integer}
---
duty: forwarded
for_each: {form: request, where: {class: complex}}
owed_by: by
within: 5 working_days
met_by: {form: step, where: {step: forwarded}}
"""
PAUSED = """\
pauses:
  supplement:
    from: {form: step, where: {step: asked}}
    until: {form: step, where: {step: received}}
    at_most: 3 working_days
"""
REQUEST = '- {form: request, id: r1, at: "2025-03-03T10:00", by: w1, subject: h1, class: complex}\n'


def step(kind: str, at: str, more: str = "") -> str:
    return f'- {{form: step, at: "{at}", by: w1, request: r1, step: {kind}{more}}}\n'


def told_of(declared: str, *lines: str, as_of: str = "2025-06-30") -> Told:
    return told(REQUESTS + declared, REQUEST + "".join(lines), as_of=as_of)


def day(text: str) -> datetime:
    """Return the first instant of a day in the place's zone."""
    return datetime.fromisoformat(f"{text}T00:00+08:00").astimezone(UTC)


def test_a_supplement_holds_the_working_days_back_for_three_at_most() -> None:
    # Asked on Wednesday: Thursday, Friday and Monday don't count, whatever comes later.
    asked, received = step("asked", "2025-03-05T09:00"), step("received", "2025-03-14T09:00")
    met = told_of(PAUSED, asked, received, step("forwarded", "2025-03-13T17:00")).row("forwarded")
    assert (met["state"], met["due"]) == ("met", day("2025-03-14"))
    late = told_of(PAUSED, step("forwarded", "2025-03-11T09:00")).row("forwarded")
    assert (late["state"], late["due"]) == ("late", day("2025-03-11"))


def test_the_day_of_asking_counts_and_the_day_of_receipt_does_not() -> None:
    within = told_of(PAUSED, step("asked", "2025-03-05T23:00"), step("received", "2025-03-06T00:30"))
    # Monday the 3rd; Tuesday and Wednesday count, Thursday doesn't, Friday, Monday and Tuesday do.
    assert within.row("forwarded")["due"] == day("2025-03-12")
    same_day = told_of(PAUSED, step("asked", "2025-03-05T09:00"), step("received", "2025-03-05T17:00"))
    assert same_day.row("forwarded")["due"] == day("2025-03-11")


def test_pauses_that_overlap_count_once() -> None:
    lines = [
        step("asked", "2025-03-04T09:00"),
        step("asked", "2025-03-05T09:00"),
        step("received", "2025-03-06T09:00"),
    ]
    # Wednesday and Thursday are held back, by whichever of the two.
    assert told_of(PAUSED, *lines).row("forwarded")["due"] == day("2025-03-13")


OPEN = PAUSED.replace("    at_most: 3 working_days\n", "")


def test_while_a_pause_is_open_nothing_is_overdue_and_no_limit_is_there() -> None:
    case = told_of(OPEN, step("asked", "2025-03-05T09:00"))
    row = case.row("forwarded")
    assert (row["state"], marks([row["due"]]), marks([row["at"]])) == ("due", ["None"], ["None"])
    later = told(
        REQUESTS + OPEN, REQUEST + step("asked", "2025-03-05T09:00"), as_of="2026-03-01", period="2026"
    )
    assert later.row("forwarded")["state"] == "due"
    back = told_of(OPEN, step("asked", "2025-03-05T09:00"), step("received", "2025-06-02T09:00"))
    assert back.row("forwarded")["due"] == day("2025-06-06")
    assert back.row("forwarded")["state"] == "overdue"


def test_all_pauses_of_a_kind_are_capped_together() -> None:
    twice = [
        step("asked", "2025-03-04T09:00"),
        step("received", "2025-03-06T09:00"),
        step("asked", "2025-03-07T09:00"),
        step("received", "2025-03-11T09:00"),
    ]
    free = told_of(OPEN, *twice).row("forwarded")["due"]
    capped = told_of(OPEN + "    in_all: 3 working_days\n", *twice).row("forwarded")["due"]
    # Held back: the 5th and 6th, the 10th and 11th; with the cap the 11th counts.
    assert (free, capped) == (day("2025-03-15"), day("2025-03-14"))


def test_leave_of_who_owes_it_holds_the_clock_back() -> None:
    during = "pauses: {away: {during: {form: leave, where: {approved: true}}}}\n"
    leave = (
        "- {form: leave, at: 2025-03-01, subject: w1, start: 2025-03-05, end: 2025-03-08, approved: true}\n"
    )
    others = leave.replace("subject: w1", "subject: w2")
    assert told_of(during, leave).row("forwarded")["due"] == day("2025-03-14")
    assert told_of(during, others).row("forwarded")["due"] == day("2025-03-11")
    short = during.replace("true}}}}", "true}}, at_most: 1 working_days}}")
    assert told_of(short, leave).row("forwarded")["due"] == day("2025-03-12")


def test_hours_stand_still_during_a_pause_to_the_minute() -> None:
    hours = REQUESTS.replace("5 working_days", "24 hours")
    lines = REQUEST + step("asked", "2025-03-03T12:00") + step("received", "2025-03-04T01:30")
    assert told(hours + OPEN, lines).row("forwarded")["due"] == datetime(2025, 3, 4, 15, 30, tzinfo=UTC)
    capped = told(hours + OPEN + "    in_all: 90 minutes\n", lines).row("forwarded")["due"]
    assert capped == datetime(2025, 3, 4, 3, 30, tzinfo=UTC)


LONGER = """\
extended_by: {form: step, where: {step: longer, approved: true}, column: days, at_most: 4 working_days}
"""
SEVEN = REQUESTS.replace("5 working_days", "7 days")


def test_an_approved_extension_moves_the_limit_by_its_days_and_each_by_so_many_at_most() -> None:
    longer = step("longer", "2025-03-06T09:00", ", approved: true, days: DAYS")
    two = told_of(LONGER, longer.replace("DAYS", "2")).row("forwarded")["due"]
    nine = told_of(LONGER, longer.replace("DAYS", "9")).row("forwarded")["due"]
    refused = told_of(LONGER, longer.replace("DAYS", "2").replace("true", "false")).row("forwarded")["due"]
    assert (two, nine, refused) == (day("2025-03-13"), day("2025-03-15"), day("2025-03-11"))


def test_what_is_granted_after_the_limit_has_passed_moves_nothing() -> None:
    late = step("longer", "2025-03-11T00:00", ", approved: true, days: 2")
    assert told_of(LONGER, late).row("forwarded")["due"] == day("2025-03-11")
    last = step("longer", "2025-03-10T23:59", ", approved: true, days: 2")
    assert told_of(LONGER, last).row("forwarded")["due"] == day("2025-03-13")


def test_a_hard_case_has_seven_days_and_with_approval_fifteen_in_all_at_most() -> None:
    total = "extended_by: {form: step, where: {step: longer, approved: true}, column: days, total: 15 days}\n"
    first = step("longer", "2025-03-06T09:00", ", approved: true, days: 5")
    second = step("longer", "2025-03-12T09:00", ", approved: true, days: 5")
    case = told(SEVEN + total, REQUEST + first + second)
    assert case.row("forwarded")["due"] == day("2025-03-19")  # the end of the 15th day, Tuesday the 18th
    in_all = total.replace("total: 15 days", "in_all: 6 days")
    assert told(SEVEN + in_all, REQUEST + first + second).row("forwarded")["due"] == day("2025-03-17")
    fixed = total.replace("column: days, total: 15 days", "by: 1 weeks")
    assert told(SEVEN + fixed, REQUEST + first).row("forwarded")["due"] == day("2025-03-18")


def test_where_a_pause_or_an_extension_may_count_what_lies_between_the_limits_is_undecided() -> None:
    perhaps = step("longer", "2025-03-06T09:00", ", days: 2")
    done = step("forwarded", "2025-03-12T09:00")
    assert told_of(LONGER, perhaps, done).row("forwarded")["state"] == Unknown("undecided")
    assert told_of(LONGER, perhaps, step("forwarded", "2025-03-10T09:00")).row("forwarded")["state"] == "met"
    assert told_of(LONGER, perhaps, step("forwarded", "2025-03-13T09:00")).row("forwarded")["state"] == "late"
    undone = told_of(LONGER, perhaps, as_of="2025-03-12")
    assert undone.row("forwarded")["state"] == Unknown("undecided")
    assert told_of(LONGER, perhaps, as_of="2025-03-13").row("forwarded")["state"] == "overdue"
    unknown = step("longer", "2025-03-06T09:00", ", approved: true")
    assert told_of(LONGER, unknown, as_of="2025-03-14").row("forwarded")["state"] == Unknown("undecided")
    assert told_of(LONGER, unknown, as_of="2025-03-15").row("forwarded")["state"] == "overdue"
    free = LONGER.replace(", at_most: 4 working_days", "")
    assert told_of(free, unknown).row("forwarded")["state"] == Unknown("undecided")


def test_a_pause_goes_on_with_an_extension_behind_it() -> None:
    lines = [
        step("asked", "2025-03-05T09:00"),
        step("received", "2025-03-07T09:00"),
        step("longer", "2025-03-11T09:00", ", approved: true, days: 1"),
    ]
    assert told_of(PAUSED + LONGER, *lines).row("forwarded")["due"] == day("2025-03-14")


@pytest.mark.parametrize(("covers", "state"), [("all", "overdue"), ("half", "waived"), ("any", "waived")])
def test_leave_waives_a_deadline_of_which_it_covers_enough(covers: str, state: str) -> None:
    waived = f"waived_by: [{{form: leave, covers: {covers}}}]\n"
    leave = "- {form: leave, at: 2025-03-01, subject: w1, start: 2025-03-05, end: 2025-03-11}\n"
    assert told_of(waived, leave).row("forwarded")["state"] == state
    assert told_of(waived).row("forwarded")["state"] == "overdue"


# ---- an independent computation ------------------------------------------------------------------------------------
HOLIDAYS = {date(2025, 1, 1)}
MONDAY = date(2025, 3, 3)


def works(one: date) -> bool:
    return one.weekday() < 5 and one not in HOLIDAYS


def naive_due(
    limit: int, asked: list[int], received: list[int], extensions: list[tuple[int, int]], at_most: int
) -> date | None:
    """Return the last day of the limit by walking day by day; days are numbered from the request's."""
    held = set()
    for start in asked:
        ends = [one for one in received if one >= start]
        last = min(ends) if ends else None
        number, counted = start, 0
        while counted < at_most and (last is None or number < last):
            number += 1
            held.add(number)
            counted += works(MONDAY + timedelta(days=number))

    def walk(number: int, left: int) -> int:
        while left:
            number += 1
            if works(MONDAY + timedelta(days=number)) and number not in held:
                left -= 1
        return number

    last_day = walk(0, limit)
    for at, amount in sorted(extensions):
        if at <= last_day:
            last_day = walk(last_day, amount)
    return MONDAY + timedelta(days=last_day)


BOTH = told(REQUESTS + PAUSED + LONGER.replace(", at_most: 4 working_days", ""), REQUEST)
DAYS = st.integers(0, 25)


@examples(30)
@given(
    asked=st.lists(DAYS, max_size=3, unique=True),
    received=st.lists(DAYS, max_size=3, unique=True),
    extensions=st.lists(st.tuples(DAYS, st.integers(1, 4)), max_size=2, unique_by=lambda one: one[0]),
)
@example(asked=[2, 3], received=[3], extensions=[(6, 2)])
def test_the_limit_agrees_with_a_walk_from_day_to_day(
    asked: list[int], received: list[int], extensions: list[tuple[int, int]]
) -> None:
    first = day("2025-03-03")

    def entry(number: int, kind: str, after: int, hour: int, **answers: object) -> Entry:
        at = first + timedelta(days=after, hours=hour)
        given_ = {"request": "r1", "step": kind, **answers}
        return Entry(f"x{number}", "c1", "step", at, "w1", at, given_, None)

    # In the order of a day: received, granted, asked; the request came at ten.
    entries = [entry(n, "asked", after, 20) for n, after in enumerate(asked)]
    entries += [entry(10 + n, "received", after, 21) for n, after in enumerate(received)]
    entries += [
        entry(20 + n, "longer", after, 15, approved=True, days=amount)
        for n, (after, amount) in enumerate(extensions)
    ]
    found = Told(BOTH.regulation, (*BOTH.entries, *entries), BOTH.as_of, "2025", BOTH.decider).outcome()
    (row,) = found.tables["forwarded"].records()
    wanted = naive_due(5, asked, received, extensions, 3)
    assert wanted is not None
    assert row["due"] == day((wanted + timedelta(days=1)).isoformat())


def test_nothing_of_an_open_clock_is_a_value() -> None:
    row = told_of(OPEN, step("asked", "2025-03-05T09:00"), step("forwarded", "2025-05-05T09:00")).row(
        "forwarded"
    )
    assert row["state"] == "met"
    assert not isinstance(row["due"], datetime)


# ---- working hours -------------------------------------------------------------------------------------------------
OFFICE = {
    "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\nholidays: [2025-01-01]\n"
    'hours: [["08:30", "12:00"], ["13:30", "17:30"]]\n'
}
FOUR_HOURS = REQUESTS.replace("within: 5 working_days", "within: 4 working_hours")
SHORT_PAUSE = PAUSED.replace("at_most: 3 working_days", "at_most: 2 working_hours")
MORE_HOURS = """\
extended_by:
  form: step
  where: {step: longer, approved: true}
  column: days
  at_most: 3 working_hours
  total: 6 working_hours
"""


def at_work(declared: str, *lines: str) -> Told:
    # Asked on Friday, half an hour before the office closes: Monday has three and a half hours left of the four.
    request = REQUEST.replace("2025-03-03T10:00", "2025-03-07T17:00")
    return told(FOUR_HOURS + declared, request + "".join(lines), as_of="2025-06-30", files=OFFICE)


def moment(text: str) -> datetime:
    """Return an instant of the place's zone."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def test_four_working_hours_run_while_the_office_is_open() -> None:
    met = at_work("", step("forwarded", "2025-03-10T11:59")).row("forwarded")
    assert (met["state"], met["due"]) == ("met", moment("2025-03-10T12:00"))
    late = at_work("", step("forwarded", "2025-03-10T12:00")).row("forwarded")
    assert (late["state"], late["due"]) == ("late", moment("2025-03-10T12:00"))


def test_working_hours_stand_still_in_a_pause_for_so_many_of_them_at_most() -> None:
    asked, received = step("asked", "2025-03-10T09:00"), step("received", "2025-03-10T10:00")
    assert at_work(SHORT_PAUSE, asked, received).row("forwarded")["due"] == moment("2025-03-10T14:30")
    assert at_work(SHORT_PAUSE, asked).row("forwarded")["due"] == moment("2025-03-10T15:30")


def test_working_hours_are_extended_in_their_own_unit_and_capped() -> None:
    two = step("longer", "2025-03-10T09:00", ", approved: true, days: 1")
    assert at_work(MORE_HOURS, two).row("forwarded")["due"] == moment("2025-03-10T14:30")
    many = step("longer", "2025-03-10T09:00", ", approved: true, days: 9")
    assert at_work(MORE_HOURS, many).row("forwarded")["due"] == moment("2025-03-10T15:30")
    refused = step("longer", "2025-03-10T09:00", ", approved: false, days: 9")
    assert at_work(MORE_HOURS, refused).row("forwarded")["due"] == moment("2025-03-10T12:00")
