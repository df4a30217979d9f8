"""Real texts about obligations, each with its own figures: carried out as they are written."""

from datetime import UTC, datetime

import pytest

from app.services.occurrences import occurrences, target
from tests.services.declared import LEADER, Told, marks, told


def instant(text: str) -> datetime:
    """Return an instant of the place's zone."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


# ---- visits by risk, and within a day of a major change (a provincial opinion) ---------------------------------------
RISK = """
form: person
describes: person
fields:
  grid: {type: ref, to: grid}
  born: {type: date}
  tags: {type: choices, from: [disabled, child_in_difficulty, lives_alone, left_behind, dementia, orphan]}
  left_on: {type: date}
ends: left_on
---
class: risk
of: person
first_of:
  high:
    any:
      - {age: {at_least: 80}, tags: {has_any: [lives_alone, left_behind]}}
      - {tags: {has_any: [dementia]}}
  key:
    any:
      - {age: {at_least: 60}, tags: {has_any: [disabled, dementia]}}
      - {tags: {has_any: [orphan, child_in_difficulty]}}
  general: {}
---
form: person_contact
about: person
fields: {mode: {type: choice, from: [home, phone, video, wechat, centre, neighbour, family]}}
---
form: major_change
about: person
fields: {what: {type: text}}
---
duty: risk_visit
for_each: person
owed_by: leader
tiers:
  high: {where: {risk: high}, every: week}
  key: {where: {risk: key}, every: month}
  general: {where: {risk: general}, every: quarter}
met_by: {form: person_contact}
due_if: {member: half}
---
duty: visit_after_change
for_each: {form: major_change, where: {subject.risk: high}}
owed_by: leader
within: 24 hours
met_by: {form: person_contact, where: {mode: home}}
"""


def contact(at: str, who: str, mode: str = "home") -> str:
    return f'- {{form: person_contact, at: "{at}", by: w1, subject: {who}, mode: {mode}}}\n'


def person(who: str, born: str, tags: str) -> str:
    return f"- {{form: person, at: 2024-01-01, subject: {who}, grid: c1/g1, born: {born}, tags: [{tags}]}}\n"


def test_an_eighty_year_old_living_alone_is_due_weekly_and_a_disabled_sixty_year_old_monthly() -> None:
    lines = (
        person("x1", "1940-05-01", "lives_alone, disabled")
        + person("x2", "1960-05-01", "disabled")
        + contact("2025-02-11T09:00", "x1", "phone")
    )
    case = told(RISK, lines, as_of="2025-03-01", period="2025-02")
    assert case.row("risk_visit", subject="x1", window="2025-W07")["state"] == "met"
    assert case.row("risk_visit", subject="x1", window="2025-W08")["state"] == "missed"
    assert case.rows("risk_visit", subject="x1", window="2025-02") == []
    assert case.row("risk_visit", subject="x2", window="2025-02")["tier"] == "key"
    unknown = told(RISK, person("x3", "", "lives_alone"), as_of="2025-04-02", period="2025-Q1")
    assert marks([unknown.row("risk_visit", subject="x3", window="2025-Q1")["state"]]) == ["undecided"]


def test_the_eightieth_birthday_starts_the_weekly_visits_and_a_change_asks_for_one_within_a_day() -> None:
    lines = (
        person("x4", "1945-03-03", "lives_alone")
        + '- {form: major_change, id: m1, at: "2025-02-10T09:00", by: w1, subject: x4, place: c1/g1}\n'
        + '- {form: major_change, id: m2, at: "2025-03-20T09:00", by: w1, subject: x4, place: c1/g1}\n'
        + contact("2025-03-21T08:00", "x4")
    )
    case = told(RISK, lines, as_of="2025-04-02", period="2025-Q1")
    assert case.rows("risk_visit", subject="x4", window="2025-W09") == []
    assert case.row("risk_visit", subject="x4", window="2025-W10")["state"] == "missed"
    assert case.row("risk_visit", subject="x4", window="2025-W12")["state"] == "met"
    assert case.row("risk_visit", subject="x4", window="2025-Q1")["tier"] == "general"
    assert case.column("visit_after_change", "subject") == ["m2"]
    row = case.row("visit_after_change", subject="m2")
    assert (row["state"], row["owner"], row["due"]) == ("met", "w1", instant("2025-03-21T09:00"))
    late = told(
        RISK, lines.replace("2025-03-21T08:00", "2025-03-21T09:00"), as_of="2025-04-02", period="2025-Q1"
    )
    assert late.row("visit_after_change", subject="m2")["state"] == "late"
    # A call is no visit at home.
    phone = told(RISK, lines.replace("mode: home", "mode: phone"), as_of="2025-04-02", period="2025-Q1")
    assert phone.row("visit_after_change", subject="m2")["state"] == "overdue"


def test_the_form_that_meets_a_visit_after_a_change_is_about_the_person_whom_the_change_is_about() -> None:
    lines = person("x4", "1940-03-03", "lives_alone") + (
        '- {form: major_change, id: m2, at: "2025-03-20T09:00", by: w1, subject: x4, place: c1/g1}\n'
    )
    case = told(RISK, lines, as_of="2025-03-20T12:00", period="2025-Q1")
    (visit,) = occurrences(case.evaluation(), case.regulation.duties["visit_after_change"])
    assert (visit.of, visit.about, visit.about_type) == ("m2", "x4", "person")
    goal = target(case.regulation, visit)
    assert goal is not None
    assert (goal.form, goal.subject, goal.answers) == ("person_contact", "x4", {"mode": "home"})


# ---- ninety items a month, of which so many by each way; an hour online each working day (a reward scheme) -----------
ITEMS = """
form: info_item
fields: {via: {type: choice, from: [account_b, phone], required: true}}
---
duty: monthly_items
for_each: role leader
every: month
times: 90
met_by: {form: info_item}
of_which:
  account_b: {where: {via: account_b}, at_least: 30}
  phone: {where: {via: phone}, at_least: 60}
"""


@pytest.mark.parametrize(
    ("by_account", "by_phone", "counted", "short", "state"),
    [
        (28, 60, 88, 2, "missed"),
        (20, 70, 90, 10, "missed"),
        (30, 60, 90, 0, "met"),
        (31, 58, 89, 2, "missed"),
    ],
)
def test_what_lacks_of_ninety_items_is_the_larger_of_the_whole_and_of_the_ways(
    by_account: int, by_phone: int, counted: int, short: int, state: str
) -> None:
    lines = "".join(
        f'- {{repeat: {number}, form: info_item, at: "2025-03-10T08:00", by: w1, via: {via}}}\n'
        for number, via in ((by_account, "account_b"), (by_phone, "phone"))
    )
    row = told(ITEMS, lines, as_of="2025-04-02", period="2025-03").row("monthly_items", subject="w1")
    assert (row["counted"], row["short"], row["state"]) == (counted, short, state)


# ---- each child each full month in care; half of the visits in the residence (a federal statute) ---------------------
CHILDREN = """
form: child
describes: child
fields: {left_on: {type: date}}
ends: left_on
---
form: child_visit
about: child
fields: {in_residence: {type: boolean, required: true}}
---
duty: monthly_child_visit
for_each: child
every: month
met_by: {form: child_visit}
due_if: {member: all}
"""


def test_a_partial_month_in_care_is_not_due_and_two_visits_of_a_month_mend_no_other() -> None:
    lines = (
        "- {form: child, at: 2025-03-10, subject: k2, place: c1/g1}\n"
        "- {repeat: 2, form: child_visit, at: 2025-04-10, by: w1, subject: k2, in_residence: true}\n"
    )
    case = told(CHILDREN, lines, as_of="2025-06-05")
    assert case.rows("monthly_child_visit", window="2025-03") == []
    assert case.row("monthly_child_visit", window="2025-04")["counted"] == 2
    assert case.row("monthly_child_visit", window="2025-05")["state"] == "missed"


# ---- two patrols a working day of an hour each; the Monday meeting and its holidays (a district's second text) -------
PATROLS = """
form: patrol
fields:
  start: {type: datetime, required: true}
  end: {type: datetime, required: true}
span: [start, end]
---
duty: half_day_patrol
for_each: role leader
every: half_day of working_days
times: 1
met_by: {form: patrol, minutes: {at_least: 60}}
waived_by: [{form: leave, where: {approved: true}, covers: all}]
"""
WITH_HOLIDAYS = {
    "config/calendars/cn.yaml": "calendar: cn\nzone: Asia/Shanghai\n"
    "holidays: [2025-01-01, 2025-04-04, 2025-05-01, 2025-05-02, 2025-05-05]\nworkdays: [2025-04-27]\n"
    "units: {rounds: {windows: [[2025-03-17, 2025-03-19], [2025-09-01, 2025-09-03]]}}\n"
}


def patrol(start: str, end: str) -> str:
    return f'- {{form: patrol, at: "{start}", by: w1, start: "{start}", end: "{end}"}}\n'


def test_fifty_minutes_are_no_patrol_and_two_of_forty_do_not_add_up() -> None:
    lines = (
        patrol("2025-03-17T09:00", "2025-03-17T09:50")
        + patrol("2025-03-17T13:00", "2025-03-17T13:40")
        + patrol("2025-03-17T15:00", "2025-03-17T15:40")
        + patrol("2025-03-18T11:30", "2025-03-18T12:45")
        + "- {form: leave, at: 2025-03-01, subject: w1, start: 2025-03-19, end: 2025-03-20, approved: true}\n"
    )
    case = told(PATROLS, lines, as_of="2025-03-20", period="2025-03")

    def state(window: str) -> object:
        return case.row("half_day_patrol", window=window)["state"]

    assert [state(f"2025-03-17/{half}") for half in (1, 2)] == ["missed", "missed"]
    # The longer part of the third lies after noon.
    assert [state(f"2025-03-18/{half}") for half in (1, 2)] == ["missed", "met"]
    assert [state(f"2025-03-19/{half}") for half in (1, 2)] == ["waived", "waived"]
    assert case.rows("half_day_patrol", window="2025-03-16/1") == []  # a Sunday
    together = told(
        PATROLS.replace("at_least: 60}", "at_least: 60}, together: true"),
        lines,
        as_of="2025-03-20",
        period="2025-03",
    )
    assert together.row("half_day_patrol", window="2025-03-17/2")["state"] == "met"


MONDAY = """
form: meeting
about: community
fields: {kind: {type: choice, from: [communication, review], required: true}}
---
duty: monday_meeting
for_each: community
every: {day: monday, of: week, if_holiday: POLICY}
met_by: {form: meeting, where: {kind: communication}}
"""


@pytest.mark.parametrize(
    ("policy", "windows"),
    [
        ("next_working_day_same_week", ["2025-04-28", "2025-05-06", "2025-05-12"]),
        ("previous", ["2025-04-28", "2025-04-30", "2025-05-12"]),
        ("skip", ["2025-04-28", "2025-05-12"]),
    ],
)
def test_the_monday_of_a_holiday_moves_on_moves_back_or_is_left_out(policy: str, windows: list[str]) -> None:
    lines = '- {form: meeting, at: "2025-05-06T09:00", by: w1, subject: c1, kind: communication}\n'
    case = told(MONDAY.replace("POLICY", policy), lines, as_of="2025-05-20", files=WITH_HOLIDAYS)
    found = [w for w in case.column("monday_meeting", "window") if "2025-04-27" < str(w) < "2025-05-13"]
    assert found == windows
    met = case.column("monday_meeting", "window", state="met")
    assert met == (["2025-05-06"] if policy.startswith("next") else [])


def test_notices_are_due_at_noon_and_at_six_and_a_campaign_in_its_days() -> None:
    notices = """
duty: notices
for_each: community
every: {times_of_day: ["12:00", "18:00"]}
met_by: {form: report, link: place}
"""
    report = '- {form: report, at: "AT", by: w1, place: c1/g1}\n'
    lines = report.replace("AT", "2025-03-17T11:59") + report.replace("AT", "2025-03-17T18:00")
    case = told(notices, lines, as_of="2025-03-19", period="2025-03")
    assert case.row("notices", window="2025-03-17/1")["state"] == "met"
    assert case.row("notices", window="2025-03-17/2")["state"] == "missed"
    campaign = """
duty: screened
for_each: household
owed_by: leader
every: rounds
met_by: visit
"""
    homes = "".join(
        f"- {{form: household, at: 2024-01-01, subject: h{n}, grid: c1/g1, special: false}}\n" for n in (1, 2)
    )
    seen = '- {form: visit, at: "2025-03-18T09:00", by: w1, subject: h1, channel: home}\n'
    round_case = told(campaign, homes + seen, files=WITH_HOLIDAYS, as_of="2025-04-01")
    rows = round_case.rows("screened", window="2025-03-17..2025-03-19")
    assert [row["state"] for row in rows] == ["met", "missed"]
    assert set(round_case.column("screened", "state", window="2025-09-01..2025-09-03")) == {"upcoming"}


# ---- limits of requests and disputes, with a supplement (a service standard) ----------------------------------------
SERVICE = """
form: service_request
about: household
fields: {class: {type: choice, from: [simple, complex, general, urgent], required: true}}
---
form: service_step
fields:
  request: {type: ref, to: service_request, required: true}
  step:
    type: choice
    from: [feedback, arrived, supplement_asked, supplement_received, forwarded, withdrawn]
    required: true
---
duty: request_forwarded
for_each: {form: service_request, where: {class: complex}}
owed_by: by
within: 5 working_days
met_by: {form: service_step, where: {step: forwarded}}
waived_by: [{form: service_step, where: {step: withdrawn}}]
pauses:
  supplement:
    from: {form: service_step, where: {step: supplement_asked}}
    until: {form: service_step, where: {step: supplement_received}}
    at_most: 3 working_days
---
duty: request_answered
for_each: service_request
owed_by: by
tiers:
  urgent: {where: {class: urgent}, within: 30 minutes, met_by: {form: service_step, where: {step: arrived}}}
  general: {where: {class: general}, within: 24 hours, met_by: {form: service_step, where: {step: feedback}}}
"""


def request(name: str, at: str, kind: str) -> str:
    return f'- {{form: service_request, id: {name}, at: "{at}", by: w1, subject: h1, class: {kind}}}\n'


def served(name: str, at: str, kind: str) -> str:
    return f'- {{form: service_step, at: "{at}", by: w1, request: {name}, step: {kind}}}\n'


def test_requests_have_the_limits_of_their_class_and_a_withdrawn_one_has_none() -> None:
    lines = (
        request("r1", "2025-03-03T10:00", "complex")
        + served("r1", "2025-03-05T09:00", "supplement_asked")
        + served("r1", "2025-03-14T09:00", "supplement_received")
        + served("r1", "2025-03-13T17:00", "forwarded")
        + request("r2", "2025-03-03T10:00", "complex")
        + served("r2", "2025-03-11T09:00", "forwarded")
        + request("r3", "2025-03-03T10:00", "general")
        + served("r3", "2025-03-04T09:59", "feedback")
        + request("r4", "2025-03-03T10:00", "urgent")
        + served("r4", "2025-03-03T10:30", "arrived")
        + request("r5", "2025-03-03T10:00", "complex")
        + served("r5", "2025-03-04T10:00", "withdrawn")
    )
    case = told(SERVICE, lines, as_of="2025-06-30")
    assert case.column("request_forwarded", "state") == ["met", "late", "waived"]
    assert case.column("request_forwarded", "due")[:2] == [
        instant("2025-03-14T00:00"),
        instant("2025-03-11T00:00"),
    ]
    answered = {row["subject"]: row["state"] for row in case.rows("request_answered")}
    assert answered == {"r3": "met", "r4": "late"}


# ---- on the spot, within three or seven days, fifteen at most with approval (a county's rules) -----------------------
QUICK = """
form: case
about: household
fields: {kind: {type: choice, from: [spot, plain, hard], required: true}}
---
form: handling
fields:
  case: {type: ref, to: case, required: true}
  step: {type: choice, from: [solved, longer], required: true}
  approved: {type: boolean}
  days: {type: integer}
---
duty: handled
for_each: case
owed_by: leader
tiers:
  spot: {where: {kind: spot}, within: 0 days}
  plain: {where: {kind: plain}, within: 3 days}
  hard: {where: {kind: hard}, within: 7 days}
met_by: {form: handling, where: {step: solved}}
extended_by: {form: handling, where: {step: longer, approved: true}, column: days, total: 15 days}
---
form: explanation
about: worker
fields: {text: {type: text}}
---
duty: explained
for_each: {table: handled, where: {state: {one_of: [overdue, late]}}}
owed_by: owner
within: 2 working_days
met_by: explanation
"""


def test_a_case_is_handled_at_once_in_three_days_or_in_seven_and_in_fifteen_with_approval() -> None:
    home = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}\n"
    cases = "".join(
        f'- {{form: case, id: q{n}, at: "2025-03-03T10:00", by: w2, subject: h1, kind: {kind}, place: c1/g1}}\n'
        for n, kind in enumerate(("spot", "plain", "hard"))
    )
    longer = '- {form: handling, at: "2025-03-07T10:00", by: w1, case: q2, step: longer, approved: true, days: 20}\n'
    solved = '- {form: handling, at: "2025-03-18T10:00", by: w1, case: q2, step: solved}\n'
    case = told(QUICK, home + cases + longer + solved, as_of="2025-04-01")
    rows = {str(row["subject"]): row for row in case.rows("handled")}
    assert [rows[f"q{n}"]["due"] for n in range(3)] == [
        instant("2025-03-04T00:00"),
        instant("2025-03-07T00:00"),
        instant("2025-03-19T00:00"),
    ]
    assert [rows[f"q{n}"]["state"] for n in range(3)] == ["overdue", "overdue", "met"]
    # Each case that ran over its limit asks its leader for an explanation.
    explained = case.rows("explained")
    assert [(row["subject"], row["owner"], row["state"]) for row in explained] == [
        ("q0", "w1", "overdue"),
        ("q1", "w1", "overdue"),
    ]


# ---- two effective contacts a worker and day; the whole grid each half-year (a district's measure) -------------------
CONTACTS = """
duty: two_a_day
for_each: role leader
every: working_day
times: 2
met_by: {form: visit, where: {met: true}, link: by}
---
duty: everybody
for_each: household
owed_by: leader
every: half_year
met_by: {form: visit, where: {met: true}}
"""


def test_one_visit_counts_for_its_worker_s_day_and_for_its_household_s_half_year() -> None:
    homes = "".join(
        f"- {{form: household, at: 2024-01-01, subject: h{n}, grid: c1/g1, special: false}}\n" for n in (1, 2)
    )
    visit = '- {form: visit, at: "2025-03-18T09:00", by: w1, subject: h1, channel: home, met: MET}\n'
    case = told(CONTACTS, homes + visit.replace("MET", "true") * 2 + visit.replace("MET", "false"))
    assert case.column("two_a_day", "window", state="met") == ["2025-03-18"]
    assert case.row("everybody", subject="h1", window="2025-H1")["counted"] == 2
    assert case.row("everybody", subject="h2", window="2025-H1")["state"] == "missed"


# ---- three times a year or oftener: whoever falls into several classes, and into others in mid-year ------------------
STRICTEST = """
duty: seen
for_each: household
owed_by: leader
tiers_by: strictest
tiers:
  everybody: {every: half_year}
  special: {where: {special: true}, every: quarter, times: {2024-01-01: 1, 2025-07-01: 2}}
  upstairs: {where: {grid: c1/g2}, every: month}
met_by: visit
due_if: any
"""


def seen_of(*lines: str) -> Told:
    return told(
        STRICTEST, "".join(lines) + LEADER.replace("p1", "p2").replace("w1", "w2").replace("g1", "g2")
    )


def test_the_strictest_of_several_tiers_counts_by_the_figures_of_the_day() -> None:
    both = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g2, special: true}\n"
    tiers = [(row["window"], row["tier"]) for row in seen_of(both).rows("seen")]
    monthly = [(f"2025-{month:02}", "upstairs") for month in range(1, 13)]
    assert tiers == monthly
    often = STRICTEST.replace("2025-07-01: 2", "2025-07-01: 4")
    case = told(often, both)
    assert set(case.column("seen", "tier")) == {"upstairs", "special"}
    assert case.column("seen", "window", tier="special") == ["2025-Q3", "2025-Q4"]
    assert case.column("seen", "window", tier="upstairs") == [f"2025-{month:02}" for month in range(1, 7)]


def test_who_changes_class_in_mid_period_is_due_in_each_for_the_time() -> None:
    lines = (
        "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}\n"
        "- {form: household, at: 2025-05-10, subject: h1, grid: c1/g1, special: true}\n"
    )
    rows = [(row["window"], row["tier"]) for row in seen_of(lines).rows("seen")]
    assert rows == [
        ("2025-H1", "everybody"),
        ("2025-Q2", "special"),
        ("2025-Q3", "special"),
        ("2025-Q4", "special"),
    ]


def test_an_age_that_a_duty_asks_for_itself_is_reached_on_the_birthday_and_elapsed_time_on_its_day() -> None:
    old = """
form: person
describes: person
fields: {grid: {type: ref, to: grid}, born: {type: date, required: true}, moved_in: {type: date, required: true}}
---
duty: old_visit
for_each: person
owed_by: leader
tiers:
  new: {where: "elapsed(moved_in, 'days') < 30"}
  old: {where: "70 <= age(born)"}
every: month
met_by: {form: person, link: subject}
due_if: any
"""
    lines = (
        "- {form: person, at: 2025-01-01, subject: x1, grid: c1/g1, born: 1955-05-31, moved_in: 2025-01-20}\n"
    )
    case = told(old, lines, as_of="2025-12-31")
    tiers = [(row["window"], row["tier"]) for row in case.rows("old_visit")]
    assert tiers[:4] == [("2025-01", "new"), ("2025-02", "new"), ("2025-05", "old"), ("2025-06", "old")]
    assert len(tiers) == 2 + 8
