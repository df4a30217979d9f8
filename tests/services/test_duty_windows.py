"""Windows of duties: series from an event, from entry to entry, rosters, campaigns, days, periods that entries name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Unknown
from app.domain.entry import Entry
from tests.fakes.examples import examples
from tests.services.declared import Told, marks, told

HOUSEHOLD = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}\n"


def day(text: str) -> datetime:
    """Return the first instant of a day in the place's zone."""
    return datetime.fromisoformat(f"{text}T00:00+08:00").astimezone(UTC)


# ---- series --------------------------------------------------------------------------------------------------------
NEWBORN = """
form: birth
about: household
fields: {where: {type: choice, from: [home, hospital], required: true}}
---
form: newborn_visit
fields: {birth: {type: ref, to: birth, required: true}}
---
duty: newborn_visits
for_each: birth
owed_by: leader
tiers:
  home: {where: {where: home}, series: {days: [1, 3, 7, 14, 21, 28, 42], give: 1 days}}
  hospital: {series: {days: [3, 7, 14, 21, 28, 42], give: 1 days}}
met_by: newborn_visit
"""
BORN = '- {form: birth, id: b1, at: "2025-03-03T10:00", by: w1, subject: h1, where: hospital, place: c1/g1}\n'


def seen(*days: str) -> str:
    return "".join(f'- {{form: newborn_visit, at: "{one}T09:00", by: w1, birth: b1}}\n' for one in days)


def test_a_birth_starts_a_window_for_each_day_of_the_series_with_a_day_to_give() -> None:
    case = told(NEWBORN, HOUSEHOLD + BORN + seen("2025-03-05", "2025-03-11", "2025-03-16"))
    assert case.column("newborn_visits", "window") == [
        "2025-03-06",
        "2025-03-10",
        "2025-03-17",
        "2025-03-24",
        "2025-03-31",
        "2025-04-14",
    ]
    assert case.column("newborn_visits", "state") == ["met", "met", "met", "missed", "missed", "missed"]
    row = case.row("newborn_visits", window="2025-03-10")
    assert (row["start"], row["due"], row["owner"]) == (day("2025-03-09"), day("2025-03-12"), "w1")


def test_a_birth_at_home_is_visited_on_the_first_day_too() -> None:
    case = told(NEWBORN, HOUSEHOLD + BORN.replace("hospital", "home"))
    assert case.column("newborn_visits", "window")[:2] == ["2025-03-04", "2025-03-06"]
    assert set(case.column("newborn_visits", "tier")) == {"home"}
    # The first window begins with the birth itself, not a day before it.
    assert case.column("newborn_visits", "start")[0] == datetime(2025, 3, 3, 2, tzinfo=UTC)


def test_one_visit_fills_one_window_of_a_series_the_earliest_that_is_open() -> None:
    close = NEWBORN.replace("[3, 7,", "[3, 5,")
    one = told(close, HOUSEHOLD + BORN + seen("2025-03-07"))
    assert one.column("newborn_visits", "state")[:2] == ["met", "missed"]
    two = told(close, HOUSEHOLD + BORN + seen("2025-03-07", "2025-03-07"))
    assert two.column("newborn_visits", "state")[:2] == ["met", "met"]


def test_a_series_by_months_keeps_the_day_and_a_short_month_its_last() -> None:
    months = """
form: birth
about: household
fields: {note: {type: text}}
---
duty: young_child
for_each: birth
owed_by: by
series: {months: [1, 3, 6], give: {before: 2 days, after: 7 days}}
late_until: 5 days
met_by: visit
"""
    born = '- {form: birth, id: b1, at: "2025-01-31T10:00", by: w1, subject: h1}\n'
    visit = '- {form: visit, at: "2025-03-12T10:00", by: w1, subject: h1, channel: home}\n'
    case = told(months, HOUSEHOLD + born + visit, as_of="2025-05-10T12:00")
    assert case.column("young_child", "window") == ["2025-02-28", "2025-04-30", "2025-07-31"]
    assert case.column("young_child", "due") == [day("2025-03-08"), day("2025-05-08"), day("2025-08-08")]
    assert case.column("young_child", "state") == ["late", "overdue", "upcoming"]


def test_a_series_is_owed_only_while_whom_it_is_about_is_here() -> None:
    leaves = HOUSEHOLD.replace("false}", "false, left_on: 2025-03-20}")
    case = told(NEWBORN + "due_if: all\n", leaves + BORN)
    assert case.column("newborn_visits", "window") == ["2025-03-06", "2025-03-10", "2025-03-17"]


def test_a_series_of_working_days_leaves_out_those_that_are_off() -> None:
    duty = NEWBORN.replace(
        "series: {days: [3, 7, 14, 21, 28, 42], give: 1 days}", "series: {working_days: [0, 1, 5]}"
    )
    case = told(duty, HOUSEHOLD + BORN.replace("2025-03-03", "2025-03-07"))
    assert case.column("newborn_visits", "window") == ["2025-03-07", "2025-03-10", "2025-03-14"]


# ---- several events ------------------------------------------------------------------------------------------------
CHANGES = """
form: change
about: household
fields: {big: {type: boolean}}
---
form: alarm
about: household
fields: {note: {type: text}}
---
duty: looked_after
for_each: EVENTS
owed_by: leader
within: 3 days
starts: STARTS
met_by: {form: visit, where: {channel: home}}
"""


def changes(starts: str, *lines: str, events: str = "change") -> Told:
    declared = CHANGES.replace("EVENTS", events).replace("STARTS", starts)
    return told(declared, HOUSEHOLD + "".join(lines))


def change(at: str, form: str = "change", name: str = "") -> str:
    own = f"id: {name or 'e' + at[8:10]}, "
    return f'- {{form: {form}, {own}at: "{at}", by: w1, subject: h1, place: c1/g1}}\n'


def home(at: str) -> str:
    return f'- {{form: visit, at: "{at}", by: w1, subject: h1, channel: home}}\n'


THREE = (change("2025-03-03T09:00"), change("2025-03-05T09:00"), change("2025-03-20T09:00"))


@pytest.mark.parametrize(
    ("starts", "subjects", "states"),
    [
        ("each", ["e03", "e05", "e20"], ["late", "met", "overdue"]),
        ("first", ["e03", "e20"], ["late", "overdue"]),
        ("last", ["e05", "e20"], ["met", "overdue"]),
    ],
)
def test_of_several_events_each_the_first_or_the_last_starts_the_clock(
    starts: str, subjects: list[str], states: list[str]
) -> None:
    case = changes(starts, *THREE, home("2025-03-07T10:00"))
    assert (case.column("looked_after", "subject"), case.column("looked_after", "state")) == (
        subjects,
        states,
    )


def test_what_was_done_in_time_ends_the_clock_and_the_next_event_starts_another() -> None:
    lines = (change("2025-03-03T09:00"), home("2025-03-04T10:00"), change("2025-03-05T09:00"))
    for starts in ("first", "last"):
        case = changes(starts, *lines)
        assert case.column("looked_after", "state") == ["met", "overdue"]


def test_events_of_two_forms_are_events_of_one_clock() -> None:
    lines = (change("2025-03-03T09:00"), change("2025-03-04T09:00", "alarm"))
    case = changes("first", *lines, events="[change, alarm]")
    assert case.column("looked_after", "subject") == ["e03"]
    each = changes("each", *lines, events="[change, {form: alarm, link: subject}]")
    assert each.column("looked_after", "subject") == ["e03", "e04"]


def test_an_event_that_may_start_the_clock_leaves_the_others_of_its_household_undecided() -> None:
    declared = CHANGES.replace("EVENTS", "{form: change, where: {big: true}}").replace("STARTS", "first")
    big = change("2025-03-04T09:00").replace("place:", "big: true, place:")
    case = told(declared, HOUSEHOLD + change("2025-03-03T09:00") + big)
    assert case.column("looked_after", "subject") == ["e03", "e04"]
    assert set(marks(case.column("looked_after", "state"))) == {"undecided"}


def test_one_entry_about_two_households_starts_a_clock_for_each() -> None:
    declared = CHANGES.replace("EVENTS", "change").replace("STARTS", "each")
    both = '- {form: change, id: e1, at: "2025-03-03T09:00", by: w1, subjects: [h1, h2], place: c1/g1}\n'
    case = told(declared, HOUSEHOLD + HOUSEHOLD.replace("h1", "h2") + both + home("2025-03-04T10:00"))
    assert set(case.column("looked_after", "state")) == {"met", "overdue"}
    assert case.column("looked_after", "window") == ["2025-03-03", "2025-03-03/2"]


def test_events_about_nothing_have_clocks_of_their_own_and_belong_together_by_their_link() -> None:
    declared = """
form: fault
fields: {machine: {type: ref, to: household, required: true}, big: {type: boolean, required: true}}
---
form: repair
fields: {fault: {type: ref, to: fault, required: true}, machine: {type: ref, to: household}, done: {type: boolean}}
---
duty: repaired
for_each: {form: fault, set: {urgent: "big"}, where: {urgent: true}, link: machine}
owed_by: by
within: 2 days
starts: STARTS
met_by: {form: repair, set: {ready: "done"}, where: {ready: true}}
"""
    fault = '- {form: fault, id: f1, at: "2025-03-03T09:00", by: w1, machine: h1, big: true}\n'
    lines = (
        fault
        + fault.replace("f1", "f2").replace("03-03", "03-04")
        + fault.replace("f1", "f3").replace("true", "false")
    )
    repair = '- {form: repair, at: "2025-03-05T09:00", by: w1, fault: f2, done: true}\n'
    each = told(declared.replace("STARTS", "each"), HOUSEHOLD + lines + repair)
    assert [(row["subject"], row["state"]) for row in each.rows("repaired")] == [
        ("f1", "overdue"),
        ("f2", "met"),
    ]
    assert told(declared.replace("STARTS", "first"), HOUSEHOLD + lines).column("repaired", "subject") == [
        "f1"
    ]
    assert told(declared.replace("STARTS", "last"), HOUSEHOLD + lines).column("repaired", "subject") == ["f2"]


def test_events_of_two_forms_belong_together_by_what_each_names() -> None:
    declared = (
        CHANGES.replace("STARTS", "first")
        .replace("EVENTS", "[change, {form: noise, link: heard_at}]")
        .replace(
            "duty: looked_after",
            "form: noise\nfields: {heard_at: {type: ref, to: household, required: true}}\n---\nduty: looked_after",
        )
    )
    noise = '- {form: noise, id: n1, at: "2025-03-03T09:00", by: w1, heard_at: h1, place: c1/g1}\n'
    case = told(declared, HOUSEHOLD + noise + change("2025-03-04T09:00"))
    assert case.column("looked_after", "subject") == ["n1"]


# ---- from entry to entry -------------------------------------------------------------------------------------------
ROLLING = """
duty: seen
for_each: household
owed_by: leader
every: {rolling: 90 days}
met_by: visit
due_if: any
"""


def visit(at: str, more: str = "channel: home") -> str:
    return f'- {{form: visit, at: "{at}", by: w1, subject: h1, {more}}}\n'


def test_each_visit_starts_ninety_days_in_which_the_next_must_come() -> None:
    here = HOUSEHOLD.replace("2024-01-01", "2025-01-01")
    case = told(ROLLING, here + visit("2025-02-10T10:00") + visit("2025-05-12T10:00"))
    assert case.column("seen", "window") == ["2025-01-01", "2025-02-10", "2025-05-12"]
    assert case.column("seen", "state") == ["met", "missed", "missed"]
    # Ninety days after the 10th of February are over with the 11th of May.
    assert case.column("seen", "due") == [day("2025-04-02"), day("2025-05-12"), day("2025-08-11")]
    first = case.row("seen", window="2025-01-01")
    assert (first["met_at"], first["counted"], first["owner"]) == (
        datetime(2025, 2, 10, 2, tzinfo=UTC),
        1,
        "w1",
    )
    assert first["entries"] == (("given-00003", "h1"),)


def test_with_grace_the_next_visit_is_late_and_starts_anew() -> None:
    here = HOUSEHOLD.replace("2024-01-01", "2025-01-01")
    case = told(ROLLING + "late_until: 10 days\n", here + visit("2025-04-05T10:00"), as_of="2025-07-05")
    assert case.column("seen", "state") == ["late", "overdue"]


def test_a_visit_that_may_count_leaves_its_window_undecided() -> None:
    duty = ROLLING.replace("met_by: visit", "met_by: {form: visit, where: {met: true}}")
    here = HOUSEHOLD.replace("2024-01-01", "2025-01-01")
    row = told(duty, here + visit("2025-02-10T10:00")).row("seen", window="2025-01-01")
    assert (row["state"], row["counted"], row["possible"]) == (Unknown("undecided"), 0, 1)


def test_who_comes_back_starts_anew_and_a_duty_in_force_starts_on_its_first_day() -> None:
    lines = (
        "- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1, left_on: 2025-02-01}\n"
        "- {form: household, at: 2025-05-01, subject: h1, grid: c1/g1}\n"
    )
    case = told(ROLLING, lines)
    assert case.column("seen", "window") == ["2025-01-01", "2025-05-01"]
    dated = ROLLING + "in_force: {from: 2025-03-01}\n"
    assert told(dated, HOUSEHOLD).column("seen", "window") == ["2025-03-01"]
    assert told(dated, HOUSEHOLD + visit("2025-02-10T10:00")).column("seen", "window") == ["2025-03-01"]


def test_two_visits_of_a_day_are_two_windows() -> None:
    case = told(ROLLING, HOUSEHOLD + visit("2025-02-10T10:00") + visit("2025-02-10T16:00"))
    assert case.column("seen", "window") == ["2025-02-10", "2025-02-10/2"]
    assert case.column("seen", "state") == ["met", "missed"]


def test_a_place_is_watched_from_entry_to_entry_since_its_duty_is_in_force() -> None:
    duty = (
        "duty: checked\nfor_each: community\nevery: {rolling: 30 days}\nmet_by: {form: report, link: place}\n"
        "in_force: {from: 2025-01-01}\n"
    )
    case = told(duty, "- {form: report, at: 2025-01-20, by: w1}\n", as_of="2025-02-01")
    assert case.column("checked", "state") == ["met", "due"]


@examples(20)
@given(
    visits=st.lists(st.integers(0, 300), max_size=6, unique=True),
    limit=st.sampled_from([30, 90]),
    today=st.integers(0, 364),
)
def test_rolling_windows_agree_with_a_walk_over_the_visits(visits: list[int], limit: int, today: int) -> None:
    case = ROLLED[limit]
    first = day("2025-01-01")
    entries = [
        Entry(
            f"x{n}",
            "c1",
            "visit",
            first + timedelta(days=at, hours=9),
            "w1",
            first,
            {"channel": "home"},
            "h1",
        )
        for n, at in enumerate(visits)
    ]
    as_of = first + timedelta(days=today, hours=12)
    found = Told(case.regulation, (*case.entries, *entries), as_of, "2025", case.decider).outcome()
    wanted = []
    starts = [0, *sorted(visits)]
    for start, following in zip(starts, [*sorted(visits), None], strict=True):
        due = start + limit
        if following is not None and following <= due:
            state = "met"
        elif today > due:
            state = "missed"
        else:
            state = "due" if start <= today else "upcoming"
        wanted.append((start, state))
    records = sorted(found.tables["seen"].records(), key=lambda row: (str(row["start"]), str(row["window"])))
    got = [(str(row["start"]), row["state"]) for row in records]
    begun = [first + timedelta(days=start, hours=9 if at else 0) for at, (start, _) in enumerate(wanted)]
    assert got == [(str(at), state) for at, (_, state) in zip(begun, wanted, strict=True)]


ROLLED = {
    days: told(ROLLING.replace("90 days", f"{days} days"), HOUSEHOLD.replace("2024-01-01", "2025-01-01"))
    for days in (30, 90)
}
