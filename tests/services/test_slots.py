"""Definitions as sentences with slots: each slot leads to where in the file it is said."""

from datetime import date

import pytest

from app.declarations.reader import read_yaml
from app.i18n import Translator
from app.services.drafting.file_sentences import sentences_of
from app.services.drafting.slots import Sentence, Slot
from app.services.reasons.phrases import Phrase, Said
from tests.declarations.community import FILES, loaded

DAY = date(2025, 3, 1)

TIERS = """\
duty: calls
for_each: household
owed_by: grid_leader
tiers:
  special: {where: {special: {filled: true}}, every: quarter, times: 2}
  others: {where: {special: {filled: false}}, every: half_year}
met_by: {form: visit, where: {channel: phone}}
times: 1
"""
SHEET = """\
sheet: leader_year
for_each: role grid_leader
every: year
max: 20
items:
  calls:
    max: 20
    start: max
    lines:
      missed: {deduct: 0.5, for_each: monthly_call, where: {state: missed}, at_most: 10, undecided: leave_out}
"""


def parts(kind: str, name: str, path: str, text: str, reader: str = "zh") -> list[list[str | Slot]]:
    regulation = loaded({path: text}).regulation
    assert regulation is not None
    data = read_yaml(path, text).data
    found = sentences_of(kind, name, data, regulation, DAY)  # type: ignore[arg-type]
    return [one.parts(Translator(reader)) for one in found]


def slots(found: list[str | Slot]) -> list[tuple[str, str]]:
    return [("/".join(map(str, one.path)), one.words) for one in found if isinstance(one, Slot)]


def test_a_duty_says_whom_how_often_what_and_how_many_times() -> None:
    (found,) = parts("duty", "monthly_call", "rules/monthly_call.yaml", FILES["rules/monthly_call.yaml"])
    assert [path for path, _ in slots(found)] == ["for_each", "every", "times", "met_by"]
    assert dict(slots(found))["every"] == "每月"
    assert "".join(one if isinstance(one, str) else one.words for one in found).count("至少要有") == 1


def test_a_tier_says_what_it_says_itself_and_the_duty_the_rest() -> None:
    special, others = parts("duty", "calls", "rules/calls.yaml", TIERS)
    assert [path for path, _ in slots(special)] == [
        "for_each",
        "tiers/special/where",
        "tiers/special/every",
        "tiers/special/times",
        "met_by",
    ]
    assert [path for path, _ in slots(others)][-3:] == ["tiers/others/every", "times", "met_by"]


@pytest.mark.parametrize("reader", ["zh", "en", "es"])
def test_a_line_of_a_sheet_says_what_it_takes_and_its_cap_in_each_language(reader: str) -> None:
    (found,) = parts("sheet", "leader_year", "rules/leader_year.yaml", SHEET, reader)
    above = "items/calls/lines/missed"
    assert {path for path, _ in slots(found)} == {f"{above}/for_each", f"{above}/deduct", f"{above}/at_most"}
    assert dict(slots(found))[f"{above}/at_most"] == "10"


def test_a_rule_says_when_and_what_it_finds() -> None:
    when = "for_each: {table: monthly_call}\nwhen: {state: missed}\n"
    rule = f"rule: late\n{when}then: {{finding: missed_call, title: {{zh: 漏访}}}}\n"
    (found,) = parts("rule", "late", "rules/late.yaml", rule)
    assert slots(found)[-1] == ("then", "漏访")


@pytest.mark.parametrize(
    ("reader", "number", "ending"),
    [("en", 1, "at least 1 time"), ("en", 2, "at least 2 times"), ("es", 1, "1 vez"), ("es", 2, "2 veces")],
)
def test_the_word_behind_a_number_follows_it_though_a_slot_holds_the_number(
    reader: str, number: int, ending: str
) -> None:
    values: dict[str, Said] = {"whom": "A", "every": "B", "what": "C", "n": number, "times": number}
    said = Sentence(Phrase("sentence-duty-every", values), {("sentence-duty-every", "n"): ("times",)})
    words = "".join(one.words if isinstance(one, Slot) else one for one in said.parts(Translator(reader)))
    assert words.endswith(ending)
