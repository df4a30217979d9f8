"""Duties: what is due, what counts, and the state that follows; each test's regulation stands in it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import Unknown
from app.domain.entry import Entry
from app.domain.kinds.duty import State, state_of
from tests.fakes.examples import examples
from tests.services.declared import LEADER, Told, marks, told

QUARTERLY = """
duty: call
for_each: household
owed_by: leader
every: quarter
met_by: {form: visit, where: {channel: phone, met: true}}
"""
HOUSEHOLD = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}\n"


def test_a_visit_counts_in_the_window_in_which_it_lies_and_its_owner_is_the_grid_s_leader() -> None:
    case = told(
        QUARTERLY,
        HOUSEHOLD + '- {form: visit, at: "2025-05-20T18:30", subject: h1, channel: phone, met: true}',
    )
    assert case.column("call", "state") == ["missed", "met", "missed", "missed"]
    row = case.row("call", window="2025-Q2")
    assert (row["owner"], row["place"], row["counted"], row["short"]) == ("w1", "c1/g1", 1, 0)
    assert row["met_at"] == datetime(2025, 5, 20, 10, 30, tzinfo=UTC)
    assert row["entries"] == (("given-00003", "h1"),)


def test_a_visit_that_may_count_leaves_the_state_unknown_rather_than_missed() -> None:
    case = told(QUARTERLY, HOUSEHOLD + "- {form: visit, at: 2025-05-20, subject: h1, channel: phone}")
    row = case.row("call", window="2025-Q2")
    assert row["state"] == Unknown("undecided")
    assert state_of(row["state"]) is State.UNDECIDED
    assert (row["counted"], row["possible"], row["short"]) == (0, 1, 1)
    assert state_of("missed") is State.MISSED


@pytest.mark.parametrize(
    ("as_of", "states"),
    [
        ("2025-03-31T23:59", ["due", "upcoming", "upcoming", "upcoming"]),
        ("2025-04-01T00:00", ["missed", "due", "upcoming", "upcoming"]),
        ("2024-12-31T23:59", ["upcoming"] * 4),
    ],
)
def test_a_state_changes_at_the_very_instant_at_which_its_window_opens_or_closes(
    as_of: str, states: list[str]
) -> None:
    assert told(QUARTERLY, HOUSEHOLD, as_of=f'"{as_of}"').column("call", "state") == states


WEEKLY = """
duty: weekly
for_each: role leader
every: week
met_by: report
late_until: 2 days
"""


def test_one_report_in_grace_mends_last_week_and_not_this_one_too() -> None:
    # The week ends on Sunday the 16th; Tuesday the 18th is in grace and in the next week.
    case = told(WEEKLY, '- {form: report, at: "2025-03-18T09:00", by: w1}', as_of="2025-03-25T00:00")
    assert case.row("weekly", window="2025-W11")["state"] == "late"
    assert case.row("weekly", window="2025-W12")["state"] == "overdue"
    both = told(
        WEEKLY,
        '- {form: report, at: "2025-03-18T09:00", by: w1}\n- {form: report, at: "2025-03-18T09:00", by: w1}',
    )
    assert both.row("weekly", window="2025-W11")["state"] == "late"
    assert both.row("weekly", window="2025-W12")["state"] == "met"


UNSURE = WEEKLY.replace("met_by: report", "met_by: {form: report, where: {pages: {at_least: 1}}}")


def test_an_unsure_report_takes_no_place_from_a_sure_one() -> None:
    case = told(
        UNSURE,
        """
        - {form: report, at: "2025-03-11T09:00", by: w1}
        - {form: report, at: "2025-03-12T09:00", by: w1, pages: 2}
        - {form: report, at: "2025-03-20T09:00", by: w1}
        """,
    )
    assert case.row("weekly", window="2025-W11")["state"] == "met"
    assert case.row("weekly", window="2025-W12")["state"] == Unknown("undecided")
    assert case.row("weekly", window="2025-W13")["state"] == "missed"


TIERS = """
duty: seen
for_each: household
owed_by: leader
tiers:
  special: {where: {kind: special}, every: quarter, times: 2}
  ordinary: {where: {kind: ordinary}, every: half_year}
met_by: visit
---
class: kind
of: household
first_of: {special: {special: true}, ordinary: {}}
"""


def test_the_first_tier_that_fits_decides_how_often() -> None:
    case = told(
        TIERS,
        """
        - {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: true}
        - {form: household, at: 2024-01-01, subject: h2, grid: c1/g1, special: false}
        """,
    )
    assert case.column("seen", "window", subject="h1") == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert case.column("seen", "window", subject="h2") == ["2025-H1", "2025-H2"]
    assert set(case.column("seen", "needed", tier="special")) == {2}


def test_of_two_tiers_that_fit_the_strictest_decides_where_that_is_declared() -> None:
    overlapping = """
duty: seen
for_each: household
owed_by: leader
tiers_by: strictest
tiers:
  everybody: {every: half_year}
  special: {where: {special: true}, every: quarter, times: 2}
met_by: visit
"""
    given = """
        - {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: true}
        - {form: household, at: 2024-01-01, subject: h2, grid: c1/g1, special: false}
        """
    case = told(overlapping, given)
    assert set(case.column("seen", "tier", subject="h1")) == {"special"}
    assert set(case.column("seen", "tier", subject="h2")) == {"everybody"}
    first = told(overlapping.replace("tiers_by: strictest\n", ""), given)
    assert set(first.column("seen", "tier")) == {"everybody"}


def test_where_the_class_is_unknown_both_tiers_are_undecided_until_a_visit_settles_them() -> None:
    case = told(TIERS, "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}")
    assert set(marks(case.column("seen", "state"))) == {"undecided"}
    assert len(case.rows("seen")) == 6
    visits = "".join(
        f"- {{form: visit, at: 2025-0{month}-10, subject: h1, channel: home}}\n" for month in (1, 2)
    )
    met = told(TIERS, "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}\n" + visits)
    assert met.row("seen", window="2025-Q1")["state"] == "met"


MEMBER = QUARTERLY + "due_if: {member: MEMBER}\n"


@pytest.mark.parametrize(
    ("rule", "windows"),
    [
        ("half", ["2025-Q2"]),
        ("any", ["2025-Q1", "2025-Q2", "2025-Q3"]),
        ("all", ["2025-Q2"]),
        ("at_start", ["2025-Q2", "2025-Q3"]),
        ("at_end", ["2025-Q1", "2025-Q2"]),
        ("31 days", ["2025-Q1", "2025-Q2", "2025-Q3"]),
        ("5 weeks", ["2025-Q2"]),
    ],
)
def test_how_long_one_must_be_a_member_is_as_declared(rule: str, windows: list[str]) -> None:
    here = (
        "- {form: household, at: 2025-03-01, subject: h1, grid: c1/g1, special: false, left_on: 2025-08-01}"
    )
    assert told(MEMBER.replace("MEMBER", rule), here).column("call", "window") == windows


def test_the_holder_with_the_longest_part_of_the_window_owes_it_and_of_equals_the_later() -> None:
    case = told(
        QUARTERLY,
        HOUSEHOLD
        + """\
- {form: appointment, at: 2023-01-01, subject: p1, worker: w1, role: leader, place: c1/g1, left_on: 2025-02-10}
- {form: appointment, at: 2025-02-10, subject: p2, worker: w2, role: leader, place: c1/g1, left_on: 2025-05-16}
- {form: appointment, at: "2025-05-16T12:00", subject: p3, worker: w3, role: leader, place: c1/g1}
""",
        leader=False,
    )
    # Of the 91 days of the second quarter w2 has 45 and w3 45 and a half; a visit counts whoever made it.
    assert case.column("call", "owner") == ["w2", "w3", "w3", "w3"]


def test_without_a_post_at_the_place_nobody_owes_it() -> None:
    case = told(QUARTERLY, HOUSEHOLD.replace("c1/g1", "c1/g2"))
    assert set(marks(case.column("call", "owner"))) == {"empty"}
    own = told(QUARTERLY.replace("owed_by: leader\n", ""), HOUSEHOLD)
    assert set(marks(own.column("call", "owner"))) == {"nobody"}


WAIVED = WEEKLY.replace(
    "late_until: 2 days", "waived_by: [{form: leave, where: {approved: true}, covers: COVERS}]"
)
WEEK = "- {form: leave, at: 2025-03-01, subject: w1, start: 2025-03-10, end: END, approved: true}"


@pytest.mark.parametrize(
    ("covers", "end", "state"),
    [
        ("half", "2025-03-14", "waived"),
        ("half", "2025-03-13", "missed"),
        ("all", "2025-03-17", "waived"),
        ("all", "2025-03-16", "missed"),
        ("any", "2025-03-11", "waived"),
    ],
)
def test_leave_waives_a_week_of_which_it_covers_enough(covers: str, end: str, state: str) -> None:
    case = told(WAIVED.replace("COVERS", covers), WEEK.replace("END", end))
    assert case.row("weekly", window="2025-W11")["state"] == state
    assert case.row("weekly", window="2025-W13")["state"] == "missed"


def test_leave_of_which_it_is_not_known_whether_it_was_approved_leaves_the_week_undecided() -> None:
    case = told(
        WAIVED.replace("COVERS", "half"), WEEK.replace("END", "2025-03-17").replace(", approved: true", "")
    )
    assert case.row("weekly", window="2025-W11")["state"] == Unknown("undecided")


def test_two_leaves_that_overlap_count_once() -> None:
    leaves = WEEK.replace("END", "2025-03-13") + "\n" + WEEK.replace("END", "2025-03-12")
    assert (
        told(WAIVED.replace("COVERS", "half"), leaves).row("weekly", window="2025-W11")["state"] == "missed"
    )


def test_a_household_s_visit_is_waived_by_its_leader_s_leave() -> None:
    duty = QUARTERLY + "waived_by: [{form: leave, covers: half}]\n"
    leave = "- {form: leave, at: 2025-03-01, subject: w1, start: 2025-04-01, end: 2025-06-01}"
    assert told(duty, HOUSEHOLD + leave).column("call", "state") == ["missed", "waived", "missed", "missed"]


ATTEMPTS = QUARTERLY + "waived_by: [{form: visit, set: {away: '!met'}, where: {away: true}, times: 3}]\n"


def test_three_attempts_in_a_window_waive_it_and_two_do_not() -> None:
    attempt = "- {form: visit, at: 2025-0MONTH-1DAY, subject: h1, channel: home, met: false}\n"
    visits = "".join(
        attempt.replace("MONTH", month).replace("DAY", day) for month, day in ("20", "21", "22", "50", "51")
    )
    assert told(ATTEMPTS, HOUSEHOLD + visits).column("call", "state") == [
        "waived",
        "missed",
        "missed",
        "missed",
    ]


QUOTAS = """
duty: visits
for_each: household
owed_by: leader
every: quarter
times: 3
met_by: visit
of_which: {home: {where: {channel: home}, at_least: 2}, seen: {where: {met: true}, at_least: 1}}
"""


def test_what_lacks_is_the_larger_of_the_whole_and_of_the_parts() -> None:
    visit = "- {form: visit, at: 2025-01-10, subject: h1, channel: phone, met: false}\n"
    case = told(QUOTAS, HOUSEHOLD + visit * 3)
    row = case.row("visits", window="2025-Q1")
    assert (row["counted"], row["short"], row["state"]) == (3, 3, "missed")
    assert case.row("visits", window="2025-Q2")["short"] == 3


def test_a_part_that_may_be_filled_leaves_the_whole_undecided() -> None:
    visits = "- {form: visit, at: 2025-01-10, subject: h1, channel: home}\n" * 3
    row = told(QUOTAS, HOUSEHOLD + visits).row("visits", window="2025-Q1")
    assert (row["short"], row["state"]) == (1, Unknown("undecided"))


SESSIONS = """
duty: training
for_each: role leader
every: week
met_by: {form: leave, minutes: {at_least: 1440}TOGETHER}
"""


def test_a_session_belongs_to_the_week_with_its_longer_part_and_of_equals_to_the_earlier() -> None:
    session = "- {form: leave, at: 2025-03-01, subject: w1, start: START, end: END}"
    # The week ends on Sunday, the 16th of March.
    for start, end, week in (
        ("2025-03-14", "2025-03-18", "2025-W11"),
        ("2025-03-14", "2025-03-19", "2025-W11"),
        ("2025-03-16", "2025-03-19", "2025-W12"),
        ("2025-03-16", "2025-03-18", "2025-W11"),
    ):
        case = told(SESSIONS.replace("TOGETHER", ""), session.replace("START", start).replace("END", end))
        assert case.column("training", "window", state="met") == [week]


DAILY = """
form: online
fields: {minutes: {type: integer, required: true}}
---
duty: online_daily
for_each: role leader
every: day
met_by: {form: online, minutes: {at_least: 60}TOGETHER}
"""


def test_minutes_add_up_together_or_each_session_is_long_enough_by_itself() -> None:
    lines = (
        '- {form: online, at: "2025-03-10T08:00", by: w1, minutes: 40}\n'
        '- {form: online, at: "2025-03-10T20:00", by: w1, minutes: 20}\n'
        '- {form: online, at: "2025-03-11T20:00", by: w1, minutes: 59}\n'
        '- {form: online, at: "2025-03-12T20:00", by: w1, minutes: 60}\n'
    )
    together = told(DAILY.replace("TOGETHER", ", together: true"), lines)
    assert together.column("online_daily", "window", state="met") == ["2025-03-10", "2025-03-12"]
    each = told(DAILY.replace("TOGETHER", ""), lines)
    assert each.column("online_daily", "window", state="met") == ["2025-03-12"]


def test_a_session_of_unknown_length_leaves_the_day_undecided() -> None:
    duty = DAILY.replace(", required: true", "")
    line = '- {form: online, at: "2025-03-10T08:00", by: w1, minutes: MINUTES}\n'
    lines = line.replace("MINUTES", "") + line.replace("MINUTES", "5")
    for together in (", together: true", ""):
        case = told(duty.replace("TOGETHER", together), lines)
        assert case.row("online_daily", window="2025-03-10")["state"] == Unknown("undecided")
        assert case.row("online_daily", window="2025-03-11")["state"] == "missed"


@pytest.mark.parametrize("rule", ["at_start", "at_end"])
def test_a_window_whose_membership_hangs_on_an_unknown_class_is_undecided(rule: str) -> None:
    duty = TIERS.replace("met_by: visit", f"met_by: visit\ndue_if: {rule}")
    case = told(duty, "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}")
    assert set(marks(case.column("seen", "state"))) == {"undecided"}


def test_entries_of_two_forms_count_with_the_weight_of_each() -> None:
    duty = QUARTERLY.replace(
        "met_by: {form: visit, where: {channel: phone, met: true}}",
        "met_by:\n  - {form: visit, where: {channel: home}}\n"
        "  - {form: visit, where: {channel: phone}, counts: 1/2}",
    )
    calls = "- {form: visit, at: 2025-01-10, subject: h1, channel: phone}\n"
    assert told(duty, HOUSEHOLD + calls).row("call", window="2025-Q1")["state"] == "missed"
    two = told(duty, HOUSEHOLD + calls * 2).row("call", window="2025-Q1")
    assert (two["counted"], two["state"]) == (1, "met")
    assert (
        told(duty, HOUSEHOLD + calls.replace("phone", "home")).row("call", window="2025-Q1")["state"] == "met"
    )


REQUESTS = """
form: request
about: household
fields: {urgent: {type: boolean}}
---
form: answer
fields: {request: {type: ref, to: request, required: true}}
---
duty: answered
for_each: request
owed_by: OWNER
tiers:
  urgent: {where: {urgent: true}, within: 24 hours}
  plain: {within: 3 working_days}
met_by: answer
GRACE
"""


def requests(
    *lines: str, owner: str = "by", grace: str = "", as_of: str = "2026-01-05", period: str = "2025"
) -> Told:
    declared = REQUESTS.replace("OWNER", owner).replace("GRACE", grace)
    return told(declared, HOUSEHOLD + "\n".join(lines), as_of=as_of, period=period)


ASKED = '- {form: request, id: r1, at: "2025-03-13T10:00", by: w1, subject: h1, place: c1/g1, urgent: URGENT}'
ANSWER = '- {form: answer, at: "AT", by: w1, request: r1}'


def test_hours_run_through_the_night_and_working_days_are_counted_to_the_end_of_the_last() -> None:
    urgent = requests(ASKED.replace("URGENT", "true")).row("answered")
    assert (urgent["tier"], urgent["due"]) == ("urgent", datetime(2025, 3, 14, 2, tzinfo=UTC))
    plain = requests(ASKED.replace("URGENT", "false")).row("answered")
    # Thursday the 13th; Friday, Monday and Tuesday are counted.
    assert (plain["tier"], plain["due"]) == ("plain", datetime(2025, 3, 18, 16, tzinfo=UTC))
    assert (plain["window"], plain["owner"], plain["state"]) == ("2025-03-13", "w1", "overdue")


@pytest.mark.parametrize(
    ("answer", "grace", "state"),
    [
        ("2025-03-18T23:59", "", "met"),
        ("2025-03-19T00:00", "", "late"),
        ("2025-09-19T00:00", "", "late"),
        ("2025-03-20T23:00", "late_until: 2 days", "late"),
        ("2025-03-21T00:00", "late_until: 2 days", "missed"),
    ],
)
def test_a_limit_without_an_end_can_be_met_late_for_ever_one_with_grace_until_it_closes(
    answer: str, grace: str, state: str
) -> None:
    case = requests(ASKED.replace("URGENT", "false"), ANSWER.replace("AT", answer), grace=grace)
    assert case.row("answered")["state"] == state


def test_a_request_of_which_it_is_not_known_whether_it_is_urgent_is_undecided_in_both_tiers() -> None:
    case = requests(ASKED.replace(", urgent: URGENT", ""))
    assert set(marks(case.column("answered", "state"))) == {"undecided"}
    assert case.column("answered", "tier") == ["plain", "urgent"]
    done = requests(ASKED.replace(", urgent: URGENT", ""), ANSWER.replace("AT", "2025-03-13T11:00"))
    assert set(done.column("answered", "state")) == {"met"}


def test_the_post_at_the_request_s_place_owes_it() -> None:
    assert requests(ASKED.replace("URGENT", "true"), owner="leader").row("answered")["owner"] == "w1"


def test_a_limit_that_runs_into_the_next_year_is_seen_in_both_years_and_lies_in_the_second() -> None:
    late = ASKED.replace("2025-03-13", "2025-12-31").replace("URGENT", "false")
    old = requests(late, as_of="2026-01-02").row("answered")
    new = requests(late, as_of="2026-01-02", period="2026").row("answered")
    assert old == new
    assert old["state"] == "due"
    assert old["at"] == datetime(2026, 1, 5, 16, tzinfo=UTC) - timedelta(microseconds=1)
    assert requests(late, as_of="2026-01-02", period="2024").rows("answered") == []


def test_a_duty_is_owed_only_while_it_is_in_force() -> None:
    dated = QUARTERLY + "in_force: {from: 2025-04-01, until: 2025-10-01}\n"
    assert told(dated, HOUSEHOLD).column("call", "window") == ["2025-Q2", "2025-Q3"]
    begun = REQUESTS.replace("OWNER", "by").replace("GRACE", "in_force: {from: 2025-03-14}")
    lines = [
        ASKED.replace("URGENT", "true"),
        ASKED.replace("r1", "r2").replace("03-13", "03-14").replace("URGENT", "true"),
    ]
    assert told(begun, HOUSEHOLD + "\n".join(lines)).column("answered", "subject") == ["r2"]


def test_a_figure_is_read_at_the_window_s_start() -> None:
    dated = QUARTERLY.replace("every: quarter", "every: quarter\ntimes: {2012-01-01: 1, 2025-05-01: 2}")
    assert told(dated, HOUSEHOLD).column("call", "needed") == [1, 1, 2, 2]


def test_a_place_owes_its_own_meeting() -> None:
    duty = "duty: meeting\nfor_each: community\nevery: month\nmet_by: {form: report, link: place}\n"
    case = told(
        duty,
        "- {form: report, at: 2025-02-10, by: w1}\n- {form: report, at: 2025-03-10, by: w1, place: c1/g1}",
    )
    assert case.column("meeting", "window", state="met") == ["2025-02", "2025-03"]
    assert set(case.column("meeting", "owner")) == {"c1"}


def test_each_appointment_owes_for_itself_when_the_duty_is_for_posts() -> None:
    duty = "duty: handover\nfor_each: post leader\nevery: year\nmet_by: handed\n"
    form = "---\nform: handed\nabout: holder\nfields: {pages: {type: integer}}\n"
    other = LEADER.replace("p1", "p2").replace("w1", "w2").replace("g1", "g2")
    case = told(duty + form, other + "\n- {form: handed, at: 2025-03-01, subject: p2, pages: 3}")
    assert case.column("handover", "subject") == ["p1", "p2"]
    assert case.column("handover", "subject", state="met") == ["p2"]


DAYS = st.integers(0, 89)


@examples(13)
@given(
    visits=st.lists(st.tuples(DAYS, st.sampled_from([True, False, None])), max_size=6),
    stay=st.tuples(DAYS, DAYS).map(sorted),
    away=st.tuples(DAYS, DAYS).map(sorted),
    today=st.integers(0, 100),
)
def test_a_duty_agrees_with_a_model_that_counts_days(
    visits: list[tuple[int, bool | None]], stay: list[int], away: list[int], today: int
) -> None:
    first = datetime(2024, 12, 31, 16, tzinfo=UTC)

    def entry(number: int, form: str, day: float, subject: str, **answers: object) -> Entry:
        at = first + timedelta(days=day)
        return Entry(f"x{number}", "c1", form, at, "w1", first - timedelta(days=900), answers, subject)

    def date_of(day: int) -> str:
        return (first + timedelta(hours=8, days=day)).date().isoformat()

    entries = [entry(0, "household", stay[0], "h1", grid="c1/g1", left_on=date_of(stay[1] + 1))]
    entries += [
        entry(10 + n, "visit", day + 0.5, "h1", channel="home", **({} if met is None else {"met": met}))
        for n, (day, met) in enumerate(visits)
    ]
    entries.append(entry(1, "leave", 0, "w1", start=date_of(away[0]), end=date_of(away[1])))
    case = MONTHLY
    given_entries = (*case.entries, *entries)
    as_of = first + timedelta(days=today)
    found = Told(case.regulation, given_entries, as_of, "2025-Q1", case.decider).outcome()
    months = {"2025-01": range(31), "2025-02": range(31, 59), "2025-03": range(59, 90)}
    wanted = {}
    for month, days in months.items():
        if 2 * sum(stay[0] <= day <= stay[1] for day in days) < len(days):
            continue
        sure = sum(met is True and day in days for day, met in visits)
        perhaps = sum(met is None and day in days for day, met in visits)
        if sure:
            state = "met"
        elif 2 * sum(away[0] <= day < away[1] for day in days) >= len(days):
            state = "waived"
        elif perhaps:
            state = "undecided"
        elif today < days[0]:
            state = "upcoming"
        else:
            state = "due" if today <= days[-1] else "missed"
        wanted[month] = (state, sure, sure + perhaps)
    records = found.tables["monthly"].records()
    states = marks([row["state"] for row in records])
    assert {
        str(row["window"]): (state, row["counted"], row["possible"])
        for row, state in zip(records, states, strict=True)
    } == wanted


MONTHLY = told(
    """
    duty: monthly
    for_each: household
    owed_by: leader
    every: month
    met_by: {form: visit, where: {met: true}}
    waived_by: [{form: leave, covers: half}]
    """
)
