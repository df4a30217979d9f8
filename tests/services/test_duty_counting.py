"""What counts towards a duty: quorums, weights, shares, parts of windows, entries that meet one duty alone, periods."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from app.domain.core.values import Unknown
from tests.services.declared import LEADER, Told, marks, told

HOUSEHOLD = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}\n"


def instant(text: str) -> datetime:
    """Return an instant of the place's zone."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def visit(at: str, more: str = "channel: home") -> str:
    return f'- {{form: visit, at: "{at}", by: w1, subject: h1, {more}}}\n'


# ---- quorums -------------------------------------------------------------------------------------------------------
MEETING = """
form: meeting
about: community
fields:
  present: {type: refs, to: worker}
  excused: {type: refs, to: worker}
---
role: chair
level: community
---
duty: council
for_each: community
every: quarter
met_by: {form: meeting, quorum: {QUORUM}}
"""
FOUR = (
    "".join(
        f"- {{form: appointment, at: 2024-01-01, subject: p{n}, worker: w{n}, role: leader, place: c1/g{n % 2 + 1}}}\n"
        for n in (2, 3, 4)
    )
    + "- {form: appointment, at: 2024-01-01, subject: p9, worker: w9, role: chair, place: c1}\n"
)


def meeting(present: str, excused: str = "", at: str = "2025-02-10T09:00") -> str:
    away = f", excused: [{excused}]" if excused else ""
    return f'- {{form: meeting, at: "{at}", by: w9, subject: c1, present: [{present}]{away}}}\n'


def council(quorum: str, *meetings: str) -> object:
    case = told(MEETING.replace("QUORUM", quorum), FOUR + "".join(meetings))
    return case.row("council", window="2025-Q1")["state"]


@pytest.mark.parametrize(
    ("quorum", "present", "excused", "state"),
    [
        ("role: leader, share: 2/3", "w1, w2, w3", "", "met"),
        ("role: leader, share: 2/3", "w1, w2, w9", "", "missed"),
        ("role: leader, share: 2/3, excused: excused", "w1, w2", "w3", "met"),
        ("role: leader, share: 2/3, excused: excused", "w1", "w3, w9", "missed"),
        ("role: leader, share: 1/2, excused: excused", "w9", "w1, w2, w3, w4", "missed"),
        ("role: leader, at_least: 3", "w1, w2, w3, w1", "", "met"),
        ("role: leader, at_least: 3", "w1, w2, w9, w1", "", "missed"),
        ("at_least: 3", "w1, w2, w9, w1", "", "met"),
        ("at_least: 2, roles: [chair]", "w1, w2", "", "missed"),
        ("at_least: 2, roles: [chair, leader]", "w9, w2", "", "met"),
    ],
)
def test_a_meeting_counts_only_with_its_quorum(quorum: str, present: str, excused: str, state: str) -> None:
    assert council(quorum, meeting(present, excused)) == state


def test_required_are_those_who_held_the_post_as_the_meeting_began() -> None:
    new = "- {form: appointment, at: 2025-02-10, subject: p8, worker: w8, role: leader, place: c1/g1}\n"
    two_thirds = "role: leader, share: 2/3"
    assert council(two_thirds, meeting("w1, w2, w3")) == "met"
    assert council(two_thirds, new, meeting("w1, w2, w3")) == "missed"
    assert council(two_thirds, new, meeting("w1, w2, w3", at="2025-02-09T09:00")) == "met"


def test_a_meeting_of_which_nobody_wrote_who_came_leaves_its_quarter_undecided() -> None:
    without = '- {form: meeting, at: "2025-02-10T09:00", by: w9, subject: c1}\n'
    assert council("role: leader, share: 2/3", without) == Unknown("undecided")


def test_a_post_s_own_meeting_requires_all_holders() -> None:
    duty = MEETING.replace("for_each: community", "for_each: role chair").replace(
        "{form: meeting,", "{form: meeting, link: by,"
    )
    case = told(duty.replace("QUORUM", "role: leader, share: 1/2"), FOUR + meeting("w1, w2"))
    assert case.row("council", window="2025-Q1")["state"] == "met"


# ---- weights, shares, parts ----------------------------------------------------------------------------------------
def test_a_weight_is_that_of_the_entry_s_day() -> None:
    duty = """
duty: seen
for_each: household
owed_by: leader
every: half_year
met_by: {form: visit, counts: {2024-01-01: 1, 2025-03-01: 1/2}}
"""
    early, late = visit("2025-02-10T09:00"), visit("2025-03-10T09:00")
    assert told(duty, HOUSEHOLD + early).row("seen", window="2025-H1")["state"] == "met"
    row = told(duty, HOUSEHOLD + late).row("seen", window="2025-H1")
    assert (row["counted"], row["state"]) == (Fraction(1, 2), "missed")
    two = told(duty, HOUSEHOLD + late + visit("2025-04-10T09:00")).row("seen", window="2025-H1")
    assert (two["counted"], two["met_at"]) == (1, instant("2025-04-10T09:00"))


SHARE = """
duty: seen
for_each: household
owed_by: leader
every: quarter
times: 4
met_by: visit
of_which: {home: {where: {channel: home}, share: 50%}}
"""


@pytest.mark.parametrize(
    ("home", "phone", "short"), [(2, 2, 0), (1, 3, 1), (2, 3, 1), (3, 3, 0), (0, 1, 3), (5, 0, 0)]
)
def test_half_of_the_visits_are_made_at_home(home: int, phone: int, short: int) -> None:
    lines = visit("2025-01-10T09:00") * home + visit("2025-01-11T09:00", "channel: phone") * phone
    row = told(SHARE, HOUSEHOLD + lines).row("seen", window="2025-Q1")
    assert (row["short"], row["state"]) == (short, "missed" if short else "met")


def test_one_that_may_count_may_also_be_one_too_many_for_a_share() -> None:
    duty = SHARE.replace("met_by: visit", "met_by: {form: visit, where: {met: true}}")
    sure = visit("2025-01-10T09:00", "channel: home, met: true") * 2
    sure += visit("2025-01-10T09:00", "channel: phone, met: true") * 2
    assert told(duty, HOUSEHOLD + sure).row("seen", window="2025-Q1")["state"] == "met"
    perhaps = visit("2025-01-12T09:00", "channel: phone")
    assert told(duty, HOUSEHOLD + sure + perhaps).row("seen", window="2025-Q1")["state"] == Unknown(
        "undecided"
    )


PRORATED = """
duty: items
for_each: role leader
every: month
times: 90
met_by: report
due_if: {member: any, prorate: true, round: ROUND}
"""


@pytest.mark.parametrize(("rounded", "needed"), [("up", 32), ("down", 31), ("half_up", 32)])
def test_a_part_of_a_month_owes_a_part_of_the_times(rounded: str, needed: int) -> None:
    # 11 of 31 days: 31.9.
    post = LEADER.replace("2024-01-01", "2025-03-21")
    case = told(PRORATED.replace("ROUND", rounded), post, leader=False)
    assert case.row("items", window="2025-03")["needed"] == needed
    assert case.row("items", window="2025-04")["needed"] == 90


def test_what_is_rounded_to_nothing_is_not_owed_and_sub_quotas_shrink_alike() -> None:
    duty = PRORATED.replace("times: 90", "times: 2").replace("ROUND", "down")
    post = LEADER.replace("2024-01-01", "2025-03-21")
    assert told(duty, post, leader=False).rows("items", window="2025-03") == []
    duty = (
        PRORATED.replace("ROUND", "up") + "of_which: {long: {where: {pages: {at_least: 2}}, at_least: 60}}\n"
    )
    lines = '- {form: report, at: "2025-03-25T09:00", by: w1, pages: 2}\n' * 22
    short = '- {form: report, at: "2025-03-25T09:00", by: w1, pages: 1}\n' * 10
    assert (
        told(duty, post + "\n" + lines + short, leader=False).row("items", window="2025-03")["state"] == "met"
    )


def test_minutes_that_are_no_number_are_an_answer_like_any_other() -> None:
    tables = told(
        """
form: talk
about: household
fields: {minutes: {type: date, required: true}}
---
duty: talked
for_each: household
every: month
met_by: talk
""",
        HOUSEHOLD + '- {form: talk, at: "2025-01-05T09:00", by: w1, subject: h1, minutes: 2025-01-05}\n',
    )
    assert tables.row("talked", window="2025-01")["state"] == "met"


def test_minutes_add_up_in_grace_too() -> None:
    duty = """
form: online
fields: {minutes: {type: integer, required: true}}
---
duty: online_weekly
for_each: role leader
every: week
late_until: 2 days
met_by: {form: online, minutes: {at_least: 60}, together: true}
"""
    line = '- {form: online, at: "AT", by: w1, minutes: 30}\n'
    case = told(duty, line.replace("AT", "2025-03-12T09:00") + line.replace("AT", "2025-03-17T09:00"))
    row = case.row("online_weekly", window="2025-W11")
    assert (row["state"], row["met_at"]) == ("late", instant("2025-03-17T09:00"))


# ---- one duty alone ------------------------------------------------------------------------------------------------
ONCE = """
duty: home_visit
for_each: household
owed_by: leader
every: quarter
met_by: {form: visit, where: {channel: home}}
uses: once
among: [home_visit, contact]
---
duty: contact
for_each: household
owed_by: leader
every: quarter
met_by: visit
uses: once
among: [home_visit, contact]
"""


def states(case: Told, window: str = "2025-Q1") -> list[object]:
    return [case.row(duty, window=window)["state"] for duty in ("home_visit", "contact")]


def test_an_entry_meets_the_first_of_the_duties_and_only_another_the_second() -> None:
    assert states(told(ONCE, HOUSEHOLD + visit("2025-01-10T09:00"))) == ["met", "missed"]
    assert states(told(ONCE, HOUSEHOLD + visit("2025-01-10T09:00") * 2)) == ["met", "met"]
    phone = visit("2025-01-11T09:00", "channel: phone")
    assert states(told(ONCE, HOUSEHOLD + visit("2025-01-10T09:00") + phone)) == ["met", "met"]
    assert states(told(ONCE, HOUSEHOLD + phone)) == ["missed", "met"]
    shared = ONCE.replace("uses: once\namong: [home_visit, contact]\n", "")
    assert states(told(shared, HOUSEHOLD + visit("2025-01-10T09:00"))) == ["met", "met"]


def test_an_entry_that_another_duty_may_take_may_count_only() -> None:
    unsure = ONCE.replace("where: {channel: home}", "where: {channel: home, met: true}")
    case = told(unsure, HOUSEHOLD + visit("2025-01-10T09:00"))
    assert marks(states(case)) == ["undecided", "undecided"]


# ---- an entry that names its period --------------------------------------------------------------------------------
NAMED = """
form: monthly
fields: {about_month: {type: period}}
---
duty: monthly_report
for_each: role leader
every: month
met_by: monthly
GRACE
"""


def named(at: str, period: str) -> str:
    return f'- {{form: monthly, at: "{at}", by: w1, about_month: {period}}}\n'


def test_an_entry_that_names_its_period_counts_there_and_nowhere_else() -> None:
    ahead = told(NAMED.replace("GRACE", ""), named("2025-03-10T09:00", "2025-04"))
    assert ahead.column("monthly_report", "window", state="met") == ["2025-04"]
    own = told(NAMED.replace("GRACE", ""), named("2025-03-10T09:00", ""))
    assert own.column("monthly_report", "window", state="met") == ["2025-03"]
    closed = told(NAMED.replace("GRACE", ""), named("2025-04-01T09:00", "2025-03"))
    assert closed.column("monthly_report", "window", state="met") == []


def test_in_grace_a_named_period_decides_between_last_month_and_this() -> None:
    grace = NAMED.replace("GRACE", "late_until: 5 days")
    last = told(grace, named("2025-04-02T09:00", "2025-03"))
    assert last.row("monthly_report", window="2025-03")["state"] == "late"
    this = told(grace, named("2025-04-02T09:00", "2025-04"))
    assert this.row("monthly_report", window="2025-03")["state"] == "missed"
    assert this.row("monthly_report", window="2025-04")["state"] == "met"
    too_late = told(grace, named("2025-04-07T09:00", "2025-03"))
    assert "met" not in too_late.column("monthly_report", "state")
    both = told(grace, named("2025-04-02T09:00", "2025-03") + named("2025-04-02T10:00", ""))
    assert both.row("monthly_report", window="2025-04")["state"] == "met"


def test_of_two_forms_one_may_name_its_period_and_the_other_counts_by_its_day() -> None:
    both = NAMED.replace("GRACE", "").replace("met_by: monthly", "met_by: [monthly, report]")
    case = told(
        both, named("2025-03-10T09:00", "2025-05") + '- {form: report, at: "2025-02-10T09:00", by: w1}\n'
    )
    assert case.column("monthly_report", "window", state="met") == ["2025-02", "2025-05"]


# ---- rosters -------------------------------------------------------------------------------------------------------
SHIFTS = """
form: shift
about: worker
fields:
  start: {type: datetime, required: true}
  end: {type: datetime, required: true}
  sure: {type: boolean}
span: [start, end]
---
duty: on_shift
for_each: role leader
every: {roster: ROSTER}
met_by: report
"""


def shift(start: str, end: str, worker: str = "w1", more: str = "") -> str:
    return f'- {{form: shift, at: 2025-01-01, subject: {worker}, start: "{start}", end: "{end}"{more}}}\n'


def test_days_on_duty_are_those_in_the_roster() -> None:
    lines = (
        shift("2025-03-03T08:00", "2025-03-03T16:00")
        + shift("2025-03-03T20:00", "2025-03-04T04:00")
        + shift("2025-03-05T08:00", "2025-03-05T16:00", "w2")
        + '- {form: report, at: "2025-03-04T01:00", by: w1}\n'
    )
    case = told(SHIFTS.replace("ROSTER", "shift"), lines)
    assert case.column("on_shift", "window") == ["2025-03-03", "2025-03-03/2"]
    assert case.column("on_shift", "state") == ["missed", "met"]
    assert set(case.column("on_shift", "owner")) == {"w1"}
    days = told(SHIFTS.replace("{roster: ROSTER}", "{roster: shift, each: day}"), lines)
    assert days.column("on_shift", "window") == ["2025-03-03", "2025-03-04"]
    assert days.column("on_shift", "state") == ["missed", "met"]


def test_a_shift_that_may_not_be_one_leaves_its_window_undecided() -> None:
    for each in ("", ", each: day"):
        duty = SHIFTS.replace("{roster: ROSTER}", f"{{roster: {{form: shift, where: {{sure: true}}}}{each}}}")
        case = told(duty, shift("2025-03-03T08:00", "2025-03-03T16:00"))
        assert marks(case.column("on_shift", "state")) == ["undecided"]
        sure = told(duty, shift("2025-03-03T08:00", "2025-03-03T16:00", more=", sure: true"))
        assert sure.column("on_shift", "state") == ["missed"]


ATTENDANCE = """
form: meeting
about: community
fields:
  present: {type: refs, to: worker}
  excused: {type: refs, to: worker}
---
duty: attended
for_each: role leader
every: {roster: meeting}
met_by: {form: meeting, link: present}
waived_by: [{form: meeting, link: excused}]
"""


def test_everybody_in_post_owes_the_meetings_of_their_community() -> None:
    lines = (
        FOUR
        + meeting("w1, w2", "w3", "2025-02-10T09:00")
        + meeting("w1", "", "2025-02-10T15:00")
        + "- {form: appointment, at: 2025-02-10, subject: p3, worker: w3, role: leader, place: c1/g2, "
        "left_on: 2025-02-11}\n"
    )
    case = told(ATTENDANCE, lines)
    assert case.column("attended", "state", subject="w1") == ["met", "met"]
    assert case.column("attended", "state", subject="w2") == ["met", "missed"]
    assert case.column("attended", "state", subject="w3") == ["waived", "missed"]
    assert case.column("attended", "state", subject="w9") == []
    assert case.column("attended", "window", subject="w4") == ["2025-02-10", "2025-02-10/2"]
    later = told(ATTENDANCE, lines + meeting("w1", "", "2025-02-12T09:00"))
    assert later.column("attended", "state", subject="w3") == ["waived", "missed"]


def test_a_place_s_roster_gives_the_place_its_windows() -> None:
    duty = """
form: market
about: community
fields: {start: {type: date, required: true}, end: {type: date, required: true}}
span: [start, end]
---
duty: market_patrol
for_each: community
every: {roster: market}
met_by: {form: report, link: place}
"""
    lines = "- {form: market, at: 2025-01-01, subject: c1, start: 2025-03-05, end: 2025-03-08}\n"
    report = '- {form: report, at: "2025-03-07T09:00", by: w1, place: c1/g2}\n'
    row = told(duty, lines + report).row("market_patrol")
    assert (row["window"], row["state"], row["due"]) == ("2025-03-05", "met", instant("2025-03-08T00:00"))


# ---- what follows from an occurrence -------------------------------------------------------------------------------
EXPLAINED = """
form: explanation
about: worker
fields: {text: {type: text}}
---
duty: weekly
for_each: role leader
every: week
met_by: report
late_until: 2 days
---
duty: explained
for_each: {table: weekly, where: {state: missed}}
owed_by: owner
within: 3 working_days
met_by: explanation
"""


def test_a_missed_week_starts_the_clock_of_its_explanation_when_it_is_missed() -> None:
    lines = LEADER.replace("2024-01-01", "2025-03-10") + "\n"
    wrote = '- {form: explanation, at: "2025-03-20T09:00", by: w1, subject: w1}\n'
    case = told(EXPLAINED, lines + wrote, leader=False, as_of="2025-03-26T12:00")
    assert case.column("weekly", "state")[:3] == ["missed", "missed", "due"]
    rows = case.rows("explained")
    assert [(row["subject"], row["window"], row["owner"], row["state"]) for row in rows] == [
        ("w1", "2025-03-19", "w1", "met"),
        ("w1", "2025-03-26", "w1", "due"),
    ]
    assert rows[0]["start"] == instant("2025-03-19T00:00")
    # Counted from the day after: the 20th, 21st and 24th.
    assert rows[0]["due"] == instant("2025-03-25T00:00")
    before = told(EXPLAINED, lines, leader=False, as_of="2025-03-18T12:00")
    assert before.rows("explained") == []


def test_an_overdue_request_goes_up_from_its_limit_on() -> None:
    duty = """
form: request
about: household
fields: {note: {type: text}}
---
form: answer
fields: {request: {type: ref, to: request, required: true}}
---
duty: answered
for_each: request
owed_by: by
within: 3 days
met_by: answer
---
duty: looked_into
for_each: {table: answered, where: {state: {one_of: [overdue, late]}}}
owed_by: leader
within: 24 hours
met_by: answer
"""
    asked = '- {form: request, id: r1, at: "2025-03-03T09:00", by: w2, subject: h1, place: c1/g1}\n'
    case = told(duty, HOUSEHOLD + asked)
    assert case.row("looked_into")["start"] == instant("2025-03-07T00:00")
    assert case.row("looked_into")["owner"] == "w1"
    assert case.row("looked_into")["subject"] == "r1"


# ---- several sources -----------------------------------------------------------------------------------------------
SEVERAL = """
duty: called_on
for_each: household
every: month
times: 2
GRACE
met_by:
SOURCES
"""
CHECKED = """
---
table: at_home
from: visit
steps:
  - where: {channel: home}
"""


def called_on(sources: str, *visits: str, grace: bool = False, table: bool = False) -> dict[str, object]:
    """Return the outcome of February of a duty with these sources."""
    declared = SEVERAL.replace("SOURCES", sources).replace("GRACE", "late_until: 5 days" if grace else "")
    case = told(declared + (CHECKED if table else ""), HOUSEHOLD + "".join(visits))
    return dict(case.row("called_on", window="2025-02"))


@pytest.mark.parametrize("grace", [False, True])
@pytest.mark.parametrize(
    "sources",
    [
        "  - {form: visit, where: {channel: home}}\n  - {form: visit, where: {met: true}}",
        "  - {form: visit, where: {met: true}}\n  - {table: at_home}",
        "  - {table: at_home}\n  - {form: visit}",
    ],
)
def test_an_entry_that_fits_two_sources_counts_once(sources: str, grace: bool) -> None:
    one = visit("2025-02-15T10:00", "channel: home, met: true")
    row = called_on(sources, one, grace=grace, table=True)
    assert (row["counted"], row["possible"], row["state"]) == (1, 1, "missed")
    other = visit("2025-02-16T10:00", "channel: home, met: true")
    row = called_on(sources, one, other, grace=grace, table=True)
    assert (row["counted"], row["possible"], row["state"]) == (2, 2, "met")


@pytest.mark.parametrize("grace", [False, True])
def test_it_counts_by_the_source_by_which_it_weighs_most(grace: bool) -> None:
    half = "  - {form: visit, where: {channel: home}, counts: 1/2}\n  - {form: visit, where: {met: true}, counts: 2}"
    both, first = "channel: home, met: true", "channel: home, met: false"
    assert called_on(half, visit("2025-02-15T10:00", both), grace=grace)["counted"] == 2
    assert called_on(half, visit("2025-02-15T10:00", first), grace=grace)["counted"] == Fraction(1, 2)


@pytest.mark.parametrize("grace", [False, True])
def test_what_surely_fits_the_lighter_source_and_perhaps_the_heavier_one_is_undecided(grace: bool) -> None:
    half = "  - {form: visit, where: {channel: home}, counts: 1/2}\n  - {form: visit, where: {met: true}, counts: 2}"
    row = called_on(half, visit("2025-02-15T10:00", "channel: home"), grace=grace)
    assert (row["counted"], row["possible"], row["state"]) == (Fraction(1, 2), 2, Unknown("undecided"))


def test_what_surely_fits_one_of_two_equal_sources_is_sure() -> None:
    equal = "  - {form: visit, where: {met: true}}\n  - {form: visit, where: {channel: home}}"
    visits = (visit("2025-02-15T10:00"), visit("2025-02-16T10:00"))
    row = called_on(equal, *visits)
    assert (row["counted"], row["possible"], row["state"]) == (2, 2, "met")


def test_two_forms_have_no_entry_in_common() -> None:
    case = told(
        "duty: seen\nfor_each: role leader\nevery: month\ntimes: 2\nmet_by: [report, mark]\n",
        LEADER
        + '\n- {form: report, at: "2025-02-15T10:00", by: w1}\n'
        + '- {form: mark, at: "2025-02-15T10:00", by: w1, subject: w1, kind: good}\n',
    )
    assert case.row("seen", window="2025-02")["state"] == "met"


def test_what_isn_t_an_entry_counts_once_by_its_row() -> None:
    declared = """
duty: visited
for_each: household
every: month
owed_by: leader
met_by: visit
---
duty: kept_up
for_each: household
every: year
times: 3
met_by:
  - {table: visited, where: {state: met}}
  - {table: visited, where: {counted: {at_least: 1}}}
"""
    visits = (visit("2025-02-15T10:00"), visit("2025-03-05T10:00"))
    row = told(declared, f"{LEADER}\n{HOUSEHOLD}{''.join(visits)}").row("kept_up", window="2025")
    assert (row["counted"], row["state"]) == (2, "missed")


# ---- sessions over several windows -----------------------------------------------------------------------------------
WATCH = """
form: watch
fields: {start: {type: datetime, required: true}, end: {type: datetime, required: true}}
span: [start, end]
---
duty: watched
for_each: role leader
every: day
met_by: watch
"""


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2025-03-04T00:00", "2025-03-07T00:00", "2025-03-04"),  # three whole days: the first of equals
        ("2025-03-04T12:00", "2025-03-07T00:00", "2025-03-05"),
        ("2025-03-04T00:00", "2025-03-06T12:00", "2025-03-04"),
        ("2025-03-04T13:00", "2025-03-08T11:00", "2025-03-05"),
        ("2025-03-04T13:00", "2025-03-05T12:00", "2025-03-05"),
    ],
)
def test_a_session_over_several_days_counts_on_the_one_that_has_most_of_it(
    start: str, end: str, day: str
) -> None:
    line = f'- {{form: watch, at: "{start}", by: w1, start: "{start}", end: "{end}"}}\n'
    found = told(WATCH, line).rows("watched")
    assert [row["window"] for row in found if row["state"] == "met"] == [day]


def test_of_two_sessions_the_one_that_ends_first_meets_the_day_though_it_began_later() -> None:
    line = '- {form: watch, at: "START", by: w1, start: "START", end: "END"}\n'
    long = line.replace("START", "2025-03-04T00:00").replace("END", "2025-03-04T12:00")
    short = line.replace("START", "2025-03-04T09:00").replace("END", "2025-03-04T11:00")
    row = told(WATCH, long + short).row("watched", window="2025-03-04")
    assert row["met_at"] == instant("2025-03-04T11:00")
    twice = told(WATCH + "times: 2\n", long + short).row("watched", window="2025-03-04")
    assert twice["met_at"] == instant("2025-03-04T12:00")
    shared = told(WATCH + "of_which: {own: {where: {by: w1}, share: 100%}}\n", long + short)
    assert shared.row("watched", window="2025-03-04")["met_at"] == instant("2025-03-04T12:00")
