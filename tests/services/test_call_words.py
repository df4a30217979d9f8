"""What is worked out is told in words, not as a formula; each occurrence behind an item is told once."""

from datetime import date

import pytest

from app.i18n import Translator
from app.services.reasons.phrases import say
from app.services.reasons.reasons import Reasons
from app.services.reasons.sentences import Sentences
from tests.services.declared import files_of, regulation_of, told

EN, ZH = Translator("en"), Translator("zh")
FIGURE = """
indicator: figure
title: {zh: 占比, en: Share}
per: role leader
every: year
measure: share
of: visit
part: "PART"
undecided: leave_out
empty: unknown
"""
FORM = """
form: visit
title: {zh: 走访, en: Visit}
about: household
fields:
  length: {title: {zh: 多久？, en: How long?}, type: number}
  most: {title: {zh: 上限, en: Limit}, type: number}
  day: {title: {zh: 哪天, en: Day}, type: date}
  until: {title: {zh: 到哪天, en: Until}, type: date}
"""
CALLS = [
    ("days_in(period_of(at, day), working_days) == 0", "time on a day off", "时间不在工作日"),
    ("days_in(period_of(at, day), working_days) >= 1", "time on a working day", "时间在工作日"),
    ("elapsed(date_of(at), hours, at) < 8", "the hour of time under 8", "时间的钟点小于 8"),
    ("elapsed(day, days, at) > 3", "the days from Day to time over 3", "从哪天到时间的天数大于 3"),
    (
        "elapsed(day, months) > 3",
        "the months from Day to time over 3",
        "从哪天到时间的月数大于 3",
    ),
    ("days_in(day, until) > 3", "the days from Day to Until over 3", "从哪天到到哪天的天数大于 3"),
    (
        "days_in(period_of(at, month), working_days) > 20",
        "the working days of the month of time over 20",
        "时间所在的那个月的工作日天数大于 20",
    ),
    ("min(length, most) > 3", "the least of How long, Limit over 3", "多久、上限中最小的大于 3"),
    ("or_else(length, 2) > 3", "How long, or 2 without it over 3", "多久（没有时为 2）大于 3"),
    ("round(length, 5) > 3", "How long rounded to 5 over 3", "多久（取到 5）大于 3"),
    (
        "if(length > 3, length, most) > 3",
        "How long if How long over 3, else Limit over 3",
        "多久（多久大于 3时），否则上限大于 3",
    ),
    ("weekday(at) == 'monday'", "the weekday of time: Monday", "时间是星期几：星期一"),
    ("length == 1 || length > 8", "How long: 1 or How long over 8", "多久：1或多久大于 8"),
    ("length == 1 || length == 8", "How long: 1 or 8", "多久：1或8"),
]


@pytest.mark.parametrize(("part", "english", "chinese"), CALLS, ids=[one for one, _, _ in CALLS])
def test_a_condition_that_is_worked_out_is_told_in_words(part: str, english: str, chinese: str) -> None:
    regulation = regulation_of(files_of(f"{FORM}---\n{FIGURE.replace('PART', part)}"))
    said = Sentences(regulation, date(2025, 1, 1)).indicator(regulation.indicators["figure"])
    assert (say(said, EN), say(said, ZH)) == (
        f"Share: of each “Visit”, the share with {english}",
        f"占比：每一条“走访”里，符合“{chinese}”的占多少",
    )


def test_what_a_rule_and_a_table_count_is_told_by_what_it_counts() -> None:
    regulation = regulation_of(
        files_of(f"""{FORM}---
table: seen
title: {{zh: 情况, en: Seen}}
from: report
steps:
  - tally: {{of: visit, on: {{by: by}}, set: {{times: {{count: rows, where: {{length: {{over: 3}}}}}}}}}}
---
rule: idle
title: {{en: Idle}}
for_each: seen
when: {{times: {{at_most: 0}}, pages: {{over: 1}}}}
then: {{finding: idle}}
---
rule: short
title: {{en: Short}}
for_each: role leader
every: month
facts: {{spent: {{sum: report, column: pages}}}}
when: {{spent: {{under: 8}}}}
then: {{finding: short}}
""")
    )
    sentences = Sentences(regulation, date(2025, 1, 1))
    assert [say(sentences.rule(rule), EN) for rule in regulation.rules.values()] == [
        "For each “Seen”, the number of “Visit” (How long over 3) at most 0, pages over 1: “Idle”",
        "For each leader, the sum of pages of “report” under 8: “Short”",
    ]


def test_an_occurrence_that_two_lines_of_an_item_look_at_is_told_once_with_its_points() -> None:
    evaluation = told(
        """
duty: reported
for_each: role leader
every: quarter
met_by: {form: report, link: by}
---
sheet: score
for_each: role leader
every: year
max: 100
items:
  reports:
    max: 100
    start: max
    lines:
      late: {deduct: 5, for_each: reported, where: {state: late}}
      missed: {deduct: 20, for_each: reported, where: {state: missed}}
""",
        "- {form: report, at: 2025-02-10, by: w1}\n- {form: report, at: 2025-08-10, by: w1}\n",
    ).evaluation()
    reason = Reasons(evaluation, "score", "w1", "2025").reason(("reports",))
    assert reason is not None
    assert [(row.window, row.state, row.points) for row in reason.rows] == [
        ("2025-Q2", "missed", -20),
        ("2025-Q4", "missed", -20),
        ("2025-Q1", "met", None),
        ("2025-Q3", "met", None),
    ]
