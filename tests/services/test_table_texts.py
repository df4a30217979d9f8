"""Texts about runs of days, requests, teams and surveys, with their own cases, on the rules engine itself."""

from collections.abc import Iterator
from textwrap import dedent

import pytest

from app.engine import DurableDecider
from app.services.cases import run_cases
from tests.declarations.community import official
from tests.fakes.loading import load
from tests.services.declared import files_of

CHECK_INS = """
form: check_in
fields: {}
---
table: check_in_day
# one row a worker and day
from: check_in
steps:
  - per: {worker: by, day: date}
    set: {at: first(at)}
  - sequence: {within: worker, order: day, set: {run: consecutive(day)}}
---
sheet: points_shop
for_each: role leader
every: month
unit: points
lines:
  check_in: {add: 5, for_each: check_in_day}
  week_run: {add: 50, for_each: check_in_day, where: run % 7 == 0}
"""
CHECK_IN_CASES = """
cases:
  - case: seven days of check-in running earn thirty-five and fifty
    as_of: 2025-04-10
    period: 2025-03
    places: {c1: community, c1/g1: grid}
    given:
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: leader, place: c1/g1}
GIVEN
    expect:
      - {in: points_shop, about: w1, period: 2025-03, points: 85}
      - {in: check_in_day, worker: w1, day: 2025-03-07, run: 7}
  - case: a day left out starts the run anew and earns no fifty
    as_of: 2025-04-10
    period: 2025-03
    places: {c1: community, c1/g1: grid}
    given:
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: leader, place: c1/g1}
LEFT_OUT
    expect:
      - {in: points_shop, about: w1, period: 2025-03, points: 35}
      - {in: check_in_day, worker: w1, day: 2025-03-08, run: 4}
"""


def days(*numbers: int) -> str:
    return "\n".join(f"      - {{form: check_in, at: 2025-03-0{day}, by: w1}}" for day in numbers)


REQUESTS = """
form: service_request
about: household
fields:
  class: {type: choice, from: [simple, complex], required: true}
---
form: service_step
fields:
  request: {type: ref, to: service_request, required: true}
  step: {type: choice, from: [supplement_asked, supplement_received, forwarded, withdrawn], required: true}
---
role: social_worker
level: community
may: [record]
---
procedure: request
clause: {doc: S3, ref: "S3-11 to S3-15, S3-59 to S3-61"}
matter: service_request
states: [open, waiting, forwarded, withdrawn]
steps:
  ask:      {from: open, to: waiting, form: service_step, where: {step: supplement_asked}, by: [social_worker]}
  receive:  {from: waiting, to: open, form: service_step, where: {step: supplement_received}}
  forward:  {from: [open, waiting], to: forwarded, form: service_step, where: {step: forwarded}, by: [social_worker]}
  withdraw: {from: [open, waiting], to: withdrawn, form: service_step, where: {step: withdrawn}}
---
rule: disorder
for_each: request.out_of_order
when: {state: {known: true}}
then: {finding: disorder}
"""
REQUEST_CASES = """
cases:
  - case: a request waits for its supplement and is then forwarded
    as_of: 2025-06-30
    period: 2025
    places: {c1: community}
    given:
      - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: social_worker, place: c1}
      - {form: service_request, id: r1, at: "2025-03-03T10:00", by: w1, subject: x1, class: complex}
      - {form: service_step, at: "2025-03-05T09:00", by: w1, request: r1, step: supplement_asked}
      - {form: service_step, at: "2025-03-14T09:00", by: w1, request: r1, step: forwarded}
    expect:
      - {in: request, matter: r1, nth: 1, state: open, step: begun, handler: w1}
      - {in: request, matter: r1, nth: 2, state: waiting, step: ask, handler: w1}
      - {in: request, matter: r1, nth: 3, state: forwarded, step: forward, handler: nobody}
      - {in: disorder, rows: 0}
  - case: a supplement received that nobody asked for moves nothing and is found
    as_of: 2025-06-30
    period: 2025
    places: {c1: community}
    given:
      - {form: service_request, id: r1, at: "2025-03-03T10:00", by: w1, subject: x1, class: complex}
      - {form: service_step, id: stray, at: "2025-03-05T09:00", by: w1, request: r1, step: supplement_received}
    expect:
      - {in: request, matter: r1, state: open}
      - {in: request, rows: 1}
      - {in: disorder, entry: stray, about: w1, state: open}
"""
TEAMS = """
role: team_head
level: grid
---
role: full_timer
level: grid
---
role: volunteer
level: grid
---
table: team
# one head, one full-timer and volunteers in each grid, month by month
from: {each: grid}
steps:
  - expand: {every: month}
  - tally:
      of: {history: holder}
      on: {subject: place}
      time: overlaps
      set:
        heads: {distinct: worker, where: {role: team_head}}
        full_timers: {distinct: worker, where: {role: full_timer}}
        volunteers: {distinct: worker, where: {role: volunteer}}
---
rule: incomplete
for_each: team
when: {any: [{heads: {not: "1"}}, {full_timers: {under: 1}}, {volunteers: {under: 2}}]}
then: {finding: incomplete}
"""
TEAM_CASES = """
cases:
  - case: a team lacks a volunteer until the second one joins, and nobody counts twice for two posts of one kind
    as_of: 2025-03-31
    period: 2025-Q1
    places: {c1: community, c1/g1: grid}
    given:
      - {form: appointment, at: 2025-01-01, subject: a1, worker: w1, role: team_head, place: c1/g1}
      - {form: appointment, at: 2025-01-01, subject: a2, worker: w2, role: full_timer, place: c1/g1}
      - {form: appointment, at: 2025-01-01, subject: a3, worker: w3, role: volunteer, place: c1/g1}
      - {form: appointment, at: 2025-01-01, subject: a4, worker: w3, role: volunteer, place: c1/g1}
      - {form: appointment, at: 2025-02-20, subject: a5, worker: w4, role: volunteer, place: c1/g1}
    expect:
      - {in: team, subject: c1/g1, window: 2025-01, heads: 1, full_timers: 1, volunteers: 1}
      - {in: team, subject: c1/g1, window: 2025-02, volunteers: 2}
      - {in: incomplete, rows: 1}
      - {in: incomplete, window: 2025-01}
"""
SURVEY = """
form: survey_round
fields: {topic: {type: text}}
---
form: survey_stage
fields:
  round: {type: ref, to: survey_round, required: true}
  stage: {type: choice, from: [handed_out, counted], required: true}
---
form: answer
fields:
  round: {type: ref, to: survey_round, required: true}
  score: {type: integer, required: true}
---
procedure: survey
matter: survey_round
states: {draft: 草稿, open: 进行中, closed: 已结束}
steps:
  hand_out: {from: draft, to: open, form: survey_stage, where: {stage: handed_out}}
  answered: {from: open, to: open, form: answer}
  count: {from: open, to: closed, form: survey_stage, where: {stage: counted}}
---
table: valid_answer
# an answer counts if the round was open when it was given
from: {table: survey, where: {step: answered}}
steps:
  - tally: {of: answer, on: {entry: id}, set: {score: last(score)}}
  - per: {round: matter}
    set: {answers: count, opinion: average(score)}
"""
SURVEY_CASES = """
cases:
  - case: answers count while the round is open and not after it was counted
    as_of: 2025-06-30
    period: 2025
    places: {c1: community}
    given:
      - {form: survey_round, id: s1, at: 2025-05-01, by: w1}
      - {form: answer, at: 2025-05-02, by: w2, round: s1, score: 10}
      - {form: survey_stage, at: 2025-05-03, by: w1, round: s1, stage: handed_out}
      - {form: answer, at: 2025-05-04, by: w2, round: s1, score: 80}
      - {form: answer, at: 2025-05-05, by: w3, round: s1, score: 90}
      - {form: survey_stage, at: 2025-05-10, by: w1, round: s1, stage: counted}
      - {form: answer, at: 2025-05-11, by: w4, round: s1, score: 0}
    expect:
      - {in: valid_answer, round: s1, answers: 2, opinion: 85}
      - {in: survey.out_of_order, rows: 2}
"""
WEEK, BROKEN = days(*range(1, 8)), days(1, 2, 3, 5, 6, 7, 8)
TEXTS = {
    "check_ins": (CHECK_INS, CHECK_IN_CASES.replace("GIVEN", WEEK).replace("LEFT_OUT", BROKEN)),
    "requests": (REQUESTS, REQUEST_CASES),
    "teams": (TEAMS, TEAM_CASES),
    "survey": (SURVEY, SURVEY_CASES),
}


@pytest.fixture(scope="module")
def decider() -> Iterator[DurableDecider]:
    with DurableDecider() as durable:
        yield durable


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_about_tables_and_procedures_passes_its_own_cases(text: str, decider: DurableDecider) -> None:
    declared, cases = TEXTS[text]
    loaded = load("c1", {**files_of(declared), "rules/own.case.yaml": dedent(cases)}, official)
    assert loaded.regulation is not None, [(str(one.where), one.code, one.values) for one in loaded.problems]
    results = run_cases(loaded.regulation, loaded.regulation.cases, decider)
    assert [(result.case.title, result.problems) for result in results if not result.passed] == []
    assert len(results) >= 1
