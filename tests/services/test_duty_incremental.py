"""All that duties can ask for at once: entries that come one by one, in any order, give what they give together."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.entry import Entry
from app.services.canonical import outcome_text
from tests.fakes.examples import examples
from tests.services.declared import Told, told

EVERYTHING = """
form: request
about: household
fields: {kind: {type: choice, from: [plain, hard], required: true}}
---
form: step
fields:
  request: {type: ref, to: request, required: true}
  step: {type: choice, from: [asked, received, longer, done], required: true}
  approved: {type: boolean}
  days: {type: integer}
---
form: meeting
about: community
fields: {present: {type: refs, to: worker}, excused: {type: refs, to: worker}}
---
form: monthly
fields: {month: {type: period}, sure: {type: boolean}}
---
duty: handled
for_each: request
owed_by: leader
tiers: {hard: {where: {kind: hard}, within: 7 days}, plain: {within: 2 working_days}}
met_by: {form: step, where: {step: done}}
starts: last
pauses:
  asked: {from: {form: step, where: {step: asked}}, until: {form: step, where: {step: received}}, at_most: 3 days}
  away: {during: {form: leave, where: {approved: true}}, in_all: 5 days}
extended_by: {form: step, where: {step: longer, approved: true}, column: days, total: 15 days}
---
duty: explained
for_each: {table: handled, where: {state: {one_of: [overdue, late]}}}
owed_by: owner
within: 3 days
met_by: {form: step, where: {step: done}}
---
duty: followed
for_each: request
owed_by: by
series: {days: [2, 5, 9], give: 1 days}
starts: first
met_by: visit
late_until: 2 days
---
duty: home_visit
for_each: household
owed_by: leader
every: month
met_by: {form: visit, where: {channel: home, met: true}}
uses: once
among: [home_visit, contact]
---
duty: contact
for_each: household
owed_by: leader
every: 2 weeks
times: 2
met_by: visit
of_which: {home: {where: {channel: home}, share: 50%}}
uses: once
among: [home_visit, contact]
due_if: {member: any, prorate: true}
---
duty: rolling
for_each: household
owed_by: leader
every: {rolling: 20 days}
met_by: {form: visit, where: {met: true}}
late_until: 3 days
due_if: any
---
duty: attended
for_each: role leader
every: {roster: meeting}
met_by: {form: meeting, link: present}
waived_by: [{form: meeting, link: excused}]
---
duty: council
for_each: community
every: month
met_by: {form: meeting, quorum: {role: leader, share: 1/2, excused: excused}}
---
duty: reported
for_each: role leader
every: month
met_by: {form: monthly, where: {sure: true}}
late_until: 5 days
"""
START = """
- {form: household, at: 2024-06-01, subject: h1, grid: c1/g1, special: true}
- {form: household, at: 2025-02-05, subject: h2, grid: c1/g2, special: false}
- {form: appointment, at: 2025-01-15, subject: p2, worker: w2, role: leader, place: c1/g2}
- {form: request, id: r1, at: "2025-01-08T09:00", by: w1, subject: h1, kind: hard, place: c1/g1}
"""
BASE = told(EVERYTHING, START, as_of="2025-03-20T12:00", period="2025-Q1")
FIRST = datetime(2024, 12, 31, 16, tzinfo=UTC)
HOURS = st.integers(0, 24 * 75)
HOUSES = st.sampled_from(["h1", "h2"])
WORKERS = st.lists(st.sampled_from(["w1", "w2", "w9"]), max_size=3)
MAYBE = st.sampled_from([{}, {"met": True}, {"met": False}])
ENTRIES = st.one_of(
    st.tuples(st.just("visit"), HOURS, HOUSES, st.builds(
        lambda channel, met: {"channel": channel, **met}, st.sampled_from(["home", "phone"]), MAYBE)),
    st.tuples(st.just("request"), HOURS, HOUSES, st.builds(
        lambda kind: {"kind": kind}, st.sampled_from(["plain", "hard"]))),
    st.tuples(st.just("step"), HOURS, st.none(), st.builds(
        lambda step, more: {"request": "r1", "step": step, **more},
        st.sampled_from(["asked", "received", "longer", "done"]),
        st.sampled_from([{}, {"approved": True, "days": 3}, {"approved": True}, {"days": 2}]))),
    st.tuples(st.just("meeting"), HOURS, st.just("c1"), st.builds(
        lambda present, excused: {"present": present, "excused": excused}, WORKERS, WORKERS)),
    st.tuples(st.just("monthly"), HOURS, st.none(), st.sampled_from(
        [{}, {"sure": True}, {"month": "2025-02", "sure": True}, {"month": "2025-01"}])),
    st.tuples(st.just("leave"), HOURS, st.just("w1"), st.builds(
        lambda start, length, more: {
            "start": f"2025-01-{start:02}", "end": f"2025-01-{start + length:02}", **more},
        st.integers(5, 20), st.integers(1, 8), st.sampled_from([{}, {"approved": True}]))),
)  # fmt: skip


@examples(8)
@given(given_=st.lists(ENTRIES, max_size=12), seed=st.integers(0, 10**6))
def test_entries_that_come_one_by_one_give_what_they_give_together(given_: list[Any], seed: int) -> None:
    entries = [
        Entry(f"x{n:02}", "c1", form, FIRST + timedelta(hours=hour), "w1", FIRST, answers, subject)
        for n, (form, hour, subject, answers) in enumerate(given_)
    ]
    case = Told(BASE.regulation, (*BASE.entries, *entries), BASE.as_of, BASE.period, BASE.decider)
    whole = case.outcome()
    assert case.bit_by_bit(seed) == outcome_text(whole)
    assert {"handled", "explained", "followed", "rolling", "attended", "council"} <= set(whole.tables)
