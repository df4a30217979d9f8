"""Score sheets and payments of real regulations, with their own cases, decided by the rules engine."""

import re
from collections.abc import Iterator
from textwrap import indent

import pytest

from app.declarations.load import load
from app.engine import DurableDecider
from app.services.cases import run_cases
from tests.declarations.community import official
from tests.services.declared import FILES, PLACE

COMMON = """
form: person
describes: person
fields: {grid: {type: ref, to: grid}, born: {type: date}, left_on: {type: date}}
ends: left_on
---
form: staff
describes: worker
fields: {monthly: {type: money}}
---
role: grid_member
level: grid
may: [record]
---
role: co_manager
level: grid
may: [record]
---
role: village_cadre
level: community
may: [record]
---
role: instructor
level: grid
may: [record]
---
role: command_room
level: community
may: [record]
---
role: river_office
level: community
may: [record]
---
"""
FOLDERS = {"form": "forms", "role": "config/roles"}
PLACE_FILE = """
place: c1
level: community
calendar: cn
places:
  g1: {level: grid, profile: {sort: rural}}
  g2: {level: grid, profile: {sort: urban}}
"""
PLACES = "places: {c1: community, c1/g1: grid, c1/g2: grid}\n"


@pytest.fixture(scope="module")
def decider() -> Iterator[DurableDecider]:
    with DurableDecider() as durable:
        yield durable


def files_of(text: str) -> dict[str, str]:
    found = dict(FILES)
    found["config/places/c1/place.yaml"] = PLACE_FILE
    cases = ""
    for document in re.split(r"^---$", COMMON + text, flags=re.MULTILINE):
        kind, _, name = document.strip().partition("\n")[0].partition(": ")
        if kind == "case":
            cases += "  - " + indent(document.strip() + "\n" + PLACES, "    ").lstrip()
        else:
            found[f"{FOLDERS.get(kind, 'rules')}/{name}.yaml"] = document.strip() + "\n"
    found["rules/told.case.yaml"] = f"cases:\n{cases}"
    return found


R5 = """
form: event
fields: {level: {type: integer, required: true}}
---
form: innovation
about: worker
fields: {used_at: {type: choice, from: [town, county, prefecture, province], ordered: true, required: true}}
---
form: office_mark
about: place
fields: {points: {type: number, required: true}, reason: {type: text, required: true}, period: {type: period}}
---
form: room_mark
about: worker
fields: {points: {type: number, required: true}, period: {type: period}}
---
sheet: grid_month
title: {zh: 网格运行}
for_each: grid
every: month
max: 50
items: {run: {max: 50, lines: {given: {mark: office_mark, between: [0, 50], reason: required, take: last}}}}
---
sheet: member_month
for_each: role grid_member
every: month
max: 80
items:
  grid: {max: 50, lines: {shared: {add: points, for_each: grid_month, shared: grid_member}}}
  member: {max: 30, scored_by: command_room, lines: {given: {mark: room_mark, between: [0, 30]}}}
bonus:
  extra:
    at_most: 10
    lines:
      innovation:
        add: {of: used_at, gives: {town: 2, county: 4, prefecture: 8, province: 10}}
        for_each: innovation
        take: highest
      events: {add: 1, for_each: {form: event, where: {level: 3}}, beyond: 1}
---
case: a grid's points are those of all its members, and of several levels the best counts
as_of: 2025-04-10
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: grid_member, place: c1/g1}
  - {form: appointment, at: 2024-01-01, subject: p9, worker: w9, role: command_room, place: c1}
  - {form: office_mark, at: 2025-03-20, by: w9, subject: c1/g1, points: 30, reason: first look}
  - {form: office_mark, at: 2025-04-02, by: w9, subject: c1/g1, points: 45, reason: r, period: 2025-03}
  - {form: room_mark, at: 2025-03-30, by: w9, subject: w1, points: 28}
  - {form: room_mark, at: 2025-03-30, by: w2, subject: w2, points: 30}
  - {form: innovation, at: 2025-03-02, by: w1, subject: w1, used_at: county}
  - {form: innovation, at: 2025-03-03, by: w1, subject: w1, used_at: prefecture}
  - {repeat: 4, form: event, at: 2025-03-04, by: w1, place: c1/g1, level: 3}
expect:
  - {in: grid_month, about: c1/g1, period: 2025-03, points: 45}
  - {in: member_month, about: w1, period: 2025-03, points: 73, bonus: 10, total: 83}
  - {in: member_month, about: w2, period: 2025-03, points: 45, bonus: 0} # who marks oneself gets nothing
"""

R7 = """
form: data_check
about: worker
fields:
  datum:  {type: text, required: true}
  defect: {type: choice, from: [not_updated, incomplete, wrong], required: true}
---
sheet: star_quarter
clause: {doc: R7, ref: excerpt}
for_each: role grid_member
every: quarter
eligible: {in_post: {at_least: 6 months, at: window_start}}
max: 100
items:
  entry_quality:
    max: 5
    start: max
    lines:
      not_updated: {deduct: 2, for_each: {form: data_check, where: {defect: not_updated}}}
      defective:   {deduct: 1, for_each: {form: data_check, where: {defect: {one_of: [incomplete, wrong]}}}}
  rest:
    max: 95
    lines: {given: {mark: committee_mark, between: [0, 95]}}
---
form: committee_mark
about: worker
fields:
  points: {type: number, required: true}
  reason: {type: text, required: true}
  period: {type: period, required: true}
---
case: defects never take the item below zero
as_of: 2025-04-10
period: 2025-Q1
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {form: data_check, at: 2025-02-01, by: o1, subject: w1, datum: a, defect: not_updated}
  - {form: data_check, at: 2025-02-02, by: o1, subject: w1, datum: b, defect: not_updated}
  - {form: data_check, at: 2025-02-03, by: o1, subject: w1, datum: c, defect: not_updated}
  - {form: committee_mark, at: 2025-04-01, by: o1, subject: w1, points: 80, reason: ok, period: 2025-Q1}
expect:
  - {in: star_quarter.items, about: w1, period: 2025-Q1, item: entry_quality, points: 0}
  - {in: star_quarter, about: w1, period: 2025-Q1, points: 80}
---
case: five months in the post at the start of the quarter is not assessed
as_of: 2025-04-10
period: 2025-Q1
given:
  - {form: appointment, at: 2024-08-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
expect:
  - {in: star_quarter, about: w1, period: 2025-Q1, state: not_eligible}
"""

R8 = """
form: info_item
fields: {via: {type: choice, from: [account_b, phone], required: true}}
---
duty: monthly_items
clause: {doc: R8, ref: items}
for_each: role co_manager
every: month
times: 90
met_by: {form: info_item}
of_which:
  account_b: {where: {via: account_b}, at_least: 30}
  phone:     {where: {via: phone}, at_least: 60}
---
form: absence
about: worker
fields: {excused: {type: boolean, required: true}}
---
form: handbook_check
about: worker
fields: {deficient: {type: boolean, required: true}}
---
sheet: monthly_pay
clause: {doc: R8, ref: money}
for_each: role co_manager
every: month
unit: CNY
lines:
  items:    {deduct: 20 * short, for_each: {table: monthly_items, where: {state: missed}}}
  absence:  {deduct: 30, for_each: {form: absence, where: {excused: false}}}
  handbook: {deduct: 50, for_each: {form: handbook_check, where: {deficient: true}}}
---
case: eighty-eight items cost forty yuan and an unexcused absence thirty
as_of: 2025-04-02
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: co_manager, place: c1/g1}
  - {repeat: 28, form: info_item, at: "2025-03-10T08:00", by: w1, via: account_b}
  - {repeat: 60, form: info_item, at: "2025-03-11T08:00", by: w1, via: phone}
  - {form: absence, at: 2025-03-12, by: o1, subject: w1, excused: false}
  - {form: absence, at: 2025-03-13, by: o1, subject: w1, excused: true}
expect:
  - {in: monthly_items, subject: w1, window: 2025-03, state: missed, counted: 88, short: 2}
  - {in: monthly_pay, about: w1, period: 2025-03, points: -70}
---
case: ninety items with too few from account B are missed by the sub-quota
as_of: 2025-04-02
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: co_manager, place: c1/g1}
  - {repeat: 20, form: info_item, at: "2025-03-10T08:00", by: w1, via: account_b}
  - {repeat: 70, form: info_item, at: "2025-03-11T08:00", by: w1, via: phone}
expect:
  - {in: monthly_items, subject: w1, window: 2025-03, state: missed, counted: 90, short: 10}
  - {in: monthly_pay, about: w1, period: 2025-03, points: -200}
"""

R9 = """
form: town
describes: town
fields: {has_lake: {type: boolean}}
---
form: water_test
about: town
fields: {fit: {type: boolean, required: true}}
---
form: law_case
about: town
fields: {kind: {type: text}}
---
form: article
about: town
fields: {level: {type: choice, from: [county, city, province], ordered: true, required: true}}
---
form: reservoir
about: town
fields: {planned: {type: integer}, converted: {type: integer}}
---
form: town_praise
about: town
fields: {level: {type: choice, from: [city, province], required: true}, criticised: {type: boolean, required: true}}
---
indicator: conversion
clause: {doc: R9, ref: reservoirs}
per: town
every: year
measure: rate
of: {table: reservoir, sum: converted}
against: {table: reservoir, sum: planned}
empty: not_applicable
---
sheet: river_chief_year
clause: {doc: R9, ref: excerpt of 23 items}
for_each: town
every: year
max: 100
scored_by: [river_office]
items:
  water:
    max: {value: 10, origin: assumed}
    start: max
    lines: {unfit: {deduct: 2, for_each: {form: water_test, where: {fit: false}}}}
  conversion:
    max: {value: 10, origin: assumed}
    not_applicable: rescale
    lines: {value: {share_of: conversion}}
  enforcement:
    max: {value: 10, origin: assumed}
    start: max
    requires: {table: law_case, times: 1}
  articles:
    max: 5
    lines:
      province: {add: 1, for_each: {form: article, where: {level: province}}, at_most: 1}
      city:     {add: 1, for_each: {form: article, where: {level: city}}, at_most: 2}
      county:   {add: 1, for_each: {form: article, where: {level: county}}, at_most: 2}
  lake:
    max: 2
    applies: {has_lake: true}
    not_applicable: rescale
    start: max
  rest: {max: {value: 63, origin: assumed}, start: max}
bonus:
  extra_articles:
    lines:
      province: {add: 2, for_each: {form: article, where: {level: province}}, beyond: 1}
      city:     {add: 1, for_each: {form: article, where: {level: city}}, beyond: 2}
      county:   {add: 1/2, for_each: {form: article, where: {level: county}}, beyond: 2}
  praise:
    lines:
      praised:
        add: {of: level, gives: {province: 20, city: 10}}
        for_each: {form: town_praise, where: {criticised: false}}
      criticised:
        deduct: {of: level, gives: {province: 20, city: 10}}
        for_each: {form: town_praise, where: {criticised: true}}
---
case: no lake and no case handled, two unfit tests, four county articles
as_of: 2019-01-05
period: 2018
given:
  - {form: town, at: 2017-01-01, subject: t1, has_lake: false}
  - {form: water_test, at: 2018-03-01, by: o1, subject: t1, fit: false}
  - {form: water_test, at: 2018-04-01, by: o1, subject: t1, fit: false}
  - {form: reservoir, at: 2018-05-01, by: o1, subject: t1, planned: 4, converted: 3}
  - {repeat: 4, form: article, at: 2018-06-01, by: o1, subject: t1, level: county}
expect:
  - {in: river_chief_year.items, about: t1, period: 2018, item: water, points: 6}
  - {in: river_chief_year.items, about: t1, period: 2018, item: conversion, points: 7.5}
  - {in: river_chief_year.items, about: t1, period: 2018, item: enforcement, points: 0}
  - {in: river_chief_year.items, about: t1, period: 2018, item: articles, points: 2}
  - {in: river_chief_year.items, about: t1, period: 2018, item: lake, state: not_applicable}
  - {in: river_chief_year, about: t1, period: 2018, points: 3925/49, bonus: 1}
---
case: the town with the lake is scored on it and city criticism costs ten outside the hundred
as_of: 2019-01-05
period: 2018
given:
  - {form: town, at: 2017-01-01, subject: t2, has_lake: true}
  - {form: law_case, at: 2018-02-01, by: o1, subject: t2, kind: sand}
  - {form: town_praise, at: 2018-09-01, by: o1, subject: t2, level: city, criticised: true}
expect:
  - {in: river_chief_year.items, about: t2, period: 2018, item: lake, points: 2}
  - {in: river_chief_year.items, about: t2, period: 2018, item: enforcement, points: 10}
  - {in: river_chief_year, about: t2, period: 2018, bonus: -10}
"""

A7 = """
form: diary
fields: {pages: {type: integer}}
---
duty: diary_due
clause: {doc: A7, ref: log}
for_each: role grid_member
every: month
times: 22
met_by: {form: diary}
---
form: order
about: household
fields: {worker: {type: ref, to: worker}}
---
form: order_done
fields: {order: {type: ref, to: order}}
---
duty: order_limit
clause: {doc: A7, ref: overdue}
for_each: order
owed_by: worker
within: {value: 3 days, origin: assumed}
met_by: {form: order_done}
---
sheet: member_month
clause: {doc: A7, ref: formula}
for_each: role grid_member
every: month
max: 100
items:
  diary:
    max: 50
    start: max
    lines: {short: {deduct: 1 * short, for_each: diary_due}}
  orders:
    max: 50
    start: max
    lines:
      undone: {deduct: 1, for_each: order_limit, where: {state: {one_of: [overdue, missed]}}}
      late:   {deduct: 1, for_each: order_limit, where: {state: late}}
---
appraisal: member_year_a7
for_each: role grid_member
every: year
parts: {months: {weight: 100%, from: member_month, roll_up: average}}
missing_part: not_computable
---
case: one of two orders undone costs one of fifty
as_of: 2025-04-10
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {form: order, id: o1, at: 2025-03-03, by: c1, subject: h1, worker: w1}
  - {form: order, id: o2, at: 2025-03-03, by: c1, subject: h2, worker: w1}
  - {form: order_done, at: 2025-03-04, by: w1, order: o1}
  - {repeat: 21, form: diary, at: "{day:2025-03-01}", by: w1}
expect:
  - {in: member_month.items, about: w1, period: 2025-03, item: orders, points: 49}
  - {in: member_month.items, about: w1, period: 2025-03, item: diary, points: 49}
---
case: an entry recorded later for the same month changes the month when it is run again
as_of: 2025-05-10
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {repeat: 21, form: diary, at: "{day:2025-03-01}", by: w1}
  - {form: diary, at: 2025-03-28, recorded_at: 2025-05-01, by: w1}
expect:
  - {in: member_month.items, about: w1, period: 2025-03, item: diary, points: 50}
"""

A10 = """
form: hotline_order
fields: {owner: {type: ref, to: worker, required: true}, done: {type: date}}
---
form: order_answered
fields: {order: {type: ref, to: hotline_order, required: true}}
---
duty: answered
clause: {doc: A10, ref: three working days}
for_each: hotline_order
owed_by: owner
within: 3 working_days
late_until: 0 days
met_by: order_answered
---
sheet: order_money
clause: {doc: A10, ref: money}
for_each: worker
every: month
unit: CNY
lines:
  breach:
    deduct: 10
    for_each: {table: answered, where: {state: {one_of: [missed, late, overdue]}}}
    credit: [owner, {role: village_cadre, amount: 30}]
---
sheet: village_money
for_each: community
every: month
unit: CNY
lines: {breach: {deduct: 100, for_each: {table: answered, where: {state: {one_of: [missed, late, overdue]}}}}}
---
case: one breach costs the owner ten, every village cadre thirty and the village a hundred
as_of: 2025-04-10
period: 2025-03
given:
  - {form: staff, at: 2024-01-01, subject: w1}
  - {form: staff, at: 2024-01-01, subject: w2}
  - {form: staff, at: 2024-01-01, subject: w3}
  - {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: village_cadre, place: c1}
  - {form: hotline_order, id: o1, at: 2025-03-03, by: w3, owner: w1, place: c1/g1}
  - {form: hotline_order, id: o2, at: 2025-03-04, by: w3, owner: w1, place: c1/g1}
  - {form: order_answered, at: 2025-03-05, by: w1, order: o2}
expect:
  - {in: order_money, about: w1, period: 2025-03, points: -10}
  - {in: order_money, about: w2, period: 2025-03, points: -30}
  - {in: order_money, about: w3, period: 2025-03, points: 0}
  - {in: village_money, about: c1, period: 2025-03, points: -100}
"""

A11 = """
form: people_check
about: worker
fields:
  kind: {type: choice, from: [unreported, missed, dispute_solved, hazard_found], required: true}
---
form: knowledge_test
about: worker
fields: {unknown_households: {type: integer, required: true}}
---
sheet: month_a11
clause: {doc: A11, ref: excerpt}
for_each: role grid_member
every: month
max: 50
items:
  residents: {max: 20, start: max, lines: {asked: {deduct: 2 * unknown_households, for_each: knowledge_test}}}
  people:
    max: 30
    start: max
    lines:
      counted:
        add: {of: kind, gives: {unreported: -5, missed: -10, dispute_solved: 10, hazard_found: 10}}
        for_each: people_check
---
case: plus and minus meet inside one section, which is cut once
as_of: 2025-04-10
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {form: people_check, at: 2025-03-01, by: o1, subject: w1, kind: dispute_solved}
  - {form: people_check, at: 2025-03-02, by: o1, subject: w1, kind: missed}
  - {form: people_check, at: 2025-03-03, by: o1, subject: w1, kind: unreported}
  - {form: knowledge_test, at: 2025-03-04, by: o1, subject: w1, unknown_households: 11}
expect:
  - {in: month_a11.items, about: w1, period: 2025-03, item: people, points: 25}
  - {in: month_a11.items, about: w1, period: 2025-03, item: residents, points: 0}
  - {in: month_a11, about: w1, period: 2025-03, points: 25}
---
case: what is gained beyond the maximum is lost
as_of: 2025-04-10
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {form: people_check, at: 2025-03-01, by: o1, subject: w1, kind: hazard_found}
expect:
  - {in: month_a11, about: w1, period: 2025-03, points: 50}
"""

S3 = """
form: dispute_step
fields: {step: {type: choice, from: [agreed, failed], required: true}}
---
indicator: mediation_success
per: role grid_member
every: year
measure: share
of: dispute_step
part: {step: agreed}
empty: not_applicable
---
form: on_time_step
fields: {met: {type: boolean, required: true}}
---
indicator: on_time
per: role grid_member
every: year
measure: share
of: on_time_step
part: {met: true}
empty: not_applicable
---
sheet: street_side
clause: {doc: S3, ref: "S3-36, S3-37"}
for_each: role grid_member
every: year
max: 100
items:
  mediation: {max: {value: 50, origin: assumed}, not_applicable: rescale, lines: {value: {share_of: mediation_success}}}
  on_time:   {max: {value: 50, origin: assumed}, not_applicable: rescale, lines: {value: {share_of: on_time}}}
---
appraisal: street_year
for_each: role grid_member
every: year
parts: {street: {weight: 100%, from: street_side}}
missing_part: not_computable
grades: {excellent: {at_least: 90}, pass: {at_least: 60}, fail: {}}
---
sheet: yearly_reward
clause: {doc: S3, ref: S3-54}
for_each: role grid_member
every: year
unit: CNY
round: {to: 0.01, half: up}
lines: {excellent: {add: about.monthly / 5, for_each: street_year, where: {grade: excellent}}}
---
form: contract
describes: contract
fields: {fee: {type: money, required: true}}
---
form: contract_mark
about: contract
fields: {satisfaction: {type: number, required: true}, evaluation: {type: number, required: true}}
---
sheet: contract_pay
clause: {doc: S3, ref: S3-70}
for_each: contract
every: year
unit: CNY
round: {to: 0.01}
lines:
  satisfaction: {add: 0.8 * about_fee * satisfaction, for_each: {form: contract_mark, set: {about_fee: subject.fee}}}
  evaluation:   {add: 0.2 * about_fee * evaluation, for_each: {form: contract_mark, set: {about_fee: subject.fee}}}
---
case: excellent pays a fifth of the December salary, once, and nothing forwarded leaves its weight to the rest
as_of: 2026-01-05
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: grid_member, place: c1/g1}
  - {form: staff, at: 2025-01-01, subject: w1, monthly: 4000}
  - {form: staff, at: 2025-12-01, subject: w1, monthly: 5000}
  - {form: staff, at: 2025-12-01, subject: w2, monthly: 5000}
  - {form: dispute_step, at: 2025-02-03, by: w1, step: agreed}
  - {form: dispute_step, at: 2025-02-03, by: w2, step: failed}
expect:
  - {in: street_side, about: w1, period: 2025, points: 100}
  - {in: street_year, about: w1, period: 2025, grade: excellent}
  - {in: yearly_reward, about: w1, period: 2025, points: 1000}
  - {in: yearly_reward, about: w2, period: 2025, points: 0}
---
case: eighty per cent of a contract's money goes by satisfaction and twenty by the evaluation
as_of: 2026-01-05
period: 2025
given:
  - {form: contract, at: 2025-01-01, by: o1, subject: k1, fee: 10000}
  - {form: contract_mark, at: 2025-12-01, by: o1, subject: k1, satisfaction: 95%, evaluation: 1/3}
expect:
  - {in: contract_pay, about: k1, period: 2025, points: 8266.67}
"""

A4 = """
form: birth
about: person
fields: {home: {type: boolean, required: true}}
---
form: newborn_visit
about: person
fields: {birth: {type: ref, to: birth, required: true}}
---
duty: newborn_visits
clause: {doc: A4, ref: "days 3, 7, 14, 21, 28, 42; at home also day 1"}
for_each: birth
owed_by: by
met_by: newborn_visit
tiers:
  home:     {where: {home: true}, series: {days: [1, 3, 7, 14, 21, 28, 42], give: 1 days}}
  hospital: {series: {days: [3, 7, 14, 21, 28, 42], give: 1 days}}
---
table: newborn_done
from: newborn_visits
steps:
  - where: {tier: {known: true}}
  - per: {birth: subject, worker: owner}
    set: {at: last(at), place: last(place), visits: count(), done: "all(state == 'met')"}
---
form: high_risk_visit
about: person
fields: {}
---
form: death_report
about: person
fields: {died: {type: date, required: true}}
---
sheet: incentives
clause: {doc: A4}
for_each: role grid_member
every: year
unit: INR
lines:
  newborn:
    add: {of: sort, gives: {rural: 250, urban: 200}}
    for_each: {table: newborn_done, set: {sort: place.sort}}
    where: {done: true, visits: {at_least: 6}}
  high_risk: {add: 100, for_each: {form: high_risk_visit, link: by}, each_case: {of: subject, at_most: 300}}
  deaths: {add: 200, for_each: {form: death_report, link: by}, where: "elapsed(died, 'days', at) < 1"}
---
case: all of a series pays, one missing pays nothing; and high risk pays three times a case at most
as_of: 2025-12-31
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {form: appointment, at: 2024-01-01, subject: p2, worker: w2, role: grid_member, place: c1/g2}
  - {form: birth, id: b1, at: 2025-03-01, by: w1, subject: x1, home: false, place: c1/g1}
  - {form: newborn_visit, at: 2025-03-04, by: w1, subject: x1, birth: b1, place: c1/g1}
  - {form: newborn_visit, at: 2025-03-08, by: w1, subject: x1, birth: b1, place: c1/g1}
  - {form: newborn_visit, at: 2025-03-15, by: w1, subject: x1, birth: b1, place: c1/g1}
  - {form: newborn_visit, at: 2025-03-22, by: w1, subject: x1, birth: b1, place: c1/g1}
  - {form: newborn_visit, at: 2025-03-29, by: w1, subject: x1, birth: b1, place: c1/g1}
  - {form: newborn_visit, at: 2025-04-12, by: w1, subject: x1, birth: b1, place: c1/g1}
  - {form: birth, id: b2, at: 2025-03-01, by: w2, subject: x2, home: true, place: c1/g2}
  - {form: newborn_visit, at: 2025-03-04, by: w2, subject: x2, birth: b2, place: c1/g2}
  - {repeat: 5, form: high_risk_visit, at: "{day:2025-05-01}", by: w2, subject: x2}
  - {form: high_risk_visit, at: 2025-05-01, by: w2, subject: x3}
  - {form: death_report, at: "2025-06-01T20:00", by: w1, subject: x4, died: 2025-06-01}
  - {form: death_report, at: 2025-06-03, by: w1, subject: x5, died: 2025-06-01}
expect:
  - {in: incentives, about: w1, period: 2025, points: 450} # 250 for the six visits, 200 for the report in time
  - {in: incentives, about: w2, period: 2025, points: 400}
"""

A6 = """
form: check_in
fields: {}
---
form: quality_visit
about: household
fields: {}
---
form: hazard
about: household
fields: {grade: {type: choice, from: [small, medium, large], required: true}, verified: {type: boolean, required: true}}
---
table: check_in_day
from: check_in
steps:
  - per: {worker: by, day: date}
    set: {at: first(at)}
  - sequence: {within: worker, order: day, set: {run: consecutive(day)}}
---
form: gift_taken
fields: {gift: {type: ref, to: gift}, points: {type: integer, required: true}}
---
form: gift
describes: gift
fields: {points: {type: integer}, stock: {type: integer}, each: {type: integer}}
---
sheet: points_shop
clause: {doc: A6, ref: shop}
for_each: role grid_member
every: day
unit: points
lines:
  check_in: {add: 5, for_each: check_in_day}
  week_run: {add: 50, for_each: check_in_day, where: run % 7 == 0}
  month_run: {add: 300, for_each: check_in_day, where: run % 30 == 0}
  visit:    {add: 10, for_each: visit, at_most: 50}
  quality:  {add: 30, for_each: quality_visit, at_most: 150}
  hazard:
    add: {of: grade, gives: {small: 30, medium: 100, large: 300}}
    for_each: {form: hazard, where: {verified: true}}
wallet:
  spent_by: {form: gift_taken, column: points}
  expires: 365 days
---
case: seven days of check-in running earn 35 and 50, and six visits of a day earn fifty
as_of: 2025-03-10
period: 2025-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {repeat: 7, form: check_in, at: "{day:2025-03-01}", by: w1}
  - {repeat: 6, form: visit, at: "2025-03-05T09:00", by: w1, subject: "h{n}", channel: home}
expect:
  - {in: points_shop.wallet, about: w1, day: 2025-03-10, balance: 135}
---
case: points expire after a year, the oldest being spent first
as_of: 2026-03-10
period: 2025-03..2026-03
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: c1/g1}
  - {repeat: 6, form: visit, at: "2025-03-05T09:00", by: w1, subject: "h{n}", channel: home}
  - {repeat: 2, form: visit, at: "2025-06-05T09:00", by: w1, subject: "h{n}", channel: home}
  - {form: gift_taken, at: 2025-07-01, by: w1, points: 30}
expect:
  - {in: points_shop.wallet, about: w1, day: 2025-07-02, balance: 40}
  - {in: points_shop.wallet, about: w1, day: 2026-03-10, balance: 20} # 20 of the 50 had expired unspent
"""


@pytest.mark.parametrize(
    "text",
    [R5, R7, R8, R9, A4, A6, A7, A10, A11, S3],
    ids=["R5", "R7", "R8", "R9", "A4", "A6", "A7", "A10", "A11", "S3"],
)
def test_a_real_text_gives_its_own_figures(text: str, decider: DurableDecider) -> None:
    loaded = load(PLACE, files_of(text), official)
    assert loaded.regulation is not None, [(str(one.where), one.code) for one in loaded.problems]
    results = run_cases(loaded.regulation, loaded.regulation.cases, decider)
    assert results
    assert [(result.case.title, dict(one.values)) for result in results for one in result.problems] == []
