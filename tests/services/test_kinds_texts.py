"""Texts of other towns and of the third regulation, in the language, with their own cases on the real stack.

Where they differ from the sketches that the language was tried on: `gives` names every choice (E123), a check of a form
has no `when`, and ballots on oneself are left out by a condition, since the form wouldn't have taken them in.
"""

import re
from collections.abc import Iterator

import pytest

from app.engine import DurableDecider
from app.services.cases import run_cases
from tests.declarations.community import official
from tests.fakes.loading import load

PLACES = """\
place: c1
level: community
title: {zh: 示例社区}
calendar: cn
places: {g1: {level: grid}}
"""
COMMON = """\
form: person
title: {zh: 人员档案, en: Person file, es: Ficha personal}
describes: person
fields:
  grid:     {type: ref, to: grid}
  born:     {type: date, sensitive: true}
  tags:     {type: choices, from: [disabled, lives_alone]}
  resident: {type: boolean}
  left_on:  {type: date}
ends: left_on
---
form: appointment
describes: holder
fields:
  worker: {type: ref, to: worker, required: true}
  role:   {type: ref, to: role, required: true}
  left_on: {type: date}
ends: left_on
---
calendar: cn
zone: Asia/Shanghai
week_starts: monday
working_days: [monday, tuesday, wednesday, thursday, friday]
holidays: [2025-01-01, 2025-05-01, 2025-05-02, 2025-10-01]
workdays: [2025-01-26, 2025-02-08]
half_days: ["00:00", "12:00"]
---
role: grid_leader
title: {zh: 网格长, en: Grid leader, es: Jefe de cuadrícula}
level: grid
headcount: {exactly: 1}
eligible: {employed_as: community_worker}
stands_in_for: social_worker
---
role: grid_member
title: {zh: 网格员, en: Grid member, es: Miembro de cuadrícula}
level: grid
---
role: social_worker
title: {zh: 社工, en: Social worker, es: Trabajador social}
level: community
---
role: co_manager
title: {zh: 协管员, en: Co-manager, es: Auxiliar}
level: grid
---
role: community_worker
title: {zh: 社区工作者, en: Community worker, es: Trabajador comunitario}
level: community
---
role: party_member
title: {zh: 党员, en: Party member, es: Miembro del partido}
level: community
---
role: stationmaster
title: {zh: 站长, en: Stationmaster, es: Jefe de estación}
level: community
"""
R6 = """\
form: assessor_mark
about: worker
fields:
  side:  {type: choice, from: [office, community, service_object], required: true}
  half:  {type: choice, from: [half_year, year_end], required: true}
  score: {type: number, between: [0, 100], required: true}
---
form: praise
about: worker
fields:
  kind:  {type: choice, from: [article, innovation, commendation], required: true}
  level: {type: choice, from: [community, office, city, prefecture, province], ordered: true, required: true}
---
indicator: mark
per: [role grid_member, side, half]
every: year
measure: average
of: assessor_mark
column: score
empty: unknown
---
sheet: member_bonus
clause: {doc: R6, ref: bonus}
for_each: role grid_member
every: year
lines:
  article:
    add: {of: level, gives: {community: 0, office: 1, city: 1, prefecture: 2, province: 2}}
    for_each: {form: praise, where: {kind: article}}
  innovation:
    add: {of: level, gives: {community: 0, office: 0, city: 2, prefecture: 2, province: 2}}
    for_each: {form: praise, where: {kind: innovation}}
  commendation:
    add: {of: level, gives: {community: 0, office: 1, city: 2, prefecture: 2, province: 2}}
    for_each: {form: praise, where: {kind: commendation}}
---
appraisal: member_year
clause: {doc: R6, ref: all}
for_each: role grid_member
every: year
parts:
  half_year:
    weight: 40%
    missing_part: not_computable
    parts:
      office: {weight: 60%, from: mark, where: {side: office, half: half_year}}
      community: {weight: 30%, from: mark, where: {side: community, half: half_year}}
      objects: {weight: 10%, from: mark, where: {side: service_object, half: half_year}}
  year_end:
    weight: 60%
    missing_part: not_computable
    parts:
      office: {weight: 60%, from: mark, where: {side: office, half: year_end}}
      community: {weight: 30%, from: mark, where: {side: community, half: year_end}}
      objects: {weight: 10%, from: mark, where: {side: service_object, half: year_end}}
bonus: member_bonus
grades:
  excellent: {at_least: 95}
  pass:      {at_least: 80}
  basic:     {at_least: {value: 60, origin: assumed, why: 'printed 70; the text leaves 60 to 69 ungraded'}}
  fail:      {}
---
case: half-year 40 and year-end 60, then the bonus outside
as_of: 2026-01-05
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: g1}
  - {form: assessor_mark, at: 2025-07-01, by: o1, subject: w1, side: office, half: half_year, score: 80}
  - {form: assessor_mark, at: 2025-07-01, by: o2, subject: w1, side: community, half: half_year, score: 90}
  - {form: assessor_mark, at: 2025-07-01, by: o3, subject: w1, side: service_object, half: half_year, score: 100}
  - {form: assessor_mark, at: 2025-12-20, by: o1, subject: w1, side: office, half: year_end, score: 95}
  - {form: assessor_mark, at: 2025-12-20, by: o2, subject: w1, side: community, half: year_end, score: 95}
  - {form: assessor_mark, at: 2025-12-20, by: o3, subject: w1, side: service_object, half: year_end, score: 95}
  - {form: praise, at: 2025-05-01, by: o1, subject: w1, kind: article, level: prefecture}
expect:
  - {in: member_year, about: w1, period: 2025, score: 93, grade: pass}
---
case: a missing side makes the year not computable and is never averaged away
as_of: 2026-01-05
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: grid_member, place: g1}
  - {form: assessor_mark, at: 2025-07-01, by: o1, subject: w1, side: office, half: half_year, score: 80}
expect:
  - {in: member_year, about: w1, period: 2025, state: not_computable}
"""
R10 = """\
form: ballot
about: worker
fields:
  group: {type: choice, from: [street, peer, group_leader, party_member, ordinary], required: true}
  score: {type: number, between: [0, 100], required: true}
once_per: [subject, by, year]
checks: {not_self: {require: by != subject}}
---
indicator: opinion
clause: {doc: R10, ref: public}
per: [role community_worker, side]
every: year
measure: average
of:
  table: ballot
  where: by != subject
  set: {side: 'if(group == "street", "street", if(group == "peer", "peers", "public"))'}
column: score
empty: unknown
---
indicator: public_mix
clause: {doc: R10, ref: at least 70 % ordinary residents}
per: role community_worker
every: year
measure: share
of: ballot
where: {group: {one_of: [group_leader, party_member, ordinary]}}
part: {group: ordinary}
small: {under: 50, gives: unknown}
target: {at_least: 70%}
---
appraisal: worker_satisfaction
clause: {doc: R10, ref: weights}
for_each: role community_worker
every: year
parts:
  street: {weight: 30%, from: opinion, where: {side: street}}
  peers:  {weight: 10%, from: opinion, where: {side: peers}}
  public: {weight: 60%, from: opinion, where: {side: public}, only_if: {public_mix: {met: true}}}
missing_part: not_computable
---
case: fifty ballots of which seventy per cent ordinary count
as_of: 2026-01-05
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: community_worker, place: c1}
  - {form: ballot, at: 2025-12-01, by: s1, subject: w1, group: street, score: 80}
  - {form: ballot, at: 2025-12-01, by: w2, subject: w1, group: peer, score: 90}
  - {form: ballot, at: 2025-12-01, by: w1, subject: w1, group: peer, score: 100, excluded: check}
  - {repeat: 35, form: ballot, at: 2025-12-01, by: "o{n}", subject: w1, group: ordinary, score: 90}
  - {repeat: 15, form: ballot, at: 2025-12-01, by: "m{n}", subject: w1, group: party_member, score: 90}
expect:
  - {in: public_mix, about: w1, period: 2025, value: 7/10, met: true}
  - {in: worker_satisfaction, about: w1, period: 2025, score: 87}
---
case: forty-nine ballots are too few for a score
as_of: 2026-01-05
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: community_worker, place: c1}
  - {form: ballot, at: 2025-12-01, by: s1, subject: w1, group: street, score: 80}
  - {form: ballot, at: 2025-12-01, by: w2, subject: w1, group: peer, score: 90}
  - {repeat: 49, form: ballot, at: 2025-12-01, by: "o{n}", subject: w1, group: ordinary, score: 90}
expect:
  - {in: worker_satisfaction, about: w1, period: 2025, state: not_computable}
"""
A12 = """\
form: community_mark
about: community
fields: {score: {type: number, required: true}}
---
appraisal: community_month
for_each: community
every: month
parts: {mark: {weight: 100%, from: {form: community_mark, column: score, measure: average}}}
missing_part: not_computable
grades:
  good: {at_least: {value: 60, origin: assumed}}
  poor: {}
---
rule: dismissal_proposed
clause: {doc: A12, ref: two poor months running}
for_each: community_month
facts: {run: {streak: {grade: poor}, by: about}}
when: {run: {at_least: 2}}
then: {finding: dismissal_proposed, notify: street}
---
form: hotline_call
about: community
fields: {satisfied: {type: boolean, required: true}}
---
indicator: satisfied_calls
per: community
every: year
measure: share
of: hotline_call
part: {satisfied: true}
empty: not_applicable
---
sheet: hotline
clause: {doc: A12, ref: self-check}
for_each: community
every: year
max: 25
items:
  satisfied:
    max: 25
    start: max
    not_applicable: full
    lines: {below: {deduct: {of: value, below: 90%, each: 1%, count: whole, gives: 1}, for_each: satisfied_calls}}
---
case: two poor months running propose dismissal, a good one between them does not
as_of: 2025-06-05
period: 2025
given:
  - {form: community, at: 2024-01-01, subject: c1}
  - {form: community_mark, at: 2025-01-20, by: o1, subject: c1, score: 50}
  - {form: community_mark, at: 2025-02-20, by: o1, subject: c1, score: 70}
  - {form: community_mark, at: 2025-03-20, by: o1, subject: c1, score: 50}
  - {form: community_mark, at: 2025-04-20, by: o1, subject: c1, score: 55}
  - {form: community_mark, at: 2025-05-20, by: o1, subject: c1, score: 80}
expect:
  - {in: dismissal_proposed, about: c1, period: 2025-04}
  - {in: dismissal_proposed, rows: 1}
---
case: eighty-seven and a half per cent is two whole points below ninety
as_of: 2026-01-05
period: 2025
given:
  - {form: community, at: 2024-01-01, subject: c1}
  - {repeat: 7, form: hotline_call, at: 2025-03-01, by: o1, subject: c1, satisfied: true}
  - {form: hotline_call, at: 2025-03-02, by: o1, subject: c1, satisfied: false}
expect:
  - {in: satisfied_calls, about: c1, period: 2025, value: 7/8}
  - {in: hotline, about: c1, period: 2025, points: 23}
"""
A13 = """\
form: member_ballot
about: worker
fields:
  side:  {type: choice, from: [self, peers, masses, organisation], required: true}
  score: {type: number, between: [0, 100], required: true}
once_per: [subject, by, side, year]
checks:
  not_self: {require: 'side == "self" || by != subject'}
---
indicator: side_score
per: [role party_member, side]
every: year
measure: average
of: member_ballot
column: score
empty: unknown
---
appraisal: democratic_review
clause: {doc: A13, ref: weights}
for_each: role party_member
every: year
parts:
  self:         {weight: 20%, from: side_score, where: {side: self}}
  peers:        {weight: 40%, from: side_score, where: {side: peers}}
  masses:       {weight: 20%, from: side_score, where: {side: masses}}
  organisation: {weight: 20%, from: side_score, where: {side: organisation}}
missing_part: renormalise
round: {to: 0.1, half: up}
grades:
  excellent: {at_least: 90, quota: {top: 30%, of: all, round: down, at_least: 1, ties: none, over: refuse}}
  qualified: {at_least: 75}
  basic:     {at_least: 60}
  not_qualified: {}
stages: [draft, self, peer, organisation, publicity, finished]
---
case: a missing side is renormalised over the present ones
as_of: 2026-01-05
period: 2025
given:
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: party_member, place: c1}
  - {form: member_ballot, at: 2025-12-01, by: w1, subject: w1, side: self, score: 100}
  - {form: member_ballot, at: 2025-12-01, by: w2, subject: w1, side: peers, score: 70}
  - {form: member_ballot, at: 2025-12-01, by: o1, subject: w1, side: organisation, score: 85}
expect:
  - {in: democratic_review, about: w1, period: 2025, score: 81.3, grade: qualified}
---
case: of three members at ninety or more one can be excellent
as_of: 2026-01-05
period: 2025
given:
  - {repeat: 3, form: appointment, at: 2024-01-01, subject: "p{n}", worker: "w{n}", role: party_member, place: c1}
  - {form: member_ballot, at: 2025-12-01, by: w9, subject: w1, side: peers, score: 95}
  - {form: member_ballot, at: 2025-12-01, by: w9, subject: w2, side: peers, score: 92}
  - {form: member_ballot, at: 2025-12-01, by: w9, subject: w3, side: peers, score: 91}
expect:
  - {in: democratic_review, about: w1, period: 2025, grade: excellent}
  - {in: democratic_review, about: w2, period: 2025, grade: excellent, state: over_quota}
  - {in: democratic_review, about: w3, period: 2025, grade: excellent, state: over_quota}
"""
S3 = """\
form: household
describes: household
fields: {grid: {type: ref, to: grid, required: true}}
---
form: service_request
about: person
fields:
  class: {type: choice, from: [simple, complex, general, urgent], required: true}
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
title: {zh: 复杂事项初审上报, en: Complex item reviewed and forwarded, es: Trámite complejo remitido}
clause: {doc: S3, ref: "S3-14, S3-15", text: 5个工作日内完成初审并上报；补正期限不超过3个工作日}
for_each: {form: service_request, where: {class: complex}}
owed_by: by
within: 5 working_days
met_by: {form: service_step, where: {step: forwarded}}
waived_by: [{form: service_step, where: {step: withdrawn}}]
pauses:
  supplement:
    from:  {form: service_step, where: {step: supplement_asked}}
    until: {form: service_step, where: {step: supplement_received}}
    at_most: 3 working_days
---
form: dispute
about: household
fields:
  class: {type: choice, from: [on_the_spot, multi_party, complex], required: true}
---
form: dispute_step
fields:
  dispute: {type: ref, to: dispute, required: true}
  step: {type: choice, from: [agreed, failed, council_met, sent_to_street, withdrawn, transferred], required: true}
---
indicator: mediation_success
clause: {doc: S3, ref: S3-44}
per: role social_worker
every: year
measure: share
of: dispute_step
where: {step: {one_of: [agreed, failed]}}
part: {step: agreed}
empty: not_applicable
target: {at_least: 90%}
---
indicator: on_time
clause: {doc: S3, ref: S3-41}
per: role social_worker
every: year
measure: share
of: request_forwarded
where: {state: {one_of: [met, late, overdue, missed]}}
part: {state: met}
empty: not_applicable
target: {at_least: 98%}
---
form: survey
about: worker
fields:
  respondent: {type: ref, to: person, required: true}
  way: {type: choice, from: [online, paper]}
  score: {type: integer, between: [0, 100]}
once_per: [subject, respondent, year]
---
indicator: survey_coverage
clause: {doc: S3, ref: S3-40}
per: community
every: year
measure: rate
of: {table: survey, distinct: respondent}
against: {table: person, where: {resident: true, age: {at_least: 18}}, at: window_end}
empty: not_applicable
target: {at_least: 10%}
---
indicator: resident_opinion
per: role social_worker
every: year
measure: average
of: survey
column: score
empty: unknown
---
sheet: street_side
clause: {doc: S3, ref: "S3-36, S3-37"}
for_each: role social_worker
every: year
max: 100
items:
  mediation:
    max: {value: 50, origin: assumed, why: inner weights not given}
    not_applicable: rescale
    lines: {value: {share_of: mediation_success}}
  on_time:   {max: {value: 50, origin: assumed}, not_applicable: rescale, lines: {value: {share_of: on_time}}}
---
appraisal: community_year
clause: {doc: S3, ref: "S3-36 to S3-40, S3-54"}
for_each: role social_worker
every: year
parts:
  street:    {weight: 40%, from: street_side}
  residents: {weight: 60%, from: resident_opinion, only_if: {survey_coverage: {met: true}}}
missing_part: not_computable
round: {to: 0.01, half: up}
grades:
  excellent:
    at_least: {value: 90, origin: assumed}
    quota: {top: {value: 20%, origin: assumed}, round: down, at_least: 1}
  pass:      {at_least: 60}
  fail:      {}
---
sheet: yearly_reward
clause: {doc: S3, ref: S3-54}
for_each: role social_worker
every: year
unit: CNY
round: {to: 0.01, half: up}
lines:
  excellent: {add: about.salary.monthly / 5, for_each: community_year, where: {grade: excellent}}
---
form: salary
describes: worker
fields: {monthly: {type: money, sensitive: true}}
---
rule: commendation_recommended
clause: {doc: S3, ref: S3-55, text: 连续两年优秀优先推荐表彰}
for_each: community_year
facts: {run: {streak: {grade: excellent}, by: about}}
when: {run: {at_least: 2}}
then: {finding: commendation_recommended, notify: street}
---
indicator: volunteer_opinion
per: person
every: year
measure: average
of: volunteer_survey
column: score
empty: not_applicable
---
form: volunteer_survey
about: person
fields: {score: {type: integer, between: [0, 100]}}
---
rule: governance_star
clause: {doc: S3, ref: S3-56}
for_each: volunteer_opinion
select: {top: 10%, by: value, round: down, at_least: 1, ties: all}
then: {finding: governance_star, title: {zh: 社区治理之星, en: Community Governance Star, es: Estrella de la comunidad}}
---
case: below ten per cent coverage the appraisal is not computable and no one is excellent
as_of: 2026-01-05
period: 2025
given:
  - {form: community, at: 2020-01-01, subject: c1}
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: social_worker, place: c1}
  - {form: dispute, id: d1, at: 2025-02-01, by: w1, subject: h1, class: complex}
  - {form: dispute_step, at: 2025-02-03, by: w1, dispute: d1, step: agreed}
  - repeat: 20
    form: person
    at: 2020-01-01
    subject: "x{n}"
    born: 1980-01-01
    resident: true
  - {form: survey, at: 2025-12-01, by: w9, subject: w1, respondent: x1, score: 96}
expect:
  - {in: survey_coverage, about: c1, period: 2025, value: 1/20, met: false}
  - {in: street_side, about: w1, period: 2025, points: 100}
  - {in: community_year, about: w1, period: 2025, state: not_computable}
---
case: excellent pays a fifth of the December salary
as_of: 2026-01-05
period: 2025
given:
  - {form: community, at: 2020-01-01, subject: c1}
  - {form: appointment, at: 2024-01-01, subject: p1, worker: w1, role: social_worker, place: c1}
  - {form: salary, at: 2025-01-01, subject: w1, monthly: 4000}
  - {form: salary, at: 2025-12-01, subject: w1, monthly: 5000}
  - {form: dispute, id: d1, at: 2025-02-01, by: w1, subject: h1, class: complex}
  - {form: dispute_step, at: 2025-02-03, by: w1, dispute: d1, step: agreed}
  - {repeat: 10, form: person, at: 2020-01-01, subject: "x{n}", born: 1980-01-01, resident: true}
  - {form: survey, at: 2025-12-01, by: w9, subject: w1, respondent: x1, score: 96}
  - {form: volunteer_survey, at: 2025-06-01, by: w9, subject: x1, score: 90}
  - {form: volunteer_survey, at: 2025-06-01, by: w9, subject: x2, score: 80}
expect:
  - {in: community_year, about: w1, period: 2025, score: 97.6, grade: excellent}
  - {in: yearly_reward, about: w1, period: 2025, points: 1000}
  - {in: governance_star, about: x1, period: 2025}
  - {in: governance_star, rows: 1}
---
case: excellent two years running is recommended, the first year being the published one
as_of: 2026-01-05
period: 2025
given:
  - {form: community, at: 2020-01-01, subject: c1}
  - {form: appointment, at: 2023-01-01, subject: p1, worker: w1, role: social_worker, place: c1}
  - {form: appointment, at: 2023-01-01, subject: p2, worker: w2, role: social_worker, place: c1}
  - {form: publication, at: 2025-01-20, of: community_year, subject: w1, period: 2024, grade: excellent}
  - {form: dispute, id: d1, at: 2025-02-01, by: w1, subject: h1, class: complex}
  - {form: dispute_step, at: 2025-02-03, by: w1, dispute: d1, step: agreed}
  - {repeat: 10, form: person, at: 2020-01-01, subject: "x{n}", born: 1980-01-01, resident: true}
  - {form: survey, at: 2025-12-01, by: w9, subject: w1, respondent: x1, score: 96}
expect:
  - {in: commendation_recommended, about: w1, period: 2025}
  - {in: commendation_recommended, rows: 1}
"""


A8 = """\
form: monthly_mark
about: community
fields:
  city: {type: number, required: true}
  third_party: {type: number, required: true}
  kind: {type: choice, from: [county, department], required: true}
---
indicator: city_side
per: [community, kind]
every: month
measure: average
of: monthly_mark
column: city * 60% + third_party * 40%
empty: not_applicable
---
rule: red_list
clause: {doc: A9, ref: the best of each population}
for_each: city_side
select: {top: 1, by: value, within: [kind], where: "applies(value)", ties: all}
then: {finding: red_list, praise: true}
---
rule: black_list
clause: {doc: A9, ref: the last of all}
for_each: city_side
select: {bottom: 1, by: value, where: "applies(value)", ties: all}
then: {finding: black_list}
---
case: sixty and forty per cent, ranked in two populations and over all
as_of: 2025-02-05
period: 2025-01
places: {d: district, d/c1: community, d/c2: community, d/c3: community, d/c4: community}
given:
  - {form: monthly_mark, at: 2025-01-20, by: o1, subject: d/c1, city: 90, third_party: 85, kind: county}
  - {form: monthly_mark, at: 2025-01-20, by: o1, subject: d/c2, city: 88, third_party: 88, kind: county}
  - {form: monthly_mark, at: 2025-01-20, by: o1, subject: d/c3, city: 80, third_party: 80, kind: department}
  - {form: monthly_mark, at: 2025-01-20, by: o1, subject: d/c4, city: 80, third_party: 80, kind: department}
expect:
  - {in: city_side, about: d/c1, kind: county, value: 88}
  - {in: red_list, about: d/c1}
  - {in: red_list, about: d/c2}
  - {in: red_list, rows: 4}
  - {in: black_list, about: d/c3}
  - {in: black_list, about: d/c4}
  - {in: black_list, rows: 2}
"""
TEXTS = {"r6": R6, "r10": R10, "a8": A8, "a12": A12, "a13": A13, "s3": S3}


@pytest.fixture(scope="module")
def decider() -> Iterator[DurableDecider]:
    with DurableDecider() as durable:
        durable.warm()
        yield durable


def files_of(text: str) -> dict[str, str]:
    """Return each concept as a file of its own, as in the product."""
    found = {"config/places/c1/place.yaml": PLACES}
    folders = {"form": "forms", "role": "config/roles", "calendar": "config/calendars"}
    for number, part in enumerate(re.split(r"^---$", f"{COMMON}---\n{text}", flags=re.MULTILINE)):
        own = part.strip() + "\n"
        kind, _, name = own.partition("\n")[0].partition("#")[0].strip().partition(": ")
        if kind == "case":
            found[f"rules/number{number}.case.yaml"] = own
        else:
            found[f"{folders.get(kind, 'rules')}/{name}.yaml"] = own
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_written_down_whole_and_its_cases_pass(name: str, decider: DurableDecider) -> None:
    loaded = load("c1", files_of(TEXTS[name]), official)
    assert loaded.regulation is not None, [
        (str(fault.where), fault.code, dict(fault.values)) for fault in loaded.problems if fault.is_error
    ]
    assert loaded.regulation.cases
    results = run_cases(loaded.regulation, loaded.regulation.cases, decider)
    wrong = [
        (one.case.title, str(fault.where), fault.code, dict(fault.values))
        for one in results
        for fault in one.problems
    ]
    assert wrong == []
