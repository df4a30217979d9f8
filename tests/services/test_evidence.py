"""What stands behind an item: the occurrences that its lines looked at, whatever became of them."""

import csv

from app.services.prints.evidence import COLUMNS, evidence_csv
from app.services.reasons.evidence import EvidenceReader
from app.services.reasons.reasons import Reasons
from tests.services.declared import told

DECLARED = """
sheet: score
for_each: role leader
every: year
max: 100
items:
  calls:
    max: 100
    start: max
    lines:
      missed: {deduct: 5, for_each: call, where: {state: missed}, undecided: leave_out}
---
duty: call
for_each: household
owed_by: leader
every: quarter
met_by: {form: visit, where: {channel: phone, met: true}}
"""
GIVEN = """
- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1, special: false}
- {form: visit, at: 2025-02-20, by: w1, subject: h1, channel: phone, met: true}
- {form: visit, at: 2025-05-20, by: w1, subject: h1, channel: phone}
"""


def test_an_occurrence_of_which_it_is_not_known_whether_it_was_met_is_told_as_undecided() -> None:
    case = told(DECLARED, GIVEN)
    evaluation = case.evaluation()
    sheet = case.regulation.sheets["score"]
    (item,) = sheet.items
    reader = EvidenceReader(evaluation, sheet, "w1", "2025")
    assert reader.counts(item) == {"missed": 2, "undecided": 1, "met": 1}
    rows = reader.of_line(item.lines[0], [])
    assert [row.state for row in rows] == ["missed", "missed", "undecided", "met"]


def test_evidence_on_paper_has_no_cell_that_a_spreadsheet_runs_and_its_points_stay_numbers() -> None:
    case = told(DECLARED, GIVEN.replace("h1", "'-h1'"))
    text = evidence_csv([("=score", Reasons(case.evaluation(), "score", "w1", "2025"))])
    read = csv.DictReader(text.splitlines())
    rows = list(read)
    assert read.fieldnames == list(COLUMNS)
    assert {row["sheet"] for row in rows} == {"'=score"}
    assert {row["subject"] for row in rows} == {"'-h1"}
    assert "-5" in {row["row_points"] for row in rows}
